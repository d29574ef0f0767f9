"""Adding an indicator without a programmer: first the way of counting, then one form."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.team.programme import actions
from cncd.team.programme.forms.adding import WAYS
from cncd.team.programme.forms.fields import take_refusal
from cncd.team.programme.views.context import about

TITLES = {
    "content": _("Indicator counted by a new content"),
    "log": _("Indicator counted from the activity log"),
    "asked": _("Indicator entered by hand"),
    "ratio": _("Indicator that is a ratio"),
}
INTROS = {
    "content": _(
        "One form adds the content, its counter, the figure and its line on the team's report."
    ),
    "log": _("The figure is counted from logs that teams write anyway; nobody enters anything."),
    "asked": _("The figure becomes a line on the report of the level you choose."),
    "ratio": _("Upper and lower figure are reported already; the program divides their sums."),
}


@allow("programme.change")
def choose_way(request):
    """How will there be a figure? Four ways."""
    return render(request, "programme/ways.html", about(request, "indicators"))


@allow("programme.change")
def add(request, way: str):
    """The form of one way; sent twice, it adds once."""
    if way not in WAYS:
        raise Http404
    form = WAYS[way](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(_added(request, form))
        except actions.Refused as refusal:
            take_refusal(form, refusal)
        except DifferentContent as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "title": TITLES[way], "intro": INTROS[way]}
    back = reverse("programme:choose_way")
    return render(
        request,
        "programme/grouped_form.html",
        context | {"back": back, "submit": gettext("Add it")},
    )


def _added(request, form) -> str:
    """The address of the new indicator's card."""

    def run() -> dict:
        indicator = actions.add_indicator(draft=form.draft(), by=request.user)
        return {"url": reverse("programme:indicator", args=[indicator.code])}

    sent = form.envelope_of(kind="indicator.add", sender=request.user)
    answer = once(**sent, now=timezone.now(), run=run)
    say_done(request, gettext("The indicator stands. It counts from the period you chose."))
    return answer["url"]
