"""Which listings are looked at again, and what the answers say of all: no database, no clock."""

import datetime as dt
import math
import random
from collections.abc import Sequence
from typing import NamedTuple

LONGEST_SHARE = 0.6  # of a round goes to what was never checked, or longest ago
SURE = 1.959964  # standard deviations that hold 95 in 100 cases


class Candidate(NamedTuple):
    """A listing that may be drawn."""

    id: str
    checked_on: dt.date | None


def drawn(candidates: Sequence[Candidate], size: int, seed: int) -> list[str]:
    """The ids of a round: the longest unchecked first, the rest at random; the seed redraws it.

    Those never checked come before all others; among equals chance decides. The order given in
    does not matter.
    """
    chance = random.Random(seed)  # noqa: S311  a draw to be repeated, no secret
    shuffled = sorted(candidates, key=lambda each: each.id)
    chance.shuffle(shuffled)
    oldest = sorted(shuffled, key=lambda each: each.checked_on or dt.date.min)
    first = oldest[: math.ceil(size * LONGEST_SHARE)]
    taken = {each.id for each in first}
    rest = [each for each in shuffled if each.id not in taken]
    return [each.id for each in [*first, *rest][:size]]


class Share(NamedTuple):
    """How many of those looked at were right, and between what shares all of them may lie."""

    right: int
    checked: int
    low: float
    high: float


def share(right: int, checked: int) -> Share | None:
    """The share that was right with its 95% range (Wilson); None before anything was checked."""
    if not checked:
        return None
    part, z2 = right / checked, SURE * SURE
    middle = (part + z2 / (2 * checked)) / (1 + z2 / checked)
    spread = part * (1 - part) / checked + z2 / (4 * checked * checked)
    half = SURE * math.sqrt(spread) / (1 + z2 / checked)
    return Share(right, checked, max(middle - half, 0.0), min(middle + half, 1.0))
