"""What is true of sums of money without a database; pure."""

import re
from collections.abc import Hashable, Iterable
from typing import NamedTuple

FIRST_YEAR = 2020
KEEPERS = ("commune", "district", "province")  # levels whose units keep a book
# A run this long is no amount, no day and no number of a paper: likely an account's or a card's.
ACCOUNT = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8,18}(?!\d)")
GROUPED = re.compile(r"\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*")
PHONE_OR_DAY = re.compile(r"0\d{9}|\d{1,2}[.-]\d{1,2}[.-]\d{4}")


class Plan(NamedTuple):
    """Whole đồng planned and spent."""

    budget: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """What may still be spent; nothing where more was spent than planned."""
        return max(self.budget - self.spent, 0)

    @property
    def over(self) -> int:
        """What was spent beyond the plan."""
        return max(self.spent - self.budget, 0)

    @property
    def share(self) -> float | None:
        """Spent as a fraction of planned; None where nothing was planned."""
        return self.spent / self.budget if self.budget else None

    def plus(self, other: "Plan") -> "Plan":
        return Plan(self.budget + other.budget, self.spent + other.spent)


def grouped(lines: Iterable[tuple[Hashable, Plan]]) -> dict[Hashable, Plan]:
    """The sums of lines that have the same key."""
    found: dict[Hashable, Plan] = {}
    for key, line in lines:
        found[key] = found.get(key, Plan()).plus(line)
    return found


def names_an_account(text: str) -> bool:
    """Whether the text seems to hold the number of an account: never kept here."""
    return any(
        not GROUPED.fullmatch(found[0]) and not PHONE_OR_DAY.fullmatch(found[0])
        for found in ACCOUNT.finditer(text)
    )


def cost_per(spent: int | None, result: int | None) -> int | None:
    """đồng per result, to the nearest whole; None where it cannot be said."""
    if not spent or not result:
        return None
    return (2 * spent + result) // (2 * result)
