"""When people are reminded: a step at a time, never back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.people.news import AFTER, due_moment, due_step, is_evening

VIETNAM = dt.timezone(dt.timedelta(hours=7))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (at(27, 7, 59), None),
        (at(27, 8), 3),
        (at(28, 12), 3),
        (at(29, 7, 59), 3),
        (at(29, 8), 1),
        (at(30, 7), 1),
        (at(30, 8), 0),
        (at(30, 23, 59), 0),
        (at(1, 7, 59, month=12), None),
        (at(1, 8, month=12), AFTER),
        (at(3, 7, 59, month=12), AFTER),
        (at(3, 8, month=12), None),
    ],
)
def test_reminders_have_their_turn_one_after_the_other(now, step):
    assert due_step(at(30, 23, 59), now) == step


def test_a_report_due_in_the_small_hours_is_not_reminded_of_when_it_is_too_late():
    assert due_step(at(30, 7), at(30, 6)) == 1
    assert due_step(at(30, 7), at(30, 9)) is None


@given(st.integers(0, 20 * 24 * 60), st.integers(0, 20 * 24 * 60))
def test_as_time_goes_by_reminders_never_go_back(first, second):
    early, late = sorted((first, second))
    steps = [due_step(at(30, 17), at(16, 0) + dt.timedelta(minutes=m)) for m in (early, late)]
    if None not in steps:
        assert steps[0] >= steps[1]


def test_the_evening_is_that_of_the_due_day():
    assert is_evening(at(30, 17), at(30, 19), 19)
    assert not is_evening(at(30, 17), at(30, 18, 59), 19)
    assert not is_evening(at(30, 17), at(29, 20), 19)


def test_a_due_day_that_moved_is_another_moment():
    assert due_moment(at(30, 23, 59), 3) == "T-3 2026-11-30"
    assert due_moment(at(30, 23, 59), AFTER) == "T+1 2026-11-30"
