"""Under which unit a record's place falls on a day: one, also when the place has ended."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.places.models import Place, PlaceIndex, Succession


def units_of(units: Iterable[int], day: dt.date) -> dict[int, int]:
    """{place: the lowest of the units it falls under}; places under none are left out.

    What has ended falls where the largest part of it passed to, so that it counts once. One
    query, and a few more while there are records of ended places.
    """
    units = list(units)
    rows = PlaceIndex.objects.on(day).filter(ancestor__in=units)
    rows = rows.values_list("place", "ancestor", "ancestor__level__rank", "inherited")
    found: dict[int, tuple[int, int]] = {}
    ended = set()
    for place, unit, rank, inherited in rows:
        if inherited:
            ended.add(place)
        elif place not in found or rank > found[place][0]:
            found[place] = (rank, unit)
    for place, heir in main_heirs(ended - found.keys(), day).items():
        if heir in found:
            found[place] = found[heir]
    return {place: unit for place, (_rank, unit) in found.items()}


def main_heirs(places: set[int], day: dt.date) -> dict[int, int]:
    """{ended place: the place in force that most of it passed into, through whatever came between.

    Those of which nothing is left are not among them.
    """
    at, found = {place: place for place in places}, {}
    while at:
        following = _next_of(set(at.values()), day)
        at = {place: following[here] for place, here in at.items() if here in following}
        alive = set(
            Place.objects.alive(day).filter(pk__in=set(at.values())).values_list("pk", flat=True)
        )
        found |= {place: here for place, here in at.items() if here in alive}
        at = {place: here for place, here in at.items() if here not in alive}
    return found


def _next_of(places: set[int], day: dt.date) -> dict[int, int]:
    """{place: what most of it passed into}."""
    rows = Succession.objects.filter(old__in=places, on__lte=day).order_by("share", "-on", "-new")
    return dict(rows.values_list("old", "new"))
