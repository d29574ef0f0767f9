"""What is done with a plan of replication: changed, approved, sent, answered, withdrawn."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.queries import names
from cncd.results.pilots import actions
from cncd.results.pilots.entering import plan_of_mine
from cncd.results.pilots.forms import (
    AnswerForm,
    ReasonForm,
    TakeBackForm,
    TermsForm,
    VersionForm,
    WaveForm,
)
from cncd.results.pilots.models import Replication, ReplicationLine


@allow("pilots.plan")
def change(request, pk):
    """Terms, costs and words of a draft."""
    plan = plan_of_mine(request, pk)
    held = {name: getattr(plan, name) for name in TermsForm.base_fields}
    form = TermsForm(request.POST or None, initial=held)

    def act():
        version = form.cleaned_data["version"]
        return actions.change_plan(plan=plan, by=request.user, version=version, **form.terms)

    if done(request, act, form):
        say_done(request, _("Saved. The waves and costs are worked out anew."))
        return redirect(plan)
    context = {"form": form, "title": _("Change the plan"), "intro": plan.name}
    return render(request, "kit/form_page.html", context | {"back": plan.get_absolute_url()})


@allow("pilots.plan")
@require_POST
def recount(request, pk):
    """Works the draft out anew from the hamlets of today."""
    plan = plan_of_mine(request, pk)
    form = VersionForm(request.POST)

    def act():
        version = form.cleaned_data["version"]
        return actions.recount_plan(plan=plan, by=request.user, version=version)

    if done(request, act, form):
        say_done(request, _("The waves are worked out from the hamlets of today."))
        return redirect(plan)
    context = {"title": _("The plan stays as it is"), "form": form}
    return render(request, "pilots/refused.html", context | {"back": plan.get_absolute_url()})


@allow("pilots.plan")
def move(request, pk):
    """Another wave for one commune, with the reason."""
    rows = ReplicationLine.objects.filter(plan__in=Replication.objects.visible_to(request.user))
    line = get_object_or_404(rows.select_related("plan__place"), pk=pk)
    plan = plan_of_mine(request, line.plan_id)
    form = WaveForm(request.POST or None, initial={"wave": line.wave, "version": plan.version})

    def act():
        return actions.move_commune(line=line, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The commune stands in its new wave."))
        return redirect(plan)
    commune = names([line.place_id], request.scope.today)[line.place_id].full_name
    context = {"form": form, "title": _("Another wave"), "intro": commune}
    return render(request, "kit/form_page.html", context | {"back": plan.get_absolute_url()})


@allow("pilots.approve")
def approve(request, pk):
    """The department approves: the plan stays as it is."""
    question = _("Approve this plan? It stays as it is from now.")
    return _step(request, pk, actions.approve_plan, _("Approve the plan"), question)


@allow("pilots.approve")
def send(request, pk):
    """To UBND tỉnh, who consider 100%."""
    question = _("Send this plan to UBND tỉnh? They are told, and answer here.")
    return _step(request, pk, actions.send_plan, _("Send the plan"), question)


def _step(request, pk, action, title, question):
    """One press that moves the plan on."""
    plan = plan_of_mine(request, pk, "pilots.approve")
    form = VersionForm(request.POST or None, initial={"version": plan.version})

    def act():
        return action(plan=plan, by=request.user, version=form.cleaned_data["version"])

    if done(request, act, form):
        say_done(request, _("Done: %(title)s.") % {"title": title})
        return redirect(plan)
    context = {"form": form, "title": title, "question": question, "consequences": [plan.name]}
    context |= {"submit": title, "back": plan.get_absolute_url()}
    return render(request, "kit/confirm.html", context)


@allow("pilots.consider")
def answer(request, pk):
    """UBND tỉnh agrees or sends back."""
    plan = plan_of_mine(request, pk, "pilots.consider")
    form = AnswerForm(request.POST or None)

    def act():
        return actions.answer_plan(plan=plan, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The department is told."))
        return redirect(plan)
    context = {"form": form, "title": _("Consider the plan"), "intro": plan.name}
    return render(request, "kit/form_page.html", context | {"back": plan.get_absolute_url()})


@allow("pilots.approve")
def reopen(request, pk):
    """Makes an approved plan a draft again."""
    plan = plan_of_mine(request, pk, "pilots.approve")
    form = ReasonForm(request.POST or None)

    def act():
        return actions.reopen_plan(plan=plan, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("The plan is a draft again."))
        return redirect(plan)
    context = {"form": form, "title": _("Open the plan again"), "question": plan.name}
    return render(request, "kit/confirm.html", context | {"back": plan.get_absolute_url()})


@allow("pilots.plan")
def withdraw(request, pk):
    """Throws a draft away; undone by one press."""
    plan = plan_of_mine(request, pk)
    form = TakeBackForm(request.POST or None, initial={"version": plan.version})

    def act():
        return actions.withdraw_plan(plan=plan, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        undo = reverse("pilots:restore_plan", args=[pk])
        say_done(request, _("The draft is thrown away."), undo=undo)
        return redirect("pilots:replications")
    context = {"form": form, "title": _("Throw the draft away"), "question": plan.name}
    context |= {"danger": True, "back": plan.get_absolute_url()}
    return render(request, "kit/confirm.html", context)


@allow("pilots.plan")
@require_POST
def restore(request, pk):
    """Brings a draft back."""
    plan = plan_of_mine(request, pk)
    actions.restore_plan(plan=plan, by=request.user)
    say_done(request, _("The draft is back."))
    return redirect(plan)
