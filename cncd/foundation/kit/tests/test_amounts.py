import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.kit import figures
from cncd.foundation.kit.amounts import MOST, AmountField, NotAnAmount, read_amount

READ = {
    "1.250.000": 1_250_000,
    "1250000": 1_250_000,
    "1 250 000 đ": 1_250_000,
    "1.250.000 đồng": 1_250_000,
    "1,25 triệu": 1_250_000,
    "1,25 TRIỆU ĐỒNG": 1_250_000,
    "12,5 tr": 12_500_000,
    "0,5 tỷ": 500_000_000,
    "1 tỷ 200 triệu": 1_200_000_000,
    "1.250 triệu": 1_250_000_000,
    "500 nghìn": 500_000,
    "500k": 500_000,
}
REFUSED = [
    "",
    "abc",
    "-5 triệu",
    "1,5",
    "1.250.00",
    "2 triệu 500",
    "1 triệu 2 tỷ",
    "1,2345678 triệu",
]


def test_amounts_are_read_as_people_write_them():
    assert {text: read_amount(text) for text in READ} == READ


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_be_understood_in_two_ways_is_refused(text):
    with pytest.raises(NotAnAmount):
        read_amount(text)


@given(st.integers(0, MOST))
def test_what_is_shown_is_read_back(amount):
    assert read_amount(figures.number(amount)) == read_amount(str(amount)) == amount
    assert read_amount(f"{amount} nghìn") == amount * 1_000


@pytest.mark.parametrize(("text", "code"), [("5", "small"), ("200 tỷ", "large"), ("x", "invalid")])
def test_absurd_amounts_are_refused(text, code):
    with pytest.raises(forms.ValidationError) as refused:
        AmountField().clean(text)
    assert refused.value.code == code


def test_nothing_is_nothing_where_it_may_be_left_out():
    assert AmountField(required=False).clean(" ") is None
    assert AmountField().prepare_value(1_250_000) == "1.250.000"
