"""Difference in differences on counts: did the pilot hamlets change more than the others?

For each hamlet the change of its count per 100 households is taken, so that months of one hamlet,
which resemble each other, give one number. Hamlets of one commune and side are averaged first: they
share an officer, a market day, a flood, and are no independent witnesses. What varies is then the
commune, not the person; the uncertainty is taken from the differences between communes, and is
never less than chance alone gives to counts of that size.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import floor, sqrt
from statistics import fmean, variance

from cncd.results.pilots.rules.student import quantile

PER = 100  # households
FEWEST = 2  # communes on each side: fewer show no difference between communes
ENOUGH, NOT_ENOUGH, CANNOT = "enough", "not_enough", "cannot"
SEEN = 0.6  # an effect is seen in 8 of 10 pilots: 10% miss it on either side of ± this confidence


@dataclass(frozen=True)
class Counts:
    """What one hamlet counted before and after, in equally many days, and its households.

    `commune`: hamlets with the same one are averaged; None stands for itself.
    """

    before: int
    after: int
    households: int
    commune: int | None = None

    @property
    def change(self) -> float:
        """Of the count, per 100 households."""
        return (self.after - self.before) * PER / self.households

    @property
    def chance(self) -> float:
        """The variance that chance alone gives to `change`: a count varies by itself (Poisson).

        One is added, since a hamlet that counted nothing is not certain to count nothing again.
        """
        return (self.before + self.after + 1) * (PER / self.households) ** 2


@dataclass(frozen=True)
class Side:
    """One side: the mean change of its communes, how much these vary, what it counted in all."""

    hamlets: int
    communes: int
    change: float
    spread: float  # variance between communes, no less than chance alone
    chance: float
    before: float  # mean of the hamlets, per 100 households
    after: float

    @property
    def part(self) -> float:
        """The variance of the mean."""
        return self.spread / self.communes


@dataclass(frozen=True)
class Difference:
    """Per 100 households. `low` and `high` (95%) are None when there are too few communes."""

    pilots: Side
    others: Side
    low: float | None = None
    high: float | None = None
    df: float | None = None
    detectable: float | None = None  # a true effect so large is seen in 8 of 10 pilots like this

    @property
    def value(self) -> float:
        return self.pilots.change - self.others.change

    @property
    def verdict(self) -> str:
        """Enough ground to say that it differs, not enough, or nothing can be worked out.

        Not enough ground never means that the pilot had no effect.
        """
        if self.low is None:
            return CANNOT
        return NOT_ENOUGH if self.low <= 0 <= self.high else ENOUGH

    @property
    def overdispersion(self) -> float:
        """How much more communes differ than chance alone would have them; 1: no more."""
        sides = self.pilots, self.others
        return max(1.0, fmean(s.spread for s in sides) / fmean(s.chance for s in sides))

    @property
    def turns_by_ratio(self) -> bool:
        """Whether "times as many" would say the opposite of "so many more".

        So it is when the sides began at different heights: no conclusion survives that.
        """
        if not all((self.pilots.before, self.others.before, self.value)):
            return False
        grown = self.pilots.after / self.pilots.before - self.others.after / self.others.before
        return grown * self.value < 0


def compared(pilots: list[Counts], others: list[Counts]) -> Difference | None:
    """The difference with its interval (Welch's t, by communes); None when a side is empty."""
    if not pilots or not others:
        return None
    sides = _side(pilots), _side(others)
    if min(side.communes for side in sides) < FEWEST:
        return Difference(*sides)
    error = sqrt(sum(side.part for side in sides))
    df = error**4 / sum(side.part**2 / (side.communes - 1) for side in sides)
    df = floor(df * 10) / 10
    value, reach = sides[0].change - sides[1].change, quantile(df) * error
    return Difference(*sides, value - reach, value + reach, df, reach + quantile(df, SEEN) * error)


def _side(rows: list[Counts]) -> Side:
    by_commune = defaultdict(list)
    for number, row in enumerate(rows):
        by_commune[("alone", number) if row.commune is None else row.commune].append(row)
    groups = by_commune.values()
    means = [fmean(row.change for row in group) for group in groups]
    chance = fmean(fmean(row.chance for row in group) / len(group) for group in groups)
    apart = variance(means) if len(means) > 1 else 0.0
    return Side(
        len(rows), len(means), fmean(means), max(apart, chance), chance,
        *(fmean(getattr(row, name) * PER / row.households for row in rows)
          for name in ("before", "after")),
    )  # fmt: skip
