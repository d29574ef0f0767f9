"""Which courses a draft plan holds: the largest gaps first, as far as capacity and money reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cncd.work.training.rules.gaps import Gap


class Stop(StrEnum):
    """What kept a draft from covering a gap whole."""

    COURSES = "courses"
    BUDGET = "budget"
    NONE = ""


@dataclass(frozen=True)
class Limits:
    """What a unit can hold in a year; money in whole đồng, None where there is no limit."""

    places: int  # in one course
    cost: int  # of one course
    courses: int
    budget: int | None = None


@dataclass(frozen=True)
class Proposal:
    """Courses proposed for a topic, and how many members still find no place."""

    topic: int
    gap: Gap
    covered: int  # seats that units below hold in their own plans
    classes: int
    places: int
    cost: int
    stop: Stop

    @property
    def left(self) -> int:
        return max(self.gap.lacking - self.covered, 0) - self.places


def proposals(gaps: Iterable[tuple[int, Gap, int]], limits: Limits) -> list[Proposal]:
    """(topic, gap, seats held below) in the catalogue's order → proposals, largest gap first.

    Of equal gaps the one that more members lack comes first, then the catalogue's order. A gap
    under one point asks for nothing. What finds no course at all stays in the list with none.
    """
    ranked = sorted(gaps, key=lambda each: (-each[1].points, -each[1].lacking))
    found, courses, money = [], limits.courses, limits.budget
    for topic, gap, covered in ranked:
        if gap.points < 1:
            continue
        proposal = _proposal(topic, gap, covered, limits, courses, money)
        courses -= proposal.classes
        money = None if money is None else money - proposal.cost
        found.append(proposal)
    return found


def _proposal(topic: int, gap: Gap, covered: int, limits: Limits, courses: int, money: int | None):
    seats = max(gap.lacking - covered, 0)
    wanted = -(-seats // limits.places)
    affordable = wanted if money is None or not limits.cost else money // limits.cost
    chosen = min(wanted, courses, affordable)
    stop = Stop.NONE
    if chosen < wanted:
        stop = Stop.COURSES if courses <= affordable else Stop.BUDGET
    places = min(seats, chosen * limits.places)
    return Proposal(topic, gap, covered, chosen, places, chosen * limits.cost, stop)
