"""Who stands above a unit or team on a day: the level that may hand a target down to it."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.places.models import Place, PlaceVersion
from cncd.team.teams.models import Team, TeamIndex


def givers_of(units: Iterable, day: dt.date) -> dict:
    """Unit (place or team) → id of the place that gives it targets, two queries for any number.

    For a place that is its parent on the day (the top gives to itself); for a team its commune.
    """
    units = list(units)
    parents = _parents([unit.pk for unit in units if isinstance(unit, Place)], day)
    communes = communes_of([unit.pk for unit in units if isinstance(unit, Team)], day)
    return {
        unit: communes[unit.pk] if isinstance(unit, Team) else parents.get(unit.pk) or unit.pk
        for unit in units
    }


def _parents(places: list[int], day: dt.date) -> dict[int, int | None]:
    versions = PlaceVersion.objects.order_by("since_on").filter(since_on__lte=day)
    return dict(versions.filter(place__in=places).values_list("place", "parent"))


def communes_of(teams: list[int], day: dt.date) -> dict[int, int]:
    """Team id → id of the commune it falls under on the day."""
    rows = TeamIndex.objects.on(day).filter(team__in=teams, level__code="commune")
    return dict(rows.values_list("team", "place"))
