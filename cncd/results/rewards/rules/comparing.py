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
from statistics import median

WHOLE = 100
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Steps:
    """From which share a place counts as harder, what each hardship adds, and at most; percents."""

    elderly: int = 30
    language: int = 30
    adds: int = 10
    most: int = 30


@dataclass(frozen=True)
class Place:
    """What is known about the place and the people helped; None where nobody knows."""

    has_gaps: bool | None = None  # the register knows of a gap in signal or fibre
    elderly: int | None = None  # percent of those helped
    language: int | None = None  # percent of those helped in Khmer or Chinese


GAPS, ELDERLY, LANGUAGE = "gaps", "elderly", "language"


def hardships(place: Place, steps: Steps) -> list[str]:
    """What makes the place harder, as far as known."""
    found = [GAPS] if place.has_gaps else []
    if place.elderly is not None and place.elderly >= steps.elderly:
        found.append(ELDERLY)
    if place.language is not None and place.language >= steps.language:
        found.append(LANGUAGE)
    return found


def hardness(place: Place, steps: Steps) -> int:
    """How many percent are added to what was done there."""
    return min(steps.most, steps.adds * len(hardships(place, steps)))


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
