"""Questions about places: what they are called, who stands above and below, which setting holds."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from cncd.foundation.kit.text import fold
from cncd.foundation.places.models import (
    Boundary,
    Place,
    PlaceIndex,
    PlaceKind,
    PlaceQuerySet,
    PlaceVersion,
    Setting,
)
from cncd.foundation.places.options import option

MANY = 2_000  # ids, above which asking for everything is quicker than naming them


class Named(NamedTuple):
    """What a place is called on a day; `full_name` has its type, `level` is the level's code."""

    code: str
    name: str
    kind: str
    full_name: str
    parent_id: int | None
    level: str
    sort_key: str


def names(ids: Iterable[int], day: dt.date) -> dict[int, Named]:
    """What the places are called that day, in one query: last known if ended, first if to come."""
    wanted = set(ids)
    if not wanted:
        return {}
    versions = PlaceVersion.objects.order_by("since_on")
    if len(wanted) <= MANY:
        versions = versions.filter(place__in=wanted)
    found: dict[int, Named] = {}
    rows = versions.values_list(
        "place",
        "since_on",
        "code",
        "name",
        "kind__name",
        "parent",
        "place__level__code",
        "sort_key",
    )
    for place, since, code, name, kind, parent, level, key in rows:
        if place in wanted and (since <= day or place not in found):
            found[place] = Named(code, name, kind, f"{kind} {name}", parent, level, key)
    return found


def last_day_known(place: Place, day: dt.date) -> dt.date:
    """That day, or the last day on which an ended place existed, or the first of one to come."""
    days = list(place.versions.order_by("since_on").values_list("since_on", "until_on"))
    first, (_since, end) = days[0][0], days[-1]
    if end is not None and day >= end:
        return end - dt.timedelta(days=1)
    return max(day, first)


def ancestors(place: Place, day: dt.date) -> list[Place]:
    """The places above, top first and named; of an ended place, those above it when it ended."""
    day = last_day_known(place, day)
    rows = PlaceIndex.objects.on(day).filter(place=place, inherited=False).exclude(ancestor=place)
    above = Place.objects.filter(pk__in=rows.values("ancestor"))
    return list(above.named(day).select_related("level").order_by("level__rank"))


def children(place: Place, day: dt.date) -> PlaceQuerySet:
    """The places directly under it on that day, named, in Vietnamese order."""
    below = PlaceVersion.objects.on(day).filter(parent=place)
    found = Place.objects.filter(pk__in=below.values("place"))
    return found.named(day).select_related("level").order_by("level__rank", "sort_key", "pk")


def at_code(code: str, day: dt.date, level: str | None = None) -> Place | None:
    """The place that bears the code on that day; a code alone does not identify a place."""
    found = PlaceVersion.objects.on(day).filter(code=code).select_related("place__level")
    if level:
        found = found.filter(place__level__code=level)
    version = found.first()
    return version.place if version else None


def boundaries(ids: Iterable[int], day: dt.date) -> dict[int, dict]:
    """The outlines (GeoJSON geometries) of those of the places that have one on that day."""
    rows = Boundary.objects.on(day).filter(place__in=list(ids))
    return dict(rows.values_list("place", "geometry"))


# -- searching ----------------------------------------------------------------------------------


def search_places(text: str, day: dt.date, level: str | None = None) -> PlaceQuerySet:
    """Places in force that match a name or code, best first: exact, then beginning, then within.

    "mỹ phước, nhơn mỹ" finds the Mỹ Phước that stands under Nhơn Mỹ.
    """
    found = Place.objects.alive(day).named(day).select_related("level")
    if level:
        found = found.filter(level__code=level)
    return matching(found, text, day).order_by("fit", "level__rank", "sort_key", "pk")


def matching(places: PlaceQuerySet, text: str, day: dt.date) -> PlaceQuerySet:
    """Of places that are `named`, those that match; adds `fit`: 0 exact, 1 beginning, 2 within."""
    wanted, *above = [fold(part) for part in text.split(",") if part.strip()] or [""]
    prefixes = ["", *(f"{kind} " for kind in _folded_kinds())]
    exact = Q(search_key__in=[prefix + wanted for prefix in prefixes]) | Q(code__iexact=wanted)
    begins = Q(code__istartswith=wanted)
    for prefix in prefixes:
        begins |= Q(search_key__startswith=prefix + wanted)
    for name in above:
        rows = PlaceVersion.objects.on(day).filter(search_key__contains=name)
        places = places.within(rows.values("place"), day).exclude(pk__in=rows.values("place"))
    return places.filter(begins | Q(search_key__contains=wanted)).annotate(
        fit=Case(
            When(exact, Value(0)), When(begins, Value(1)), default=2, output_field=IntegerField()
        )
    )


def _folded_kinds() -> list[str]:
    return sorted({fold(name) for name in PlaceKind.objects.values_list("name", flat=True)})


# -- settings -----------------------------------------------------------------------------------


def setting(key: str, place: Place | None = None, on: dt.date | None = None) -> Any:
    """The value that holds at the place on that day (today): the nearest one above it, else the one
    for everywhere, else the default of the option.
    """
    held = setting_row(key, place, on or timezone.localdate())
    return option(key).default if held is None else held.value


def setting_row(key: str, place: Place | None, day: dt.date) -> Setting | None:
    """The row behind a setting; None when the option's default holds."""
    return setting_rows(place, day, [key]).get(key)


def setting_rows(
    place: Place | None, day: dt.date, keys: Iterable[str] | None = None
) -> dict[str, Setting]:
    """Of every key (or those given) somebody chose for the place or above it, the nearest row."""
    rows = Setting.objects.on(day).select_related("place__level")
    if keys is not None:
        rows = rows.filter(key__in=list(keys))
    if place is None:
        return {row.key: row for row in rows.filter(place=None)}
    above = PlaceIndex.objects.on(last_day_known(place, day)).filter(place=place, inherited=False)
    held = rows.filter(Q(place=None) | Q(place__in=above.values("ancestor")))
    nearest = sorted(held, key=lambda row: row.place.level.rank if row.place else 0)
    return {row.key: row for row in nearest}
