import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.households.rules import (
    NotACode,
    checked_code,
    code_key,
    numbered,
    read_codes,
    shown_ranges,
    written_codes,
)

CODES = st.from_regex(r"[A-C]?[0-9]{1,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("001", "001"), (" 12a ", "12A"), ("a-12", "A-12"), ("3 – 15", "3-15"), ("01/2", "01/2")],
)
def test_a_code_is_kept_as_written_in_capitals_with_its_zeros(written, kept):
    assert checked_code(written) == kept


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Sơn Văn Tư", "giống tên người"),
        ("Tuấn", "giống tên người"),
        ("LAN", "giống tên người"),
        ("0912345678", "số điện thoại"),
        ("0912 345 678", "số điện thoại"),
        ("094099001234", "số căn cước"),
        ("", "chưa phải mã hộ"),
        ("A", "giống tên người"),
        ("12+", "chưa phải mã hộ"),
        ("số 12", "chưa phải mã hộ"),
        ("Ấ12", "chưa phải mã hộ"),
        ("1" + "-1" * 6, "chưa phải mã hộ"),
    ],
)
def test_what_may_be_a_person_is_refused_with_a_kind_word(written, told):
    with pytest.raises(NotACode) as refused:
        checked_code(written)
    assert told in str(refused.value.message)


def test_a_code_has_one_key_however_its_zeros_and_signs_are_written():
    assert code_key("1") == code_key("001") != code_key("010")
    assert code_key("a-12") == code_key("A12")
    assert code_key("1-2") != code_key("12")
    assert sorted(["10", "2", "A1", "1"], key=code_key) == ["1", "2", "10", "A1"]


@given(CODES, CODES)
def test_keys_of_codes_order_by_letter_then_by_number(one, other):
    def plain(code):
        return (code[0].isalpha(), code.rstrip("0123456789"), int(code.lstrip("ABC")))

    assert (code_key(one) < code_key(other)) == (plain(one) < plain(other))
    assert len(code_key(one)) <= 60


def test_codes_are_counted_up_with_the_zeros_of_the_first():
    assert numbered("008", "011") == ["008", "009", "010", "011"]
    assert numbered("A1", "A3") == ["A1", "A2", "A3"]
    for wrong in (("9", "1"), ("A1", "B2"), ("1", "3000"), ("Lan", "9"), ("1A", "2A")):
        with pytest.raises(NotACode):
            numbered(*wrong)


def test_many_codes_are_shown_in_little_room():
    codes = [*numbered("001", "012"), "A1", "A2", "A3", "7B", "20", "21"]
    assert shown_ranges(codes) == "001–012, 20, 21, 7B, A1–A3"
    assert shown_ranges([]) == ""


KNOWN = {code_key(code): code for code in [*numbered("001", "020"), "A1", "A2", "3-5"]}


@pytest.mark.parametrize(
    ("typed", "found", "unknown"),
    [
        ("3, 15", ["003", "015"], []),
        ("15 3;3*15", ["003", "015"], []),
        ("18-20", ["018", "019", "020"], []),
        ("18 – 20, a1", ["018", "019", "020", "A1"], []),
        ("3-5", ["3-5"], []),  # a code of that very form comes before a range
        ("a1-a2", ["A1", "A2"], []),
        ("19-25", [], ["19-25"]),
        ("1-A2", [], ["1-A2"]),
        ("99, 7", ["007"], ["99"]),
        ("Lan 7", ["007"], ["LAN"]),
        ("", [], []),
    ],
)
def test_codes_typed_with_a_thumb_are_read_as_the_list_writes_them(typed, found, unknown):
    assert read_codes(written_codes(typed), KNOWN) == (found, unknown)


@given(st.lists(st.integers(1, 20), max_size=12))
def test_whatever_is_on_the_list_is_found_once_and_in_order(numbers):
    typed = " ".join(map(str, numbers))
    codes, unknown = read_codes(written_codes(typed), KNOWN)
    assert codes == [f"{n:03}" for n in sorted(set(numbers))]
    assert unknown == []
