"""Words for numbers and days, lines that fit, codes, signing forms, words edited and kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.results.paperwork.drawing import Signing
from cncd.results.paperwork.rules import codes
from cncd.results.paperwork.rules.editing import UnknownFigure, edited, fields_of, marked
from cncd.results.paperwork.rules.lines import broken, width_mm
from cncd.results.paperwork.rules.signing import bare_name, lines_of, problems
from cncd.results.paperwork.rules.words import (
    MOST,
    amount_in_words,
    day_in_words,
    day_of_document,
    number_in_words,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (101, "một trăm linh một"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_000_000_000, "hai tỷ"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (-7, "âm bảy"),
    ],
)
def test_numbers_are_said_as_documents_write_them(number, words):
    assert number_in_words(number) == words


def test_amounts_begin_with_a_capital_and_end_with_the_currency():
    assert amount_in_words(1_250_000) == "Một triệu hai trăm năm mươi nghìn đồng"
    assert amount_in_words(0) == "Không đồng"


DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()


def said_plainly(number: int) -> str:
    """A second way to say a number, three digits at a time from the left, each as it is read."""
    said, groups = [], f"{number:,}".split(",")
    for place, group in enumerate(groups):
        power = len(groups) - 1 - place
        unit = ("", "nghìn", "triệu")[power % 3]
        if int(group):
            said += [_group(group, first=place == 0), unit]
        if (
            power
            and power % 3 == 0
            and any(int(each) for each in groups[max(0, place - 2) : place + 1])
        ):
            said.append("tỷ")
    return " ".join(" ".join(said).split())


def _group(group: str, *, first: bool) -> str:
    hundreds, tens, ones = map(int, group.zfill(3))
    words = [] if first and not hundreds else [DIGITS[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words.append("linh")
    elif tens:
        words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones:
        last = {1: "mốt"} if tens > 1 else {}
        words.append((last | ({5: "lăm"} if tens else {})).get(ones, DIGITS[ones]))
    return " ".join(words)


@given(st.one_of(st.integers(1, MOST - 1), st.integers(1, 10**7)))
def test_a_second_reading_says_the_same_words(number):
    assert number_in_words(number) == said_plainly(number)
    assert number_in_words(-number) == f"âm {said_plainly(number)}"


def test_every_number_below_ten_thousand_is_said_as_a_second_reading_says_it():
    assert [n for n in range(1, 10_000) if number_in_words(n) != said_plainly(n)] == []


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_a_day_in_words_says_day_month_and_year(day):
    month = "tư" if day.month == 4 else said_plainly(day.month)
    said = f"ngày {said_plainly(day.day)} tháng {month} năm {said_plainly(day.year)}"
    assert day_in_words(day) == said


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_two_amounts_are_never_said_alike(one, other):
    assert (amount_in_words(one) == amount_in_words(other)) == (one == other)


def test_a_number_beyond_all_budgets_is_refused():
    with pytest.raises(ValueError, match="1000000000000000000"):
        number_in_words(MOST)


def test_days_have_two_digits_and_only_january_and_february_too():
    assert day_of_document(dt.date(2026, 1, 5)) == "ngày 05 tháng 01 năm 2026"
    assert day_of_document(dt.date(2026, 3, 12)) == "ngày 12 tháng 3 năm 2026"
    assert day_of_document(dt.date(2026, 12, 31)) == "ngày 31 tháng 12 năm 2026"
    assert "năm 2026" in day_of_document(None, 2026)
    assert day_in_words(dt.date(2026, 4, 5)).startswith("ngày năm tháng tư năm hai nghìn")


@given(st.lists(st.text("ABCDEGHIKLMNOPQRSTUVXYĐƠƯÂÊÔ", min_size=1, max_size=12), min_size=1))
def test_lines_keep_all_words_and_fit(words):
    lines = broken(" ".join(words), 60, 12, bold=True)
    assert " ".join(lines).split() == words
    assert all(width_mm(line, 12, bold=True) <= 60 or " " not in line for line in lines)


def test_a_long_agency_breaks_before_its_unit():
    name = "ỦY BAN NHÂN DÂN THỊ TRẤN LỊCH HỘI THƯỢNG"
    assert broken(name, 72, 12, bold=True) == ["ỦY BAN NHÂN DÂN", "THỊ TRẤN LỊCH HỘI THƯỢNG"]
    assert broken("SỞ Y TẾ\nTỈNH", 72, 12) == ["SỞ Y TẾ", "TỈNH"]


def test_codes_are_read_however_they_are_typed():
    code = codes.new_code()
    assert codes.read(f" {codes.shown(code).lower()} ") == code
    assert codes.read("K7M4") == codes.read("K7M4P2Q0") == ""


@pytest.mark.parametrize(
    ("signing", "lines"),
    [
        (
            Signing("CHỦ TỊCH", "A", "ỦY BAN NHÂN DÂN"),
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        (
            Signing("PHÓ CHỦ TỊCH", "A", "ỦY BAN NHÂN DÂN", "KT", "CHỦ TỊCH"),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (
            Signing("CHÁNH VĂN PHÒNG", form="TL", head="CHỦ TỊCH"),
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ),
        (Signing("GIÁM ĐỐC", form="TUQ", head="CHỦ TỊCH"), ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC")),
        (Signing("GIÁM ĐỐC", form="Q"), ("Q. GIÁM ĐỐC",)),
        (Signing("TỔ TRƯỞNG"), ("TỔ TRƯỞNG",)),
    ],
)  # fmt: skip
def test_each_form_of_signing_has_its_lines(signing, lines):
    assert lines_of(signing) == lines
    assert problems(signing) == []


def test_no_degree_stands_before_the_name_of_a_signer():
    for written, bare in (
        ("PGS.TS. Trần Văn Hùng", "Trần Văn Hùng"),
        ("ThS Lê Thị Tám", "Lê Thị Tám"),
        ("Đ/c Ông Ích Khiêm", "Ông Ích Khiêm"),
        ("Tsân A Cẩu", "Tsân A Cẩu"),
    ):
        assert bare_name(written) == bare


def test_a_form_that_speaks_of_a_head_names_one():
    assert problems(Signing("PHÓ GIÁM ĐỐC", form="KT")) == ["head"]


# -- editing ---------------------------------------------------------------------------------------

FIGURES = ["12", "12", "98%"]
WORDS = {
    "bases": [["Căn cứ thứ nhất"], ["Theo số ", 2]],
    "addressees": ["UBND huyện"],
    "body": [
        {"t": "article", "lead": "Điều 1.", "w": ["Có ", 0, " Tổ và ", 1, " xã"]},
        {"t": "table", "heads": ["A"], "rows": [[[2]]]},
        {"t": "text", "w": ["Kết thúc"]},
    ],
    "annexes": [{"title": "Biểu", "landscape": False, "body": [{"t": "text", "w": ["Phụ"]}]}],
    "recipients": ["Như trên"],
}


def sent(**changes):
    fields = {each.key: each.text for each in fields_of(WORDS, FIGURES)}
    return fields | {key.replace("_", "."): text for key, text in changes.items()}


def test_words_sent_unchanged_stay_as_they_were():
    assert edited(WORDS, FIGURES, sent()) == WORDS


def test_a_figure_stays_bound_when_words_around_it_change():
    made = edited(WORDS, FIGURES, sent(body_0="Cả thảy «12» Tổ, «12» xã"))
    assert made["body"][0]["w"] == ["Cả thảy ", 0, " Tổ, ", 1, " xã"]


def test_a_line_more_is_a_paragraph_more_and_an_empty_field_goes_away():
    made = edited(WORDS, FIGURES, sent(body_0="Một «12»\nHai", body_2=""))
    assert [block["t"] for block in made["body"]] == ["article", "text", "table"]
    assert made["body"][1]["w"] == ["Hai"]


def test_figures_cannot_be_written_by_hand():
    with pytest.raises(UnknownFigure) as refusal:
        edited(WORDS, FIGURES, sent(body_0="Có «13» Tổ"))
    assert (refusal.value.key, refusal.value.text) == ("body.0", "13")


@given(st.lists(st.one_of(st.text("abc «»".replace("«»", ""), min_size=1), st.integers(0, 2))))
def test_marks_lead_back_to_the_same_reading(runs):
    text = marked(runs, FIGURES)
    words = WORDS | {"body": [{"t": "text", "w": [*runs, 0, 1, 2]}]}
    made = edited(words, FIGURES, {"body.0": text})
    read = marked(made["body"][0]["w"], FIGURES) if made["body"] else ""
    assert read == " ".join(text.split())
