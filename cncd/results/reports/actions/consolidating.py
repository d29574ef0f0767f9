"""The report of a commune, district or province: children summed, own entries and words added."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.bulk import rewrite
from cncd.results.reports import queries
from cncd.results.reports.actions.drafting import Content, about, check_right, opened, touch
from cncd.results.reports.actions.errors import ReportError
from cncd.results.reports.actions.freezing import Sending, freeze
from cncd.results.reports.actions.reviewing import journal_rows, mark_returned, returnable
from cncd.results.reports.models import Report, ReportAnswer, ReportVersion


@transaction.atomic
def confirm_report(
    *, place, period, content: Content, by, made_at=None, edition=None, now=None
) -> Report:
    """Confirms a unit's consolidated report and sends it up (IV.3, IV.1).

    `content.entries` are the level's own figures. The totals are kept as a snapshot by the totals
    room's reaction. Confirming again makes a new version and keeps what the caller's text says.
    The accepted reports below lock after the days their due rule names.
    Raises as `submit_report` does.
    """
    now = now or timezone.now()
    report = opened(period=period, place=place, by=by, now=now, edition=edition)
    lines = queries.place_lines([place], place.level.code, period)[place.pk]
    first = report.sent_id is None
    [sending] = freeze([Sending(report, lines, content)], by, made_at or now, now)
    lock_below(report, now)
    record(
        event="report.confirmed" if first else "report.reconfirmed",
        **about(report),
        by=by,
        now=now,
        before=queries.by_short_name(sending.old),
        after=queries.by_short_name(sending.new),
    )
    return report


def lock_below(report: Report, now) -> None:
    """Sets the day on which the accepted reports one level down will lock."""
    period, today = report.period, timezone.localdate(now)
    below = queries.reports_below(report.place, period)
    below = below.filter(state=Report.State.ACCEPTED, lock_on=None)
    for level in {r.level for r in below.select_related("level")}:
        rule = queries.due_rule(period, level.code)
        if rule:
            lock_on = today + dt.timedelta(days=rule.lock_after_days)
            below.filter(level=level).update(lock_on=lock_on)


def keep_snapshots(*, versions: list[ReportVersion]) -> None:
    """Keeps what the units' totals were when confirmed; the totals room's reaction calls it."""
    rewrite(versions, ["snapshot"])


@transaction.atomic
def pass_return(*, figure_return, reports, note: str, by, now=None) -> list[Report]:
    """Passes a figure returned from above on to the teams (or units) it came from.

    Raises PermissionDenied, Closed, or ReportError when no report is named or one of them does not
    carry the figure.
    """
    now = now or timezone.now()
    check_right(by, "reports.confirm", place=figure_return.report.place)
    if not reports:
        raise ReportError(_("Choose whom to pass the figure on to."))
    notes = {figure_return.measure.code: note.strip() or figure_return.note}
    passed = []
    for report in sorted(reports, key=lambda r: r.pk):
        returnable(report, by)
        passed.append(mark_returned(report, notes, by, now, passed_from=figure_return))
    record(
        event="reports.returned",
        subject=figure_return.report.period,
        place=figure_return.report.place_id,
        by=by,
        now=now,
        after=queries.by_short_name(notes) | {"count": len(passed)},
        rows=journal_rows(passed),
    )
    return passed


@transaction.atomic
def answer_report(*, report: Report, text: str, by, now=None) -> ReportAnswer:
    """The level above answers a unit's report in words (UBND tỉnh, Ban Chỉ đạo to Sở; IV.1).

    Raises PermissionDenied, or ReportError for an empty answer or an unsent report.
    """
    now = now or timezone.now()
    check_right(by, "reports.answer", team=report.team, place=report.place)
    if report.sent_id is None:
        raise ReportError(_("Nothing has been sent yet, so there is nothing to answer."))
    if not text.strip():
        raise ReportError(_("Write the answer first."))
    answer = ReportAnswer.objects.create(report=report, text=text.strip(), by=by, at=now)
    touch(Report.objects.select_for_update().get(pk=report.pk))
    record(event="report.answered", **about(report), by=by, now=now, after={"answer": text.strip()})
    return answer
