"""When campaigns run: by whole months, through month ends and leap years."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.directives.rules.campaigns import (
    CANCELLED,
    ENDED,
    MONTHS,
    PLANNED,
    RUNNING,
    Course,
    Span,
    state,
)
from cncd.work.directives.rules.reminding import fitting

days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@st.composite
def courses(draw):
    since = draw(days)
    first = Span(since, since + dt.timedelta(days=draw(st.integers(1, 40))))
    repeats = draw(st.sampled_from(list(MONTHS)))
    ends = draw(st.none() | st.integers(1, 900)) if repeats else None
    return Course(first, repeats, ends and since + dt.timedelta(days=ends))


@given(courses(), days)
def test_the_latest_time_and_the_next_are_those_of_the_whole_list(course, on):
    many = 200 if course.repeats else 1
    spans = [span for number in range(many) if (span := course.nth(number))]
    assert all(a.since < b.since and a.since < a.until for a, b in pairwise(spans))
    begun = [each for each in enumerate(spans) if each[1].since <= on]
    later = [span for span in spans if span.since > on]
    assert course.latest(on) == (begun[-1] if begun else None)
    assert course.next(on) == (later[0] if later else None)


def test_a_theme_of_a_whole_month_fills_every_month():
    course = Course(Span(day("2026-11-01"), day("2026-12-01")), "month")
    assert course.nth(1) == (day("2026-12-01"), day("2027-01-01"))
    assert course.nth(3) == (day("2027-02-01"), day("2027-03-01"))


def test_a_day_that_a_month_lacks_is_its_last_one():
    course = Course(Span(day("2027-01-31"), day("2027-02-03")), "month")
    assert course.nth(1).since == day("2027-02-28")
    assert course.nth(2).since == day("2027-03-31")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-09-30", PLANNED),
        ("2026-10-01", RUNNING),
        ("2026-10-10", RUNNING),
        ("2026-10-11", PLANNED),  # between two times
        ("2027-01-05", RUNNING),
        ("2027-01-11", ENDED),
    ],
)
def test_a_campaign_stands_by_its_days(on, expected):
    first = Span(day("2026-10-01"), day("2026-10-11"))
    course = Course(first, "quarter", day("2027-04-01"))
    assert state(course, day(on)) == expected
    assert state(course, day(on), is_cancelled=True) == CANCELLED


def test_long_lists_are_cut_and_say_how_many_more():
    assert fitting(["a", "b"], "và # nữa", 3) == ["a", "b"]
    assert fitting(list("abcde"), "và # nữa", 3) == ["a", "b", "và 3 nữa"]
