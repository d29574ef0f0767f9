"""Targets against figures: how far, and what is still to be handed down."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from .adding import FLOW, Value, as_number, is_stated

RATIO = "ratio"


class Progress(NamedTuple):
    """`share` is done ÷ asked; None where it can't be said, and `met` where nobody judges."""

    share: Fraction | None
    met: bool | None


def progress(value: Value | Fraction, target: int, kind: str, direction: int = 1) -> Progress:
    """Compares a figure with its target: a ratio (1 = 100%) with whole percents, else as they are.

    direction 1: reached at or above; -1: reached at or below; 0: nobody judges.
    """
    if not is_stated(value):
        return Progress(None, None)
    done = value if isinstance(value, Fraction) else Fraction(as_number(value))
    if kind == RATIO:
        if not isinstance(value, Fraction):  # nothing to divide: không phát sinh
            return Progress(None, None)
        done *= 100
    share = done / target if target else None
    if direction == 0:
        return Progress(share, None)
    return Progress(share, done >= target if direction > 0 else done <= target)


def months_between(since: dt.date, until: dt.date) -> int:
    """Counts the calendar months that the days [since, until) touch, at least one."""
    last = until - dt.timedelta(days=1)
    return max(1, (last.year - since.year) * 12 + last.month - since.month + 1)


def whole_target(value: int, *, kind: str, per_month: bool, months: int) -> int:
    """Gives what a target asks over its whole span: only a monthly flow multiplies."""
    return value * months if per_month and kind == FLOW else value


def month_target(value: int, *, kind: str, per_month: bool, months: int) -> int:
    """Gives what a target asks of one month, rounded up; a stock or ratio asks the same always."""
    return value if per_month or kind != FLOW else -(-value // months)


def undistributed(given: int, handed_down: Iterable[int]) -> int:
    """Gives what of a target has not been handed down yet; negative when more was given out."""
    return given - sum(handed_down)
