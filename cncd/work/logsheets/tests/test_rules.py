"""What is printed and written on paper, without a database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.logsheets.rules import (
    ALPHABET,
    SheetOf,
    WrongCode,
    day_written,
    parts_written,
    read_code,
    sheet_code,
)

TEAMS = st.integers(1, 500_000)
MONTHS = st.dates(dt.date(2020, 1, 1), dt.date(2063, 12, 31)).map(lambda day: f"{day:%Y-%m}")


def is_refused(code: str) -> bool:
    try:
        read_code(code)
    except WrongCode:
        return True
    return False


@given(TEAMS, MONTHS)
def test_a_code_is_read_back_however_it_is_typed(team, month):
    code = sheet_code(team, month)
    for typed in (
        code,
        code.lower(),
        f" {code.replace('-', ' ')} ",
        f"https://x.vn/logsheets/{code}/",
    ):
        assert read_code(typed) == SheetOf(team, month)


@given(TEAMS, MONTHS)
def test_every_single_wrong_sign_and_every_swap_of_neighbours_is_caught(team, month):
    code = sheet_code(team, month).replace("-", "")
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            assert is_refused(code[:place] + wrong + code[place + 1 :])
        swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
        assert swapped == code or is_refused(swapped)


def test_no_sign_is_taken_for_another_or_changed_by_vietnamese_typing():
    assert not set(ALPHABET) & set("01IOLZS" + "AEUY" + "DW")


@pytest.mark.parametrize("typed", ["", "-", "3H", "3H9-5JĐ", "OIL-012", "x" * 300])
def test_what_is_no_code_is_refused_in_words(typed):
    with pytest.raises(WrongCode):
        read_code(typed)


@pytest.mark.parametrize(
    ("text", "day"), [("7", (11, 7)), ("07", (11, 7)), ("7/11", (11, 7)), ("7.11.26", (11, 7))]
)
def test_a_day_is_a_bare_number_or_a_date(text, day):
    assert day_written(text, dt.date(2026, 11, 1), dt.date(2026, 11, 30)) == dt.date(2026, *day)


def test_in_a_month_from_the_15th_to_the_14th_a_bare_number_names_one_day():
    span = (dt.date(2026, 10, 15), dt.date(2026, 11, 14))
    assert day_written("20", *span) == dt.date(2026, 10, 20)
    assert day_written("3", *span) == dt.date(2026, 11, 3)
    for text in ("31/11", "20/11", "0", "hôm qua"):
        with pytest.raises(ValueError, match=r"ngày|Từ"):
            day_written(text, *span)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("4", [("4", None)]),
        ("4=3, 1=2", [("4", 3), ("1", 2)]),
        ("4 (3); Zalo 2", [("4", 3), ("Zalo", 2)]),
        ("4x12 + 7", [("4", 12), ("7", None)]),
        ("04:05", [("04", 5)]),  # what Excel makes of 4:5
        ("Dịch vụ công trực tuyến 3", [("Dịch vụ công trực tuyến", 3)]),
    ],
)
def test_a_cell_names_several_works_with_their_counts(text, parts):
    assert parts_written(text) == parts
