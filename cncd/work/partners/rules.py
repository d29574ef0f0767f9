"""How far a promise has come; pure."""

import datetime as dt

COMING, DONE, SOON, RUNNING, OVERDUE = "coming", "done", "soon", "running", "overdue"
NEAR = dt.timedelta(days=14)


def left(amount: int, delivered: int) -> int:
    """How much of the promise is still to do; never less than nothing."""
    return max(amount - delivered, 0)


def share(amount: int, delivered: int) -> float:
    """What is done of the promise, from 0 to 1; more than promised is still 1."""
    return min(delivered / amount, 1.0)


def state(amount: int, delivered: int, since_on: dt.date, until_on: dt.date, day: dt.date) -> str:
    """done, coming, overdue, soon (two weeks or less are left) or running; `until_on` is open."""
    if delivered >= amount:
        return DONE
    if day < since_on:
        return COMING
    if day >= until_on:
        return OVERDUE
    return SOON if until_on - day <= NEAR else RUNNING


def best(strengths) -> str:
    """Of good, weak and none the best that is told; "" where nothing is."""
    told = set(strengths)
    return next((each for each in ("good", "weak", "none") if each in told), "")


def differ(stated: int | None, other: int | None) -> bool:
    """Whether both sides gave a number and the numbers are not the same."""
    return stated is not None and other is not None and stated != other
