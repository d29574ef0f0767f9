"""Every OCOP product recognised on a day, and how near it is to being sold on a floor."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import FilteredRelation, Q

from cncd.team.programme.models import Platform
from cncd.work.registers.models import Listing, ListingSpan, Product, Recognition
from cncd.work.registers.queries.memory import remembered

NONE = "none"  # on no floor, and nobody plans it
NEAREST = (  # the best of a product's listings says how near it is
    Listing.State.VERIFIED.value,
    Listing.State.LISTED.value,
    Listing.State.BROKEN.value,
    Listing.State.PLANNED.value,
    Listing.State.WITHDRAWN.value,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One product on the shelf; `state` is that of its best listing, on `floor`."""

    pk: UUID
    place: int
    since_on: dt.date  # of the recognition
    star: int | None
    is_potential: bool
    state: str
    floor: str

    @property
    def rank(self) -> str:
        """3, 4, 5 or potential: how statistics count it."""
        return "potential" if self.is_potential else str(self.star)

    @property
    def is_on_floor(self) -> bool:
        """Whether it counts for the 100% line: on a floor, and somebody checked (KT02)."""
        return self.state == Listing.State.VERIFIED


def shelf(day: dt.date) -> tuple[Item, ...]:
    """The products of everybody that day, in Vietnamese order; remembered."""
    return remembered(("shelf", day), lambda: tuple(_read(day)))


def _read(day: dt.date, among=None) -> list[Item]:
    """The recognised products (of those among them, when given), each with its best listing."""
    in_force = Q(recognitions__until_on=None) | Q(recognitions__until_on__gt=day)
    held = FilteredRelation("recognitions", condition=in_force & Q(recognitions__since_on__lte=day))
    rows = Product.objects.existing_on(day).filter(kind=Product.Kind.OCOP)
    if among is not None:
        rows = rows.filter(pk__in=among)
    rows = rows.annotate(held=held).exclude(held=None).order_by("sort_key", "pk")
    fields = ("pk", "place", "held__since_on", "held__star", "held__is_potential")
    nearest, blank = _nearest(day, among), (NONE, "")
    return [Item(*row, *nearest.get(row[0], blank)) for row in rows.values_list(*fields)]


def _nearest(day: dt.date, among) -> dict[UUID, tuple[str, str]]:
    """{product: (state of its best listing that day, name of the floor)}."""
    spans = ListingSpan.objects.on(day).filter(
        listing__withdrawn_at=None, listing__product__kind=Product.Kind.OCOP
    )
    if among is not None:
        spans = spans.filter(listing__product__in=among)
    found: dict[UUID, tuple[str, str]] = {}
    floors = dict(Platform.objects.values_list("pk", "name"))
    rank = {state: number for number, state in enumerate(NEAREST)}
    for product, state, floor in spans.order_by().values_list(
        "listing__product", "state", "listing__floor"
    ):
        held = found.get(product)
        if held is None or (rank[state], floors[floor]) < (rank[held[0]], held[1]):
            found[product] = (state, floors[floor])
    return found


@dataclass(frozen=True)
class Changes:
    """What differs between two days, as the later one (or for what has gone, the earlier) was."""

    recognised: tuple[Item, ...]  # new on the shelf
    ended: tuple[Item, ...]  # off the shelf: expired, or no longer made
    listed: tuple[Item, ...]  # newly on a floor, checked
    lost: tuple[Item, ...]  # no longer on a floor: broken, taken off, to be checked again


def changes(before: dt.date, day: dt.date, places: set[int]) -> Changes:
    """What changed on the shelf of these places from one day to the other; remembered for all."""
    found = remembered(("changes", before, day), lambda: _changes(before, day))
    return Changes(*(tuple(item for item in items if item.place in places) for items in found))


def _changes(before: dt.date, day: dt.date) -> tuple[list[Item], ...]:
    """New on the shelf, off it, newly on a floor, lost: of everybody; six queries."""
    touched = _touched(before, day)
    then = {item.pk: item for item in _read(before, touched)}
    now = {item.pk: item for item in _read(day, touched)}
    was_on = {pk for pk, item in then.items() if item.is_on_floor}
    return (
        [item for pk, item in now.items() if pk not in then],
        [item for pk, item in then.items() if pk not in now],
        [item for pk, item in now.items() if item.is_on_floor and pk not in was_on],
        [item for pk, item in now.items() if pk in was_on and not item.is_on_floor],
    )


def _touched(before: dt.date, day: dt.date) -> set[UUID]:
    """Products of which anything began or ended between the two days."""
    days = (before + dt.timedelta(days=1), day)
    began_or_ended = Q(since_on__range=days) | Q(until_on__range=days)
    found = set(Recognition.objects.filter(began_or_ended).values_list("product", flat=True))
    spans = ListingSpan.objects.filter(began_or_ended, listing__product__kind=Product.Kind.OCOP)
    found |= set(spans.order_by().values_list("listing__product", flat=True))
    made = Q(since_on__range=days) | Q(ended_on__range=days)
    products = Product.objects.filter(made, kind=Product.Kind.OCOP)
    return found | set(products.order_by().values_list("pk", flat=True))
