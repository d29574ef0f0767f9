"""What follows from evidence: without a database or a clock."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

GIVEN, ACKNOWLEDGED, WORKING, WAITING = "given", "acknowledged", "working", "waiting"
DONE, EXEMPT, PASSED = "done", "exempt", "passed"
LEFT_OUT = {EXEMPT, PASSED}


class Proof(NamedTuple):
    """How much of what is needed is there, since when it is all there, what waits for a check."""

    progress: int
    needed: int
    done_on: dt.date | None = None
    waits: bool = False
    begun: bool = False  # something was done, though nothing counts yet

    @property
    def is_whole(self) -> bool:
        return self.done_on is not None


class Standing(NamedTuple):
    """The derived columns of an obligation."""

    status: str
    progress: int
    needed: int
    done_on: dt.date | None


def day_complete(steps: Iterable[tuple[dt.date, int]], needed: int) -> dt.date | None:
    """The day on which the sum of what happened day by day reaches what is needed; None: not yet.

    The order in which things were written down does not matter.
    """
    total = 0
    for day, amount in sorted(steps):
        total += amount
        if total >= needed > 0:
            return day
    return None


def proof_of_steps(steps: Iterable[tuple[dt.date, int]], needed: int) -> Proof:
    """Activities: what they add up to, and the day on which it was enough."""
    steps = list(steps)
    return Proof(sum(amount for _day, amount in steps), needed, day_complete(steps, needed))


def proof_of_parts(parts: Iterable[Standing]) -> Proof:
    """A unit whose teams are asked: done when each that still owes it has done it, with the last.

    Those exempt or passed on are left out; where nobody is left there is nothing to show.
    """
    counted = [part for part in parts if part.status not in LEFT_OUT]
    done = [part.done_on for part in counted if part.status == DONE]
    whole = bool(counted) and len(done) == len(counted)
    begun = any(part.status in (WORKING, WAITING) for part in counted)
    return Proof(len(done), len(counted), max(done) if whole else None, begun=begun)


def standing_of(
    proof: Proof,
    *,
    given_on: dt.date,
    acknowledged: bool = False,
    exempt: bool = False,
    passed: bool = False,
) -> Standing:
    """The status that follows from the evidence: never "done" without it.

    Passed on and exempt hold whatever the evidence says. What was there before it was asked is
    done on the day it was asked.
    """
    status = _status(proof, acknowledged, exempt, passed)
    done_on = max(proof.done_on, given_on) if status == DONE else None
    return Standing(status, proof.progress, proof.needed, done_on)


def _status(proof: Proof, acknowledged: bool, exempt: bool, passed: bool) -> str:
    if passed:
        return PASSED
    if exempt:
        return EXEMPT
    if proof.is_whole:
        return DONE
    if proof.waits:
        return WAITING
    if proof.progress or proof.begun:
        return WORKING
    return ACKNOWLEDGED if acknowledged else GIVEN
