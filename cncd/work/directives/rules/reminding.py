"""What is said to remind somebody, in few lines; pure."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

MOST_LINES = 20  # of one text for a group on Zalo
AROUND = 5  # head, greeting and link


class Owed(NamedTuple):
    """One thing owed, as far as a reminder tells it."""

    what: str
    unit: str
    due_on: dt.date
    words: str  # "quá hạn 3 ngày", "còn 2 ngày"


def fitting(lines: Sequence[str], rest: str, most: int = MOST_LINES - AROUND) -> list[str]:
    """The lines, the last of them `rest` (with # for how many more) when they are too many."""
    lines = list(lines)
    if len(lines) <= most:
        return lines
    kept = lines[: most - 1]
    return [*kept, rest.replace("#", str(len(lines) - len(kept)))]
