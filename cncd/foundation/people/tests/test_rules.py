import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.people import rules

MOBILES = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)
SIGNS = st.sampled_from(["", " ", ".", "-", "  ", "/"])


@given(MOBILES, st.lists(SIGNS, min_size=10, max_size=10))
def test_a_number_written_with_any_signs_is_the_same_number(number, signs):
    written = "".join(digit + sign for digit, sign in zip(number, signs, strict=True))
    assert rules.normal_phone(written) == number


@given(MOBILES, st.sampled_from(["+84", "84", "0084", "+84 ", "(+84) ", "+840"]))
def test_the_country_code_stands_for_the_zero(number, code):
    assert rules.normal_phone(code + number[1:]) == number


@given(MOBILES)
def test_normalising_twice_changes_nothing(number):
    assert rules.normal_phone(rules.normal_phone(number)) == number


def test_landlines_have_eleven_digits():
    assert rules.normal_phone("0299 3822 123") == "02993822123"
    assert rules.spaced_phone("02993822123") == "0299 3822 123"


@pytest.mark.parametrize(
    "text", ["", "123", "0123", "09123456789", "091234567a", "1900 1234", "0112345678"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(rules.BadPhone):
        rules.normal_phone(text)


def test_mobile_numbers_of_before_2018_are_told_apart():
    with pytest.raises(rules.OldPhone):
        rules.normal_phone("0168 123 4567")


@given(MOBILES)
def test_a_masked_number_does_not_give_the_number_away(number):
    masked = rules.masked_phone(number)
    assert masked.startswith(number[:3])
    assert masked.endswith(number[-3:])
    assert sum(sign.isdigit() for sign in masked) == 6


@pytest.mark.parametrize("login", ["ha", "lan", "lan.nguyen", "to-31552", "a1", "x_y"])
def test_these_are_login_names(login):
    assert rules.is_login_name(login)


@pytest.mark.parametrize(
    "login", ["", "a", "0912345678", "12", "lan nguyen", "Lan", "-lan", "lan.", "hằng", "a" * 61]
)
def test_these_are_not(login):
    assert not rules.is_login_name(login)


@given(st.text(max_size=40))
def test_what_was_typed_is_never_both_a_login_name_and_a_number(text):
    login, phone = rules.what_was_typed(text)
    assert not (phone and rules.is_login_name(login))
    assert rules.what_was_typed(login)[0] == login


DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2030, 1, 1))


@given(DAYS, DAYS, DAYS, DAYS)
def test_within_means_no_day_outside(since, until, outer_since, outer_until):
    days = {since + dt.timedelta(n) for n in range((until - since).days)}
    outer = {outer_since + dt.timedelta(n) for n in range((outer_until - outer_since).days)}
    if days and outer:
        assert rules.within(since, until, outer_since, outer_until) == (days <= outer)


def test_something_without_end_fits_only_into_something_without_end():
    day = dt.date(2026, 1, 1)
    assert rules.within(day, None, day, None)
    assert not rules.within(day, None, day, dt.date(2027, 1, 1))
