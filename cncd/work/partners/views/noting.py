"""Noting how a hamlet is connected, and what becomes of a dead spot; at the desk and the phone."""

import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.partners import actions, entering
from cncd.work.partners.actions.connectivity import NOTE, may_note
from cncd.work.partners.connectivity_forms import (
    AnswerForm,
    AskForm,
    CheckForm,
    GapForm,
    NotingForm,
    UnnoteForm,
)
from cncd.work.partners.forms import WithdrawForm
from cncd.work.partners.models import Gap, Noting
from cncd.work.partners.queries.gaps import waiting
from cncd.work.partners.views.connectivity import hamlets_in_sight, rows_of


def _seen(request, pk) -> Gap:
    """The dead spot, or 404."""
    rows = Gap.objects.visible_to(request.user).select_related("place__level", "agency")
    return get_object_or_404(rows, pk=pk)


@allow("connectivity.note")
def note(request):
    """What is seen in a hamlet today."""
    hamlets = hamlets_in_sight(request, NOTE)
    first = {"place": request.GET.get("hamlet")}
    form = NotingForm(request.POST or None, hamlets=hamlets, day=request.scope.today, initial=first)
    if done(request, lambda: entering.note(form, by=request.user), form):
        say_done(request, _("Noted. It is known of the hamlet from that day on."))
        return redirect("partners:hamlet", form.cleaned_data["place"].pk)
    context = {"form": form, "title": _("Note signal and lines")}
    return render(
        request, "kit/form_page.html", context | {"back": reverse("partners:connectivity")}
    )


@allow("connectivity.note")
def report(request):
    """A dead spot: it goes to the enterprise that committed to connect the place."""
    hamlets = hamlets_in_sight(request, NOTE)
    first = {"place": request.GET.get("hamlet")}
    form = GapForm(request.POST or None, hamlets=hamlets, day=request.scope.today, initial=first)
    if answer := done(request, lambda: entering.report(form, by=request.user), form):
        _say_asked(request, Gap.objects.get(pk=answer["gap"]))
        return redirect("partners:gap", answer["gap"])
    context = {"form": form, "title": _("Report a dead spot"), "submit": _("Report a dead spot")}
    return render(request, "kit/form_page.html", context | {"back": reverse("partners:gaps")})


def _say_asked(request, gap: Gap) -> None:
    if gap.state == Gap.State.SEEKING:
        text = _("Reported. No enterprise committed to connect this place: choose one to ask.")
    else:
        text = _("Reported. The enterprise that committed here is asked to answer.")
    say_done(request, text)


@allow("partners.change")
def ask(request, pk):
    """An officer asks an enterprise, or another one."""
    found = _seen(request, pk)
    if not request.user.can("partners.change", place=found.place):
        raise Http404
    first = {"version": found.version, "agency": found.agency_id}
    form = AskForm(request.POST or None, day=request.scope.today, initial=first)
    if done(request, lambda: actions.ask_enterprise(gap=found, by=request.user,
                                                    **form.cleaned_data), form):  # fmt: skip
        say_done(request, _("The enterprise is asked, and sees this dead spot."))
        return redirect(found)
    context = {"form": form, "title": _("Ask an enterprise"), "intro": str(found)}
    context |= {"submit": _("Ask"), "back": found.get_absolute_url()}
    return render(request, "kit/form_page.html", context)


@allow("partners.own")
def answer(request, pk):
    """The enterprise answers: what will be done by when, or why it cannot."""
    own = Gap.objects.filter(agency__in=authority.own_agencies(request.user))
    found = get_object_or_404(own.select_related("place__level"), pk=pk)
    first = {"version": found.version, "answer": found.answer, "done_by": found.done_by}
    form = AnswerForm(request.POST or None, initial=first)
    if done(request, lambda: actions.answer_gap(gap=found, by=request.user, **form.said()), form):
        say_done(request, _("Answered. The unit and its team are told."))
        return redirect("partners:asked", pk)
    back = reverse("partners:asked", args=[pk])
    context = {"form": form, "title": _("Answer about a dead spot"), "intro": str(found)}
    return render(request, "kit/form_page.html", context | {"submit": _("Answer"), "back": back})


