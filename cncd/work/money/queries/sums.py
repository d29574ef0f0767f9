"""What units spent and were given, in whole đồng: for rooms that put a cost beside a result."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Sum

from cncd.foundation.places.models import PlaceIndex
from cncd.work.money.models import Budget, Spending
from cncd.work.money.rules import KEEPERS


def spent(
    places: Iterable, first_day: dt.date, last_day: dt.date, purposes: Iterable[str] | None = None
) -> dict[int, int]:
    """Place id → đồng that it spent itself in these days, both included.

    `purposes` are codes; all when None. A place that recorded nothing in these days is left out:
    it has said nothing, which is not 0.
    """
    rows = Spending.objects.filter(spent_on__range=(first_day, last_day))
    return _sums(rows, places, purposes)


def budgeted(
    places: Iterable, first_year: int, last_year: int, purposes: Iterable[str] | None = None
) -> dict[int, int]:
    """Place id → đồng it was given itself for these years, both included; none said, left out."""
    return _sums(Budget.objects.filter(year__range=(first_year, last_year)), places, purposes)


def spent_below(
    places: Iterable, first_day: dt.date, last_day: dt.date, purposes: Iterable[str] | None = None
) -> dict[int, int]:
    """Place id → đồng spent by it and all units under it, in the tree of the last day."""
    ids = {getattr(place, "pk", place) for place in places}
    index = PlaceIndex.objects.on(last_day).filter(ancestor__in=ids)
    pairs = set(index.values_list("ancestor", "place"))
    own = spent({place for _above, place in pairs}, first_day, last_day, purposes)
    found: dict[int, int] = {}
    for above, place in pairs:
        if place in own:
            found[above] = found.get(above, 0) + own[place]
    return found


def books_below(
    places: Iterable, first_day: dt.date, last_day: dt.date
) -> dict[int, tuple[int, int]]:
    """Place id → of it and all units under it: how many recorded spending, how many keep a book."""
    ids = {getattr(place, "pk", place) for place in places}
    index = PlaceIndex.objects.on(last_day).filter(ancestor__in=ids, inherited=False)
    pairs = index.filter(place__level__code__in=KEEPERS).values_list("ancestor", "place")
    spending = Spending.objects.standing().filter(spent_on__range=(first_day, last_day))
    begun = set(spending.order_by().values_list("place", flat=True).distinct())
    found = dict.fromkeys(ids, (0, 0))
    for above, place in pairs:
        told, kept = found[above]
        found[above] = (told + (place in begun), kept + 1)
    return found


def _sums(rows, places, purposes) -> dict[int, int]:
    ids = [getattr(place, "pk", place) for place in places]
    rows = rows.standing().filter(place__in=ids)
    if purposes is not None:
        rows = rows.filter(purpose__code__in=list(purposes))
    return dict(rows.order_by().values_list("place").annotate(Sum("amount")))
