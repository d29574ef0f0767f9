"""Amounts of money as people write them, kept as whole đồng: "1,25 triệu" is 1.250.000."""

import re
import unicodedata
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from . import figures
from .text import tidy

LEAST, MOST = 1_000, 100_000_000_000  # đồng; outside them the unit was surely forgotten or doubled
DONG = "đồng"
FACTORS = {
    "ty": 10**9,
    "ti": 10**9,
    "trieu": 10**6,
    "tr": 10**6,
    "nghin": 10**3,
    "ngan": 10**3,
    "k": 10**3,
}
CURRENCY = re.compile(r"\s*(dong|vnd|d)\s*$")
GROUPED = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
PART = re.compile(r"\s*(\d[\d., ]*?)\s*(ty|ti|trieu|tr|nghin|ngan|k)(?![a-z])")


class NotAnAmount(ValueError):
    """What is written is no amount of whole đồng."""


def read_amount(text: str) -> int:
    """Whole đồng of "1.250.000", "1250000 đ", "1,25 triệu", "1 tỷ 200 triệu".

    Before a word a comma begins decimals; without one, groups of three are thousands.
    Raises NotAnAmount.
    """
    rest = CURRENCY.sub("", _plain(text))
    total, last = Decimal(0), None
    while rest and (found := PART.match(rest)):
        factor = FACTORS[found[2]]
        if last is not None and factor >= last:
            raise NotAnAmount(text)
        total, last, rest = total + _decimal(found[1]) * factor, factor, rest[found.end() :].strip()
    if last is None:
        total, rest = Decimal(_whole(rest)), ""
    if rest or total != int(total):
        raise NotAnAmount(text)
    return int(total)


def _plain(text: str) -> str:
    """Without tone marks and capitals; commas and signs stay, which a search key drops."""
    apart = unicodedata.normalize("NFD", tidy(text).casefold())
    return re.sub("[\u0300-\u036f]", "", apart).replace("đ", "d")


def _whole(written: str) -> int:
    if GROUPED.fullmatch(written):
        written = re.sub(r"[., ]", "", written)
    if not re.fullmatch(r"[0-9]{1,18}", written):
        raise NotAnAmount(written)
    return int(written)


def _decimal(written: str) -> Decimal:
    """ "1,25" and "1.25" are 1¼; "1.250" is a thousand and a quarter of it: dots group by three."""
    if re.fullmatch(r"[0-9]{1,12}[.,][0-9]{1,2}|[0-9]{1,12},[0-9]{1,9}", written):
        return Decimal(written.replace(",", "."))
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,9}", written):
        return Decimal(written.replace(".", "").replace(",", "."))
    return Decimal(_whole(written))


class AmountField(forms.CharField):
    """An amount of money, cleaned to whole đồng; "1.250.000", "1,25 triệu", "1250000"."""

    default_error_messages = {
        "invalid": _(
            "This is not an amount of whole đồng. Write for example 1.250.000 or 1,25 triệu."
        ),
        "small": _(
            "Less than %(limit)s đồng: was thousand or million meant? Write for example 5 triệu."
        ),
        "large": _("More than %(limit)s đồng: too large for one entry. Check it again."),
    }

    def __init__(self, *, least: int = LEAST, most: int = MOST, **options):
        self.least, self.most = least, most
        options.setdefault("max_length", 60)
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value):
        return figures.number(value) if isinstance(value, int) else value

    def to_python(self, value):
        return value if isinstance(value, int) else super().to_python(value)

    def clean(self, value):
        """Whole đồng; None when it may be left out and is."""
        written = super().clean(value)
        if written in self.empty_values:
            return None
        return self.within(written if isinstance(written, int) else self.read(written))

    def read(self, text: str) -> int:
        try:
            return read_amount(text)
        except NotAnAmount:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None

    def within(self, amount: int) -> int:
        """The amount; raises ValidationError where it is absurd."""
        for code, limit, fails in (
            ("small", self.least, amount < self.least),
            ("large", self.most, amount > self.most),
        ):
            if fails:
                shown = {"limit": figures.number(limit)}
                raise forms.ValidationError(self.error_messages[code], code, shown)
        return amount
