"""Who promised help at a place and has not yet given all of it: for the 100% line (II.2.3)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from cncd.foundation.places.models import PlaceIndex
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries.delivered import Standing, standings
from cncd.work.partners.queries.partners import contacts

SELLING = (Pledge.Kind.SHOPS, Pledge.Kind.LISTINGS)  # what brings a product to a floor


class Helping(NamedTuple):
    """An agency that still owes help somewhere."""

    agency: str
    contact: str  # whom to call there; empty when nobody is posted
    left: int  # of all it promised there
    due_on: dt.date  # the first of the last days to give it
    address: str  # of the promise of which most is left


def helping(places: Iterable[int], day: dt.date | None = None) -> dict[int, list[Helping]]:
    """Place id → who promised help there or above and owes some, the one that owes most first.

    Places without such a promise are left out. A promise to a unit that has ended holds for what
    it passed into. Named in `settings.REGISTER_HELPERS`; at most ten queries.
    """
    day, wanted = day or timezone.localdate(), {getattr(p, "pk", p) for p in places}
    owed = _owed(day)
    if not owed or not wanted:
        return {}
    called = contacts({row.pledge.agency_id for each in owed.values() for row in each}, day)
    above = PlaceIndex.objects.on(day).filter(place__in=wanted, ancestor__in=owed)
    found = defaultdict(list)
    for place, unit in above.values_list("place", "ancestor").distinct():
        found[place] += owed[unit]
    return {place: _in_order(rows, called) for place, rows in found.items()}


def _owed(day: dt.date) -> dict[int, list[Standing]]:
    """Unit of today → the promises in force there of which something is left."""
    selling = Pledge.objects.standing().on(day).filter(kind__in=SELLING)
    rows = standings(selling, day)
    rows = {row.pledge.pk: row for row in rows if row.left}
    units = PlaceIndex.objects.on(day).filter(
        place__in={row.pledge.place_id for row in rows.values()},
        ancestor__level=F("place__level"),
    )
    heirs = defaultdict(set)
    for place, unit in units.values_list("place", "ancestor"):
        heirs[place].add(unit)
    found = defaultdict(list)
    for row in rows.values():
        for unit in heirs[row.pledge.place_id]:
            found[unit].append(row)
    return found


def _in_order(rows: list[Standing], called: dict[int, str]) -> list[Helping]:
    """One line for each agency, the one that owes most first."""
    by_agency = defaultdict(list)
    for row in rows:
        by_agency[row.pledge.agency_id].append(row)
    found = [_as_helping(mine, called.get(pk, "")) for pk, mine in by_agency.items()]
    return sorted(found, key=lambda helping: -helping.left)


def _as_helping(rows: list[Standing], contact: str) -> Helping:
    most = max(rows, key=lambda row: row.left)
    return Helping(
        agency=most.agency,
        contact=contact,
        left=sum(row.left for row in rows),
        due_on=min(row.pledge.last_day for row in rows),
        address=most.pledge.get_absolute_url(),
    )
