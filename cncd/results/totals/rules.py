"""How figures add up over units: sums that remember what they are made of."""

from operator import add
from typing import NamedTuple

from cncd.foundation.kit.counting import NONE, Value

ACCEPTED, SENT, PROVISIONAL, STATED, NOTHING = range(5)
COUNTS = ("teams", "due", "on_time", "late", "waiting", "returned", "accepted")


class Sum(NamedTuple):
    """One figure of a place: three sums, and how many reporters said a number or "none"."""

    accepted: int = 0
    sent: int = 0
    provisional: int = 0
    stated: int = 0
    nothing: int = 0

    def value(self, *, with_provisional: bool = False) -> Value | None:
        """The figure to show: a number, "none" when all who spoke said so, None when nobody did."""
        amount = self.accepted + self.sent
        if with_provisional and self.provisional:
            return amount + self.provisional
        if self.stated:
            return amount
        return NONE if self.nothing else None


def of_one(value: Value, column: int) -> list[int]:
    """The figure of one reporter, put in its column; provisional ones state nothing."""
    figure = [0, 0, 0, 0, 0]
    if value == NONE:
        figure[NOTHING] = int(column != PROVISIONAL)
    else:
        figure[column] = value
        figure[STATED] = int(column != PROVISIONAL)
    return figure


def add_into(total: dict[str, list[int]], figures: dict[str, list[int]]) -> None:
    """Adds the figures to the total, code by code, column by column."""
    for code, figure in figures.items():
        held = total.get(code)
        if held is None:
            total[code] = list(figure)
        else:
            held[:] = map(add, held, figure)


def team_figures(standing: str, figures: dict[str, Value], registry: dict[str, int]) -> dict:
    """A team's figures as sums. What registers know needs no report and is never provisional."""
    column = {"accepted": ACCEPTED, "sent": SENT}.get(standing, PROVISIONAL)
    found = {code: of_one(value, column) for code, value in figures.items()}
    for code, value in registry.items():
        if code not in found or column == PROVISIONAL:
            found[code] = of_one(value, ACCEPTED)
    return found


def team_counts(*, state: str, is_due: bool, is_on_time: bool | None) -> dict:
    """The team's share in the counts of the places above it."""
    return {
        "teams": 1,
        "due": int(is_due),
        "on_time": int(is_due and is_on_time is True),
        "late": int(is_due and is_on_time is False),
        "waiting": int(state == "sent"),
        "returned": int(state == "returned"),
        "accepted": int(state in ("accepted", "locked")),
    }


def add_counts(parts) -> dict[str, int]:
    total = dict.fromkeys(COUNTS, 0)
    for part in parts:
        for name in COUNTS:
            total[name] += part.get(name, 0)
    return total
