"""The inspected say how a finding was put right; the inspecting unit confirms or returns."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.inspections import actions
from cncd.work.inspections.entering import (
    finding_answered_by_me,
    finding_seen,
    inspected_by_me,
)
from cncd.work.inspections.forms import AnswerForm, JudgeForm


@allow("inspections.follow_up")
def answer(request, pk):
    """How it was put right, with evidence."""
    found = finding_answered_by_me(request, pk)
    form = AnswerForm(request.POST or None, request.FILES or None)

    def act():
        return actions.answer_finding(finding=found, by=request.user, **form.cleaned_data)

    if done(request, act, form):
        say_done(request, _("Sent. The inspecting unit looks at it now."))
        return redirect("inspections:finding", pk)
    return _again(request, form, found, _("How it was put right"))


@allow("inspections.carry_out")
def judge(request, pk):
    """Confirms the answer that waits, or returns it."""
    found = finding_seen(request, pk)
    inspected_by_me(request, found.inspection_id)
    waiting = get_object_or_404(found.settlements, verdict="")
    form = JudgeForm(request.POST or None)

    def act():
        held = form.cleaned_data
        return actions.judge_answer(
            settlement=waiting,
            confirmed=held["verdict"] == "confirmed",
            note=held["note"],
            due_on=held["due_on"],
            by=request.user,
        )

    if done(request, act, form):
        say_done(request, _("Saved. The inspected hear of it."))
        return redirect("inspections:finding", pk)
    return _again(request, form, found, _("Look at the answer"))


def _again(request, form, found, title: str):
    context = {"form": form, "title": title, "intro": found.remedy or found.text}
    context["back"] = reverse("inspections:finding", args=[found.pk])
    return render(request, "kit/form_page.html", context)
