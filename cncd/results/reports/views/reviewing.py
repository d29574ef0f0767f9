"""Accepting, returning and answering reports; the next one is a key away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.results.reports import explaining, looking, queries
from cncd.results.reports.actions import (
    ReportError,
    accept_reports,
    answer_report,
    return_figures,
    undo_acceptance,
)
from cncd.results.reports.actions.reviewing import returnable, reviewable
from cncd.results.reports.models import Report
from cncd.results.reports.reading import reading_of
from cncd.results.reports.views.reach import (
    edition_seen,
    holds,
    marked_figures,
    seen,
    sent_or_404,
    unit_address,
    unit_address_of_team,
    unit_and_period,
    written,
)
from cncd.team.programme.models import Measure
from cncd.team.teams.models import Team


def review_context(request, report: Report) -> dict:
    """What the review page needs beside the report itself."""
    code = request.GET.get("figure", "")
    measure = Measure.objects.filter(code=code).first() if code in report.sent.figures else None
    return {
        "chosen": measure,
        "behind": measure and explaining.of_version(report.sent, measure, report.period),
        "look": measure and looking.at(report, measure),
        "version": report.sent,
        "may_accept": may(reviewable, report, request.user),
        "may_return": may(returnable, report, request.user),
        "may_answer": holds(request.user, "reports.answer", report),
        "unit_address": unit_address_of_team(report),
        "next": queries.waiting_after(report, request.user),
    }


def may(rule, report: Report, user) -> bool:
    """Whether the rule lets the person act on the report."""
    try:
        rule(report, user)
    except PermissionDenied:
        return False
    return True


@require_POST
@allow("reports.accept")
def accept(request, pk):
    """Accepts one report and goes on to the next that waits."""
    report = seen(request, pk, "reports.accept")
    onward = queries.waiting_after(report, request.user) if report.team_id else None
    accepted = accept_reports(reports=[report], by=request.user)
    if accepted:
        _say_accepted(request, accepted)
    else:
        messages.info(request, _("This report was not waiting to be accepted."))
    if report.place_id:
        return redirect(unit_address(report))
    if onward:
        return redirect("reports:report", onward.pk)
    messages.success(request, _("No other report waits here."))
    return redirect("reports:list")


@require_POST
@allow("reports.accept")
def accept_quiet(request):
    """Accepts, in one go, all waiting reports of the unit in sight that have no warning."""
    place, period = unit_and_period(request)
    teams = Team.objects.visible_to(request.user, "reports.accept")
    rows = Report.objects.filter(period=period, state=Report.State.SENT, team__in=teams)
    rows = rows.filter(team__in=queries.teams_under(place, period))
    accepted = accept_reports(reports=rows, by=request.user, only_quiet=True)
    if accepted:
        _say_accepted(request, accepted)
    else:
        messages.info(request, _("No report without unusual figures waits here."))
    return redirect("reports:list")


def _say_accepted(request, accepted: list[Report]) -> None:
    at = accepted[0].accepted_at.isoformat()
    if len(accepted) == 1:
        told = _("Accepted: %(name)s.") % {"name": accepted[0].team or accepted[0].place}
    else:
        text = ngettext("%(n)d report accepted.", "%(n)d reports accepted.", len(accepted))
        told = text % {"n": len(accepted)}
    say_done(request, told, undo=f"{reverse('reports:reopen')}?at={at.replace('+', '%2B')}")


@require_POST
@allow("reports.accept")
def reopen(request):
    """Takes back what the person accepted at that very moment."""
    try:
        at = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        at = None
    if at is None or timezone.is_naive(at):
        raise Http404
    rows = list(Report.objects.filter(accepted_by=request.user, accepted_at=at))
    undone = undo_acceptance(reports=rows, by=request.user)
    text = ngettext(
        "%(n)d report waits again to be accepted.",
        "%(n)d reports wait again to be accepted.",
        len(undone),
    )
    messages.info(request, text % {"n": len(undone)})
    if len(undone) == 1:
        return redirect("reports:report", undone[0].pk)
    return redirect("reports:list")


@require_POST
@allow("reports.accept")
def send_back(request, pk):
    """Returns the marked figures, each with its note."""
    report = sent_or_404(request, pk, "reports.accept")
    notes, edition = marked_figures(request), edition_seen(request)
    try:
        return_figures(report=report, notes=notes, by=request.user, edition=edition)
    except ReportError as error:
        return _refused(request, report, error, notes)
    messages.success(request, _("Returned. Only the marked figures are open now."))
    return redirect("reports:report", report.pk)


def _refused(request, report: Report, error: ReportError, notes: dict):
    """The page again, with what was marked and written, and why it did not go."""
    context = {"report": report, "reading": reading_of(report), "face": "shell.html"}
    context |= review_context(request, report) | {"error": error, "notes": notes}
    return render(request, "reports/review.html", context, status=422)


@require_POST
@allow("reports.answer")
def answer(request, pk):
    """Answers a report in words."""
    report = seen(request, pk, "reports.answer")
    try:
        answer_report(report=report, text=written(request, "text", 5000), by=request.user)
    except ReportError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The answer is sent."))
    return redirect("reports:report", report.pk)
