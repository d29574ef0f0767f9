"""The lines of a sheet, counted as things stand now."""

from collections import defaultdict

from django.conf import settings
from django.utils.module_loading import import_string

from cncd.results.reports import rules
from cncd.results.reports.queries.dues import team_level
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Measure, Period
from cncd.team.teams import queries as teams_room
from cncd.work.activities import queries as activities_room
from cncd.work.broadcasts import queries as broadcasts_room
from cncd.work.channels import queries as channels_room
from cncd.work.difficulties import queries as difficulties_room
from cncd.work.directives import queries as directives_room
from cncd.work.households import queries as households_room
from cncd.work.money import queries as money_room
from cncd.work.registers import queries as registers_room
from cncd.work.training import queries as training_room

# A room that can be counted from answers `counted(teams, first_day, last_day, counters)`; where it
# can't say, it leaves the counter out of a team's answer, and the figure is asked by hand.
COUNTING = {
    "activities": activities_room.counted,
    "teams": teams_room.counted,
    "registers": registers_room.counted,
    "households": households_room.counted,
    "channels": channels_room.counted,
    "directives": directives_room.counted,
    "difficulties": difficulties_room.counted,
    "training": training_room.counted,
}


def _above(path: str):
    """The counting of a room that stands above the reports, which may not be imported here."""
    return lambda *asked: import_string(path)(*asked)


COUNTING_PLACES = {
    "teams": teams_room.counted_places,
    "households": households_room.counted_places,
    "channels": channels_room.counted_places,
    "broadcasts": broadcasts_room.counted_places,
    "money": money_room.counted_places,
    "difficulties": difficulties_room.counted_places,
    **{room: _above(path) for room, path in settings.COUNTING_ABOVE.items()},
}
MADE_HERE = "reports"  # counters of this room (TC15) are known only once reports are in
# What stands in a register is known without any report, and is never provisional; what is only
# logged becomes a figure when the team sends it.
REGISTERS = frozenset(
    "teams registers households channels training broadcasts directives difficulties "
    "money rewards".split()
)
# A unit's own, at whatever level: never summed from below.
OF_EACH_LEVEL = frozenset({"broadcasts", "money", "rewards"})
SINCE_JANUARY = "reached_year"  # a log of this counter adds to every later month of its year


def team_lines(teams, period: Period) -> dict[int, list[rules.Line]]:
    """{team id: lines of its sheet in order}, counted for all teams in a few queries."""
    rows = _rows(team_level(period).code, period)
    found = _count_teams(teams, rows, period)
    return {team.pk: [_line(row, found[team.pk], one_team=True) for row in rows] for team in teams}


def counted_values(
    teams, period: Period, level_code: str, rooms=frozenset(COUNTING)
) -> dict[int, dict[str, tuple]]:
    """{team id: {measure code: (room, Counted)}} of what these rooms count on that level's sheet.

    `teams` are rows or ids; what a room declines to count for a team is left out.
    """
    rows = [row for row in _rows(level_code, period) if row.counter and row.counter.room in rooms]
    found = _count_teams(teams, rows, period)
    wanted = [(row.measure.code, row.counter.room, row.counter.pk) for row in rows]
    return {
        team: {code: (room, counts[pk]) for code, room, pk in wanted if pk in counts}
        for team, counts in found.items()
    }


def rooms_counted(period: Period, level_code: str) -> frozenset[str]:
    """The rooms that count something on that level's sheet, remembered."""

    def ask() -> frozenset[str]:
        return frozenset(row.counter.room for row in _rows(level_code, period) if row.counter)

    return programme.remembered(period, ("rooms", level_code), ask)


def counts_since_january(period: Period, level_code: str) -> bool:
    """Whether a figure of that level's sheet looks at logs from the beginning of the year."""
    rows = [row.counter for row in _rows(level_code, period) if row.counter]
    return any(counter.counts == SINCE_JANUARY for counter in rows)


def codes_counted(period: Period, level_code: str, rooms) -> set[str]:
    """Codes of the figures that these rooms count on that level's sheet, declined or not."""
    rows = _rows(level_code, period)
    return {row.measure.code for row in rows if row.counter and row.counter.room in rooms}


def _count_teams(teams, rows, period: Period) -> dict[int, dict]:
    def ask(counted, counters):
        return counted(teams, period.first_day, period.last_day, counters)

    return _count(COUNTING, rows, [getattr(team, "pk", team) for team in teams], ask)


def place_lines(places, level_code: str, period: Period) -> dict[int, list[rules.Line]]:
    """{place id: lines of its own entries}: what the level itself counts or is asked.

    What teams report is not among them, nor what a level below counts: that is summed.
    """

    def ask(counted, counters):
        return counted(places, period.first_day, period.last_day, counters)

    if not places:
        return {}
    own, lowest = places[0].level_id, team_level(period).pk
    rows = [
        row
        for row in _rows(level_code, period)
        if row.measure.level_id == own
        or (_is_each_ones_own(row) and row.measure.level_id != lowest)
    ]
    found = _count(COUNTING_PLACES, rows, [p.pk for p in places], ask)
    return {place.pk: [_line(row, found[place.pk]) for row in rows] for place in places}


def _is_each_ones_own(row) -> bool:
    """Whether every level on whose sheet the figure stands enters or counts its own."""
    return row.counter is None or row.counter.room in OF_EACH_LEVEL


def _rows(level_code: str, period: Period):
    return [
        row
        for row in programme.sheet_for(level_code, period)
        if row.counter is None or row.counter.room != MADE_HERE
    ]


def _count(rooms, rows, ids, ask) -> dict[int, dict]:
    """{subject id: {counter id: Counted}} over every room that has a counter on the sheet."""
    by_room = defaultdict(dict)
    for row in rows:
        if row.counter:
            by_room[row.counter.room][row.counter.pk] = row.counter
    found = {pk: {} for pk in ids}
    for room, counters in by_room.items():
        if room in rooms and ids:
            for pk, counted in ask(rooms[room], list(counters.values())).items():
                found[pk].update(counted)
    return found


def _line(row, counted, *, one_team: bool = False) -> rules.Line:
    measure = row.measure
    return rules.Line(
        code=measure.code,
        name=measure.name,
        counted=counted.get(row.counter.pk) if row.counter else None,
        required=row.required,
        zero_is_none=measure.kind != Measure.Kind.STOCK,
        room=row.counter.room if row.counter else "",
        short_name=measure.short_name,
        unit=measure.unit,
        factor=measure.factor,
        most=measure.most(one_team=one_team),
        hint=measure.hint,
        part_of=measure.split_of_id is not None,
        yes_no=measure.yes_no,
    )
