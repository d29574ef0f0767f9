"""Accepting what is right, returning the single figure that is not."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.results.reports import queries
from cncd.results.reports.actions.drafting import about, check_right, refuse_stale, touch
from cncd.results.reports.actions.errors import ReportError
from cncd.results.reports.models import FigureReturn, Report
from cncd.team.programme.models import Measure
from cncd.team.teams.models import Team

State = Report.State


def reviewable(report: Report, by) -> None:
    """Raises PermissionDenied unless the person stands above this report."""
    if report.team_id:
        check_right(by, "reports.accept", team=report.team)
        return
    above = queries.place_above(report.place)
    if above is None and not authority.sees_everything(by, "reports.accept"):
        raise PermissionDenied("reports.accept")
    check_right(by, "reports.accept", place=above or report.place)


def returnable(report: Report, by) -> None:
    """Raises PermissionDenied unless the person acts for the unit directly above the report.

    Higher ones return a figure through that unit, which passes it on; directly only when it has
    been abolished or nobody holds office there.
    """
    reviewable(report, by)
    if not queries.speaks_for(by, queries.reviewing_unit(report), "reports.accept"):
        raise PermissionDenied("reports.accept")


@transaction.atomic
def return_figures(*, report: Report, notes: dict[str, str], by, edition=None, now=None) -> Report:
    """Returns single figures, {measure code: note}; only those open, the clock does not run anew.

    Until resent, totals keep the last sent values, marked "đang sửa". Raises PermissionDenied,
    Closed, Stale, or ReportError when nothing was sent, no figure is named or a note is empty.
    """
    now = now or timezone.now()
    returnable(report, by)
    report = mark_returned(report, notes, by, now, edition=edition)
    after = queries.by_short_name(notes)
    record(event="report.returned", **about(report), by=by, now=now, after=after)
    return report


def mark_returned(report: Report, notes, by, now, *, edition=None, passed_from=None) -> Report:
    """Opens the figures for correction; tells nobody."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    refuse_stale(report, edition)
    _check_notes(report, notes)
    returned = queries.open_returns(report)
    measures = {m.code: m for m in Measure.objects.filter(code__in=notes)}
    for code, note in notes.items():
        row = returned.get(code) or FigureReturn(report=report, measure=measures[code])
        row.note, row.by, row.at = note.strip(), by, now
        row.passed_from = passed_from or row.passed_from
        row.save()
    report.state = State.RETURNED
    report.accepted_at = report.accepted_by = report.lock_on = None
    touch(report)
    return report


def _check_notes(report: Report, notes: dict[str, str]) -> None:
    if report.sent_id is None:
        raise ReportError(_("Nothing has been sent yet, so there is nothing to return."))
    if not notes:
        raise ReportError(_("Mark at least one figure to return."))
    silent = [code for code, note in notes.items() if not note.strip()]
    if silent:
        raise ReportError(_("Write a note for each figure, so that they know what to fix."), silent)
    said = report.sent.figures.keys() | report.sent.snapshot.get("figures", {}).keys()
    unknown = [code for code in notes if code not in said]
    if unknown:
        raise ReportError(_("These figures are not in the report."), unknown)


@transaction.atomic
def accept_reports(*, reports, by, only_quiet: bool = False, now=None) -> list[Report]:
    """Accepts sent reports, one or many, in one step; returns those accepted.

    `only_quiet` leaves out those with a warning. Reports in another state are left as they are.
    Once the unit above has confirmed its own report, they lock after the days of their due rule.
    Raises PermissionDenied when one of them is not this person's to accept.
    """
    now = now or timezone.now()
    accepted = [
        report
        for report in _held(reports, by)
        if report.state == State.SENT and not (only_quiet and report.sent.warnings)
    ]
    for report in accepted:
        report.state, report.accepted_at, report.accepted_by = State.ACCEPTED, now, by
        report.edition += 1
    _set_locks(accepted, timezone.localdate(now))
    _save(accepted)
    _tell("accepted", accepted, by, now)
    return accepted


@transaction.atomic
def undo_acceptance(*, reports, by, now=None) -> list[Report]:
    """Takes an acceptance back while the report is not locked; returns those undone."""
    now = now or timezone.now()
    undone = [report for report in _held(reports, by) if report.state == State.ACCEPTED]
    for report in undone:
        report.state, report.accepted_at, report.accepted_by = State.SENT, None, None
        report.lock_on = None
        report.edition += 1
    _save(undone)
    _tell("reopened", undone, by, now)
    return undone


def _held(reports, by) -> list[Report]:
    """The rows, locked in one order, once it is sure that the person stands above all of them."""
    reports = list(reports)
    teams = {report.team_id for report in reports if report.team_id}
    visible = Team.objects.visible_to(by, "reports.accept").filter(pk__in=teams)
    if visible.count() < len(teams):
        raise PermissionDenied("reports.accept")
    for report in reports:
        if report.place_id:
            reviewable(report, by)
    rows = Report.objects.select_for_update(of=("self",)).order_by("pk")
    rows = rows.select_related("sent", "period", "team", "place", "level")
    return list(rows.filter(pk__in=[report.pk for report in reports]))


def _set_locks(accepted: list[Report], today: dt.date) -> None:
    """When the unit above has confirmed already, nothing else would start the days to the lock."""
    units = queries.unit_ids([r for r in accepted if r.team_id])
    for report in accepted:
        if report.place_id:
            above = queries.place_above(report.place, report.period.last_day)
            units[report.pk] = above and above.pk
    periods = {report.period for report in accepted}
    confirmed = set(
        Report.objects.counting()
        .filter(place__in=set(units.values()), period__in=periods)
        .values_list("place", "period")
    )
    days = {}
    for report in accepted:
        if (units.get(report.pk), report.period_id) in confirmed:
            key = (report.period, report.level.code)
            if key not in days:
                days[key] = queries.due_rule(*key)
            if days[key]:
                report.lock_on = today + dt.timedelta(days=days[key].lock_after_days)


def _save(reports: list[Report]) -> None:
    fields = ["state", "accepted_at", "accepted_by", "lock_on", "edition"]
    Report.objects.bulk_update(reports, fields, batch_size=200)


def _tell(what: str, reports: list[Report], by, now) -> None:
    """One journal entry: of the report when it is one, of the period when they are many."""
    if len(reports) == 1:
        record(event=f"report.{what}", **about(reports[0]), by=by, now=now)
    elif reports:
        record(
            event=f"reports.{what}",
            subject=reports[0].period,
            by=by,
            now=now,
            after={"count": len(reports)},
            rows=journal_rows(reports),
        )


def journal_rows(reports: list[Report]) -> list[dict]:
    """What a batch touched, report by report."""
    return [
        {"report": r.pk, "team": r.team_id, "place": r.place_id, "name": str(r.team or r.place)}
        for r in reports
    ]
