"""The inspections of the unit in sight, one of them, and what is to be put right."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.people.access import allow
from cncd.foundation.places.queries import names
from cncd.work.inspections import queries
from cncd.work.inspections.actions.checks import may_answer, may_inspect
from cncd.work.inspections.entering import finding_seen, seen
from cncd.work.inspections.forms import AnswerForm, JudgeForm
from cncd.work.inspections.lists import FindingList, InspectionList
from cncd.work.inspections.models import Finding, Inspection
from cncd.work.inspections.rules import ANSWER, JUDGE, share_met, turn_of
from cncd.work.inspections.wording import RESULT_TONES, STATE_TONES, TURN_TONES, TURNS


@allow("inspections.view")
def listed(request):
    """Who was inspected, by whom, and what is still to be put right."""
    scope, rows = request.scope, Inspection.objects.visible_to(request.user)
    if scope.place:
        rows = rows.within(scope.place, scope.today)
    if request.GET.get("state") != "withdrawn":
        rows = rows.standing()
    may_plan = request.user.can("inspections.carry_out")
    first = (reverse("inspections:plan"), _("Plan the first inspection →"))
    context = {
        "may_plan": may_plan,
        "may_rule": request.user.can("inspections.rules"),
        "first_step": first if may_plan else None,
    }
    return InspectionList(request, queries.listed(rows, scope.today), context=context).response()


@allow("inspections.view")
def findings(request):
    """What inspections asked to be put right, soonest due first."""
    scope, rows = request.scope, Finding.objects.asked().visible_to(request.user)
    if scope.place:
        inside = Inspection.objects.within(scope.place, scope.today)
        rows = rows.filter(inspection__in=inside)
    return FindingList(request, queries.findings_listed(rows, scope.today)).response()


@allow("inspections.view")
def inspection(request, pk):
    """One inspection whole: who, when, each item with its result; a record when printed."""
    found, day = seen(request, pk), request.scope.today
    rows = list(found.findings.select_related("answerable", "file").prefetch_related("settlements"))
    for row in rows:
        row.tone = RESULT_TONES[row.result]
        row.turn = _turn(row, day) if row.is_unmet and found.closed_at else ""
        row.turn_words, row.turn_tone = TURNS.get(row.turn), TURN_TONES.get(row.turn)
    named = names([found.place_id, found.inspecting_id], day)
    met, looked_at = share_met(row.result for row in rows)
    context = {
        "inspection": found,
        "whom": found.team.name if found.team else named[found.place_id].full_name,
        "commune": named[found.place_id].full_name,
        "by_unit": named[found.inspecting_id].full_name,
        "tone": STATE_TONES[found.state],
        "state": Inspection.State(found.state).label,
        "findings": rows,
        "met": met,
        "looked_at": looked_at,
        "may_inspect": may_inspect(request.user, found.inspecting_id),
        "items": None if found.opened_at else queries.checklist(found.subject, found.planned_on),
    }
    return render(request, "inspections/inspection.html", context)


def _turn(row: Finding, day) -> str:
    turn = turn_of(row.settled_at, [said.verdict for said in row.settlements.all()])
    is_late = not row.settled_at and row.due_on and row.due_on < day
    return "late" if is_late else turn


@allow("inspections.view")
def finding(request, pk):
    """One finding: what was seen, what is to be done, every answer and what was said to it."""
    found, day = finding_seen(request, pk), request.scope.today
    held = found.inspection
    answers = list(found.settlements.select_related("by__person", "verdict_by__person", "file"))
    asked = held.state == Inspection.State.CLOSED and found.is_unmet
    turn = turn_of(found.settled_at, [said.verdict for said in answers]) if asked else ""
    named = names([held.place_id, held.inspecting_id], day)
    context = {
        "finding": found,
        "inspection": held,
        "whom": held.team.name if held.team else named[held.place_id].full_name,
        "by_unit": named[held.inspecting_id].full_name,
        "answers": answers,
        "turn": turn,
        "turn_words": TURNS.get(turn),
        "turn_tone": TURN_TONES.get(turn),
        "is_late": turn in (ANSWER, JUDGE) and found.due_on and found.due_on < day,
    }
    context |= _may(request.user, held, turn, answers)
    return render(request, "inspections/finding.html", context)


def _may(user, held: Inspection, turn: str, answers: list) -> dict:
    """What this person may do with a finding: change it, answer it, judge the answer."""
    mine = may_inspect(user, held.inspecting_id)
    waiting = answers[-1] if turn == JUDGE else None
    own = waiting is not None and waiting.by_id == user.pk
    answers_it = turn in (ANSWER, JUDGE) and may_answer(user, held)
    return {
        "may_change": mine and held.state == Inspection.State.OPEN,
        "answer_form": AnswerForm(auto_id="answer_%s") if answers_it else None,
        "judge_form": JudgeForm(auto_id="judge_%s") if waiting and mine and not own else None,
        "is_own_answer": own and mine,
    }
