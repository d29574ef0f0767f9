"""The person answerable: the head of the commune, district or province, by date (IV.3)."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.people.models import Person, Posting
from cncd.foundation.places.models import Place
from cncd.team.programme.standing import communes_of
from cncd.team.teams.models import Team

HEAD_ROLES = ("commune_leader", "district_leader", "province_leader")
CHAIRS = ("chủ tịch", "bí thư, chủ tịch")


def heads_on(units: Iterable, day: dt.date) -> dict:
    """Unit (place or team) → the person answerable on that day; units without a head are absent.

    Where several leaders are posted, the one whose title is Chủ tịch, else the longest in office.
    """
    units = list(units)
    communes = communes_of([unit.pk for unit in units if isinstance(unit, Team)], day)
    where = {unit: communes.get(unit.pk) if isinstance(unit, Team) else unit.pk for unit in units}
    heads = _heads_of(set(where.values()), day)
    return {unit: heads[place] for unit, place in where.items() if place in heads}


def head_of(unit: Place | Team, day: dt.date) -> Person | None:
    """The person answerable for one unit on that day."""
    return heads_on([unit], day).get(unit)


def _heads_of(places: set, day: dt.date) -> dict[int, Person]:
    rows = Posting.objects.on(day).filter(place__in=places, role__code__in=HEAD_ROLES)
    rows = sorted(rows.select_related("person"), key=_precedence, reverse=True)
    return {row.place_id: row.person for row in rows}  # the first in precedence is written last


def _precedence(posting: Posting) -> tuple:
    is_chair = posting.title.casefold().startswith(CHAIRS)
    return (not is_chair, posting.since_on, posting.pk)
