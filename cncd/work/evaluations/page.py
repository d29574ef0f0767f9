"""One team's evaluation as its page and its forms show it: three marks and the evidence."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from cncd.work.evaluations import rules
from cncd.work.evaluations.actions.scoring import marks_of
from cncd.work.evaluations.evidence import Evidence, evidence_of
from cncd.work.evaluations.models import Criterion, Evaluation, Step
from cncd.work.evaluations.rules import Mark

SENT = {Step.SELF: "self_at", Step.COMMUNE: "commune_at", Step.DECIDE: "decided_at"}


@dataclass(frozen=True)
class Line:
    """One criterion: the marks of the three steps, the evidence, whether the steps lie apart."""

    criterion: Criterion | dict
    marks: list[Mark | None]
    evidence: list
    is_far: bool = False


def lines_of(row: Evaluation, *, own_step: str | None = None) -> list[Line]:
    """The criteria in order; marks not yet sent show to those whose step it is alone.

    What was decided comes from the frozen content, evidence included.
    """
    last = row.decisions.filter(reopened_at=None).first() if row.decided_at else None
    if last:
        return [_frozen_line(each) for each in last.content["criteria"]]
    held = row.round
    criteria, marks = list(held.rules.criteria.all()), marks_of(row)
    codes = {code for each in criteria for code in each.evidence}
    figures = evidence_of([row.team], held.first_day, held.last_day, codes)[row.team_id]
    shown = [step for step in SENT if getattr(row, SENT[step]) or step == own_step]
    return [
        Line(
            each,
            [marks[step].get(each.pk) if step in shown else None for step in SENT],
            [figures[code] for code in each.evidence if code in figures],
            _far(each, marks, shown, held.rules.far),
        )
        for each in criteria
    ]


def _far(criterion, marks, shown, far: int) -> bool:
    given = [marks[step].get(criterion.pk) for step in shown]
    return any(rules.are_far(one, other, far) for one, other in pairwise(given))


def _frozen_line(each: dict) -> Line:
    marks = [_frozen_mark(each["marks"].get(step)) for step in SENT]
    evidence = [
        Evidence(**{**held, "parts": tuple(tuple(part) for part in held["parts"])})
        for held in each["evidence"]
    ]
    return Line({"name": each["name"], "weight": each["weight"]}, marks, evidence)


def _frozen_mark(held: dict | None) -> Mark | None:
    if held is None:
        return None
    mark = None if held["mark"] is None else Decimal(held["mark"])
    return Mark(mark, held["na"], held["note"])
