"""Outlines for the maps, from a day on."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.text import tidy
from cncd.foundation.places import checks
from cncd.foundation.places.actions.index import lock_tree
from cncd.foundation.places.actions.places import touched
from cncd.foundation.places.checks import Refused, shown
from cncd.foundation.places.models import Boundary, Place, PlaceVersion
from cncd.foundation.places.outlines import Outline

NAMED_AT_MOST = 10


@transaction.atomic
def load_boundaries(
    *,
    outlines: Iterable[Outline],
    since_on: dt.date,
    source: str,
    by,
    skip_unknown: bool = False,
    now=None,
) -> int:
    """Stores outlines of the units that bear these codes on a day; they hold from then on.

    What held before ends there; on the same day it is replaced. Returns how many were stored.
    Raises Refused when codes are unknown, unless they are to be skipped.
    """
    lock_tree()
    outlines = {outline.code: outline for outline in outlines}
    places = _bearers(list(outlines), since_on, skip_unknown)
    for place in places.values():
        checks.require(by, place.level, place, since_on)
    _close({place.pk for place in places.values()}, since_on)
    Boundary.objects.bulk_create(
        Boundary(
            place=place,
            geometry=outlines[code].geometry,
            source=tidy(source),
            since_on=since_on,
        )
        for code, place in places.items()
    )
    _record(list(places.values()), source, since_on, by, now)
    return len(places)


def _bearers(codes: list[str], day: dt.date, skip_unknown: bool) -> dict[str, Place]:
    """The units by code; raises Refused when there is none, or not one for each code."""
    rows = PlaceVersion.objects.on(day).filter(code__in=codes).select_related("place__level")
    found = {version.code: version.place for version in rows}
    unknown = [code for code in codes if code not in found]
    if (unknown and not skip_unknown) or not found:
        raise Refused(
            {
                "file": _("%(count)s codes belong to no unit on %(day)s: %(codes)s.")
                % {
                    "count": len(unknown),
                    "day": shown(day),
                    "codes": ", ".join(unknown[:NAMED_AT_MOST]),
                }
            }
        )
    return found


def _close(places: set[int], day: dt.date) -> None:
    held = Boundary.objects.overlapping(day, None).filter(place__in=places)
    held.filter(since_on__gte=day).delete()
    held.filter(since_on__lt=day).update(until_on=day)


def _record(places: list[Place], source: str, since_on: dt.date, by, now) -> None:
    top = min(places, key=lambda place: (place.level.rank, place.pk))
    journal.record(
        event="boundaries.loaded",
        subject=top,
        by=by,
        place=top,
        after={"count": len(places), "since_on": since_on.isoformat(), "source": source},
        rows=[touched(place) for place in places] if len(places) <= 200 else [],
        now=now,
    )
