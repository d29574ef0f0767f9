"""How the 100% line went: recognised, and of these on a floor and checked, at the end of months."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Count, Q

from cncd.work.registers.models import Listing, ListingSpan, Product, Recognition
from cncd.work.registers.queries.memory import remembered


class Line(NamedTuple):
    """So many of so many; `share` is None where no product is recognised ("không phát sinh")."""

    on_floor: int = 0
    recognised: int = 0

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.on_floor, self.recognised) if self.recognised else None

    @property
    def missing(self) -> int:
        return self.recognised - self.on_floor


def course(days: Sequence[dt.date], places: set[int]) -> list[Line]:
    """The line of these places on each of the days; remembered for all places."""
    rows = [row for place, row in by_place(days).items() if place in places]
    return [
        Line(sum(row[0][at] for row in rows), sum(row[1][at] for row in rows))
        for at in range(len(days))
    ]


def by_place(days: Sequence[dt.date]) -> dict[int, tuple[list[int], list[int]]]:
    """{place: (on a floor and checked, recognised) on each of the days}, of everybody."""
    days = tuple(days)
    return remembered(("course", days), lambda: _read(days))


def _read(days: tuple[dt.date, ...]) -> dict[int, tuple[list[int], list[int]]]:
    """{place: (on a floor and checked, recognised) on each of the days}; two queries."""
    blank = [0] * len(days)
    found: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: (blank, blank))
    for rows, product, side in (
        (_verified(days), "listing__product", 0),
        (_recognised(days), "product", 1),
    ):
        counts = {
            f"at_{at}": Count(product, distinct=True, filter=_on(product, day, side))
            for at, day in enumerate(days)
        }
        for place, *numbers in rows.order_by().values_list(f"{product}__place").annotate(**counts):
            sides = list(found[place])
            sides[side] = numbers
            found[place] = tuple(sides)
    return dict(found)


def _recognised(days):
    rows = Recognition.objects.overlapping(min(days), max(days) + dt.timedelta(days=1))
    return rows.filter(product__kind=Product.Kind.OCOP, product__withdrawn_at=None)


def _verified(days):
    rows = ListingSpan.objects.overlapping(min(days), max(days) + dt.timedelta(days=1))
    return rows.filter(
        state=Listing.State.VERIFIED,
        listing__withdrawn_at=None,
        listing__product__kind=Product.Kind.OCOP,
        listing__product__withdrawn_at=None,
    )


def _on(product: str, day: dt.date, side: int) -> Q:
    """That the row holds that day, and the product exists, and is recognised, then."""
    existing = _not_yet(f"{product}__since_on", day) & _not_over(f"{product}__ended_on", day)
    holds = _holds("", day) & existing
    return holds if side else holds & _holds(f"{product}__recognitions__", day)


def _holds(path: str, day: dt.date) -> Q:
    return Q(**{f"{path}since_on__lte": day}) & _not_over(f"{path}until_on", day)


def _not_over(field: str, day: dt.date) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gt": day})


def _not_yet(field: str, day: dt.date) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__lte": day})
