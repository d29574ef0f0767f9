"""Many products at once (Excel, demo data): the same rules, one journal entry, all rows or none."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.bulk import LinesRefused
from cncd.foundation.places.models import PlaceIndex
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.batch import Batch, Outcome
from cncd.work.registers.lines import ProductLine, Wrong, faults
from cncd.work.registers.models import Product
from cncd.work.registers.rules import BEGINNING

MOST_NAMED = 500  # in the journal; the origins name every one


class Imported(NamedTuple):
    """What became of the lines, one product a line, in their order."""

    products: list[Product]
    added: int
    updated: int
    listings: int


@transaction.atomic
def import_products(*, lines: Sequence[ProductLine], by, file_name: str = "", now=None) -> Imported:
    """Adds products with owners, recognitions and listings, or brings them up to date.

    A line is the product of the same name, owner and hamlet (spelling aside), or the one it names;
    what a line leaves empty stays. Raises PermissionDenied outside `by`'s places and LinesRefused
    with every wrong line; nothing is written then.
    """
    now, _made_at = writing.moments(now, None)
    named = Product.objects.filter(pk__in=[line.same_as for line in lines if line.same_as])
    rights.require_all(
        by, {line.place.pk for line in lines} | set(named.values_list("place", flat=True))
    )
    if wrong := _numbered([faults(line, writing.today(now)) for line in lines]):
        raise LinesRefused(wrong)
    batch = Batch(lines, by=by, now=now, file_name=file_name)
    outcomes = [batch.take(line) for line in lines]
    if wrong := _numbered([outcome.wrong for outcome in outcomes]):
        raise LinesRefused(wrong)
    batch.lay_down()
    states = Counter(outcome.state for outcome in outcomes)
    products = [outcome.product for outcome in outcomes]
    found = Imported(products, states["new"], states["updated"], len(batch.listings.touched))
    if batch.origins:
        _write_down(lines, found, file_name, by, now)
    return found


@transaction.atomic
def rehearse(*, lines: Sequence[ProductLine], by) -> list[Outcome]:
    """What `import_products` would make of lines without faults; reads, never writes."""
    batch = Batch(lines, by=by, now=timezone.now(), file_name="")
    return [batch.take(line) for line in lines]


def wrong_lines(lines: Sequence[ProductLine], *, by, today: dt.date) -> list[list[Wrong]]:
    """What `import_products` would refuse, line by line; reads, never writes."""
    reached = rights.reached(by, {line.place.pk for line in lines})
    found = [faults(line, today) for line in lines]
    for line, wrong in zip(lines, found, strict=True):
        if line.place.pk not in reached:
            wrong.append(Wrong("place", str(writing.NOT_YOURS)))
    return found


def _numbered(found: list[list[Wrong]]) -> list[tuple[int, str, str]]:
    return [
        (index, each.field, str(each.message))
        for index, wrong in enumerate(found)
        for each in wrong
    ]


def _write_down(lines, found: Imported, file_name: str, by, now) -> None:
    places = {product.place_id for product in found.products}
    counted = {each["place"] for each in writing.where_counted(*found.products)} or places
    names = [{"name": product.name} for product in found.products[:MOST_NAMED]]
    record(
        event="registers.imported",
        subject=found.products[0],
        by=by,
        place=_common_place(places, writing.today(now)),
        after={
            "count": len(lines),
            "added": found.added,
            "updated": found.updated,
            "file": file_name,
            "on": min(map(_first_day, lines), default=BEGINNING),
        },
        rows=[*({"place": pk} for pk in sorted(counted)), *names],
        now=now,
    )


def _common_place(places, day: dt.date) -> int | None:
    """The id of the lowest unit that holds them all."""
    above = PlaceIndex.objects.on(day).filter(place__in=list(places), inherited=False)
    shared = above.values("ancestor").annotate(held=Count("place", distinct=True))
    shared = shared.filter(held=len(places)).order_by("-ancestor__level__rank")
    return shared.values_list("ancestor", flat=True).first()


def _first_day(line: ProductLine) -> dt.date:
    """From when on the figures of a line may differ."""
    if line.kind != Product.Kind.OCOP:
        return line.since_on or BEGINNING
    days = [line.decided_on, *(listing.on for listing in line.listings)]
    return min([day for day in days if day], default=BEGINNING)
