"""Where the reports of many teams stand in one period, each with its unit and due moment."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.places import queries as places_room
from cncd.results.reports import rules
from cncd.results.reports.marks import MARKS, STATES, Mark
from cncd.results.reports.models import Report
from cncd.results.reports.queries.dues import due_moments, unit_level
from cncd.results.reports.queries.units import status_of
from cncd.team.programme.models import Period
from cncd.team.teams import queries as teams_room
from cncd.team.teams.models import Team


@dataclass
class Standing:
    """One team's report of the period, or its absence."""

    team: Team
    period: Period
    unit: str  # name of the commune it falls under
    unit_id: int | None
    unit_key: str
    report: Report | None
    due_at: dt.datetime | None
    status: rules.Status
    may_write: bool = False  # the reader may report for it

    @property
    def is_sent(self) -> bool:
        return bool(self.report and self.report.sent_id)

    @property
    def state(self) -> str:
        """Of the report; "" while nothing was sent."""
        return self.report.state if self.is_sent else ""

    @property
    def state_mark(self) -> Mark:
        """Waiting, returned, accepted, not sent; or that nothing need be sent."""
        if self.status == rules.Status.NOT_DUE:
            return MARKS[self.status]
        return STATES[self.state]

    @property
    def punctuality(self) -> str:
        """on_time, late, missing, not_yet, not_due or imported: apart from what became of it."""
        if not self.is_sent:
            return self.status.value
        on_time = self.report.is_on_time
        if on_time is None:
            return "not_due" if self.report.first_made_at else "imported"
        return "on_time" if on_time else "late"

    @property
    def punctuality_mark(self) -> Mark:
        return MARKS[rules.Status(self.punctuality)]

    @property
    def warnings(self) -> int | None:
        return len(self.report.sent.warnings) if self.is_sent else None

    @property
    def sent_at(self) -> dt.datetime | None:
        return self.report.sent.sent_at if self.is_sent else None


def teams_under(place, period: Period):
    """Teams that lived in the period and belong under the place at its end."""
    return (
        Team.objects.standing_under([place.pk], period.last_day)
        .filter(since_on__lte=period.last_day)
        .filter(Q(until_on=None) | Q(until_on__gt=period.first_day))
    )


def standings(teams, period: Period, now: dt.datetime | None = None) -> list[Standing]:
    """The teams' reports of the period, by unit and then by team."""
    now = now or timezone.now()
    teams = list(teams)
    heavy = ("figures", "records", "snapshot", "changed", "narrative", "proposals", "next_month")
    rows = Report.objects.filter(team__in=[t.pk for t in teams], period=period)
    rows = rows.select_related("sent").defer(*(f"sent__{name}" for name in heavy))
    reports = {row.team_id: row for row in rows}
    dues = due_moments(period, teams)
    units = _units(teams, period)
    named = places_room.names(units.values(), period.last_day)
    found = []
    for team in teams:
        report, unit = reports.get(team.pk), named.get(units.get(team.pk))
        due_at = report.due_at if report and report.sent_id else dues[team.pk]
        status = status_of(report, is_due=due_at is not None, due_at=due_at, now=now)
        words = (unit.full_name, units[team.pk], unit.sort_key) if unit else ("", None, "")
        found.append(Standing(team, period, *words, report, due_at, status))
    return sorted(found, key=lambda each: (each.unit_key, each.team.sort_key))


def _units(teams: list[Team], period: Period) -> dict[int, int]:
    """{team id: the unit it falls under at the period's end, or on its own last day}."""
    level = unit_level().code
    by_day: dict[dt.date, list[int]] = {}
    for team in teams:
        by_day.setdefault(rules.acting_day(team.until_on, period.last_day), []).append(team.pk)
    found = {}
    for day, ids in by_day.items():
        found |= teams_room.unit_of(ids, level, day)
    return found


def locked_teams(teams, period: Period) -> set[int]:
    """Ids of those of the teams whose report of the period is locked."""
    locked = Report.objects.filter(team__in=teams, period=period, state=Report.State.LOCKED)
    return set(locked.values_list("team", flat=True))


def waiting_after(report: Report, user) -> Report | None:
    """The next report of this period and unit that waits to be accepted, in the order of teams.

    After the last one it begins again with the first; None when none is left.
    """
    unit = teams_room.unit_of([report.team_id], unit_level().code, report.period.last_day)
    if report.team_id not in unit:
        return None
    teams = Team.objects.standing_under(list(unit.values()), report.period.last_day)
    waiting = Report.objects.filter(
        period=report.period_id, state=Report.State.SENT, team__in=teams
    ).filter(team__in=Team.objects.visible_to(user, "reports.accept"))
    rows = sorted(
        waiting.exclude(pk=report.pk).select_related("team"),
        key=lambda row: (row.team.sort_key, row.pk),
    )
    here = (report.team.sort_key, report.pk)
    later = [row for row in rows if (row.team.sort_key, row.pk) > here]
    return (later or rows or [None])[0]
