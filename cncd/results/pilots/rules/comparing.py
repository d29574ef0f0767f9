"""Difference in differences on counts: did the pilot hamlets change more than the others?

For each hamlet the change of its count per 100 households is taken; then the pilot hamlets' mean
change minus the comparison hamlets' mean change. What varies is the hamlet, not the person: people
of one hamlet are helped together (the counts are overdispersed), so the uncertainty is taken from
the differences between hamlets, and is never less than chance alone gives to counts of that size.
"""

from dataclasses import dataclass
from math import floor, sqrt
from statistics import fmean, variance

from cncd.results.pilots.rules.student import quantile

PER = 100  # households
FEWEST = 2  # hamlets on each side: fewer show no difference between hamlets
ENOUGH, NOT_ENOUGH, CANNOT = "enough", "not_enough", "cannot"


@dataclass(frozen=True)
class Counts:
    """What one hamlet counted before and after, in equally many days, and its households."""

    before: int
    after: int
    households: int

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
class Difference:
    """Per 100 households. `low` and `high` (95%) are None when there are too few hamlets."""

    pilot: float
    comparison: float
    pilots: int
    comparisons: int
    low: float | None = None
    high: float | None = None
    df: float | None = None
    overdispersion: float = 1.0  # how much more hamlets differ than chance alone would have them

    @property
    def value(self) -> float:
        return self.pilot - self.comparison

    @property
    def verdict(self) -> str:
        """Enough ground to say that it differs, not enough, or nothing can be worked out.

        Not enough ground never means that the pilot had no effect.
        """
        if self.low is None:
            return CANNOT
        return NOT_ENOUGH if self.low <= 0 <= self.high else ENOUGH


def compared(pilots: list[Counts], others: list[Counts]) -> Difference | None:
    """The difference with its interval (Welch's t, by hamlets); None when a side is empty."""
    if not pilots or not others:
        return None
    means = fmean(row.change for row in pilots), fmean(row.change for row in others)
    sizes = len(pilots), len(others)
    if min(sizes) < FEWEST:
        return Difference(*means, *sizes)
    spreads = [_spread(pilots), _spread(others)]
    parts = [spread / size for spread, size in zip(spreads, sizes, strict=True)]
    error = sqrt(sum(parts))
    df = sum(parts) ** 2 / sum(
        part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True)
    )
    reach = quantile(floor(df * 10) / 10) * error
    value = means[0] - means[1]
    chance = fmean(row.chance for row in (*pilots, *others))
    return Difference(
        *means, *sizes, value - reach, value + reach, df, max(1.0, fmean(spreads) / chance)
    )


def _spread(rows: list[Counts]) -> float:
    """The variance of a hamlet's change: as hamlets differ, but no less than chance alone."""
    return max(variance([row.change for row in rows]), fmean(row.chance for row in rows))
