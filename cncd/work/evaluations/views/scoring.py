"""One team: the three scorings with the evidence; giving marks; opening again."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.evaluations import actions
from cncd.work.evaluations.actions.scoring import PREVIOUS, compared, is_open, marks_of, may_score
from cncd.work.evaluations.entering import evaluation_seen
from cncd.work.evaluations.forms import ReasonForm, ReturnForm, ScoreForm
from cncd.work.evaluations.grounds import ground_of
from cncd.work.evaluations.models import Evaluation, Step
from cncd.work.evaluations.page import SENT, lines_of
from cncd.work.evaluations.queries import stage_of
from cncd.work.evaluations.wording import STAGE_TONES, STAGES, STEP_NAMES


def _steps(request, row: Evaluation) -> list[Step]:
    """The steps this person may write now."""
    day = request.scope.today
    return [
        step for step in Step if is_open(row, step, day) and may_score(request.user, row, step, day)
    ]


def _returnable(row: Evaluation, steps: list[Step]) -> list[Step]:
    """Of these steps those whose marks of the step before were sent, and may go back."""
    return [step for step in steps if step in PREVIOUS and getattr(row, SENT[PREVIOUS[step]])]


@allow("evaluations.view")
def evaluation(request, pk):
    """Criteria, marks of the three steps, reasons, evidence, what was decided before."""
    row = evaluation_seen(request, pk)
    steps = _steps(request, row)
    stage = stage_of(row)
    context = {
        "evaluation": row,
        "round": row.round,
        "ground": ground_of([row], row.round)[row.pk],
        "lines": lines_of(row, own_step=steps[-1] if steps else None),
        "heads": [(step, STEP_NAMES[step], getattr(row, SENT[step])) for step in Step],
        "totals": [row.self_total, row.commune_total, row.decided_total],
        "stage": STAGES[stage],
        "tone": STAGE_TONES[stage],
        "steps": [(step, step.label) for step in steps],
        "returnable": [(step, STEP_NAMES[PREVIOUS[step]]) for step in _returnable(row, steps)],
        "earlier": row.decisions.exclude(reopened_at=None).select_related("grade"),
        "may_reopen": bool(row.decided_at)
        and may_score(request.user, row, Step.DECIDE, request.scope.today),
    }
    return render(request, "evaluations/evaluation.html", context)


@allow("evaluations.view")
def score(request, pk, step):
    """Marks of one step: kept to go on later, or sent."""
    if step not in Step.values:
        raise Http404
    row = evaluation_seen(request, pk)
    if not may_score(request.user, row, step, request.scope.today):
        raise PermissionDenied(step)
    form = _form(request, row, step)
    send = "send" in request.POST

    def act():
        version = form.cleaned_data["version"]
        return actions.score(
            evaluation=row, step=step, marks=form.marks, send=send, by=request.user, version=version
        )

    if done(request, act, form):
        say_done(request, _("Sent.") if send else _("Kept. Nobody above sees it until you send."))
        return redirect("evaluations:evaluation", pk)
    return render(request, "evaluations/score.html", _context(request, row, step, form))


def _form(request, row: Evaluation, step: str) -> ScoreForm:
    """Filled with one's own marks; before there are any, with those of the step before."""
    marks, earlier = marks_of(row), compared(row, step)
    return ScoreForm(
        request.POST or None,
        criteria=list(row.round.rules.criteria.all()),
        marks=marks[step] or (marks[earlier] if earlier else {}),
        initial={"version": row.version},
    )


def _context(request, row: Evaluation, step: str, form: ScoreForm) -> dict:
    lines = lines_of(row, own_step=None)
    by_id = {line.criterion.pk: line for line in lines} if not row.decided_at else {}
    return {
        "evaluation": row,
        "round": row.round,
        "ground": ground_of([row], row.round)[row.pk],
        "step": Step(step).label,
        "is_last": step == Step.DECIDE,
        "is_open": is_open(row, step, request.scope.today),
        "due_on": row.round.due_on(step),
        "form": form,
        "items": [(each, *form.fields_of(each), by_id[each.pk]) for each in form.criteria if by_id],
        "names": list(STEP_NAMES.values()),
    }


@allow("evaluations.view")
def give_back(request, pk, step):
    """Returns what the step before sent, with a note."""
    row = evaluation_seen(request, pk)
    if step not in _steps(request, row) or step not in _returnable(row, [Step(step)]):
        raise Http404
    form = ReturnForm(request.POST or None, initial={"version": row.version})
    about = {"evaluation": row, "step": step, "by": request.user}
    if done(request, lambda: actions.return_scores(**about, **form.cleaned_data), form):
        say_done(request, _("Returned, with your note."))
        return redirect("evaluations:evaluation", pk)
    whose = STEP_NAMES[PREVIOUS[step]]
    context = {
        "form": form, "title": _("Return the marks: %(whose)s") % {"whose": whose},
        "question": row.team.name, "submit": _("Return"),
        "consequences": [_("Their marks are kept; they put them right and send them again."),
                         _("They are told at once, with your note.")],
        "back": reverse("evaluations:evaluation", args=[pk]),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@allow("evaluations.decide")
def reopen(request, pk):
    """Opens a decided result again, with a reason."""
    row = evaluation_seen(request, pk)
    if not may_score(request.user, row, Step.DECIDE, request.scope.today):
        raise PermissionDenied("evaluations.decide")
    form = ReasonForm(request.POST or None)

    def act():
        reason = form.cleaned_data["reason"]
        return actions.reopen_evaluation(evaluation=row, reason=reason, by=request.user)

    if done(request, act, form):
        say_done(request, _("The result is open again."))
        return redirect("evaluations:evaluation", pk)
    intro = _("What was decided stays to be read below the new result.")
    context = {"form": form, "title": _("Open the result again"), "intro": intro}
    context["back"] = reverse("evaluations:evaluation", args=[pk])
    return render(request, "kit/form_page.html", context)