@require_POST
@allow("connectivity.note")
def check(request, pk):
    """What the team sees: a signal now, or still none."""
    found, form = _seen(request, pk), CheckForm(request.POST)
    try:
        if form.is_valid():
            entering.check(form, found, by=request.user)
            say_done(request, _("Written down. Thank you for looking."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    page = "partners:phone" if "phone" in request.POST else "partners:gap"
    return redirect(page) if page.endswith("phone") else redirect(page, pk)


@allow("connectivity.note")
def withdraw(request, pk):
    """Takes a dead spot out that was reported by mistake."""
    found = _seen(request, pk)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_gap(gap=found, by=request.user,
                                                  **form.cleaned_data), form):  # fmt: skip
        undo = reverse("partners:restore_gap", args=[pk])
        say_done(request, _("Taken out: %(what)s") % {"what": found}, undo=undo)
        return redirect("partners:gaps")
    context = {
        "form": form, "title": _("Take a dead spot out"), "question": str(found),
        "consequences": [_("Nobody is asked about it any more.")], "danger": True,
        "submit": _("Take it off the list"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("connectivity.note")
def restore(request, pk):
    """Brings back a dead spot that was taken out."""
    found = _seen(request, pk)
    _bring_back(request, lambda: actions.restore_gap(gap=found, by=request.user))
    return redirect(found)


def _noting(request, pk) -> Noting:
    """The noting, of a hamlet the person notes, or 404."""
    rows = Noting.objects.visible_to(request.user).select_related("place__level")
    found = get_object_or_404(rows, pk=pk)
    if not may_note(request.user, found.place, request.scope.today):
        raise Http404
    return found


@allow("connectivity.note")
def unnote(request, pk):
    """Takes a noting out that was made by mistake; what was known before holds again."""
    found = _noting(request, pk)
    form = UnnoteForm(request.POST or None)
    if done(request, lambda: actions.withdraw_noting(noting=found, by=request.user,
                                                     **form.cleaned_data), form):  # fmt: skip
        undo = reverse("partners:restore_noting", args=[pk])
        say_done(request, _("Taken out. What was known before holds again."), undo=undo)
        return redirect(found)
    context = {
        "form": form, "title": _("Take a noting out"),
        "question": f"{found.place}, {found.noted_on:%d/%m/%Y}",
        "consequences": [_("What was noted before it holds again.")], "danger": True,
        "submit": _("Take out"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("connectivity.note")
def renote(request, pk):
    """Brings back a noting that was taken out."""
    found = _noting(request, pk)
    _bring_back(request, lambda: actions.restore_noting(noting=found, by=request.user))
    return redirect(found)


def _bring_back(request, act) -> None:
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("It is back."))


@allow("phone.open")
def phone(request):
    """The hamlets of the team: what is known, and two short forms that wait for a network."""
    team, day, user = request.scope.team, request.scope.today, request.user
    if team is None:
        raise Http404
    hamlets = Place.objects.filter(pk__in=team.coverages.on(day).values("place"))
    reach = hamlets.filter(pk__in=places_in_reach(user, NOTE, day))
    gaps = waiting(Gap.objects.standing().filter(place__in=hamlets).order_by("-found_on"), day)
    for row in gaps:
        row.gap.about = json.dumps({"gap": str(row.gap.pk)})
    context = {
        "team": team, "rows": rows_of(hamlets, day), "gaps": gaps,
        "may_note": reach.exists(), "about": json.dumps({"team": team.pk}),
        "noting": NotingForm(hamlets=reach, day=day, auto_id="n_%s"),
        "reporting": GapForm(hamlets=reach, day=day, auto_id="g_%s"),
    }  # fmt: skip
    return render(request, "partners/phone.html", context)
