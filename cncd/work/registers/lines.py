"""One row of a file of products, before it is anything: what it says, and what is wrong with it."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cncd.foundation.places.models import Place
from cncd.team.programme.models import Platform
from cncd.work.registers.addresses import address_faults
from cncd.work.registers.models import Origin, Owner, Product, ProductGroup
from cncd.work.registers.rules import NO_NUMBERS, holds_a_number


class ListingLine(NamedTuple):
    floor: Platform
    address: str
    on: dt.date | None = None  # None: today


class ProductLine(NamedTuple):
    """What is left empty says nothing: what stands stays."""

    kind: str
    name: str
    owner_name: str
    place: Place
    owner_kind: str = Owner.Kind.HOUSEHOLD.value
    group: ProductGroup | None = None
    note: str = ""
    since_on: dt.date | None = None
    star: int | None = None
    is_potential: bool = False
    number: str = ""  # of the decision that recognised it
    decided_on: dt.date | None = None
    until_on: dt.date | None = None
    listings: tuple[ListingLine, ...] = ()
    same_as: UUID | None = None  # somebody said which product it is
    is_new: bool = False  # somebody said it is none of those that look alike
    raw: dict | None = None
    row_number: int | None = None
    way: str = Origin.Way.EXCEL.value

    @property
    def is_recognised(self) -> bool:
        return bool(self.star or self.is_potential or self.number or self.decided_on)


class Wrong(NamedTuple):
    """What is wrong with a line: the field by its name in the line, and what to do."""

    field: str
    message: str


def faults(line: ProductLine, today: dt.date) -> list[Wrong]:
    """What is wrong with a line by itself; rights and other records are the action's."""
    found = [Wrong(field, message) for field, message, fails in _checks(line, today) if fails]
    for listing in line.listings:
        for fault in address_faults(listing.address, listing.floor.address)[:1]:
            found.append(Wrong(f"floor:{listing.floor.code}", fault.message))
        if listing.on and listing.on > today:
            found.append(Wrong("listed_on", NOT_YET))
    return found


NOT_YET = _("This day has not come yet. Choose today or an earlier day.")


def _checks(line: ProductLine, today: dt.date):
    yield "name", _("Give the name of the product."), not line.name
    yield "owner_name", _("Give the name, as on the papers of the business."), not line.owner_name
    yield "kind", KINDS, line.kind not in Product.Kind.values
    yield "owner_kind", _("Choose one of the four kinds."), line.owner_kind not in Owner.Kind.values
    for field in ("name", "owner_name", "note"):
        yield field, NO_NUMBERS, holds_a_number(getattr(line, field))
    yield "since_on", NOT_YET, bool(line.since_on and line.since_on > today)
    if line.is_recognised:
        ranked = line.is_potential or line.star in (3, 4, 5)
        yield "rank", _("Choose 3, 4 or 5 stars, or potential 5 stars."), not ranked
        yield "number", _("Give the number of the decision."), not line.number
        yield "decided_on", _("Give the date of the decision."), not line.decided_on
        yield "decided_on", NOT_YET, bool(line.decided_on and line.decided_on > today)
        yield "kind", _("Only an OCOP product has stars."), line.kind != Product.Kind.OCOP
        wrong_end = line.until_on and line.decided_on and line.until_on <= line.decided_on
        yield "until_on", _("It ends after the day of the decision."), bool(wrong_end)


KINDS = _("Choose OCOP product, farm product or local speciality.")
