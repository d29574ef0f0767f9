"""The lines of a plan: added, changed, taken out."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.training.actions import planning
from cncd.work.training.forms.planning import ChangeLineForm, LineForm
from cncd.work.training.models import PlanLine
from cncd.work.training.views.scope import plan_of


@allow("training.plan")
def add(request, pk):
    """Courses added to a draft."""
    plan = plan_of(request, pk, "training.plan")
    form = LineForm(request.POST or None, day=request.scope.today)
    if done(request, lambda: planning.add_line(plan=plan, by=request.user, **form.line), form):
        say_done(request, _("The course stands in the plan."))
        return redirect(plan)
    context = {"form": form, "title": _("Add a course to the plan"), "intro": str(plan)}
    return render(request, "kit/form_page.html", context | {"back": plan.get_absolute_url()})


@allow("training.plan")
def change(request, pk):
    """A line of a draft opened for change."""
    line = _line(request, pk)
    first = ChangeLineForm.values_of(line)
    form = ChangeLineForm(request.POST or None, day=request.scope.today, initial=first)

    def act():
        version = form.cleaned_data["version"]
        return planning.change_line(line=line, version=version, by=request.user, **form.line)

    if done(request, act, form):
        say_done(request, _("The line is changed."))
        return redirect(line.plan)
    context = {"form": form, "line": line, "title": _("Change the course"), "intro": str(line.plan)}
    context["back"] = line.plan.get_absolute_url()
    return render(request, "training/line.html", context)


@allow("training.plan")
def remove(request, pk):
    """Takes a line out of a draft, after asking."""
    line = _line(request, pk)
    if request.method == "POST" and done(
        request, lambda: planning.remove_line(line=line, by=request.user), forms.Form(request.POST)
    ):
        say_done(request, _("The course is out of the plan."))
        return redirect(line.plan)
    context = {"title": _("Take the course out of the plan"), "question": line.title}
    context |= {"danger": True, "submit": _("Take out"), "back": line.plan.get_absolute_url()}
    return render(request, "kit/confirm.html", context)


def _line(request, pk) -> PlanLine:
    seen = PlanLine.objects.visible_to(request.user).select_related("plan__place")
    line = get_object_or_404(seen, pk=pk)
    if line.plan.state != line.plan.State.DRAFT:
        raise Http404
    plan_of(request, line.plan_id, "training.plan")
    return line
