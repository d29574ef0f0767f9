"""The rows of teams: their counting report, or what is counted while there is none."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.kit.counting import NONE
from cncd.results.reports import queries as reports
from cncd.results.reports.rules import acting_day, is_on_time
from cncd.results.totals.models import TeamTotal
from cncd.results.totals.taking import Sent, is_said, locked, open_returns, sent_of
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Period
from cncd.team.teams import queries as teams_room
from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity

Standing = TeamTotal.Standing
# What reports alone can answer (TC15): nobody is late before the due moment has passed.
REPORT_COUNTS = {
    "on_time": lambda row, is_past: row.is_due and row.is_on_time is True,
    "due": lambda row, is_past: row.is_due and (is_past or row.is_on_time is not None),
}


def living_teams(period: Period):
    """Teams in force on some day of the period, or with work in it that was written down.

    That was so before a decision ended them from an earlier day: it must not vanish unseen.
    """
    written = Activity.objects.standing().between(period.first_day, period.last_day)
    return Team.objects.filter(since_on__lte=period.last_day).filter(
        Q(until_on=None) | Q(until_on__gt=period.first_day) | Q(pk__in=written.values("team"))
    )


def refresh_teams(period: Period, team_ids) -> set[int]:
    """Makes the teams' rows of the period over; returns the places whose sums this may change."""
    wanted = set(team_ids)
    teams = list(living_teams(period).filter(pk__in=wanted))
    rows = locked(TeamTotal, period, "team_id", [team.pk for team in teams])
    touched = {row.place_id for row in rows.values()}
    if gone := wanted - rows.keys():
        dropped = TeamTotal.objects.filter(period=period, team__in=gone)
        touched |= set(dropped.values_list("place_id", flat=True))
        dropped.delete()
    if teams:
        _write_teams(period, teams, rows)
    return (touched | {row.place_id for row in rows.values()}) - {None}


def recount(period: Period, team_ids, rooms) -> set[int]:
    """As `refresh_teams`, after nothing but records of these rooms changed.

    Of running rows only what the rooms count is made over; what was sent stands frozen, and a team
    without a row yet is made over whole.
    """
    rows = locked(TeamTotal, period, "team_id", _living_ids(period, team_ids))
    new = {pk for pk, row in rows.items() if not row.standing}
    running = [row for row in rows.values() if row.standing == Standing.PROVISIONAL]
    if running:
        lowest = reports.team_level(period).code
        teams = [row.team_id for row in running]
        counted = reports.counted_values(teams, period, lowest, rooms)
        codes = reports.codes_counted(period, lowest, rooms)
        for row in running:
            row.figures = _without(row.figures, codes) | _provisional(counted[row.team_id])
            row.registry = _without(row.registry, codes) | _known(counted[row.team_id])
        rewrite(running, ["figures", "registry"])
    gone_or_new = new | (set(team_ids) - rows.keys())
    touched = refresh_teams(period, gone_or_new) if gone_or_new else set()
    return touched | {row.place_id for row in running} - {None}


def _without(figures: dict, codes) -> dict:
    return {code: value for code, value in figures.items() if code not in codes}


def _living_ids(period: Period, team_ids) -> list[int]:
    return list(living_teams(period).filter(pk__in=team_ids).values_list("pk", flat=True))


def _write_teams(period: Period, teams: list[Team], rows: dict[int, TeamTotal]) -> None:
    lowest, unit = reports.lowest_levels(period)
    sent = sent_of(period, team=teams)
    unsent = [team for team in teams if team.pk not in sent]
    counted = reports.counted_values(unsent, period, lowest.code) if unsent else {}
    editing = open_returns(period, team=sent) if sent else {}
    units = _units(teams, period, unit.code)
    of_reports = _report_counters(period, lowest.code)
    due_at = programme.due_at(period, lowest.code)
    is_past = due_at is not None and timezone.now() > due_at
    cutoff = reports.cutoff_days(period, lowest.code)
    for team in teams:
        row = rows[team.pk]
        row.place_id = units.get(team.pk)
        row.is_due = reports.owes(team, period, cutoff)
        row.editing = sorted(editing.get(team.pk, []))
        if team.pk in sent:
            _take_sent(row, sent[team.pk])
        else:
            _take_counted(row, counted[team.pk])
        for code, word in of_reports.items():
            row.registry[code] = int(REPORT_COUNTS[word](row, is_past))
    fields = "place standing figures registry editing state is_due is_on_time"
    rewrite(rows.values(), fields.split())


def _take_sent(row: TeamTotal, sent: Sent) -> None:
    row.standing, row.state = sent.standing, sent.state
    row.figures, row.registry = sent.values, {}
    row.is_on_time = is_on_time(sent.made_at, sent.due_at)
    row.is_due = row.is_due and sent.due_at is not None


def _take_counted(row: TeamTotal, counted: dict[str, tuple]) -> None:
    row.standing, row.state, row.is_on_time = Standing.PROVISIONAL, "", None
    row.registry, row.figures = _known(counted), _provisional(counted)


def _known(counted: dict[str, tuple]) -> dict:
    """What registers say without a report. A register nobody has begun to keep says nothing."""
    return {
        code: figure.value
        for code, (room, figure) in sorted(counted.items())
        if room in reports.REGISTERS and is_said(figure)
    }


def _provisional(counted: dict[str, tuple]) -> dict:
    """Figures of the logs; zeros of a month without logs are not yet a statement."""
    return {
        code: figure.value
        for code, (room, figure) in counted.items()
        if room not in reports.REGISTERS and figure.value not in (0, NONE)
    }


def _units(teams: list[Team], period: Period, level: str) -> dict[int, int]:
    """{team id: the unit it falls under at the period's end, or on its own last day}."""
    by_day = defaultdict(list)
    for team in teams:
        by_day[acting_day(team.until_on, period.last_day)].append(team.pk)
    return {
        team: place
        for day, ids in by_day.items()
        for team, place in teams_room.unit_of(ids, level, day).items()
    }


def _report_counters(period: Period, level: str) -> dict[str, str]:
    """{measure code: what it counts} of measures that only reports themselves can answer (TC15)."""
    return {
        row.measure.code: row.counter.counts
        for row in programme.sheet_for(level, period)
        if row.counter and row.counter.room == reports.MADE_HERE
    }
