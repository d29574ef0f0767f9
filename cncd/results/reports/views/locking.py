"""Later due moments, and opening a locked report."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.kit.forms import DayField, NFCCharField
from cncd.foundation.people.access import allow
from cncd.results.reports import queries
from cncd.results.reports.actions import ReportError, extend_due, unlock_report
from cncd.results.reports.views.reach import seen, team_and_period


class ReasonForm(forms.Form):
    reason = NFCCharField(label=gettext_lazy("Reason"), max_length=300)


class ExtensionForm(ReasonForm):
    day = DayField(label=gettext_lazy("Extended to the day"))
    time = forms.TimeField(
        label=gettext_lazy("until"),
        initial="23:59",
        help_text=gettext_lazy("Hour and minute, for example 17:00."),
        error_messages={"invalid": gettext_lazy("Write hour and minute, for example 17:00.")},
    )
    field_order = ["day", "time", "reason"]

    @property
    def due_at(self) -> dt.datetime:
        """To the very end of the minute given."""
        time = self.cleaned_data["time"].replace(second=59)
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], time))


@allow("reports.accept")
def extend(request, team_id, code):
    """Gives one team a later due moment, with the reason."""
    team, period = team_and_period(request, team_id, code, "reports.accept")
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = {"team": team, "period": period, "by": request.user}
        try:
            extend_due(due_at=form.due_at, reason=form.cleaned_data["reason"], **about)
        except ReportError as error:
            form.add_error("day", error.message)
        else:
            messages.success(request, _("The due moment is moved."))
            return redirect("reports:list")
    due_at = queries.due_moments(period, [team])[team.pk]
    context = {"form": form, "title": _("A later due moment"), "back": reverse("reports:list")}
    context["question"] = f"{team} · {period}"
    context["consequences"] = (
        [_("So far: %(moment)s") % {"moment": f"{timezone.localtime(due_at):%H:%M %d/%m/%Y}"}]
        if due_at
        else []
    )
    return render(request, "kit/confirm.html", context | {"submit": _("Move the due moment")})


@allow("reports.unlock")
def unlock(request, pk):
    """Opens a locked report again, with the reason."""
    report = seen(request, pk, "reports.unlock")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unlock_report(report=report, reason=form.cleaned_data["reason"], by=request.user)
        except ReportError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The report is open again."))
            return redirect("reports:report", report.pk)
    context = {
        "form": form,
        "title": _("Open the locked report"),
        "question": f"{report.team or report.place} · {report.period}",
        "consequences": [_("The report stays accepted until somebody changes it.")],
        "submit": _("Open the report again"),
        "back": reverse("reports:report", args=[report.pk]),
    }
    return render(request, "kit/confirm.html", context)
