"""Figures in words and in the number format of the reader's language."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cncd.foundation.kit.counting import NONE

from .adding import LAST_MISSING, NOT_ADDITIVE, OverTime, Value, as_number, ratio

PLACES = 3  # decimals shown of a figure kept in a smaller unit (đồng, shown as triệu đồng)


def show_number(number, factor: int = 1, places: int = PLACES) -> str:
    """Writes a stored number in its shown unit: 12500000 with factor 1000000 → "12,5"."""
    shown = _rounded(Decimal(number) / factor, places)
    decimals = max(0, -shown.as_tuple().exponent)
    return number_format(shown, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def _rounded(number: Decimal, places: int) -> Decimal:
    shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize()
    return shown.quantize(Decimal(1)) if shown.as_tuple().exponent > 0 else shown


def show(value: Value, factor: int = 1, unit: str = "") -> str:
    """Writes any of the three values: "1.234 lượt", "không phát sinh", "chưa báo cáo"."""
    if value is None:
        return _("not reported")
    if value == NONE:
        return _("nothing arose")
    number = show_number(value, factor)
    return f"{number} {unit}" if unit else number


def value_text(value: Value, factor: int = 1) -> str:
    """Writes a value as it goes into an entry field, exactly; `read_value` reads it back."""
    if value is None:
        return ""
    return _("nothing arose") if value == NONE else show_number(value, factor, places=9)


def show_over_time(found: OverTime, factor: int = 1, unit: str = "") -> str:
    """Writes a figure over months; "–" with the reason where months can't be added."""
    if found.reason == LAST_MISSING:
        return _("– (the last month has not been reported)")
    if found.reason == NOT_ADDITIVE:
        return _("– (the same household or team may appear in several months)")
    if isinstance(found.value, Fraction):
        return show_percent(found.value)
    return show(found.value, factor, unit)


def show_percent(share: Fraction | str | None) -> str:
    """Writes a ratio with at most one decimal and no space: "98%", "81,3%".

    Only a full ratio reads 100% and only an empty one 0%: 99,96% is shown as 99,9%.
    """
    if not isinstance(share, Fraction):
        return show(share)
    percent = _rounded(Decimal(share.numerator) * 100 / share.denominator, 1)
    if percent == 100 and share < 1:
        percent = Decimal("99.9")
    if percent == 0 and share > 0:
        percent = Decimal("0.1")
    return f"{show_number(percent, places=1)}%"


def show_ratio(
    num: Value, den: Value, *, yes_no: bool = False, one_team: bool = False, least: int = 0
) -> str:
    """Writes a ratio; at one team a yes/no ratio reads "Có" or "Chưa".

    A denominator below `least` answers is not shown: so few would point at persons.
    """
    share = ratio(num, den)
    if yes_no and one_team and isinstance(share, Fraction):
        return _("Yes") if share >= 1 else _("Not yet")
    if isinstance(share, Fraction) and as_number(den) < least:
        return _("– (fewer than %(least)s answers)") % {"least": least}
    return show_percent(share)


def show_target(value: int, *, is_ratio: bool, factor: int = 1, unit: str = "") -> str:
    """Writes a target in the unit of its indicator."""
    return f"{show_number(value)}%" if is_ratio else show(value, factor, unit)
