"""Words, searches taken apart, snippets and markup; without a database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.library.rules import html_of, state_after_writing, text_of
from cncd.work.library.rules.asking import asked
from cncd.work.library.rules.snippets import highlighted, snippet
from cncd.work.library.rules.words import folded, keys, marked


@pytest.mark.parametrize(
    ("written", "plain", "with_marks"),
    [
        ("Dịch", "dich", "dich5"),
        ("hoà", "hoa", "hoa2"),
        ("HÒA", "hoa", "hoa2"),
        ("đường", "duong", "duong2779"),
        ("thu", "thu", "thu"),
        ("II", "2", "2"),
        ("02", "2", "2"),
        ("VNeID", "vneid", "vneid"),
        ("i", "i", "i"),
    ],
)
def test_a_word_is_kept_plain_and_with_its_marks(written, plain, with_marks):
    assert (folded(written), marked(written)) == (plain, with_marks)


def test_decomposed_letters_are_the_same_words():
    text = "Cổng Dịch vụ công quốc gia, ấp Mỹ Phước"
    assert keys(unicodedata.normalize("NFD", text)) == keys(text)


@given(st.text(max_size=80))
def test_what_is_searched_is_plain_ascii_words(text):
    for key in keys(text):
        assert key.isascii()
        assert all(word.isalnum() for word in key.split())


@given(st.text(max_size=80))
def test_any_search_is_taken_apart_into_words(text):
    for term in asked(text).terms:
        assert all(word.isascii() and word.isalnum() for way in term.ways for word in way)


def test_long_and_short_names_are_one_term():
    assert asked("DVC").terms[0].ways[-1] == ("dich", "vu", "cong")
    assert ("dvc",) in asked("nộp dịch vụ công").terms[1].ways


def test_a_snippet_shows_where_most_of_the_words_stand():
    text = f"Mở đầu nói về hồ sơ. {'Chữ khác. ' * 60}Nộp hồ sơ khai sinh tại nhà. {'Thêm. ' * 60}"
    pieces = snippet(text, asked("ho so khai sinh"))
    hits = [piece.text for piece in pieces if piece.is_hit]
    assert hits == ["hồ", "sơ", "khai", "sinh"]
    assert "".join(piece.text for piece in pieces).startswith("… ")


def test_hits_keep_the_spelling_of_the_text():
    pieces = highlighted("Họp ở ấp II và ấp 02", asked("ấp 2"))
    assert [p.text for p in pieces if p.is_hit] == ["ấp", "II", "ấp", "02"]
    assert "".join(p.text for p in pieces) == "Họp ở ấp II và ấp 02"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[bấm](javascript:alert(1))",
        "[bấm](JaVaScRiPt:alert(1))",
        "[bấm](data:text/html;base64,PHNjcmlwdD4=)",
        "[bấm](//evil.example)",
        "![ảnh](https://evil.example/x.png)",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](<javascript:alert(1)>)",
        "[x]: javascript:alert(1)\n\n[x]",
        '<javascript:alert(1)>\n\n`<b onclick="x">`',
    ],
)
def test_no_markup_brings_a_script_or_a_foreign_picture(attack):
    html = html_of(attack).lower()
    for sign in ("<script", "<img", "<b ", 'href="javascript', 'href="data', 'href="//', "<iframe"):
        assert sign not in html


def test_headings_begin_below_the_title_of_the_page():
    assert html_of("# Một\n\n###### Sáu") == "<h2>Một</h2>\n<h3>Sáu</h3>\n"
    assert html_of("### Ba\n\n## Hai") == "<h2>Ba</h2>\n<h2>Hai</h2>\n"


def test_the_words_of_a_text_have_no_signs():
    assert text_of("## Bước\n- Vào [a.vn](https://a.vn), bấm **Nộp**").split() == [
        *("Bước", "Vào", "a.vn,", "bấm", "Nộp"),
    ]


def test_an_enterprises_text_waits_and_a_units_appears():
    assert state_after_writing(send=True, from_enterprise=True) == "submitted"
    assert state_after_writing(send=True, from_enterprise=False) == "published"
    assert state_after_writing(send=False, from_enterprise=False) == "draft"
    assert state_after_writing(send=False, from_enterprise=True, before="returned") == "returned"
