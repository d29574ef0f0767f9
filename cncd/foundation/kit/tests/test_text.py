"""Searching and sorting Vietnamese: the keys stored beside names."""

import random
import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.kit.text import expand, fold, nfc, person_sort_key, sort_key, tidy

VOWELS = "aăâeêioôơuưy"
TONE_MARKS = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONE_MARKS]
LETTERS += list("bcdđghklmnpqrstvxfjwz")
WRITTEN = [*LETTERS, *(letter.upper() for letter in LETTERS), *" 0123456789-_,.'()/"]
vietnamese = st.text(st.sampled_from(WRITTEN), max_size=24)

IN_ORDER = [
    "1 Tháng 5",
    "An",
    "an lạc",
    "An Lạc Tây",
    "An Lạc Thôn",
    "Ăn",
    "Ân",
    "Cù Lao Dung",
    "Dương",
    "Đại Ân 1",
    "Đại Ân 2",
    "Đông",
    "Hoa",
    "Hòa",
    "Hỏa",
    "Hõa",
    "Hóa",
    "Họa",
    "Lịch Hội Thượng",
    "Long Đức",
    "Long Phú",
    "Ngã Năm",
    "Ô Môn",
    "Ơi",
    "Phường 1",
    "Phường 10",
    "Phường 2",
    "Trần Đề",
    "Trần Đề A",
    "Uyên",
    "Ưng",
    "Vĩnh Châu",
    "Xuân Hòa",
    "Ý Yên",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tran de", "Trần Đề"),
        ("TRẦN ĐỀ", "Trần Đề"),
        ("Trần Đề", unicodedata.normalize("NFD", "Trần Đề")),
        ("Hoà Bình", "Hòa Bình"),
        ("Thuỷ", "Thủy"),
        ("Hòa Tú II", "Hoà Tú 2"),
        ("Hoà Tú ii", "hoa tu 2"),
        ("Hòa Tú I", "Hòa Tú 1"),
        ("Phường VI", "phường 6"),
        ("Phường 01", "Phường 1"),
        ("Đại Ân  2", "Đại Ân 2"),
        ("Đại\u00a0Ân 2", "đại ân 2"),
        ("CNCĐ_Hòa Tú II_Mỹ Xuyên", "cncd hoa tu 2 my xuyen"),
        ("M’Đrắk", "M'Đrắk"),
        ("Huỳnh", "huynh"),
    ],
)
def test_spellings_of_one_name_fold_to_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Vị Thanh", "vi thanh"),
        ("vi thanh", "vi thanh"),
        ("Ý Yên", "y yen"),
        ("Ia Grai", "ia grai"),
        ("x", "x"),
        ("0912345678", "0912345678"),
        ("31552.001", "31552.001"),
        ("ភូមិ", "ភូមិ"),
        ("", ""),
    ],
)
def test_what_only_looks_like_a_numeral_or_a_mark_stays(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_composed_and_decomposed_text_fold_and_sort_alike(text):
    for form in ("NFC", "NFD"):
        same = unicodedata.normalize(form, text)
        assert fold(same) == fold(text)
        assert sort_key(same) == sort_key(text)
        assert person_sort_key(same) == person_sort_key(text)
        assert tidy(same) == tidy(text)


@given(st.text(max_size=40))
def test_kept_text_is_composed_and_loses_no_line(text):
    assert unicodedata.is_normalized("NFC", nfc(text))
    assert nfc(nfc(text)) == nfc(text)
    assert nfc(text).count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "name",
    [
        "CNCĐ ấp Mỹ Phước",
        "CNSCĐ ấp Mỹ Phước",
        "Tổ CNCĐ ấp Mỹ Phước",
        "Tổ công nghệ số cộng đồng ấp Mỹ Phước",
        "Tổ chuyển đổi số cộng đồng ấp Mỹ Phước",
        "Tổ công nghệ cộng đồng ấp Mỹ Phước",
        "to cong nghe so cong dong ap my phuoc",
    ],
)
def test_every_name_of_the_team_is_one_in_search(name):
    assert expand(name) == "cncd ap my phuoc"


@pytest.mark.parametrize("typed", ["tổ công nghệ", "Tổ công nghệ số", "tổ chuyển đổi số cộng"])
def test_a_name_still_being_typed_already_finds_teams(typed):
    assert expand(typed) == "cncd"


def test_names_sort_as_a_dictionary_would():
    shuffled = random.Random(2).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_numbered_names_can_sort_by_number():
    names = ["Phường 10", "Phường 2", "Phường 1", "Phường An"]
    names.sort(key=lambda name: sort_key(name, numbers=True))
    assert names == ["Phường 1", "Phường 2", "Phường 10", "Phường An"]


def test_people_sort_by_given_name_first():
    people = ["Trần Hạ", "Nguyễn Văn An", "Trần Anh", "Lê An", "Đỗ Hà", "Kim Thị Ân"]
    assert sorted(people, key=person_sort_key) == [
        "Lê An", "Nguyễn Văn An", "Trần Anh", "Kim Thị Ân", "Đỗ Hà", "Trần Hạ",
    ]  # fmt: skip


@given(vietnamese)
def test_a_sort_key_orders_alike_in_every_collation(text):
    """Digits and a–z only: no database reorders them, whatever its locale."""
    assert set(sort_key(text)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


def order_of_the_server(names: list[str]) -> list[str] | None:
    """The names as PostgreSQL's own Vietnamese collation sorts them; None where there is none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_collation WHERE collname = 'vi-x-icu'")
        if cursor.fetchone() is None:
            return None
        cursor.execute(
            'SELECT name FROM unnest(%s::text[]) name ORDER BY name COLLATE "vi-x-icu"', [names]
        )
        return [name for (name,) in cursor.fetchall()]


def by_the_book(name: str):
    """The rule itself, letter by letter: all letters first, then all tones, then capitals."""
    letters, tones, capitals = [], [], []
    for letter in name:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts[1:] if mark in TONE_MARKS), "")
        plain = unicodedata.normalize("NFC", "".join(p for p in parts if p != tone or not tone))
        letters.append(" _-,.'()/0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".index(plain.lower()))
        tones.append(TONE_MARKS.index(tone))
        capitals.append(plain.isupper())
    return letters, tones, capitals


@pytest.mark.django_db
def test_the_sort_key_orders_as_icu_does():
    dice = random.Random(4)
    words = ["".join(dice.choices(WRITTEN, k=dice.randint(1, 6))) for _ in range(3000)]
    names = sorted({tidy(word) for word in [*words, *IN_ORDER]} - {""})
    expected = order_of_the_server(names) or sorted(names, key=by_the_book)
    assert sorted(names, key=sort_key) == expected
