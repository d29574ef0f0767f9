"""Deciding, the number of the decision, what was given beside the program, taking back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.answers import Paper
from cncd.results.rewards import actions, looking
from cncd.results.rewards.forms import IssueForm, ReasonForm, RecordForm, RulingForm
from cncd.results.rewards.models import Commendation
from cncd.results.rewards.views.proposing import seen
from cncd.team.teams.models import Membership, Team


class Decision(Paper):
    """The numbered decision, asked for in full unless one is chosen that is entered already."""

    def __init__(self, request, place):
        super().__init__(request, place)
        if request.method == "POST" and not request.POST.get("document") and not self.given:
            self.given = True
            self.form.is_bound, self.form.data = True, request.POST

    def chosen(self, form):
        return form.cleaned_data["document"] or self.kept()


@require_POST
@allow("rewards.decide")
def decide(request, pk):
    """What is decided on each of those named."""
    found = seen(request, pk)
    if not actions.may_decide(request.user, found.decider_id):
        raise PermissionDenied("rewards.decide")
    form = RulingForm(request.POST, candidates=found.candidates.select_related("team", "person"))

    def act():
        return actions.decide_candidates(
            proposal=found, rulings=form.rulings, version=form.cleaned_data["version"],
            by=request.user,
        )  # fmt: skip

    if done(request, act, form):
        say_done(request, _("Decided. The unit that proposed is told; nothing counts before the "
                            "decision has its number."))  # fmt: skip
        return redirect(found)
    context = {"form": form, "title": _("Decide"), "back": found.get_absolute_url()}
    return render(request, "kit/form_page.html", context)


@allow("rewards.view")
def issue(request, pk):
    """The decision has its number: those commended stand in the register."""
    found = seen(request, pk)
    if not actions.may_record(request.user, found.decider_id):
        raise PermissionDenied("rewards.propose")
    first = {"document": request.GET.get("document")}
    form = IssueForm(request.POST or None, place=found.decider, initial=first)
    paper = Decision(request, found.decider)

    def act():
        return actions.issue_decision(proposal=found, document=paper.chosen(form), by=request.user)

    if done(request, act, form, paper):
        say_done(request, _("Entered. The teams and members are told, and it counts (TC20)."))
        return redirect(found)
    context = {"title": _("Enter the number of the decision"), "intro": found.title}
    return paper.page(form, "rewards/issue.html", back=found.get_absolute_url(), **context)


@allow("rewards.view")
def record(request):
    """A decision of the unit in sight that was not proposed here: choose the team, then whom."""
    place, day = looking.unit_in_sight(request), request.scope.today
    if not actions.may_record(request.user, place.pk):
        raise Http404
    teams, team = _chosen_team(request, place, day)
    if team is None:
        return render(request, "rewards/choose_team.html", {"teams": teams, "unit": place})
    members = Membership.objects.on(day).filter(team=team).select_related("person")
    form = RecordForm(request.POST or None, team=team, members=members, place=place, day=day)
    paper = Decision(request, place)

    def run() -> dict:
        given = {"document": paper.chosen(form), "named": form.named}
        actions.record_commendations(place=place, by=request.user, **given)
        return {"team": team.pk}

    def act() -> dict:
        return once(**form.envelope_of(kind="reward.record", sender=request.user), run=run)

    if done(request, act, form, paper):
        say_done(request, _("Recorded. Those commended are told, and it counts (TC20)."))
        return redirect("rewards:register")
    context = {"title": _("Record a commendation"), "intro": team.name}
    return paper.page(form, "rewards/issue.html", back=reverse("rewards:register"), **context)


def _chosen_team(request, place, day) -> tuple:
    """(teams of the unit, the one of ?team= or None)."""
    teams = Team.objects.within([place.pk], day).on(day).distinct()
    asked = request.GET.get("team", "")
    return teams, teams.filter(pk=asked).first() if asked.isdigit() else None


def _of_mine(request, pk) -> Commendation:
    rows = Commendation.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("team", "form"), pk=pk)
    if not actions.may_record(request.user, found.place_id):
        raise PermissionDenied("rewards.propose")
    return found


@allow("rewards.view")
def withdraw(request, pk):
    """Takes a commendation back, with the reason."""
    found = _of_mine(request, pk)
    form = ReasonForm(request.POST or None)

    def act():
        return actions.withdraw_commendation(
            commendation=found, by=request.user, **form.cleaned_data
        )

    if done(request, act, form):
        undo = reverse("rewards:restore_commendation", args=[pk])
        say_done(request, _("Withdrawn: %(what)s") % {"what": found}, undo=undo)
        return redirect(found)
    context = {
        "form": form,
        "title": _("Withdraw the commendation"),
        "question": str(found),
        "consequences": [_("It no longer counts in any month that is not sent yet (TC20).")],
        "danger": True,
        "submit": _("Withdraw"),
        "back": found.get_absolute_url(),
    }
    return render(request, "kit/confirm.html", context)


@require_POST
@allow("rewards.view")
def restore(request, pk):
    """Brings a withdrawn commendation back."""
    found = _of_mine(request, pk)
    actions.restore_commendation(commendation=found, by=request.user)
    say_done(request, _("It is back."))
    return redirect(found)
