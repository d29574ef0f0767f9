"""What people type or paste into a figure's field, read exactly."""

import re
from decimal import Decimal

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.text import fold

from .adding import Value
from .showing import show_number

LARGEST = 10**15  # in the stored unit; a province's year of sales in đồng stays far below
DIGITS = 40  # Python itself refuses to read thousands of them
MOST_OF_A_TEAM = 10**6  # what is counted one by one: a hamlet's people, visits, products
MOST_OF_A_UNIT = 10**8  # the people of the whole country
MONEY = re.compile(r"((nghin|ngan|trieu|ti|ty) )?(dong|vnd|usd)")  # folded; "hợp đồng" is counted
NOTHING = frozenset({"khong phat sinh", "kps", "nothing arose", NONE})
SPREADSHEET = re.compile(r"\d+\.\d{1,2}")  # "12.5" can't be grouped: it comes from a spreadsheet


class NotAFigure(ValueError):
    """The text is no figure; the message says what to write instead."""


def most_of(*, unit: str, factor: int, yes_no: bool, one_team: bool) -> int:
    """The largest figure (stored) that one team, or one unit's own report, can mean.

    Money and what is kept in parts of its unit (factor above 1) is bounded by LARGEST alone.
    """
    if factor > 1 or MONEY.fullmatch(fold(unit)):
        return LARGEST
    if one_team:
        return 1 if yes_no else MOST_OF_A_TEAM
    return MOST_OF_A_UNIT


def read_value(entered, factor: int = 1, most: int = LARGEST) -> Value:
    """Reads an entry field or cell: "" → None, "không phát sinh" → NONE, "1.234,5" → stored number.

    Separators are those of the reader's language; numbers of a spreadsheet pass as they are.
    Raises NotAFigure on negative, fractional (in the stored unit), unclear or absurd numbers.
    """
    number = entered
    if entered is None or isinstance(entered, str):
        text = " ".join((entered or "").replace("\u00a0", " ").split())
        if not text:
            return None
        if text.isascii() and text.isdecimal() and len(text) < DIGITS:
            number = int(text)
        elif fold(text) in NOTHING:
            return NONE
        else:
            number = _decimal(text.replace(" ", ""))
    stored = Decimal(str(number)) * factor
    _refuse_absurd(stored, factor, most)
    return int(stored)


def _refuse_absurd(stored: Decimal, factor: int, most: int) -> None:
    if not stored.is_finite() or stored > most:
        if most == 1:
            raise NotAFigure(_("Write 1 for yes, 0 for not yet."))
        text = _("The number is too large: at most %(most)s. Is there a digit too many?")
        raise NotAFigure(text % {"most": show_number(most, factor)})
    if stored < 0:
        raise NotAFigure(_("A figure can't be negative."))
    if stored != stored.to_integral_value():
        raise NotAFigure(_("Write a whole number.") if factor == 1 else _("Too many decimals."))


def _decimal(text: str) -> Decimal:
    if re.fullmatch(r"-[\d.,]+", text):
        raise NotAFigure(_("A figure can't be negative."))
    point, comma = (get_format(name) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR"))
    group, decimals = re.escape(point), rf"({re.escape(comma)}\d+)?"
    if re.fullmatch(rf"(\d{{1,3}}({group}\d{{3}})+|\d+){decimals}", text):
        return Decimal(text.replace(point, "").replace(comma, "."))
    if SPREADSHEET.fullmatch(text):
        return Decimal(text)
    example = show_number(1234)
    raise NotAFigure(
        _("Write a number such as %(example)s, or “nothing arose”.") % {"example": example}
    )
