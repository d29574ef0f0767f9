"""What records and reports state of a hamlet at the moments of a pilot, before anybody types."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from cncd.foundation.kit.counting import NONE
from cncd.results.pilots.models import Pilot, PilotValue
from cncd.results.pilots.queries.ground import serving
from cncd.results.reports.models import Report
from cncd.results.reports.queries.lines import COUNTING
from cncd.results.totals.models import TeamTotal
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Period
from cncd.team.teams.models import Team

Origin = PilotValue.Origin


@dataclass(frozen=True)
class Taken:
    """One figure as the system knows it: int or "none", of which days, from where."""

    value: int | str
    origin: str
    first_day: dt.date
    last_day: dt.date
    source: str
    records: tuple = ()
    behind: str = ""  # as `PilotValue.behind`


def known(pilot: Pilot, places: list[int], moment: str) -> dict[tuple[int, int], Taken]:
    """(hamlet id, measure id) → what records or, where none count it, a sent report states.

    Of the team that served the hamlet on all days of the moment's window; a hamlet without such a
    team is left out: nothing was reported, which is not 0.
    """
    first, last = pilot.days.window_of(moment)
    teams = serving(places, first, last)
    if not teams:
        return {}
    measures = list(pilot.measures.all())
    found = _reported(teams, measures, first, last)
    return found | _counted(teams, measures, first, last)


def earlier(pilot: Pilot, places: list[int]) -> dict[tuple[int, int], Taken]:
    """What records count of the equally long window before the one before the pilot."""
    first, last = pilot.days.window_of("baseline")
    span = first - (last - first) - dt.timedelta(days=1), first - dt.timedelta(days=1)
    teams = serving(places, *span)
    return _counted(teams, list(pilot.measures.all()), *span) if teams else {}


def _counted(teams: dict[int, Team], measures, first, last) -> dict[tuple[int, int], Taken]:
    sources = programme.sources_on(last)
    by_room = defaultdict(dict)
    for measure in measures:
        source = sources.get(measure.pk)
        if source and source.counter and source.counter.room in COUNTING:
            by_room[source.counter.room][source.counter.pk] = (measure.pk, source.counter)
    ids, found = [team.pk for team in teams.values()], {}
    for room, held in by_room.items():
        counters = [counter for _measure, counter in held.values()]
        counted = COUNTING[room](ids, first, last, counters)
        for place, team in teams.items():
            for pk, figure in counted.get(team.pk, {}).items():
                if figure.kept or figure.value:
                    found[place, held[pk][0]] = _of_records(room, figure, team, first, last)
    return found


def _of_records(room: str, figure, team: Team, first: dt.date, last: dt.date) -> Taken:
    behind = f"team {team.pk}" if room == "activities" else ""
    return Taken(figure.value, Origin.RECORDS, first, last, room, tuple(figure.records), behind)


def _reported(teams: dict[int, Team], measures, first, last) -> dict[tuple[int, int], Taken]:
    """Of the last month that ended within the window and was reported."""
    months = Period.objects.filter(scheme__in_use=True, last_day__range=(first, last))
    period = months.order_by("-last_day").first()
    if period is None:
        return {}
    ids = [team.pk for team in teams.values()]
    rows = TeamTotal.objects.filter(team__in=ids, period=period)
    totals = {row.team_id: row for row in rows.exclude(standing=TeamTotal.Standing.PROVISIONAL)}
    reports = Report.objects.filter(team__in=ids, period=period).exclude(sent=None)
    sent = {team: found for team, *found in reports.values_list("team", "pk", "sent__number")}
    found = {}
    for place, team in teams.items():
        total = totals.get(team.pk)
        for measure in measures if total and team.pk in sent else ():
            value = total.figures.get(measure.code)
            if value is not None:
                pk, number = sent[team.pk]
                found[place, measure.pk] = Taken(
                    value, Origin.REPORT, period.first_day, period.last_day, str(period),
                    (("reports", str(pk), number),), f"report {pk}",
                )  # fmt: skip
    return found


def stored(taken: Taken) -> dict:
    """What a `PilotValue` keeps of it."""
    return {
        "value": None if taken.value == NONE else taken.value,
        "origin": taken.origin,
        "first_day": taken.first_day,
        "last_day": taken.last_day,
        "source": taken.source[:300],
        "records": [list(record) for record in taken.records],
        "behind": taken.behind,
    }
