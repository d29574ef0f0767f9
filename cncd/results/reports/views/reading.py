"""A report once it is sent: for its team, for those above, and as text for the group."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.people.access import allow
from cncd.results.reports.actions import ReportError
from cncd.results.reports.entering import supplement_report
from cncd.results.reports.forms import counts_seen
from cncd.results.reports.later import later_of
from cncd.results.reports.models import Report
from cncd.results.reports.reading import reading_of
from cncd.results.reports.views.reach import (
    face_of,
    holds,
    keep_in_sight,
    seen,
    sent_or_404,
    unit_address,
)
from cncd.results.reports.views.reviewing import review_context
from cncd.results.reports.wording import team_text


@allow("reports.view")
def report(request, pk):
    """A sent report: the team reads what became of it, those above review it."""
    found = seen(request, pk)
    if found.place_id:
        return redirect(unit_address(found))
    if found.sent_id is None:
        return _unsent(request, found)
    if elsewhere := keep_in_sight(request, found.period):
        return _of_other_month(request, found, elsewhere)
    face = face_of(request, found.team)
    context = {"report": found, "reading": reading_of(found), "face": face}
    context["may_write"] = holds(request.user, "reports.send", found)
    context["later"] = later_of(found) if context["reading"].drift else None
    if face == "phone.html":
        return render(request, "reports/reading.html", context)
    return render(request, "reports/review.html", context | review_context(request, found))


def _of_other_month(request, found: Report, code: str):
    """The same team's report of the month just chosen; where nothing was sent, the list."""
    other = found.team.reports.counting().filter(period__code=code).first()
    if other is None:
        messages.info(request, _("Nothing was sent for that month."))
        return redirect("reports:list")
    return redirect("reports:report", other.pk)


def _unsent(request, found: Report):
    """Where an unsent report is written; there is nothing to see for others."""
    teams = type(found.team).objects.visible_to(request.user, "reports.send")
    if teams.filter(pk=found.team_id).exists():
        return redirect("reports:write", found.team_id, found.period.code)
    raise Http404


@allow("reports.view")
def sent(request, pk):
    """Right after sending: that it arrived, the text for the group, and what comes next."""
    found = sent_or_404(request, pk)
    context = {
        "report": found,
        "text": text_of(request, found),
        "face": face_of(request, found.team),
    }
    return render(request, "reports/sent.html", context)


@allow("reports.view")
def text(request, pk):
    """The report as text for the Zalo group."""
    found = sent_or_404(request, pk)
    context = {"report": found, "text": text_of(request, found)}
    return render(request, "reports/text.html", context | {"face": face_of(request, found.team)})


@require_POST
@allow("reports.send")
def supplement(request, pk):
    """One tap: what was logged since is counted and sent too; the words stay as they were."""
    found = sent_or_404(request, pk, "reports.send")
    try:
        seen = counts_seen(request.POST.get("seen"))
        supplement_report(team=found.team, period=found.period, by=request.user, seen=seen)
    except ReportError as error:
        messages.warning(request, error.message)
        return redirect("reports:write", found.team_id, found.period.code)
    messages.success(request, _("The supplement is sent."))
    return redirect("reports:report", found.pk)


def text_of(request, found: Report) -> str:
    address = reverse("reports:report", args=[found.pk])
    return team_text(found, request.build_absolute_uri(address))
