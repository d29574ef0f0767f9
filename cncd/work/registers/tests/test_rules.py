import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.registers.rules import (
    BROKEN,
    LISTED,
    PLANNED,
    VERIFIED,
    WITHDRAWN,
    NotSo,
    Span,
    holds_a_number,
    months_after,
    moved,
)

DAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "STK 0701 0000 12345",
        "9704.1234.5678.9012",
        "gọi 0912345678",
        "số 07010000123",
        "tk 12-345-678-90",
    ],
)
def test_long_numbers_of_accounts_and_phones_are_seen(text):
    assert holds_a_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "ký ngày 20/10/2026, hết hạn 20.10.2029",
        "doanh thu 12.000.000 đồng",
        "Quyết định 1234/QĐ-UBND",
        "HTX 19/5",
        "cao 1 m, nặng 500 g, 24 hộp",
        "",
    ],
)
def test_days_amounts_and_numbers_of_decisions_are_let_through(text):
    assert not holds_a_number(text)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2023, 2, 1), 36, dt.date(2026, 2, 1)),
        (dt.date(2024, 2, 29), 36, dt.date(2027, 3, 1)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 3, 1)),
        (dt.date(2026, 12, 15), 1, dt.date(2027, 1, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_first_after_a_short_month(day, months, later):
    assert months_after(day, months) == later


def test_a_second_change_on_one_day_takes_the_place_of_the_first():
    life = moved([Span(LISTED, DAY - dt.timedelta(days=9))], VERIFIED, DAY)
    assert moved(life, BROKEN, DAY) == [
        Span(LISTED, DAY - dt.timedelta(days=9), DAY),
        Span(BROKEN, DAY),
    ]


def test_a_change_taken_back_the_same_day_leaves_no_trace():
    begun = [Span(LISTED, DAY - dt.timedelta(days=9))]
    assert moved(moved(begun, BROKEN, DAY), LISTED, DAY) == begun


def test_checking_again_does_not_begin_a_new_span():
    life = [
        Span(LISTED, DAY, DAY + dt.timedelta(days=1)),
        Span(VERIFIED, DAY + dt.timedelta(days=1)),
    ]
    assert moved(life, VERIFIED, DAY + dt.timedelta(days=30)) == life


def test_a_day_before_the_last_change_is_refused_and_named():
    with pytest.raises(NotSo) as refused:
        moved([Span(LISTED, DAY)], VERIFIED, DAY - dt.timedelta(days=1))
    assert refused.value.field == "on"
    assert "22/11/2026" in str(refused.value.message)


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (None, VERIFIED),
        (PLANNED, VERIFIED),
        (PLANNED, BROKEN),
        (PLANNED, PLANNED),
        (LISTED, PLANNED),
        (VERIFIED, PLANNED),
        (BROKEN, PLANNED),
        (WITHDRAWN, VERIFIED),
        (WITHDRAWN, BROKEN),
        (WITHDRAWN, WITHDRAWN),
    ],
)
def test_ways_there_are_not_are_refused_in_words(state, to):
    with pytest.raises(NotSo) as refused:
        moved([Span(state, DAY)] if state else [], to, DAY)
    assert str(refused.value.message)


STEPS = st.lists(
    st.tuples(
        st.sampled_from([PLANNED, LISTED, VERIFIED, BROKEN, WITHDRAWN]),
        st.integers(min_value=-3, max_value=5),
    ),
    max_size=40,
)


@given(STEPS)
def test_a_life_is_ordered_without_gaps_and_ends_in_the_last_state(steps):
    life, day, state = [], DAY, None
    for to, days in steps:
        try:
            life = moved(life, to, day + dt.timedelta(days=days))
        except NotSo:
            continue  # refused: nothing changes
        day, state = max(day, day + dt.timedelta(days=days)), to
        assert life[-1] == Span(state, life[-1].since_on)
    for span, following in pairwise(life):
        assert span.since_on < span.until_on == following.since_on
        assert span.state != following.state
