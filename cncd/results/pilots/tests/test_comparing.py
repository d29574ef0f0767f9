"""Difference in differences: by hand, under nothing, and when too little is known."""

import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.results.pilots.rules.comparing import CANNOT, ENOUGH, NOT_ENOUGH, Counts, compared
from cncd.results.pilots.rules.student import beyond, quantile


def test_worked_example_by_hand():
    """Three pilot hamlets of 100 households went up by 10, 20, 30; three others by 0, 2, 4.

    Means 20 and 2: the difference is 18 per 100 households. Between hamlets the changes vary by
    100 and 4, but the counts alone would make the second group vary by (10+10+1 + 10+12+1 +
    10+14+1) ÷ 3 = 23, so 23 is taken. Standard error √(100/3 + 23/3) = √41 = 6,4031; degrees of
    freedom 41² ÷ ((100/3)²/2 + (23/3)²/2) = 1681 ÷ 584,94 = 2,87 → 2,8, for which t = 3,3150.
    18 ± 21,23 holds 0: not enough ground.
    """
    pilots = [Counts(10, 20, 100), Counts(10, 30, 100), Counts(10, 40, 100)]
    others = [Counts(10, 10, 100), Counts(10, 12, 100), Counts(10, 14, 100)]
    found = compared(pilots, others)
    assert (found.pilot, found.comparison, found.value) == (20, 2, 18)
    assert found.df == pytest.approx(1681 / ((100 / 3) ** 2 / 2 + (23 / 3) ** 2 / 2))
    reach = quantile(2.8) * math.sqrt(41)
    assert reach == pytest.approx(21.23, abs=0.01)
    assert found.low == pytest.approx(18 - reach)
    assert found.high == pytest.approx(18 + reach)
    assert found.verdict == NOT_ENOUGH


@pytest.mark.parametrize(
    ("df", "t"), [(1, 12.706), (2, 4.303), (4, 2.776), (10, 2.228), (30, 2.042), (100, 1.984)]
)
def test_quantiles_are_those_of_the_tables(df, t):
    assert quantile(df) == pytest.approx(t, abs=0.0006)
    assert beyond(quantile(df), df) == pytest.approx(0.05, abs=1e-6)


def test_a_large_difference_between_many_like_hamlets_is_enough_ground():
    pilots = [Counts(10, 110 + n, 100) for n in range(6)]
    others = [Counts(10, 12 + n, 100) for n in range(6)]
    found = compared(pilots, others)
    assert found.verdict == ENOUGH
    assert found.low > 80


@pytest.mark.parametrize(("n", "m"), [(1, 9), (3, 1)])
def test_with_one_hamlet_on_a_side_nothing_is_worked_out(n, m):
    found = compared([Counts(1, 9, 100)] * n, [Counts(1, 2, 100)] * m)
    assert found.verdict == CANNOT
    assert found.low is None


def test_without_a_side_there_is_no_difference_at_all():
    assert compared([], [Counts(1, 2, 100)]) is None


def test_hamlets_where_nothing_ever_happened_do_not_make_the_interval_a_point():
    found = compared([Counts(0, 0, 100)] * 3, [Counts(0, 0, 100)] * 3)
    assert found.low < 0 < found.high
    assert found.verdict == NOT_ENOUGH


def test_hamlets_that_differ_more_than_chance_are_called_so():
    wild = [Counts(50, 10, 100), Counts(10, 150, 100), Counts(30, 30, 100)]
    assert compared(wild, wild).overdispersion > 10
    calm = [Counts(100, 101, 100), Counts(100, 99, 100)]
    assert compared(calm, calm).overdispersion == 1


counts = st.builds(Counts, st.integers(0, 500), st.integers(0, 500), st.integers(20, 800))
sides = st.lists(counts, min_size=2, max_size=8)


@given(sides, sides)
def test_the_interval_stands_round_the_difference_and_turns_with_the_sides(pilots, others):
    found, turned = compared(pilots, others), compared(others, pilots)
    assert found.low <= found.value <= found.high
    assert turned.low == pytest.approx(-found.high)
    assert turned.high == pytest.approx(-found.low)


@given(sides, sides)
def test_the_order_of_hamlets_says_nothing(pilots, others):
    assert compared(pilots, others).low == pytest.approx(compared(pilots[::-1], others).low)


def _poisson(random: Random, mean: float) -> int:
    if mean > 60:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    left, n = math.exp(-mean), -1
    share = 1.0
    while share > left or n < 0:
        share *= random.random()
        n += 1
    return n


def _hamlet(random: Random, per_100: float, shape: float, trend: float) -> Counts:
    """A hamlet of which the pilot changes nothing: it follows the trend of all hamlets.

    With a `shape` its counts vary more than chance: people of one hamlet are helped together.
    """
    homes = random.randint(80, 400)
    usual = per_100 * random.gammavariate(4, 1 / 4) * homes / 100

    def count(mean: float) -> int:
        return _poisson(random, mean * (random.gammavariate(shape, 1 / shape) if shape else 1))

    return Counts(count(usual), count(usual * trend), homes)


@pytest.mark.parametrize(
    ("pilots", "others", "per_100", "shape", "trend"),
    [
        (3, 6, 20, 0, 1.0),  # the plan's three hamlets, counts that vary by chance alone
        (3, 6, 20, 2, 1.0),  # people helped together: overdispersed
        (3, 6, 20, 1, 1.6),  # wildly so, while all hamlets go up
        (2, 4, 0.5, 2, 1.0),  # fewer hamlets still, where hardly anything happens
        (8, 12, 30, 3, 1.6),  # more of them
    ],
)
def test_of_1000_pilots_without_effect_the_interval_holds_0_in_at_least_93_percent(
    pilots, others, per_100, shape, trend, capsys
):
    random, held = Random(20_221), 0
    for _trial in range(1000):
        one = [_hamlet(random, per_100, shape, trend) for _n in range(pilots)]
        other = [_hamlet(random, per_100, shape, trend) for _n in range(others)]
        found = compared(one, other)
        held += found.low <= 0 <= found.high
    with capsys.disabled():
        words = f"{pilots} against {others}, {per_100} per 100, shape {shape}, trend {trend}"
        print(f"\n  interval holds 0: {held / 10:.1f}% ({words})", end="")  # noqa: T201
    assert held >= 930
