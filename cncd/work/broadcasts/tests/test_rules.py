"""Days of a broadcast: counting without walking gives what walking gives."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cncd.work.broadcasts.rules import Days, tidy_weekdays

DAY = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
WEEKDAYS = st.sets(st.sampled_from("1234567")).map(lambda found: "".join(sorted(found)))


@given(DAY, DAY, WEEKDAYS, DAY, DAY)
def test_counting_is_walking(since, last, weekdays, first, end):
    days = Days(since, last, weekdays)
    assert days.count(first, end) == len(list(days.between(first, end)))


def test_weekdays_are_in_order_and_all_seven_are_none():
    assert tidy_weekdays("531") == "135"
    assert tidy_weekdays("7654321") == ""


def test_a_month_has_nine_mondays_and_wednesdays():
    days = Days(dt.date(2026, 11, 1), dt.date(2026, 11, 30), "13")
    assert days.all == 9
