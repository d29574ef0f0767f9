"""How teams are compared fairly: a sum an official can redo with a pencil (IV.3).

People helped ÷ months in existence ÷ households × 100 is what a team does for each 100 households
in a month. What makes a place harder adds so many percent. The result is set against the middle
team: who reaches it has the whole 100, and more brings nothing, so that volume wins no ranking and
padding no point. The score is the plain average of the parts that are known.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import cos, hypot, radians
from statistics import median

WHOLE = 100
TENTH = Decimal("0.1")
KM_A_DEGREE = 111.2


@dataclass(frozen=True)
class Steps:
    """From where a place counts as harder; what each hardship adds, and at most, in percent."""

    elderly: int = 30
    language: int = 30
    far: int = 8  # km
    adds: int = 10
    most: int = 30


@dataclass(frozen=True)
class Place:
    """What is known about the place and the people helped; None where nobody knows."""

    has_gaps: bool | None = None  # the register knows of a gap in signal or fibre
    km: int | None = None  # to the nearest town as the crow flies, whole km; 0 in a town
    elderly: int | None = None  # percent of those helped
    language: int | None = None  # percent of those helped in Khmer or Chinese


GAPS, FAR, ELDERLY, LANGUAGE = "gaps", "far", "elderly", "language"


def hardships(place: Place, steps: Steps) -> list[str]:
    """What makes the place harder, as far as known."""
    reached = {
        GAPS: place.has_gaps,
        FAR: place.km is not None and place.km >= steps.far,
        ELDERLY: place.elderly is not None and place.elderly >= steps.elderly,
        LANGUAGE: place.language is not None and place.language >= steps.language,
    }
    return [name for name, is_so in reached.items() if is_so]


def hardness(place: Place, steps: Steps) -> int:
    """How many percent are added to what was done there."""
    return min(steps.most, steps.adds * len(hardships(place, steps)))


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (latitude, longitude in degrees); exact enough nearby."""
    narrower = cos(radians((one[0] + other[0]) / 2))
    return hypot(one[0] - other[0], (one[1] - other[1]) * narrower) * KM_A_DEGREE


def months_in_force(ends: Iterable[dt.date], since_on: dt.date, until_on: dt.date | None) -> int:
    """Of months with these last days, those on whose last day the team was in force."""
    return sum(since_on <= end and (until_on is None or end < until_on) for end in ends)


def share(part: int, whole: int) -> int | None:
    """Whole percent, halves up; None of nothing."""
    return None if not whole else int(_rounded(Fraction(part * WHOLE, whole), Decimal(1)))


def rate(people: int, months: int, households: int | None, hard: int) -> Decimal | None:
    """People for each 100 households in a month, harder places raised; one decimal, halves up.

    None where nobody counted the households, or the team did not exist.
    """
    if not households or months < 1:
        return None
    return _rounded(Fraction(people * WHOLE * (WHOLE + hard), months * households * WHOLE))


def middle(rates: Iterable[Decimal | None]) -> Decimal | None:
    """The rate of the middle team, of two in the middle their mean; None when none is known."""
    known = [value for value in rates if value is not None]
    return _rounded(Fraction(median(known))) if known else None


def reach(own: Decimal | None, usual: Decimal | None) -> int | None:
    """How far a team comes toward the middle one, in percent, at most 100."""
    if own is None or not usual:
        return None
    return min(WHOLE, int(_rounded(Fraction(own) * WHOLE / Fraction(usual), Decimal(1))))


def score(parts: Sequence[Decimal | int | None], least: int) -> Decimal | None:
    """The plain average of the known parts, one decimal, halves up; None of fewer than `least`."""
    known = [Fraction(part) for part in parts if part is not None]
    return _rounded(sum(known) / len(known)) if len(known) >= max(1, least) else None


def _rounded(value: Fraction, to: Decimal = TENTH) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(to, ROUND_HALF_UP)
