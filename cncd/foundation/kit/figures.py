"""Numbers, dates and percentages as written on screen and paper; nothing is ever "None"."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def nothing(words: str = "") -> SafeString:
    """A dash for the eye and words for the ear, where there is no value."""
    words = words or _("no figure")
    return format_html(
        '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', words
    )


def is_blank(value) -> bool:
    """True for what has no value at all; zero is a value."""
    return value is None or (not value and isinstance(value, str | list | tuple))


def number(value, places: int | None = None) -> str:
    """1.234,5 in Vietnamese; at most two decimals, none when they are zero."""
    if isinstance(value, float | Decimal):
        value = round(Decimal(str(value)), 2 if places is None else places)
        if places is None:
            value = value.normalize() if value % 1 else value.to_integral_value()
            value = Decimal(f"{value:f}")
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def percent(fraction, places: int = 0) -> str:
    """98%, from the fraction 0.98; what is not quite 0% or 100% is never rounded to it."""
    points = Decimal(str(fraction)) * 100
    shown = round(points, places)
    if shown in (0, 100) and points != shown:
        shown = Decimal("0.1") if shown == 0 else Decimal("99.9") if points < 100 else points
    shown = round(shown, 1)
    return f"{number(shown)}%"


def with_unit(value, unit: str) -> str:
    """41.220 lượt, the two never parted by a line end; 98% without a space."""
    return f"{number(value)}%" if unit == "%" else f"{number(value)}\xa0{unit}"


def day(value) -> str:
    """22/11/2026."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(value, "d/m/Y")


def daytime(value: dt.datetime) -> str:
    """08:12 22/11/2026, on the clock of Vietnam."""
    value = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(value, "H:i d/m/Y")
