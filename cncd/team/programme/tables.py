"""Tables of targets to fill in: the units below a place, or the indicators of one unit."""

import datetime as dt

from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import children
from cncd.team.programme import queries
from cncd.team.programme.forms.targets import Line
from cncd.team.programme.models import Indicator, Target
from cncd.team.teams.models import Team, TeamIndex


def units_below(place: Place, day: dt.date) -> list[Place | Team]:
    """What targets of the place are handed down to: units, or the teams of a commune."""
    below = [each for each in children(place, day) if each.level.code != "hamlet"]
    if below or place.level.code == "hamlet":
        return below
    rows = TeamIndex.objects.on(day).filter(place=place, level=place.level)
    return list(Team.objects.on(day).filter(pk__in=rows.values("team")))


def name_of(unit: Place | Team) -> str:
    """What the unit is called: type and name of a place that is `named`, or the team's name."""
    return unit.name if isinstance(unit, Team) else f"{unit.kind_name} {unit.name}"


def lines_below(
    indicator: Indicator, place: Place, since: dt.date, until: dt.date, day: dt.date
) -> list[Line]:
    """A line for each unit below today, with its target for exactly those days.

    The top of the tree gives to itself: it stands first.
    """
    units = units_below(place, day)
    if not place.parent_id:
        units.insert(0, place)
    rows = Target.objects.filter(indicator=indicator, since_on=since, until_on=until)
    standing = {(target.place_id, target.team_id): target for target in rows}
    return [_line_of(unit, indicator, standing) for unit in units]


def _line_of(unit, indicator: Indicator, standing) -> Line:
    is_team = isinstance(unit, Team)
    target = standing.get((None, unit.pk) if is_team else (unit.pk, None))
    return Line(
        key=f"{'team' if is_team else 'place'}-{unit.pk}",
        label=name_of(unit),
        unit=indicator.unit,
        factor=indicator.factor,
        value=target and target.value,
        is_ratio=indicator.is_ratio,
        subject=unit,
    )


def lines_of(unit: Place | Team, since: dt.date, until: dt.date) -> list[Line]:
    """A line for each indicator in force, with the unit's target for exactly those days."""
    of = {"team": unit} if isinstance(unit, Team) else {"place": unit}
    standing = {
        target.indicator_id: target.value
        for target in Target.objects.filter(since_on=since, until_on=until, **of)
    }
    return [
        Line(
            key=f"indicator-{indicator.pk}",
            label=f"{indicator.code} {indicator.short_name}",
            unit=indicator.unit,
            factor=indicator.factor,
            value=standing.get(indicator.pk),
            is_ratio=indicator.is_ratio,
            note=indicator.goal,
            subject=indicator,
        )
        for indicator in queries.indicators_on(since)
    ]
