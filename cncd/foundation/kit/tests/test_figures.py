import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.kit import figures


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1234, "1.234"),
        (-41220, "-41.220"),
        (1234567, "1.234.567"),
        (1234.5, "1.234,5"),
        (0.1 + 0.2, "0,3"),
        (2.0, "2"),
        (1200.0, "1.200"),
        (Decimal("12.345"), "12,34"),
        (Decimal("100"), "100"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value, written):
    assert figures.number(value) == written


def test_a_number_of_places_can_be_asked_for():
    assert figures.number(2, 1) == "2,0"


def test_english_pages_write_english_numbers():
    with translation.override("en"):
        assert figures.number(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("fraction", "written"),
    [
        (0, "0%"),
        (1, "100%"),
        (757 / 775, "98%"),
        (0.005, "0,1%"),
        (0.9999, "99,9%"),
        (774.9 / 775, "99,9%"),
        (1.004, "100,4%"),
        (12.5, "1.250%"),
        (0.00001, "0,1%"),
    ],
)
def test_percentages_come_from_fractions(fraction, written):
    assert figures.percent(fraction) == written


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_only_all_is_100_percent_and_only_none_is_0(pair):
    part, whole = pair
    with translation.override("vi"):
        shown = figures.percent(Decimal(part) / Decimal(whole))
    assert (shown == "100%") == (part == whole)
    assert (shown == "0%") == (part == 0)


def test_days_and_moments_are_those_of_vietnam():
    moment = dt.datetime(2026, 11, 21, 17, 30, tzinfo=dt.UTC)
    assert figures.day(moment) == "22/11/2026"
    assert figures.daytime(moment) == "00:30 22/11/2026"
    assert figures.day(dt.date(2026, 3, 2)) == "02/03/2026"
    assert figures.daytime(timezone.make_naive(moment)) == "00:30 22/11/2026"


def test_what_has_no_value_is_a_dash_to_the_eye_and_words_to_the_ear():
    shown = figures.nothing()
    assert ">–<" in shown
    assert "không có số liệu" in shown


def test_zero_is_a_value():
    assert not figures.is_blank(0)
    assert figures.is_blank(None)
    assert figures.is_blank("")
