"""Plans of a year: of the unit and all below it, one plan, and its way to approval (IV.1)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.answers import Paper
from cncd.work.training.actions import drafting, planning
from cncd.work.training.forms.planning import DraftForm, PlanForm, ReasonForm
from cncd.work.training.models import Topic, TrainingPlan
from cncd.work.training.planning_lists import LineList, UnitPlanList, address_of
from cncd.work.training.queries.planning import asked_from_below, gathered, line_rows
from cncd.work.training.views.scope import plan_of, year_of, years

State = TrainingPlan.State


class Approval(Paper):
    """The document that approves a plan."""

    KIND = "plan"


@allow("training.view")
def listed(request):
    """The unit's plan and those of all units below it, every line once, against what was held."""
    scope, year = request.scope, year_of(request)
    rows = gathered(scope.place, year, scope.today) if scope.place else []
    own = next((row.plan for row in rows if row.is_own), None)
    if not any(row.approved or row.drafts for row in rows):
        rows = []
    for row in rows:
        row.address = address_of(row, year)
    may_plan = bool(scope.place) and request.user.can("training.plan", place=scope.place)
    first = (f"{reverse('training:draft_plan')}?year={year}", _("Draft the plan from the gaps →"))
    context = {
        "year": year,
        "years": years(scope.today),
        "own": own,
        "may_plan": may_plan,
        "first_step": first if may_plan else None,
    }
    return UnitPlanList(request, rows, context=context).response()


@allow("training.plan")
def begin(request):
    """An empty plan; sent twice, it is begun once."""
    place, today = request.scope.place, request.scope.today
    form = PlanForm(request.POST or None, day=today, initial={"year": year_of(request)})

    def run() -> dict:
        values = {name: form.cleaned_data[name] for name in ("year", "note")}
        made = planning.begin_plan(place=place, by=request.user, **values)
        return {"url": made.get_absolute_url()}

    def act() -> dict:
        return once(**form.envelope_of(kind="plan.begin", sender=request.user), run=run)

    if answer := done(request, act, form):
        say_done(request, _("The plan is begun. Add its courses."))
        return redirect(answer["url"])
    context = {"form": form, "title": _("Begin a training plan"), "intro": request.scope.unit_name}
    return render(request, "kit/form_page.html", context | {"back": reverse("training:plans")})


@allow("training.plan")
def draft(request):
    """Courses for the largest gaps within what the unit can hold: shown first, then written."""
    scope = request.scope
    form = DraftForm(
        request.POST or None, day=scope.today, initial={"year": _year_to_draft(request)}
    )
    context = {"form": form, "unit": scope.unit_name, "back": reverse("training:plans")}
    if "preview" in request.POST and form.is_valid():
        year = form.cleaned_data["year"]
        found = drafting.proposed(scope.place, year, form.limits, scope.today)
        topics = {topic.pk: topic for topic in Topic.objects.all()}
        context["proposals"] = [(topics[each.topic], each) for each in found]
        context["is_shown"] = True
    elif made := done(request, lambda: _draft(request, form), form):
        plan, found = made
        say_done(request, _("The draft is written: %(n)s lines. Read it, change it, then send it.")
                 % {"n": sum(bool(each.classes) for each in found)})  # fmt: skip
        return redirect(plan)
    return render(request, "training/draft.html", context)


def _year_to_draft(request) -> int:
    """The year of the address, else the next one."""
    return year_of(request) if request.GET.get("year") else request.scope.today.year + 1


def _draft(request, form):
    return drafting.draft_plan(
        place=request.scope.place, year=form.cleaned_data["year"], limits=form.limits,
        sessions=form.cleaned_data["sessions"], by=request.user,
    )  # fmt: skip


@allow("training.view")
def plan(request, pk):
    """One plan: its lines in the order of the year, each against what was held."""
    seen = TrainingPlan.objects.visible_to(request.user).select_related("place", "document")
    found = get_object_or_404(seen, pk=pk)
    user, is_draft = request.user, found.state == State.DRAFT
    may_plan = user.can("training.plan", place=found.place)
    may_approve = user.can("training.approve", place=found.place)
    add = (reverse("training:add_line", args=[pk]), _("Add the first course →"))
    rows = line_rows(found, may_open=may_plan and found.state == State.APPROVED)
    context = {
        "plan": found,
        "unit": str(found.place),
        "may_write": may_plan and is_draft,
        "may_recall": may_plan and found.state == State.SUBMITTED,
        "may_approve": may_approve and found.state != State.APPROVED,
        "may_return": may_approve and found.state == State.SUBMITTED,
        "may_reopen": may_approve and found.state == State.APPROVED,
        "asked": asked_from_below(found.place, found.year, request.scope.today),
        "first_step": add if may_plan and is_draft else None,
    }
    return LineList(request, rows, context=context).response()


@allow("training.plan")
@require_POST
def submit(request, pk):
    """Sends the draft to the leader."""
    found = plan_of(request, pk, "training.plan")
    return _moved(request, found, lambda: planning.submit_plan(plan=found, by=request.user),
                  _("The plan is with the leader for approval."))  # fmt: skip


@allow("training.plan")
@require_POST
def recall(request, pk):
    """Takes back what was sent, while nobody has decided."""
    found = plan_of(request, pk, "training.plan")
    return _moved(request, found, lambda: planning.recall_plan(plan=found, by=request.user),
                  _("The plan is a draft again."))  # fmt: skip


@allow("training.approve")
def approve(request, pk):
    """Approves the plan by a document."""
    found = plan_of(request, pk, "training.approve")
    paper = Approval(request, found.place)
    form = forms.Form(request.POST or None)
    act = lambda: planning.approve_plan(plan=found, document=paper.kept(), by=request.user)  # noqa: E731
    if done(request, act, form, paper):
        say_done(request, _("The plan is approved."))
        return redirect(found)
    context = {"title": _("Approve the training plan"), "intro": str(found)}
    context |= {"back": found.get_absolute_url(), "submit": _("Approve")}
    return paper.page(form, "training/approve.html", **context)


@allow("training.approve")
def give_back(request, pk):
    """Gives a plan that waits back to be worked on, with the reason."""
    found = plan_of(request, pk, "training.approve")
    return _with_reason(request, found, planning.return_plan, _("Give the plan back"),
                        _("The plan is a draft again."))  # fmt: skip


@allow("training.approve")
def reopen(request, pk):
    """Makes an approved plan a draft again, with the reason."""
    found = plan_of(request, pk, "training.approve")
    return _with_reason(request, found, planning.reopen_plan, _("Change the approved plan"),
                        _("The plan is a draft again; it needs another approval."))  # fmt: skip


def _moved(request, plan, act, text: str):
    """Does it and goes back to the plan; a refusal stands above it."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, text)
    return redirect(plan)


def _with_reason(request, plan, action, title: str, text: str):
    """One step that asks why."""
    form = ReasonForm(request.POST or None)
    act = lambda: action(plan=plan, by=request.user, **form.cleaned_data)  # noqa: E731
    if done(request, act, form):
        say_done(request, text)
        return redirect(plan)
    context = {"form": form, "title": title, "question": str(plan)}
    return render(request, "kit/confirm.html", context | {"back": plan.get_absolute_url()})
