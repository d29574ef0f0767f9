"""How marks, weights and classes add up, and whose turn an evaluation is; no database, no clock."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

BEST = Decimal(10)  # of one criterion
WHOLE = 100  # what the weights add up to, and the best total
TENTH = Decimal("0.1")
SELF, COMMUNE, DECIDE, DECIDED = "self", "commune", "decide", "decided"
EARLIER = {SELF: (), COMMUNE: (SELF,), DECIDE: (COMMUNE, SELF)}  # what a step is compared with


@dataclass(frozen=True)
class Mark:
    """What one step gives for one criterion: 0 to 10, or that it does not apply."""

    mark: Decimal | None = None
    is_na: bool = False
    note: str = ""

    @property
    def is_given(self) -> bool:
        return self.is_na or self.mark is not None


def points(mark: Decimal, weight: int) -> Decimal:
    """What a mark brings when every criterion applies, two decimals."""
    return (mark * weight / BEST).quantize(Decimal("0.01"), ROUND_HALF_UP)


def total_of(marks: Iterable[tuple[int, Mark]]) -> Decimal | None:
    """The weighted total from 0 to 100, one decimal, halves up; rounded once, at the end.

    `marks` are (weight, mark). What does not apply is left out and the other weights stand for the
    whole; None when nothing applies.
    """
    counted = [(weight, held.mark) for weight, held in marks if held.mark is not None]
    whole = sum(weight for weight, _mark in counted)
    if not whole:
        return None
    total = sum(weight * mark for weight, mark in counted) * WHOLE / (whole * BEST)
    return Decimal(total).quantize(TENTH, ROUND_HALF_UP)


def grade_of(total: Decimal, grades: Iterable[tuple[Decimal, object]]):
    """The best class whose threshold the total reaches; None when it reaches none."""
    reached = [(least, grade) for least, grade in grades if total >= least]
    return max(reached, key=lambda row: row[0])[1] if reached else None


def are_far(one: Mark | None, other: Mark | None, far: int) -> bool:
    """Whether two steps differ so much that a reason is asked: `far` marks, or one "not applicable"
    against a mark.
    """
    if one is None or other is None or not (one.is_given and other.is_given):
        return False
    if one.is_na or other.is_na:
        return one.is_na != other.is_na
    return abs(one.mark - other.mark) >= far


def step_of(self_at, commune_at, decided_at) -> str:
    """The step an evaluation waits for."""
    if decided_at:
        return DECIDED
    if commune_at:
        return DECIDE
    return COMMUNE if self_at else SELF


def is_open(step: str, *, self_at, commune_at, decided_at, previous_due: dt.date | None,
            today: dt.date) -> bool:  # fmt: skip
    """Whether a step may be written: the one before was sent, or its day has passed.

    A team may change its own marks until the commune has sent; nothing changes once decided.
    """
    if decided_at:
        return False
    if step == SELF:
        return not commune_at
    before = self_at if step == COMMUNE else commune_at
    return bool(before) or (previous_due is not None and today > previous_due)


def weight_problem(weights: Iterable[int]) -> int | None:
    """What the weights add up to, when that is not 100."""
    total = sum(weights)
    return None if total == WHOLE else total
