"""What a decision keeps for ever: marks of every step, the evidence, what is fair to know."""

from cncd.work.evaluations.evidence import evidence_of
from cncd.work.evaluations.grounds import ground_of
from cncd.work.evaluations.models import Evaluation


def frozen(evaluation: Evaluation) -> dict:
    """The evaluation as plain values, evidence of this moment included."""
    held = evaluation.round
    criteria = list(held.rules.criteria.all())
    codes = {code for each in criteria for code in each.evidence}
    figures = evidence_of([evaluation.team], held.first_day, held.last_day, codes)
    figures = figures[evaluation.team_id]
    scores = list(evaluation.scores.all())
    return {
        "ground": ground_of([evaluation], held)[evaluation.pk].as_content(),
        "totals": {
            name: str(getattr(evaluation, f"{name}_total"))
            for name in ("self", "commune", "decided")
            if getattr(evaluation, f"{name}_total") is not None
        },
        "criteria": [
            {
                "id": each.pk,
                "name": each.name,
                "weight": each.weight,
                "marks": {
                    row.step: {"mark": _text(row.mark), "na": row.is_na, "note": row.note}
                    for row in scores
                    if row.criterion_id == each.pk
                },
                "evidence": [
                    figures[code].as_content() for code in each.evidence if code in figures
                ],
            }
            for each in criteria
        ],
    }


def _text(mark) -> str | None:
    return None if mark is None else str(mark)
