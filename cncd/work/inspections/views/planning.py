"""Planning inspections, changing, withdrawing, opening."""

from django.forms import Form
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.inspections import actions
from cncd.work.inspections.entering import Order, inspected_by_me
from cncd.work.inspections.forms import ChangeForm, PlanForm, ReasonForm


@allow("inspections.carry_out")
def plan(request):
    """One inspection for each team or unit chosen; sent twice, it is planned once."""
    user, scope = request.user, request.scope
    first = {"units": request.GET.getlist("unit"), "teams": request.GET.getlist("team")}
    form = PlanForm(
        request.POST or None, user=user, place=scope.place, day=scope.today, initial=first
    )
    paper = Order(request, scope.place)

    def run() -> dict:
        rows = actions.plan_inspections(document=paper.kept(), by=user, **form.plan)
        alone = reverse("inspections:inspection", args=[rows[0].pk])
        return {"url": alone if len(rows) == 1 else reverse("inspections:list")}

    def act() -> dict:
        return once(**form.envelope_of(kind="inspection.plan", sender=user), run=run)

    if answer := done(request, act, form, paper):
        say_done(request, _("The inspection is planned."))
        return redirect(answer["url"])
    context = {"title": _("Plan an inspection"), "back": reverse("inspections:list")}
    intro = _("The teams and units offered are those below the unit in sight at the top.")
    return paper.page(form, "inspections/plan.html", intro=intro, **context)


@allow("inspections.carry_out")
def change(request, pk):
    """Another day, another head."""
    found = inspected_by_me(request, pk)
    names = ("planned_on", "leader", "party", "version")
    form = ChangeForm(
        request.POST or None,
        place=found.inspecting_id,
        day=request.scope.today,
        initial={name: getattr(found, name) for name in names},
    )

    def act():
        return actions.change_inspection(inspection=found, by=request.user, **form.cleaned_data)

    return _page(request, act, form, found, _("Change the inspection"), _("The change is saved."))


@allow("inspections.carry_out")
def withdraw(request, pk):
    """Takes it back with a reason; undone by one press."""
    found = inspected_by_me(request, pk)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    held = {"inspection": found, "by": request.user}
    if done(request, lambda: actions.withdraw_inspection(**held, **form.cleaned_data), form):
        undo = reverse("inspections:restore", args=[pk])
        say_done(request, _("The inspection is withdrawn."), undo=undo)
        return redirect("inspections:list")
    context = {
        "form": form,
        "title": _("Withdraw the inspection"),
        "question": str(found),
        "danger": True,
        "submit": _("Withdraw the inspection"),
        "back": reverse("inspections:inspection", args=[pk]),
    }
    return render(request, "kit/confirm.html", context)


@allow("inspections.carry_out")
@require_POST
def restore(request, pk):
    """Brings a withdrawn inspection back."""
    found = inspected_by_me(request, pk)
    actions.restore_inspection(inspection=found, by=request.user)
    say_done(request, _("The inspection is back."))
    return redirect("inspections:inspection", pk)


@allow("inspections.carry_out")
def open_(request, pk):
    """Begins on site: the checklist of the day is laid out."""
    found = inspected_by_me(request, pk)
    form = Form(request.POST or None)
    act = lambda: actions.open_inspection(inspection=found, by=request.user)  # noqa: E731
    if done(request, act, form):
        return redirect("inspections:look", pk)
    context = {
        "form": form,
        "title": _("Begin the inspection"),
        "question": str(found),
        "consequences": [_("The checklist of today is laid out, item by item.")],
        "submit": _("Begin"),
        "back": reverse("inspections:inspection", args=[pk]),
    }
    return render(request, "kit/confirm.html", context)


def _page(request, act, form, found, title: str, said: str):
    back = reverse("inspections:inspection", args=[found.pk])
    if done(request, act, form):
        say_done(request, said)
        return redirect(back)
    context = {"form": form, "title": title, "intro": str(found), "back": back}
    return render(request, "kit/form_page.html", context)
