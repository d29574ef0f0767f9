"""How far a promise has come."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from cncd.work.partners import rules

FIRST, END = dt.date(2026, 10, 1), dt.date(2027, 1, 1)
COUNTS = st.integers(0, 500)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1))


@given(st.integers(1, 500), COUNTS)
def test_what_is_done_and_what_is_left_make_the_promise_unless_more_was_done(amount, delivered):
    assert rules.left(amount, delivered) == max(amount - delivered, 0)
    assert 0 <= rules.share(amount, delivered) <= 1
    assert (rules.share(amount, delivered) == 1) == (rules.left(amount, delivered) == 0)


@given(st.integers(1, 500), COUNTS, DAYS)
def test_a_promise_that_is_kept_is_never_late(amount, delivered, day):
    state = rules.state(amount, delivered, FIRST, END, day)
    assert (state == rules.DONE) == (delivered >= amount)


def test_a_promise_passes_from_coming_to_past_due():
    days = ["2026-09-30", "2026-10-01", "2026-12-17", "2026-12-18", "2026-12-31", "2027-01-01"]
    states = [rules.state(5, 1, FIRST, END, dt.date.fromisoformat(day)) for day in days]
    assert states == ["coming", "running", "running", "soon", "soon", "overdue"]
