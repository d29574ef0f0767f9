"""Whom a directive reaches on a day: units, agencies, teams."""

import datetime as dt
from typing import NamedTuple

from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.models import Team, TeamIndex
from cncd.work.directives.models import Ask, Directive

Audience = Directive.Audience


class Bearer(NamedTuple):
    """A unit (place), an agency at a place, or a team, with the unit it stands under."""

    place: int | None = None
    agency: int | None = None
    team: int | None = None
    unit: int | None = None

    @property
    def key(self) -> tuple:
        return (self.place, self.agency, self.team)


def bearers(directive: Directive, ask: Ask, day: dt.date) -> list[Bearer]:
    """Who owes the ask that day: those named or found by the audience, and, where each team below
    is asked, the teams of every unit. Two or three queries.
    """
    if directive.audience == Audience.TEAMS:
        return [Bearer(team=team) for team in _teams_asked(directive, day)]
    if directive.audience == Audience.BRANCH:
        return [Bearer(place, agency) for agency, place in _agencies(directive, day)]
    units = _units(directive, day)
    found = [Bearer(unit) for unit in units]
    if ask.of_teams:
        found += [Bearer(team=team, unit=unit) for team, unit in units_of_teams(units, day).items()]
    return found


def _teams_asked(directive: Directive, day: dt.date) -> list[int]:
    named = list(directive.teams.values_list("pk", flat=True))
    if named:
        return list(Team.objects.on(day).filter(pk__in=named).values_list("pk", flat=True))
    rows = TeamIndex.objects.on(day).filter(place=directive.place_id).order_by("team__sort_key")
    return list(rows.values_list("team", flat=True))


def _agencies(directive: Directive, day: dt.date) -> list[tuple[int, int]]:
    """Of the line of work, at the giver's place and below it, but for the giver itself."""
    within = Place.objects.within([directive.place_id], day)
    found = Agency.objects.alive(day).filter(branch=directive.branch_id, place__in=within)
    if directive.level_id:
        found = found.filter(place__level=directive.level_id)
    found = found.exclude(pk=directive.agency_id) if directive.agency_id else found
    return list(found.order_by("pk").distinct().values_list("pk", "place"))


def _units(directive: Directive, day: dt.date) -> list[int]:
    if directive.audience == Audience.UNITS:
        alive = directive.units.alive(day).distinct()
        return list(alive.order_by("pk").values_list("pk", flat=True))
    rows = PlaceIndex.objects.on(day).filter(
        ancestor=directive.place_id, inherited=False, place__level=directive.level_id
    )
    rows = rows.exclude(place=directive.place_id).order_by("place")
    return list(rows.values_list("place", flat=True))


def units_of_teams(units, day: dt.date) -> dict[int, int]:
    """Team id → which of these units it stands under that day, the nearest of several."""
    rows = TeamIndex.objects.on(day).filter(place__in=list(units)).order_by("level__rank", "team")
    return dict(rows.values_list("team", "place"))
