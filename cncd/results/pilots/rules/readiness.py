"""What has to be in place before there are teams in every hamlet: conditions, simply counted."""

from dataclasses import dataclass

WITHOUT, LEADERS, ACCOUNTS, TRAINED, CHANNEL, HOUSEHOLDS, CONNECTED, BUDGET, OFFICER = (
    "without",
    "leaders",
    "accounts",
    "trained",
    "channel",
    "households",
    "connected",
    "budget",
    "officer",
)
CONDITIONS = (
    LEADERS,
    ACCOUNTS,
    TRAINED,
    CHANNEL,
    HOUSEHOLDS,
    CONNECTED,
    BUDGET,
    OFFICER,
)


@dataclass(frozen=True)
class Cell:
    """`have` of `of`; met when all are there and there is something to have."""

    have: int
    of: int
    address: str = ""

    @property
    def is_met(self) -> bool:
        return self.of > 0 and self.have >= self.of

    @property
    def share(self) -> float:
        """From 0 to 1; where there is nothing to have, 0."""
        return self.have / self.of if self.of else 0.0


def met(cells: dict[str, Cell]) -> int:
    """How many of the conditions are met; each counts the same."""
    return sum(cells[name].is_met for name in CONDITIONS)


def added(parts: list[dict[str, Cell]]) -> dict[str, Cell]:
    """The cells of several units together: what they have, of what they need."""
    return {
        name: Cell(sum(p[name].have for p in parts), sum(p[name].of for p in parts))
        for name in (WITHOUT, *CONDITIONS)
    }
