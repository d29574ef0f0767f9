"""A whole month of reports at once, for demo data: the same rules, one journal entry."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.places import queries as places_room
from cncd.results.reports import queries
from cncd.results.reports.actions.drafting import Content, locked_rows
from cncd.results.reports.actions.freezing import Sending, freeze
from cncd.results.reports.actions.raising import keep_said
from cncd.results.reports.models import Report, ReportVersion
from cncd.team.teams.models import Team


class PastReport(NamedTuple):
    """One report as it was sent by its author and, perhaps, accepted by its reviewer."""

    owner: object  # a Team or a Place; one kind in a batch
    content: Content
    author: object  # people.User
    made_at: dt.datetime
    reviewer: object | None = None
    accepted_at: dt.datetime | None = None
    lock_on: dt.date | None = None
    answer: str = ""  # what the reviewer said to its difficulties

    def date_version(self, version: ReportVersion) -> None:
        version.sent_by, version.sent_at, version.made_at = self.author, self.made_at, self.made_at
        version.origin = ReportVersion.Origin.OWN

    def date_report(self, report: Report) -> None:
        report.first_made_at = report.first_received_at = self.made_at
        if self.accepted_at:
            report.state, report.lock_on = Report.State.ACCEPTED, self.lock_on
            report.accepted_by, report.accepted_at = self.reviewer, self.accepted_at


@transaction.atomic
def keep_past_reports(*, period, lines: list[PastReport], by=None, now=None) -> list[Report]:
    """Sends and accepts the reports of a month as they happened; `by` None is the system itself.

    For installing demo data: the rules of sending hold, rights are not asked. All or none; raises
    what `submit_report` raises.
    """
    if not lines:
        return []
    now = now or timezone.now()
    by_owner = {line.owner: line for line in sorted(lines, key=lambda line: line.owner.pk)}
    owners = list(by_owner)
    reports = _opened(owners, period)
    keep_said({reports[owner]: line for owner, line in by_owner.items()}, now=now)
    sheets = _sheets(owners, period)
    sendings = [
        Sending(reports[owner], sheets[owner.pk], line.content, past=line)
        for owner, line in by_owner.items()
    ]
    freeze(sendings, lines[0].author, now, now)
    names = _names(owners, period)
    record(
        event="reports.kept",
        subject=period,
        by=by,
        now=now,
        rows=[
            {"report": r.pk, "team": r.team_id, "place": r.place_id, "name": names[owner.pk]}
            for owner, r in reports.items()
        ],
    )
    return list(reports.values())


def _is_teams(owners) -> bool:
    return isinstance(owners[0], Team)


def _opened(owners, period) -> dict:
    """The owners' reports of the month, made where missing, locked for writing."""
    if _is_teams(owners):
        level, dues = queries.team_level(period), queries.due_moments(period, owners)
        made = [Report(team=t, period=period, level=level, due_at=dues[t.pk]) for t in owners]
    else:
        level = owners[0].level
        due_at = queries.due_moment(period, level.code, place=owners[0])
        made = [Report(place=p, period=period, level=level, due_at=due_at) for p in owners]
    held = {row.team_id or row.place_id: row for row in locked_rows(made).values()}
    for owner in owners:
        report = held[owner.pk]
        report.period = period
        setattr(report, "team" if _is_teams(owners) else "place", owner)
    return {owner: held[owner.pk] for owner in owners}


def _names(owners, period) -> dict[int, str]:
    if _is_teams(owners):
        return {owner.pk: str(owner) for owner in owners}
    named = places_room.names([owner.pk for owner in owners], period.last_day)
    return {pk: name.full_name for pk, name in named.items()}


def _sheets(owners, period) -> dict:
    if _is_teams(owners):
        return queries.team_lines(owners, period)
    return queries.place_lines(owners, owners[0].level.code, period)
