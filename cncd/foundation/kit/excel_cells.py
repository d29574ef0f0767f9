"""One cell of somebody's sheet: what was written, and what it is read as.

`read_cell` returns (value, note) and raises ValueError with a message for the person. A value is
None when nothing was written.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from .text import fold, tidy

FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_SERIAL, LAST_SERIAL = 18_264, 80_000  # Excel's day numbers of 1950 and 2119
SERIAL_ZERO = dt.date(1899, 12, 30)
NOTHING = {"", "-", "–", "—", "..", "...", "…", "/"}
EXCEL_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
DAY = re.compile(
    r"(?:ngay )?(\d{1,2})\s*(?:[/.\- ]|thang)\s*(\d{1,2})\s*(?:[/.\- ]|nam)\s*(\d{4}|\d{2})"
    r"(?: \d{1,2}:\d{2}.*)?"
)
ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?")
YES = {"x", "co", "1", "dung", "true", "yes", "v", "✓", "✔"}
NO = {"", "khong", "0", "sai", "false", "no"}


def shown(cell) -> str:
    """The cell as a person sees it in the sheet."""
    if isinstance(cell, dict):
        day = cell.get("day")
        return f"{dt.date.fromisoformat(day):%d/%m/%Y}" if day else cell["time"]
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        return f"{Decimal(repr(cell)):f}"
    return tidy(str(cell))


def is_blank(cell) -> bool:
    return cell is None or shown(cell) in NOTHING


def read_cell(cell, heading):
    """(value, note): the value of the kind the heading asks for; ValueError says what is wrong."""
    text = "" if cell is None else shown(cell)
    if EXCEL_ERROR.fullmatch(text):
        raise ValueError(
            _("The formula in this cell failed (%(error)s); type the value instead.")
            % {"error": text}
        )
    if text in NOTHING and heading.kind != "yes":
        return None, ""
    return READERS[heading.kind](cell, text, heading)


def _text(_cell, text, heading):
    if len(text) > heading.max_length:
        raise ValueError(
            _("At most %(most)s characters; this has %(count)s.")
            % {"most": heading.max_length, "count": len(text)}
        )
    return text, ""


def _exact(cell, text, heading):
    """Every sign as it was written: spaces, invisible and decomposed ones included."""
    _text(cell, text, heading)
    return (cell if isinstance(cell, str) else text), ""


def _code(cell, text, heading):
    """Digits of a fixed width; Excel drops leading zeros, the width brings them back."""
    text = text.replace(" ", "")
    if not heading.width:
        return _text(cell, text, heading)
    if not _is_digits(text) or len(text) > heading.width:
        raise ValueError(
            _("“%(text)s” is not a code of %(width)s digits.")
            % {"text": text, "width": heading.width}
        )
    return _with_zeros(text, heading.width)


def _phone(_cell, text, _heading):
    digits = re.sub(r"^(\+|00)84", "0", re.sub(r"[\s.\-()]", "", text))
    if (
        not _is_digits(digits)
        or not 9 <= len(digits) <= 11
        or (digits[0] != "0") != (len(digits) == 9)
    ):
        raise ValueError(_("“%(text)s” is not a phone number.") % {"text": text})
    return _with_zeros(digits, 10)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _with_zeros(text: str, width: int):
    whole = text.zfill(width)
    if whole == text:
        return text, ""
    note = _("Excel dropped leading zeros: “%(text)s” was read as “%(whole)s”.")
    return whole, note % {"text": text, "whole": whole}


def decimal_of(text: str) -> Decimal:
    """Reads 1.234 and 1,234 as thousands, 1.234,5 and 12.5 and 12,5 as decimals."""
    text = text.replace("−", "-")
    if THOUSANDS.fullmatch(text):
        text = re.sub(r"[., ]", "", text)
    elif re.fullmatch(r"[+-]?\d{1,3}([. ]\d{3})+,\d+", text):
        text = re.sub(r"[. ]", "", text).replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+\.\d+", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d+", text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        raise InvalidOperation
    return Decimal(text)


def _number(cell, text, heading):
    try:
        # A number stored as a number has no thousands sign to be unsure about.
        is_stored = isinstance(cell, int | float) and not isinstance(cell, bool)
        value = Decimal(repr(cell)) if is_stored else decimal_of(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text})
    if value < heading.least:
        raise ValueError(
            _("%(text)s is too small: at least %(least)s.") % {"text": text, "least": heading.least}
        )
    if value > heading.most:
        most = f"{heading.most:,}".replace(",", ".")
        raise ValueError(
            _("%(text)s is too large: at most %(most)s.") % {"text": text, "most": most}
        )
    return value, ""


def _whole(cell, text, heading):
    value, note = _number(cell, text, heading)
    if value != value.to_integral_value():
        raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text})
    return int(value), note


def _day(cell, text, _heading):
    if isinstance(cell, dict) and "day" in cell:
        return dt.date.fromisoformat(cell["day"]), ""
    if isinstance(cell, float | int) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return SERIAL_ZERO + dt.timedelta(days=int(cell)), ""
    if found := ISO_DAY.fullmatch(text):
        year, month, day = found.groups()
    elif found := DAY.fullmatch(_plain_words(text)):
        day, month, year = found.groups()
    else:
        raise ValueError(_("“%(text)s” is not a date; write it as dd/mm/yyyy.") % {"text": text})
    try:
        value = dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValueError
    except ValueError:
        raise ValueError(
            _("“%(text)s” is not a day of the calendar; write it as dd/mm/yyyy.") % {"text": text}
        ) from None
    note = _("“%(text)s” was read as %(day)s.") % {"text": text, "day": f"{value:%d/%m/%Y}"}
    return value, note if len(year) == 2 else ""


def _plain_words(text: str) -> str:
    """“Ngày 05 tháng 01 năm 2020” without marks; digits and signs stay as they are."""
    return re.sub(r"[^\W\d_]+", lambda word: fold(word[0]), text)


def _yes(_cell, text, _heading):
    word = "" if text in NOTHING else fold(text)
    if word in YES or text in YES:
        return True, ""
    if word in NO:
        return False, ""
    raise ValueError(_("“%(text)s”: write x for yes, leave empty for no.") % {"text": text})


def _choice(_cell, text, heading):
    word = fold(text)
    for value, label in heading.choices:
        if word in (fold(str(label)), fold(str(value))):
            return value, ""
    raise ValueError(
        _("“%(text)s” is not one of: %(choices)s.")
        % {"text": text, "choices": ", ".join(str(label) for _value, label in heading.choices)}
    )


READERS = {
    "text": _text,
    "exact": _exact,
    "code": _code,
    "phone": _phone,
    "number": _number,
    "whole": _whole,
    "day": _day,
    "yes": _yes,
    "choice": _choice,
}
