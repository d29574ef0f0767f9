"""What partners say they delivered, and what the units say to that."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from cncd.work.partners.models import Pledge, Statement

State = Statement.State


class Said(NamedTuple):
    """The sums of the statements of one promise."""

    stated: int = 0  # as the partner says
    confirmed: int = 0  # as the unit says: confirmed, and its own numbers where it differs
    waiting: int = 0  # statements the unit has not spoken of
    disputed: int = 0  # statements the unit disputes
    is_said: bool = False


NOTHING_SAID = Said()


def said_of(pledges: Iterable[Pledge]) -> dict:
    """Pledge id → what both sides say; one query."""
    ids = [pledge.pk for pledge in pledges]
    rows = Statement.objects.filter(pledge__in=ids, withdrawn_at=None)
    of_each = defaultdict(list)
    for pledge, *row in rows.order_by().values_list("pledge", "amount", "unit_amount", "state"):
        of_each[pledge].append(row)
    return {pk: _sum(of_each[pk]) if pk in of_each else NOTHING_SAID for pk in ids}


def _sum(rows: list) -> Said:
    return Said(
        sum(amount for amount, _unit, _state in rows),
        sum(_counts(*row) for row in rows),
        sum(state == State.STATED for *_numbers, state in rows),
        sum(state == State.DISPUTED for *_numbers, state in rows),
        True,
    )


def _counts(amount: int, unit_amount: int | None, state: str) -> int:
    """How much of a statement counts as delivered: nothing until the unit has spoken."""
    if state == State.CONFIRMED:
        return amount
    return unit_amount or 0 if state == State.DISPUTED else 0
