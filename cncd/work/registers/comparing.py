"""Two records side by side: what each says, where they differ, which one to keep. No contacts."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit import figures
from cncd.work.registers.models import Listing, Merge, Owner, Product, Shop
from cncd.work.registers.places import unit_names
from cncd.work.registers.rules import LIVE
from cncd.work.registers.sentences import RANKS

KEPT_BOTH = ""  # a line of which nothing is chosen: both are kept


class Fact(NamedTuple):
    """One thing a record says; `column` where one of two may be chosen."""

    label: Any
    value: str
    column: str = KEPT_BOTH


@dataclass
class Line:
    """One fact of both."""

    label: Any
    first: str
    second: str
    column: str = KEPT_BOTH

    @property
    def differs(self) -> bool:
        return self.first != self.second

    @property
    def is_chosen(self) -> bool:
        """Whether a person has to say which of the two is right."""
        return bool(self.column) and self.differs


@dataclass
class Comparison:
    kind: str
    first: Any
    second: Any
    lines: list[Line] = field(default_factory=list)

    @property
    def chosen(self) -> list[Line]:
        return [line for line in self.lines if line.is_chosen]

    @property
    def fuller(self) -> str:
        """Which one has more to it, and is kept unless somebody says otherwise."""
        return "second" if weight_of(self.second) > weight_of(self.first) else "first"


def compared(first: Any, second: Any, kind: str, day: dt.date) -> Comparison:
    """What both say, line by line."""
    places = {_place(first), _place(second)}
    named = unit_names(places, day)
    sides = [FACTS[kind](row, named.get(_place(row), ("", ""))) for row in (first, second)]
    lines = [
        Line(one.label, one.value, other.value, one.column)
        for one, other in zip(*sides, strict=True)
    ]
    return Comparison(kind, first, second, [x for x in lines if x.first or x.second])


def facts_of(row: Any, named: tuple[str, str]) -> list[Fact]:
    """What a record says, as far as it is shown to whoever asks whether it is the one meant."""
    kind = {Product: "product", Owner: "owner", Shop: "shop", Listing: "listing"}[type(row)]
    return [fact for fact in FACTS[kind](row, named) if fact.value]


def weight_of(row: Any) -> tuple:
    """How much hangs on a record; of equals the older one weighs more."""
    if isinstance(row, Owner):
        hangs = row.products.standing().count() + row.shops.standing().count()
    elif isinstance(row, Product):
        hangs = row.listings.standing().count() + row.recognitions.count()
    else:
        hangs = row.listings.standing().count()
    return hangs, -row.recorded_at.timestamp()


def merge_of(row: Any) -> Merge | None:
    """How this record passed into another, if it did."""
    return Merge.objects.filter(merged=row.pk, undone_at=None).select_related("by__person").first()


def _place(row: Any) -> int:
    if isinstance(row, Listing):
        return row.product.place_id
    return row.owner.place_id if isinstance(row, Shop) else row.place_id


def _where(named: tuple[str, str]) -> str:
    return ", ".join(part for part in named if part)


def _day(day) -> str:
    return figures.day(day) if day else ""


def _product(row: Product, named) -> list[Fact]:
    offers = [each for each in row.listings.select_related("floor") if not each.withdrawn_at]
    rank = RANKS.get("potential" if row.is_potential else str(row.star or ""), "")
    floors = [f"{each.floor}: {each.get_state_display()}" for each in offers]
    return [
        Fact(_("Product"), row.name, "name"),
        Fact(_("Kind"), str(row.get_kind_display()), "kind"),
        Fact(_("Owner"), row.owner.name, "owner_id"),
        Fact(_("Hamlet"), _where(named), "place_id"),
        Fact(_("Product group"), str(row.group or ""), "group_id"),
        Fact(_("Made since"), _day(row.since_on), "since_on"),
        Fact(_("No longer made from"), _day(row.ended_on), "ended_on"),
        Fact(_("Note"), row.note, "note"),
        Fact(_("OCOP rank"), str(rank)),
        Fact(_("On floors"), "\n".join(floors)),
        Fact(_("Recorded on"), _day(row.recorded_at.date())),
    ]


def _owner(row: Owner, named) -> list[Fact]:
    made = "\n".join(product.name for product in row.products.standing()[:8])
    shops = "\n".join(str(shop) for shop in row.shops.standing().select_related("floor"))
    return [
        Fact(_("Owner"), row.name, "name"),
        Fact(_("Kind of owner"), str(row.get_kind_display()), "kind"),
        Fact(_("Hamlet"), _where(named), "place_id"),
        Fact(_("Household code"), row.household.code if row.household else "", "household_id"),
        Fact(_("Products"), made),
        Fact(_("Storefronts"), shops),
        Fact(_("Payment accounts"), _count(row.accounts)),
        Fact(_("Quality commitments"), _count(row.commitments)),
        Fact(_("Recorded on"), _day(row.recorded_at.date())),
    ]


def _count(rows) -> str:
    count = rows.standing().count()
    return str(count) if count else ""


def _shop(row: Shop, named) -> list[Fact]:
    sold = row.listings.filter(withdrawn_at=None, state__in=LIVE).select_related("product")
    return [
        Fact(_("Storefront name"), row.name, "name"),
        Fact(_("Owner"), row.owner.name),
        Fact(_("Hamlet"), _where(named)),
        Fact(_("Floor"), row.floor.name),
        Fact(_("Address"), row.address, "address"),
        Fact(_("Opened on"), _day(row.opened_on), "opened_on"),
        Fact(_("Closed from"), _day(row.closed_on)),
        Fact(_("Products"), "\n".join(each.product.name for each in sold)),
    ]


def _listing(row: Listing, named) -> list[Fact]:
    return [
        Fact(_("Product"), row.product.name),
        Fact(_("Owner"), row.product.owner.name),
        Fact(_("Hamlet"), _where(named)),
        Fact(_("Floor"), row.floor.name),
        Fact(_("Address"), row.address),
    ]


FACTS = {"product": _product, "owner": _owner, "shop": _shop, "listing": _listing}
