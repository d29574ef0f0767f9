"""Raising a difficulty at the desk, taking one back, and what the team sees on the phone."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.queries import names
from cncd.team.teams.models import Team
from cncd.work.difficulties import actions
from cncd.work.difficulties.entering import enter, speak
from cncd.work.difficulties.forms import DeskRaiseForm, HelpedForm, RaiseForm, WithdrawForm
from cncd.work.difficulties.models import Raising
from cncd.work.difficulties.queries import raised_by_team
from cncd.work.difficulties.wording import state_of


@allow("difficulties.raise")
def new(request):
    """An officer raises a difficulty of a team, or of the unit itself."""
    if not request.user.can("desk.open"):
        return redirect("difficulties:mine_new")
    teams = Team.objects.visible_to(request.user, actions.RAISE).order_by("sort_key")
    form = DeskRaiseForm(request.POST or None, request.FILES or None, teams=teams)
    place = request.scope.place
    if request.method == "POST" and form.is_valid():
        team = form.cleaned_data["team"]
        where = {"team": team} if team else {"place": place}
        if not team and not request.user.can(actions.RAISE, place=place):
            raise PermissionDenied(actions.RAISE)
        if raising := enter(form, by=request.user, **where):
            undo = reverse("difficulties:withdraw", args=[raising.pk])
            say_done(request, _("Raised. You are told when it is answered."), undo=undo)
            return redirect(raising.case)
    title = _("Raise a difficulty")
    context = {"form": form, "title": title, "back": reverse("difficulties:list")}
    return render(request, "kit/form_page.html", context | {"submit": _("Send")})


@allow("phone.open")
def mine(request):
    """The team's difficulties: what waits, what was answered, whether it helped."""
    team = request.scope.team
    if team is None:
        raise Http404
    rows = raised_by_team(team)
    places = {pk for row in rows for pk in (row.case.owner_id, row.case.answered_for_id) if pk}
    called = names(places, request.scope.today)
    for row in rows:
        row.state, row.tone = state_of(row.case)
        row.whose = called[row.case.owner_id].full_name
        row.about = json.dumps({"raising": str(row.pk)})
    context = {"team": team, "rows": rows, "may_raise": request.user.can(actions.RAISE, team=team)}
    return render(request, "difficulties/mine.html", context)


@allow("difficulties.raise")
def mine_new(request):
    """The phone's form: a sentence is enough; kept without a network and sent later."""
    team = request.scope.team
    if team is None:
        raise Http404
    form = RaiseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and enter(form, by=request.user, team=team):
        say_done(request, _("Sent to the level above. You are told when it is answered."))
        return redirect("difficulties:mine")
    context = {"form": form, "about": json.dumps({"team": team.pk})}
    return render(request, "difficulties/mine_form.html", context)


@allow("difficulties.raise")
def helped(request, pk):
    """Whether the answer helped the one who raised it."""
    found = _own(request, pk)
    form = HelpedForm(request.POST or None, initial={"note": found.helped_note})
    back = _back(request)
    if request.method == "POST" and form.is_valid() and speak(form, found, by=request.user):
        told = _("Thank you.") if form.is_yes else _("It is open again; the level above is told.")
        say_done(request, told)
        return redirect(back)
    face = "phone.html" if back == reverse("difficulties:mine") else "shell.html"
    context = {"form": form, "title": _("Did the answer help?"), "intro": found.case.answer}
    return render(request, "kit/form_page.html", context | {"back": back, "face": face})


@require_POST
@allow("difficulties.raise")
def withdraw(request, pk):
    """Takes an origin back; undone by one press."""
    found = _own(request, pk)
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.withdraw_raising(raising=found, reason=reason, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        undo = reverse("difficulties:restore", args=[pk])
        say_done(request, _("Taken back."), undo=undo)
    return redirect(_back(request))


@require_POST
@allow("difficulties.raise")
def restore(request, pk):
    """Brings an origin back."""
    actions.restore_raising(raising=_own(request, pk), by=request.user)
    say_done(request, _("It is open again."))
    return redirect(_back(request))


def _own(request, pk) -> Raising:
    """The origin: 404 out of sight, 403 where it is not theirs to speak for."""
    rows = Raising.objects.visible_to(request.user).select_related("case", "team", "place")
    found = get_object_or_404(rows, pk=pk)
    if not actions.may_take_back(request.user, found):
        raise PermissionDenied(actions.RAISE)
    return found


def _back(request) -> str:
    at_desk = request.user.can("desk.open")
    return reverse("difficulties:list" if at_desk else "difficulties:mine")
