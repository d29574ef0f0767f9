"""What the levels above ask of the team: all of it, and one with its two buttons."""

import json

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cncd.faces.phone.views.home import team_of
from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.refusing import add_refusal
from cncd.foundation.people.access import allow
from cncd.work.directives.models import Obligation
from cncd.work.directives.phone.forms import ACKNOWLEDGE, ANSWER, AnswerForm
from cncd.work.directives.phone.saving import save
from cncd.work.directives.queries.page import page_of

LATELY = 10  # of those done, how many are shown


@allow("directives.view")
def obligations(request):
    """What is asked of the team, soonest first, and what it has done."""
    rows = Obligation.objects.standing().filter(team=team_of(request)).listed()
    context = {"open": rows.open().order_by("due_on", "pk"), "today": timezone.localdate()}
    done = rows.filter(status=Obligation.Status.DONE)
    context["done"] = done.order_by("-done_on", "pk")[:LATELY]
    return render(request, "phone/obligations.html", context)


@allow("directives.view")
def obligation(request, pk):
    """One thing asked: read, taken on, answered."""
    rows = Obligation.objects.standing().filter(team__in=request.scope.teams).listed()
    rows = rows.select_related("directive__agency", "directive__run__campaign", "ask", "team")
    found = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    kind = ACKNOWLEDGE if request.POST.get("do") == "acknowledge" else ANSWER
    if (
        request.method == "POST"
        and form.is_valid()
        and (said := _saved(kind, form, found, request))
    ):
        return redirect(said["page"])
    about = json.dumps({"obligation": found.pk})
    context = {"page": page_of(found, request.user, timezone.localdate()), "form": form}
    context |= {"about": about, "done": request.GET.get("done", "")}
    return render(request, "phone/obligation.html", context)


def _saved(kind: str, form: AnswerForm, found: Obligation, request) -> dict | None:
    """The first answer, however often the page is sent; None when something is refused."""

    def run() -> dict:
        return save(kind, form, found, by=request.user)

    try:
        return once(**form.envelope_of(kind=kind, sender=request.user), run=run)
    except ValidationError as error:
        add_refusal(form, error)
        return None
