"""Checks: rules between figures. They warn and ask for a reason; they never block."""

import string
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from .adding import Value, as_number, is_stated
from .showing import show_number

AT_MOST, JUMP = "at_most", "jump"
MONTHS_BEFORE_A_JUMP = 3
PLACEHOLDERS = frozenset({"left", "value", "right", "limit", "factor"})


class CheckRow(NamedTuple):
    """A check as data: measure codes and short names, and what it says."""

    code: str
    kind: str
    left: str
    right: str
    factor: int
    floor: int
    message: str
    left_name: str
    right_name: str
    scale: int = 1  # stored units in one shown unit; the floor is in shown units


class Finding(NamedTuple):
    """A warning about one figure; the reporter gives a reason or corrects it."""

    check: str
    measure: str
    message: str


def placeholders(message: str) -> set[str]:
    """Lists the {words} of a check's message; raises ValueError when a brace is unmatched."""
    return {
        name for _text, name, _spec, _conv in string.Formatter().parse(message) if name is not None
    }


def check_figures(
    checks: Iterable[CheckRow],
    figures: Mapping[str, Value],
    history: Mapping[str, Sequence[Value]] | None = None,
) -> list[Finding]:
    """Evaluates every check on one report's figures, given each measure's earlier months.

    `history` holds values oldest first, without the month being checked.
    """
    found = (_evaluate(check, figures, history or {}) for check in checks)
    return [finding for finding in found if finding]


def _evaluate(check: CheckRow, figures, history) -> Finding | None:
    value = figures.get(check.left)
    if not is_stated(value):
        return None
    limit = (
        _most(check, figures)
        if check.kind == AT_MOST
        else _usual(check, history.get(check.left, ()))
    )
    number = as_number(value)
    if limit is None or number <= limit or number < check.floor * check.scale:
        return None
    words = {
        "left": check.left_name,
        "right": check.right_name,
        "value": show_number(number, check.scale),
        "limit": show_number(limit, check.scale),
        "factor": show_number(check.factor),
    }
    return Finding(check.code, check.left, check.message.format_map(words))


def _most(check: CheckRow, figures) -> int | None:
    right = figures.get(check.right)
    return check.factor * as_number(right) if is_stated(right) else None


def _usual(check: CheckRow, earlier: Sequence[Value]) -> float | None:
    """Factor × the median of the last 3 months; silent unless all three were reported."""
    last = earlier[-MONTHS_BEFORE_A_JUMP:]
    if len(last) < MONTHS_BEFORE_A_JUMP or not all(map(is_stated, last)):
        return None
    return check.factor * median(map(as_number, last))
