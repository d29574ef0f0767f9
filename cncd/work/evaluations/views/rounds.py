"""Rounds: the list, one with its teams, opening, other days, withdrawing."""

from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.foundation.places.queries import names
from cncd.team.teams.models import Team
from cncd.work.evaluations import actions, queries
from cncd.work.evaluations.actions.opening import may_decide
from cncd.work.evaluations.entering import Order, round_of_mine, round_seen
from cncd.work.evaluations.forms import ChangeDuesForm, ReasonForm, RoundForm
from cncd.work.evaluations.lists import EvaluationList, RoundList
from cncd.work.evaluations.models import Evaluation, Round

DUES = ("self_due_on", "score_due_on", "decide_due_on")


@allow("evaluations.view")
def listed(request):
    """The rounds one's teams are in, and how far each is."""
    scope, rows = request.scope, Round.objects.visible_to(request.user).filter(withdrawn_at=None)
    if scope.place:
        below = Place.objects.reached_from([scope.place.pk], scope.today)
        teams = Team.objects.standing_under([scope.place.pk], scope.today)
        inside = Evaluation.objects.filter(team__in=teams).values("round")
        rows = rows.filter(Q(place__in=below) | Q(pk__in=inside))
    may_open = request.user.can("evaluations.decide")
    has_rules = queries.rules_in_force(scope.today).exists()
    context = {"may_open": may_open, "has_rules": has_rules, "first_step": _first(may_open)}
    rows = queries.rounds_listed(rows, scope.today)
    return RoundList(request, rows, context=context).response()


def _first(may_open: bool):
    return (reverse("evaluations:open"), _("Open the first evaluation →")) if may_open else None


@allow("evaluations.view")
def round_(request, pk):
    """One round: every team of one's own, with the three totals and the class."""
    found, scope = round_seen(request, pk), request.scope
    rows = found.evaluations.filter(pk__in=Evaluation.objects.visible_to(request.user))
    decides = may_decide(request.user, found.place_id)
    context = {
        "round": found,
        "unit": names([found.place_id], scope.today)[found.place_id].full_name,
        "decides": decides and found.withdrawn_at is None,
        "grades": found.rules.grades.all(),
    }
    rows = queries.evaluations_listed(rows, scope.today)
    mine = _my_turn(request.user, found, decides, scope.today)
    return EvaluationList(request, rows, round=found, mine=mine, context=context).response()


def _my_turn(user, found: Round, decides: bool, day) -> Q:
    """The evaluations that wait for this person, as a filter."""
    self_passed, score_passed = day > found.self_due_on, day > found.score_due_on
    own = authority.team_ids(user, "evaluations.score_self")
    mine = Q(team__in=own, self_at=None, commune_at=None)
    communes = Team.objects.within(authority.roots(user, "evaluations.score"), day)
    ready = Q() if self_passed else Q(self_at__isnull=False)
    mine |= Q(team__in=communes, commune_at=None) & ready
    if decides:
        mine |= Q() if score_passed else Q(commune_at__isnull=False)
    return mine & Q(decided_at=None)


@allow("evaluations.decide")
def open_(request):
    """A new round; sent twice, it is opened once."""
    user, scope = request.user, request.scope
    form = RoundForm(request.POST or None, user=user, day=scope.today)
    paper = Order(request, scope.place)

    def run() -> dict:
        made = actions.open_round(document=paper.kept(), by=user, **form.round)
        return {"url": reverse("evaluations:round", args=[made.pk])}

    def act() -> dict:
        return once(**form.envelope_of(kind="evaluation.open", sender=user), run=run)

    if answer := done(request, act, form, paper):
        say_done(request, _("The evaluation is open. The teams and communes are told."))
        return redirect(answer["url"])
    context = {"title": _("Open an evaluation"), "back": reverse("evaluations:list")}
    intro = _("Every team of the unit that is in force on the last day takes part.")
    return paper.page(form, "evaluations/open.html", intro=intro, **context)


@allow("evaluations.decide")
def change(request, pk):
    """Other days for the steps."""
    found = round_of_mine(request, pk)
    stood = {name: getattr(found, name) for name in DUES}
    form = ChangeDuesForm(request.POST or None, initial=stood)

    def act():
        return actions.change_dues(round=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The days are changed."))
        return redirect("evaluations:round", pk)
    context = {"form": form, "title": _("Give the steps other days"), "intro": found.name}
    context["back"] = reverse("evaluations:round", args=[pk])
    return render(request, "kit/form_page.html", context)


@allow("evaluations.decide")
def withdraw(request, pk):
    """Takes a round back in which nothing was decided; undone by one press."""
    found = round_of_mine(request, pk)
    form = ReasonForm(request.POST or None)

    def act():
        reason = form.cleaned_data["reason"][:200]
        return actions.withdraw_round(round=found, reason=reason, by=request.user)

    if done(request, act, form):
        undo = reverse("evaluations:restore", args=[pk])
        say_done(request, _("The evaluation is withdrawn."), undo=undo)
        return redirect("evaluations:list")
    context = {"form": form, "title": _("Withdraw the evaluation"), "question": found.name}
    context |= {"danger": True, "submit": _("Withdraw the evaluation")}
    context["back"] = reverse("evaluations:round", args=[pk])
    return render(request, "kit/confirm.html", context)


@allow("evaluations.decide")
@require_POST
def restore(request, pk):
    """Brings a withdrawn round back."""
    found = round_of_mine(request, pk)
    form = ReasonForm({"reason": "-"})
    if done(request, lambda: actions.restore_round(round=found, by=request.user), form):
        say_done(request, _("The evaluation is back."))
    return redirect("evaluations:round", pk)
