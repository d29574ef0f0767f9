"""How figures add up over units and over months. One law per kind, the same everywhere.

A value is a whole number, NONE ("không phát sinh": stated, adds as 0) or None (not reported).
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from cncd.foundation.kit.counting import NONE

Value = int | str | None

FLOW, STOCK, DISTINCT = "flow", "stock", "distinct"

# Why a figure over several months is empty although months were reported.
LAST_MISSING = "last_missing"
NOT_ADDITIVE = "not_additive"


class OverTime(NamedTuple):
    """A figure over several months; `reason` says why it is empty, n of N months stated it."""

    value: Value | Fraction
    reason: str
    stated: int
    asked: int


def is_stated(value: Value) -> bool:
    """Says whether somebody reported it: a number, 0 or "không phát sinh"."""
    return value is not None


def as_number(value: Value) -> int:
    """Gives the number that a value adds: 0 for "không phát sinh" and for silence."""
    return value if isinstance(value, int) else 0


def completeness(values: Iterable[Value]) -> tuple[int, int]:
    """Counts how many of the values were stated, out of how many."""
    values = list(values)
    return sum(map(is_stated, values)), len(values)


def add_over_space(values: Iterable[Value]) -> Value:
    """Adds what disjoint units state: silence is left out, all "không phát sinh" stays so."""
    stated = [value for value in values if is_stated(value)]
    if not stated:
        return None
    if all(value == NONE for value in stated):
        return NONE
    return sum(map(as_number, stated))


def add_over_time(kind: str, values: Sequence[Value], recounted: Value = None) -> OverTime:
    """Adds one unit's values of consecutive months, oldest first, by the law of their kind.

    flow: sum. stock: the last value; when the last month is silent nothing is carried forward.
    distinct: one month as it is; several only when the household list gives `recounted`.
    """
    stated, asked = completeness(values)
    if kind == FLOW:
        return OverTime(add_over_space(values), "", stated, asked)
    if kind == STOCK:
        last = values[-1] if values else None
        silent = stated > 0 and last is None
        return OverTime(last, LAST_MISSING if silent else "", stated, asked)
    if asked == 1:
        return OverTime(values[0], "", stated, asked)
    reason = NOT_ADDITIVE if recounted is None and stated else ""
    return OverTime(recounted, reason, stated, asked)


def ratio(num: Value, den: Value) -> Fraction | str | None:
    """Divides one figure by another, exactly; 1 is 100%.

    Denominator 0 or "không phát sinh" → NONE; numerator or denominator not reported → None.
    """
    if den is None:
        return None
    if as_number(den) == 0:
        return NONE
    return None if num is None else Fraction(as_number(num), as_number(den))


def ratio_over_time(
    num_kind: str, nums: Sequence[Value], den_kind: str, dens: Sequence[Value]
) -> OverTime:
    """Gives a ratio over months: each side follows its own kind, then one division, no average.

    `value` is a Fraction (or NONE, or None with the reason of the side that can't be added).
    """
    num, den = add_over_time(num_kind, nums), add_over_time(den_kind, dens)
    reason = num.reason or den.reason
    stated = min(num.stated, den.stated)
    return OverTime(None if reason else ratio(num.value, den.value), reason, stated, num.asked)
