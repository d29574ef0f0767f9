"""Weights, rounding, classes: the worked example of the guide, and what always holds."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from cncd.work.evaluations import rules
from cncd.work.evaluations.rules import Mark

WEIGHTS = (10, 15, 20, 15, 10, 10, 5, 10, 5)


def total(*given):
    marks = [Mark(None, is_na=True) if m is None else Mark(Decimal(str(m))) for m in given]
    return rules.total_of(zip(WEIGHTS, marks, strict=True))


def test_the_worked_example():
    """9, 8, 8.5, 7, 8, 10, 5, 10, 6 → 9 + 12 + 17 + 10.5 + 8 + 10 + 2.5 + 10 + 3 = 82.0."""
    assert total(9, 8, 8.5, 7, 8, 10, 5, 10, 6) == Decimal("82.0")
    assert rules.points(Decimal("8.5"), 20) == Decimal("17.00")


def test_what_does_not_apply_leaves_its_weight_to_the_others():
    """Without selling (15%): 71.5 of 85 → 84.117… → 84.1."""
    assert total(9, 8, 8.5, None, 8, 10, 5, 10, 6) == Decimal("84.1")
    assert total(*[None] * 9) is None


def test_halves_are_rounded_up_once_at_the_end():
    pairs = [(33, Mark(Decimal("7.5"))), (67, Mark(Decimal("8")))]
    assert rules.total_of(pairs) == Decimal("78.4")  # 24.75 + 53.6 = 78.35
    assert rules.total_of([(50, Mark(Decimal("4.5"))), (50, Mark(Decimal("4.51")))]) == Decimal(
        "45.1"
    )  # 45.05


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 20)), min_size=1, max_size=12))
def test_the_total_lies_between_the_lowest_and_the_highest_mark(pairs):
    found = rules.total_of((weight, Mark(Decimal(half) / 2)) for weight, half in pairs)
    halves = [half * 5 for _weight, half in pairs]
    assert min(halves) - Decimal("0.05") <= found <= max(halves) + Decimal("0.05")


def test_a_class_begins_at_its_threshold():
    grades = [(Decimal(90), "A"), (Decimal(70), "B"), (Decimal(50), "C"), (Decimal(0), "D")]
    found = {total: rules.grade_of(Decimal(total), grades) for total in ("90", "89.9", "70", "0")}
    assert found == {"90": "A", "89.9": "B", "70": "B", "0": "D"}


def test_far_apart_is_a_difference_of_marks_or_of_whether_it_applies():
    seven, nine, none = Mark(Decimal(7)), Mark(Decimal(9)), Mark(None, is_na=True)
    assert rules.are_far(seven, nine, 2)
    assert not rules.are_far(seven, nine, 3)
    assert rules.are_far(seven, none, 5)
    assert not rules.are_far(none, none, 1)
    assert not rules.are_far(seven, Mark(), 1)


def test_a_step_opens_when_the_one_before_was_sent_or_its_day_has_passed():
    due, day = dt.date(2026, 11, 25), dt.timedelta(days=1)
    held = {"self_at": None, "commune_at": None, "decided_at": None}
    opens = lambda step, today, **sent: rules.is_open(  # noqa: E731
        step, **held | sent, previous_due=due, today=today
    )
    assert opens("self", due)
    assert not opens("commune", due)
    assert opens("commune", due + day)
    assert opens("commune", due, self_at=1)
    assert not opens("self", due, commune_at=1)
    assert not opens("decide", due, self_at=1)
    assert opens("decide", due, commune_at=1)
    assert not opens("decide", due + day, commune_at=1, decided_at=1)
