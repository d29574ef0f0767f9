"""Plans of replication: the list, one with its waves, a new draft."""

from django.db.models import Count, Max, Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.people.queries import place_name_on
from cncd.foundation.places.models import Place
from cncd.results.pilots import actions
from cncd.results.pilots.entering import plan_seen
from cncd.results.pilots.forms import PlanForm
from cncd.results.pilots.lists import ReplicationList, WaveList, WaveRow
from cncd.results.pilots.models import Replication
from cncd.results.pilots.queries import replication_of
from cncd.team.teams.queries import reaches


@allow("pilots.view")
def listed(request):
    """The plans one may see."""
    scope, user = request.scope, request.user
    rows = Replication.objects.standing().visible_to(user)
    if scope.place:
        below = Place.objects.reached_from([scope.place.pk], scope.today).order_by().values("pk")
        mine = rows.filter(place__in=below) | rows.filter(lines__place__in=below)
        rows = Replication.objects.filter(pk__in=mine.values("pk"))
    rows = rows.annotate(
        unit=place_name_on("place", scope.today),
        communes=Count("lines"),
        hamlets=Sum("lines__hamlets"),
        waves=Max("lines__wave"),
    )
    may_plan = user.can("pilots.plan")
    context = {"may_plan": may_plan}
    if may_plan:
        context["first_step"] = (reverse("pilots:draft"), _("Draft the first plan →"))
    return ReplicationList(request, rows, context=context).response()


@allow("pilots.view")
def one(request, pk):
    """One plan: waves, trainers, cost, and what may be done with it now."""
    plan, user = plan_seen(request, pk), request.user
    mine = {
        name: authority.can(user, f"pilots.{name}", place=plan.place)
        for name in ("plan", "approve", "consider")
    }
    facts = replication_of(plan)
    context = {"plan": plan, "facts": facts, "mine": mine, "is_open": plan.is_open}
    context["reach"] = reaches([plan.place_id], request.scope.today)[0]
    context["promised"] = sum(each.left for each in facts.trainers if each.is_sessions)
    context["unpromised"] = max(0, facts.sessions - context["promised"])
    return render(request, "pilots/replication.html", context)


@allow("pilots.view")
def communes(request, pk):
    """The communes of a plan with their waves."""
    plan = plan_seen(request, pk)
    facts = replication_of(plan)
    rows = [WaveRow(wave, row) for wave in facts.waves for row in wave.communes]
    moves = plan.is_open and authority.can(request.user, "pilots.plan", place=plan.place)
    return WaveList(request, rows, moves=moves, context={"plan": plan}).response()


@allow("pilots.plan")
def draft(request):
    """A new plan for every hamlet without a team; sent twice, it is drafted once."""
    user, scope = request.user, request.scope
    form = PlanForm(request.POST or None, user=user, day=scope.today)

    def run() -> dict:
        plan = actions.draft_plan(by=user, **form.terms)
        return {"url": plan.get_absolute_url()}

    def act() -> dict:
        return once(**form.envelope_of(kind="replication.draft", sender=user), run=run)

    if answer := done(request, act, form):
        say_done(request, _("The plan is drafted. Look at the waves and the costs."))
        return redirect(answer["url"])
    intro = _(
        "Communes with hamlets that have no team are put in waves: those that meet most conditions"
        " of readiness first. Everything can be changed afterwards."
    )
    context = {"form": form, "title": _("Draft a plan of replication"), "intro": intro}
    return render(request, "kit/form_page.html", context | {"back": reverse("pilots:replications")})
