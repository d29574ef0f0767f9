"""Locks, unlocking, and later due moments."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.results.reports import queries
from cncd.results.reports.actions.drafting import about, check_right, touch
from cncd.results.reports.actions.errors import ReportError
from cncd.results.reports.actions.periods import check_period
from cncd.results.reports.actions.reviewing import journal_rows, reviewable
from cncd.results.reports.models import Extension, Report

State = Report.State


@transaction.atomic
def lock_reports(*, today=None, now=None) -> int:
    """Locks every accepted report whose day has come; returns how many. A daily job calls it."""
    now = now or timezone.now()
    today = today or timezone.localdate(now)
    due = Report.objects.select_for_update(of=("self",))
    due = due.filter(state=State.ACCEPTED, lock_on__lte=today)
    by_period: dict = {}
    for report in due.select_related("period", "team", "place").order_by("pk"):
        by_period.setdefault(report.period, []).append(report)
    locked = [report for reports in by_period.values() for report in reports]
    for report in locked:
        report.state = State.LOCKED
        report.edition += 1
    Report.objects.bulk_update(locked, ["state", "edition"], batch_size=200)
    for period, reports in by_period.items():
        after = {"count": len(reports)}
        rows = journal_rows(reports)
        record(event="reports.locked", subject=period, now=now, after=after, rows=rows)
    return len(locked)


@transaction.atomic
def unlock_report(*, report: Report, reason: str, by, now=None) -> Report:
    """Opens a locked report again, with a reason; it stands accepted until something changes.

    Raises PermissionDenied, or ReportError when it is not locked or the reason is empty.
    """
    now = now or timezone.now()
    check_right(by, "reports.unlock", team=report.team, place=report.place)
    reviewable(report, by)
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.state != State.LOCKED:
        raise ReportError(_("This report is not locked."))
    if not reason.strip():
        raise ReportError(_("Say why the report is opened again."))
    report.state, report.lock_on = State.ACCEPTED, None
    touch(report)
    record(event="report.unlocked", **about(report), by=by, now=now, reason=reason.strip())
    return report


@transaction.atomic
def extend_due(*, period, due_at, reason: str, by, team=None, place=None, now=None) -> Extension:
    """Gives one team or unit a later due moment, with a reason (the level above may).

    Raises PermissionDenied, OtherPeriod, or ReportError for an empty reason, a team or unit that
    owes no report, or a moment that is not later than the due moment so far.
    """
    now = now or timezone.now()
    _may_extend(by, team, place)
    check_period(period, now, team=team, place=place)
    if not reason.strip():
        raise ReportError(_("Say why the due moment is moved."))
    level = queries.team_level() if team else place.level
    so_far = queries.due_moment(period, level.code, team=team, place=place)
    if so_far is None or (team and not queries.owes(team, period)):
        raise ReportError(_("No report is due here, so there is nothing to extend."))
    if due_at <= so_far:
        raise ReportError(_("The new due moment must be later than the one so far."))
    Extension.objects.filter(period=period, team=team, place=place).delete()
    extension = Extension.objects.create(
        period=period, team=team, place=place, due_at=due_at, reason=reason.strip(), by=by
    )
    report, _made = Report.objects.select_for_update().get_or_create(
        period=period, team=team, place=place, defaults={"level": level}
    )
    report.due_at = due_at
    touch(report)
    record(
        event="report.extended",
        **about(report),
        by=by,
        now=now,
        before={"due_at": so_far.isoformat()},
        after={"due_at": due_at.isoformat()},
        reason=reason.strip(),
    )
    return extension


def _may_extend(by, team, place) -> None:
    if team:
        check_right(by, "reports.accept", team=team)
        return
    above = queries.place_above(place)
    if above is None and not authority.sees_everything(by, "reports.accept"):
        raise PermissionDenied("reports.accept")
    check_right(by, "reports.accept", place=above or place)


def follow_due(entry, period) -> None:
    """The due moment of a level was moved: its reports without an extension follow (reaction)."""
    for due in period.dues.select_related("level"):
        extended = Extension.objects.filter(period=period)
        reports = Report.objects.filter(period=period, level=due.level).exclude(due_at=None)
        reports = reports.exclude(due_at=due.due_at).exclude(
            team__in=extended.exclude(team=None).values("team")
        )
        reports.exclude(place__in=extended.exclude(place=None).values("place")).update(
            due_at=due.due_at
        )
