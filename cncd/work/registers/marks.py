"""How a record stands today, in a word and a colour."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.work.registers import rules
from cncd.work.registers.models import Listing, Product

SOON = 3  # months before a recognition ends, in which somebody should see to it

TONES = {
    rules.PLANNED: "quiet",
    rules.LISTED: "info",
    rules.VERIFIED: "good",
    rules.BROKEN: "late",
    rules.WITHDRAWN: "quiet",
}

VALID, ENDING, EXPIRED, NEVER = "valid", "ending", "expired", "never"
STANDINGS = [
    (VALID, _("Recognised, in force")),
    (ENDING, _("Ends within 3 months")),
    (EXPIRED, _("Expired")),
    (NEVER, _("Not recognised yet")),
]
STANDING_TONES = {VALID: "good", ENDING: "soon", EXPIRED: "late", NEVER: "quiet"}


def standing_of(product: Product, day: dt.date) -> str:
    """How an OCOP product's recognition stands; "" for other products."""
    if product.kind != Product.Kind.OCOP:
        return ""
    if product.recognised_until is None:
        return NEVER
    if product.recognised_until <= day:
        return EXPIRED
    return ENDING if product.recognised_until <= rules.months_after(day, SOON) else VALID


def with_standing(products, standing: str, day: dt.date):
    """OCOP products whose recognition stands so; those that end soon are in force too."""
    soon = rules.months_after(day, SOON)
    conditions = {
        VALID: Q(recognised_until__gt=day),
        ENDING: Q(recognised_until__gt=day, recognised_until__lte=soon),
        EXPIRED: Q(recognised_until__lte=day),
        NEVER: Q(recognised_until=None),
    }
    return products.filter(conditions[standing], kind=Product.Kind.OCOP)


CURRENT, ENDED, OUT = "current", "ended", "out"
MADE = [
    (CURRENT, _("Still made")),
    (ENDED, _("No longer made")),
    (OUT, _("Taken out as a mistake")),
]


def made_so(products, value: str, day: dt.date):
    """Products still made, no longer made, or taken out of the register."""
    if value == OUT:
        return products.filter(withdrawn_at__isnull=False)
    made = Q(ended_on=None) | Q(ended_on__gt=day)
    ended = Q(ended_on__lte=day)
    return products.filter(ended if value == ENDED else made, withdrawn_at=None)


ON, OFF = "on", "off"
Offered = Product.Offered
OFFERS = [
    (ON, _("On a floor")),
    (str(Offered.VERIFIED.value), _("On a floor, checked")),
    (OFF, _("Not on a floor")),
    (str(Offered.PLANNED.value), Offered.PLANNED.label),
    (str(Offered.BROKEN.value), Offered.BROKEN.label),
]


def offered_so(products, value: str):
    """Products that are on a floor, checked there, on none, planned, or only broken."""
    if value in (ON, OFF):
        return products.filter(**{f"offered__{'gte' if value == ON else 'lt'}": Offered.LISTED})
    return products.filter(offered=value)


def on_floor(products, floor: str):
    """Products offered on that floor today."""
    rows = Listing.objects.filter(floor=floor, withdrawn_at=None, state__in=rules.LIVE)
    return products.filter(pk__in=rows.values("product"))
