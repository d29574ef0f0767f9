"""The consolidated report of a unit: read, confirmed, returned, passed on."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.results.reports import queries as reports
from cncd.results.reports import sitting
from cncd.results.reports.actions import (
    ReportError,
    confirm_report,
    extend_due,
    pass_return,
    return_figures,
    save_draft,
)
from cncd.results.reports.actions.reviewing import returnable, reviewable
from cncd.results.reports.entering import kept, take
from cncd.results.reports.models import FigureReturn, Report
from cncd.results.reports.views.locking import ExtensionForm
from cncd.results.reports.views.reach import edition_seen, marked_figures, unit_and_period
from cncd.results.reports.views.reviewing import may
from cncd.results.reports.wording import said
from cncd.results.totals.consolidated import Consolidated
from cncd.results.totals.forms import PassForm
from cncd.results.totals.wording import unit_text


@allow("reports.view")
def unit(request):
    """The report of the unit in sight: for itself, for those above, for readers."""
    page = page_in_sight(request)
    page.look_back_at(request.GET.get("version", ""))
    return render(request, "totals/unit.html", _context(request, page))


def _context(request, page: Consolidated, error=None, notes=None) -> dict:
    report, user = page.report, request.user
    is_sent = bool(report and report.sent_id) and page.past is None
    return {
        "page": page,
        "report": report,
        "reading": page,
        "is_sent": is_sent,
        "may_confirm": user.can("reports.confirm", place=page.place),
        "may_accept": is_sent and may(reviewable, report, user),
        "may_return": is_sent and may(returnable, report, user),
        "may_answer": is_sent and user.can("reports.answer", place=page.place),
        "error": error,
        "notes": notes or {},
        "now": timezone.now(),
    }


@allow("reports.confirm")
def confirm(request):
    """Own entries and words of the unit beside what those below said; then sent up."""
    page = page_in_sight(request, "reports.confirm")
    about = {"place": page.place, "period": page.period, "by": request.user}
    taken = take(
        request,
        partial(sitting.of_place, page.place, page.period),
        save=partial(save_draft, **about),
        send=lambda form: confirm_report(content=form.report_content(), **form.edition, **about),
    )
    if taken.sent:
        messages.success(request, _("Confirmed and sent up."))
        return redirect(address_of(page))
    if taken.saved:
        return redirect(address_of(page, "totals:confirm"))
    context = {"page": page, "table": taken.table, "form": taken.form}
    return render(request, "totals/confirm.html", context)


@require_POST
@allow("reports.confirm")
def keep(request):
    """Keeps what is typed as it is typed."""
    page = page_in_sight(request, "reports.confirm")
    about = {"place": page.place, "period": page.period, "by": request.user}
    lay = partial(sitting.of_place, page.place, page.period)
    return kept(request, lay, save=partial(save_draft, **about))


@require_POST
@allow("reports.accept")
def send_back(request):
    """Returns the marked figures of the unit's report, each with its note."""
    page = page_in_sight(request, "reports.accept")
    if page.version is None:
        raise Http404
    notes, edition = marked_figures(request), edition_seen(request)
    try:
        return_figures(report=page.report, notes=notes, by=request.user, edition=edition)
    except ReportError as error:
        context = _context(request, page, error, notes)
        return render(request, "totals/unit.html", context, status=422)
    messages.success(request, _("Returned. Only the marked figures are open now."))
    return redirect(address_of(page))


@allow("reports.confirm")
def pass_on(request, pk):
    """Passes a figure returned from above on to the teams or units it came from."""
    rows = FigureReturn.objects.filter(settled_by=None).select_related("measure", "report__period")
    mine = Report.objects.visible_to(request.user, "reports.confirm").of_places()
    found = get_object_or_404(rows.filter(report__in=mine), pk=pk)
    place, period = found.report.place, found.report.period
    below = reports.reports_below(place, period).counting().select_related("sent", "team", "place")
    choices = [(row.pk, _with_value(row, found.measure)) for row in below]
    choices = [choice for choice in choices if choice[1]]
    form = PassForm(request.POST or None, choices=choices, initial={"note": found.note})
    if request.method == "POST" and form.is_valid():
        chosen = [row for row in below if str(row.pk) in form.cleaned_data["reports"]]
        note = form.cleaned_data["note"]
        try:
            pass_return(figure_return=found, reports=chosen, note=note, by=request.user)
        except ReportError as error:
            form.add_error("reports", error.message)
        else:
            messages.success(request, _("Passed on. You will see here when it comes back."))
            return redirect(_unit_address(place, period))
    context = {"form": form, "figure": found, "back": _unit_address(place, period)}
    return render(request, "totals/pass_on.html", context)


def _with_value(report: Report, measure) -> str:
    """ "Tổ CNCĐ ấp Mỹ Phước: 3 sản phẩm"; empty when the report does not carry the figure."""
    values = {code: figure["value"] for code, figure in report.sent.figures.items()}
    summed = report.sent.snapshot.get("figures", {})
    name = str(report.team or report.place)
    if measure.code in values:
        return f"{name}: {said(measure, values[measure.code])}"
    if measure.code in summed:
        return f"{name}: {said(measure, sum(summed[measure.code][:2]))}"
    return ""


@allow("reports.view")
def text(request):
    """The unit's report as text for the Zalo group."""
    page = page_in_sight(request)
    link = request.build_absolute_uri(address_of(page))
    context = {"page": page, "text": unit_text(page, page.place.full_name, link)}
    return render(request, "totals/text.html", context)


@allow("reports.accept")
def extend(request):
    """Gives the unit in sight a later due moment, with the reason."""
    page = page_in_sight(request, "reports.accept")
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = {"place": page.place, "period": page.period, "by": request.user}
        try:
            extend_due(due_at=form.due_at, reason=form.cleaned_data["reason"], **about)
        except ReportError as error:
            form.add_error("day", error.message)
        else:
            messages.success(request, _("The due moment is moved."))
            return redirect(address_of(page))
    context = {"form": form, "title": _("A later due moment"), "back": address_of(page)}
    context["question"] = f"{page.place.full_name} · {page.period}"
    return render(request, "kit/confirm.html", context | {"submit": _("Move the due moment")})


def page_in_sight(request, permission: str = "reports.view") -> Consolidated:
    """The consolidated report of the unit and period in sight, or 404 outside the reach."""
    place, period = unit_and_period(request)
    reach = authority.reach(request.user, permission=permission)
    found = reach.filter(pk=place.pk).named(period.last_day).select_related("level").first()
    if found is None or found.level.rank >= reports.team_level().rank:
        raise Http404
    return Consolidated(found, period)


def address_of(page: Consolidated, name: str = "totals:unit") -> str:
    return _unit_address(page.place, page.period, name)


def _unit_address(place, period, name: str = "totals:unit") -> str:
    return f"{reverse(name)}?{urlencode({'u': place.pk, 'k': period.code})}"
