"""The grid of reports: units or teams down, months across; each cell one word of standing."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise

from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Level, Place
from cncd.results.reports import rules
from cncd.results.reports.marks import MARKS, Mark
from cncd.results.reports.models import Report
from cncd.results.totals import queries as totals
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Period, PeriodDue
from cncd.team.teams.models import Team

MONTHS = 12


@dataclass(frozen=True)
class Cell:
    """One report (or its absence); `note` says n/N teams below a unit, or that it came late."""

    status: str
    address: str = ""
    note: str | Promise = ""

    @property
    def mark(self) -> Mark:
        return MARKS[self.status]


@dataclass(frozen=True)
class GridRow:
    name: str
    address: str
    cells: tuple[Cell, ...]


@dataclass
class Grid:
    """The months up to the period, for the units (or teams) below a place; a few queries in all."""

    place: Place
    period: Period
    now: dt.datetime

    @cached_property
    def periods(self) -> list[Period]:
        return programme.series(self.period, MONTHS)

    @cached_property
    def units(self) -> list[Place]:
        below = places.children(self.place, self.period.last_day)
        return [child for child in below if child.level.rank < self.lowest.rank]

    @cached_property
    def lowest(self) -> Level:
        return totals.lowest_level()

    @cached_property
    def dues(self) -> dict[tuple[int, int], dt.datetime]:
        rows = PeriodDue.objects.filter(period__in=self.periods)
        return {(row.period_id, row.level_id): row.due_at for row in rows}

    @cached_property
    def rows(self) -> list[GridRow]:
        return self._unit_rows() if self.units else self._team_rows()

    def _unit_rows(self) -> list[GridRow]:
        reports = self._reports("place", [unit.pk for unit in self.units])
        sums = totals.of_places([unit.pk for unit in self.units], self.periods)
        return [
            GridRow(
                f"{unit.kind_name} {unit.name}",
                f"{reverse('desk:grid')}?u={unit.pk}&k={self.period.code}",
                tuple(
                    self._unit_cell(unit, period, reports.get((unit.pk, period.pk)), sums)
                    for period in self.periods
                ),
            )
            for unit in self.units
        ]

    def _unit_cell(self, unit: Place, period: Period, report: Report | None, sums) -> Cell:
        total: PlaceTotal | None = sums.get((unit.pk, period.pk))
        counts = total.counts if total else {}
        due = self.dues.get((period.pk, unit.level_id))
        return Cell(
            self._status(report, due is not None and total is not None, due),
            f"{reverse('totals:unit')}?u={unit.pk}&k={period.code}",
            f"{counts.get('on_time', 0) + counts.get('late', 0)}/{counts.get('due', 0)}",
        )

    def _team_rows(self) -> list[GridRow]:
        teams = list(Team.objects.within([self.place.pk], self.period.last_day))
        reports = self._reports("team", [team.pk for team in teams])
        sums = totals.of_teams([team.pk for team in teams], self.periods)
        return [
            GridRow(
                team.name,
                reverse("teams:team", args=[team.pk]),
                tuple(
                    self._team_cell(team, period, reports.get((team.pk, period.pk)), sums)
                    for period in self.periods
                ),
            )
            for team in teams
        ]

    def _team_cell(self, team: Team, period: Period, report: Report | None, sums) -> Cell:
        total: TeamTotal | None = sums.get((team.pk, period.pk))
        due = self.dues.get((period.pk, self.lowest.pk))
        if report and report.due_at:
            due = report.due_at
        status = self._status(report, bool(total and total.is_due), due)
        sent = report and report.sent_id
        was_late = status == rules.Status.ACCEPTED and report.is_on_time is False
        return Cell(
            status,
            reverse("reports:report", args=[report.pk]) if sent else "",
            MARKS[rules.Status.LATE].word if was_late else "",
        )

    def _status(self, report: Report | None, is_due: bool, due) -> str:
        return rules.status(
            state=report.state if report and report.sent_id else None,
            is_due=is_due,
            made_at=report.first_made_at if report else None,
            due_at=due,
            now=self.now,
        )

    def _reports(self, key: str, owners) -> dict[tuple[int, int], Report]:
        rows = Report.objects.filter(period__in=self.periods, **{f"{key}__in": owners})
        return {(getattr(row, f"{key}_id"), row.period_id): row for row in rows}
