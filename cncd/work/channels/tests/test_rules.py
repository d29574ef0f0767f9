"""Valid names have no finding; each planted fault is found, and nothing else."""

import re
import unicodedata

import pytest
from hypothesis import assume, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from cncd.work.channels.rules import (
    Former,
    Naming,
    findings,
    is_named_right,
)
from cncd.work.channels.rules.spelling import flat, key
from cncd.work.channels.tests.trees import CONTEXT, naming, unit_of


def given(*strategies):
    """Fewer examples than usual: there are many faults, and each is planted everywhere."""
    return lambda test: settings(max_examples=50)(given_any(*strategies)(test))


TREES = [("2022", "94"), ("2025", "92"), ("2022", "20")]
HAMLET_NAMES = st.one_of(
    st.sampled_from(
        ["Mỹ Phước", "Hoà Thuận", "Đầu Giồng", "Ấp Chợ", "Thuý Sơn", "Giồng Chùa A", "Huỳnh Kỳ",
         "An Hòa 1", "Trà Quýt", "Phố Mới", "Bưng Tróp B"]
    ),
    st.integers(1, 30).map(str),
    st.integers(1, 9).map(lambda n: f"{n}A"),
)  # fmt: skip


@st.composite
def units(draw):
    """(tree, unit): any unit of a published tree, or a hamlet invented for one of its communes."""
    tree = naming(*draw(st.sampled_from(TREES)))
    pk = draw(st.sampled_from(list(tree.units)))
    if pk[0] == "hamlet" and draw(st.booleans()):
        kind = draw(st.sampled_from(["ap", "khom"]))
        unit = unit_of(kind, draw(HAMLET_NAMES), tree.units[pk].parent)
        tree, pk = Naming(_around(tree, pk) | {"new": unit}, tree.patterns), "new"
    return tree, pk


def _around(tree, pk) -> dict:
    return dict(list(tree.chain(pk))[1:])


@st.composite
def named(draw):
    """(form, all right forms of that unit)."""
    tree, pk = draw(units())
    forms = tree.forms(pk)
    return draw(st.sampled_from(forms)), forms


def codes(name, forms, context=CONTEXT) -> list[str]:
    found = findings(name, forms, context)
    assert all(each.suggestion == forms[0].text for each in found)
    assert all(each.detail and "%(" not in each.detail for each in found)
    return [each.code for each in found]


def parts(form) -> list[str]:
    return [piece.text for piece in form.pieces]


def put(form, place, text) -> str:
    """The name with another text for one part."""
    return form.separator.join(text if n == place else part for n, part in enumerate(parts(form)))


def unit_places(form) -> list[int]:
    return [n for n, piece in enumerate(form.pieces) if piece.unit]


@given(named())
def test_a_generated_name_has_no_finding(one):
    form, forms = one
    assert codes(form.text, forms) == ([] if form == forms[0] else ["other_form"])


@given(named(), st.data())
def test_a_name_is_right_exactly_when_nothing_but_a_note_is_found(one, data):
    form, forms = one
    more = data.draw(st.sampled_from(["", " ", "\u200b", "x", "_", "\u0301"]))
    place = data.draw(st.integers(0, len(form.text)))
    name = form.text[:place] + more + form.text[place:]
    faults = [each for each in findings(name, forms, CONTEXT) if not each.is_note]
    assert is_named_right(name, forms) is (not faults)


@pytest.mark.parametrize("where", TREES)
def test_both_placements_of_a_tone_mark_are_the_same(where):
    tree, tried = naming(*where), 0
    for pk in tree.units:
        forms = tree.forms(pk)
        for form in forms:
            other = form.text.replace("òa", "oà").replace("úy", "uý")
            if other != form.text and not re.search("oàn|uýn|oàng", other):
                tried += 1
                assert codes(other, forms) == ([] if form == forms[0] else ["other_form"])
    assert tried


@given(named(), st.data())
def test_parts_in_the_wrong_order(one, data):
    form, forms = one
    order = data.draw(st.permutations(unit_places(form)))
    texts = parts(form)
    wrong = [texts[0], *(texts[n] for n in order)]
    assume(key(form.separator.join(wrong)) not in {key(each.text) for each in forms})
    assert codes(form.separator.join(wrong), forms) == ["order"]


@given(named(), st.data())
def test_another_unit_s_name(one, data):
    form, forms = one
    place = data.draw(st.sampled_from(unit_places(form)))
    other = data.draw(st.sampled_from(["Trường Khánh", "Cù Lao Dung", "An Mỹ", "Phong Nẫm"]))
    assume(all(flat(other) not in flat(part) for part in parts(form)))
    assert codes(put(form, place, other), forms) == ["wrong_name"]


@given(named(), st.data())
def test_a_name_the_unit_bore_before(one, data):
    form, forms = one
    place = data.draw(st.sampled_from(unit_places(form)))
    old = "Vĩnh Quới Đông"
    context = CONTEXT._replace(former_names=(Former(old, "Since 01/07/2025"),))
    assert codes(put(form, place, old), forms, context) == ["old_name"]


@given(named())
def test_the_whole_name_of_before(one):
    form, forms = one
    old = put(form, len(form.pieces) - 1, "Thạnh Trị Cũ")
    context = CONTEXT._replace(former_forms=(Former(old, "Since 01/07/2025"),))
    assert codes(old, forms, context) == ["old_name"]


@given(named(), st.sampled_from(["-", " - ", " – ", "__", "_ ", " _", " _ ", " ", "/", "|", ", "]))
def test_a_wrong_separator(one, separator):
    form, forms = one
    assert codes(separator.join(parts(form)), forms) == ["separator"]


@given(named(), st.data())
def test_one_wrong_separator_among_right_ones(one, data):
    form, forms = one
    texts = parts(form)
    place = data.draw(st.integers(1, len(texts) - 1))
    separator = data.draw(st.sampled_from(["-", "__", "_ ", " – "]))
    name = "_".join(texts[:place]) + separator + "_".join(texts[place:])
    assert codes(name, forms) == ["separator"]


LOOKALIKES = {
    "C": "С", "N": "Ν", "a": "а", "o": "о", "T": "Τ", "_": "＿", "Đ": "Ð", "h": "һ", "p": "р",
    "i": "ｉ", " ": "\u00a0", "S": "𝐒",
}  # fmt: skip


@given(named(), st.data())
def test_a_sign_of_another_alphabet_is_named_with_its_place(one, data):
    form, forms = one
    places = [n for n, sign in enumerate(form.text) if sign in LOOKALIKES]
    place = data.draw(st.sampled_from(places))
    sign = LOOKALIKES[form.text[place]]
    name = form.text[:place] + sign + form.text[place + 1 :]
    found = [f for f in findings(name, forms, CONTEXT) if not f.is_note]
    assert [each.code for each in found] == ["lookalike"]
    assert f"U+{ord(sign):04X}" in found[0].detail
    assert f" {place + 1} " in found[0].detail


@given(named(), st.data())
def test_an_invisible_sign(one, data):
    form, forms = one
    place = data.draw(st.integers(0, len(form.text)))
    sign = data.draw(st.sampled_from("\u200b\u200d\ufeff\u00ad\u200e\ufe0f"))
    found = codes(form.text[:place] + sign + form.text[place:], forms)
    assert [code for code in found if code != "other_form"] == ["invisible"]


@given(named())
def test_letters_and_marks_stored_apart(one):
    form, forms = one
    name = unicodedata.normalize("NFD", form.text)
    assume(name != form.text)
    assert [code for code in codes(name, forms) if code != "other_form"] == ["decomposed"]


@given(named(), st.data())
def test_spaces_too_many(one, data):
    form, forms = one
    inner = [n for n, sign in enumerate(form.text) if sign == " "]
    doubled = [form.text[:n] + " " + form.text[n:] for n in inner]
    name = data.draw(st.sampled_from([f" {form.text}", f"{form.text} ", *doubled]))
    assert [code for code in codes(name, forms) if code != "other_form"] == ["spaces"]


@given(named(), st.data())
def test_diacritics_left_out(one, data):
    form, forms = one
    place = data.draw(st.integers(0, len(form.pieces) - 1))
    text = parts(form)[place]
    bare = "".join(_bare(sign) for sign in unicodedata.normalize("NFC", text))
    assume(bare != text)
    assert codes(put(form, place, bare), forms) == ["diacritics"]


def _bare(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return {"đ": "d", "Đ": "D"}.get(base, base)


@given(named(), st.data())
def test_capital_letters(one, data):
    form, forms = one
    place = data.draw(st.integers(0, len(form.pieces) - 1))
    text = parts(form)[place]
    other = data.draw(st.sampled_from([text.upper(), text.lower()]))
    assume(other != text)
    assert codes(put(form, place, other), forms) == ["case"]


@given(named(), st.data())
def test_a_type_too_many(one, data):
    form, forms = one
    plain = [n for n in unit_places(form) if not form.pieces[n].typed]
    assume(plain)
    place = data.draw(st.sampled_from(plain))
    unit = form.pieces[place].unit
    word = data.draw(st.sampled_from([f"{unit.kind} ", f"{unit.short} ", f"{unit.short}. "]))
    assert codes(put(form, place, word + unit.name), forms) == ["type_extra"]


@given(named(), st.data())
def test_a_type_that_is_missing(one, data):
    form, forms = one
    typed = [n for n in unit_places(form) if form.pieces[n].typed]
    assume(typed)
    place = data.draw(st.sampled_from(typed))
    name = put(form, place, form.pieces[place].unit.name)
    assume(len({key(part) for part in parts(form)}) == len(form.pieces))
    assert codes(name, forms) == ["type_missing"]


@given(named(), st.data())
def test_a_type_written_short(one, data):
    form, forms = one
    numbered = [n for n in unit_places(form) if form.pieces[n].typed == "numbered"]
    assume(numbered)
    place = data.draw(st.sampled_from(numbered))
    unit = form.pieces[place].unit
    joint = data.draw(st.sampled_from(["", ".", " ", ". "]))
    assert codes(put(form, place, f"{unit.short}{joint}{unit.name}"), forms) == ["type_form"]


@given(named())
def test_without_its_first_words(one):
    form, forms = one
    assert codes(form.separator.join(parts(form)[1:]), forms) == ["prefix_missing"]


@given(named(), st.sampled_from(["Nhóm", "Zalo", "Nhóm Zalo"]))
def test_with_other_words_first(one, words):
    form, forms = one
    assert codes(f"{words} {form.text}", forms) == ["prefix_extra"]
    assert codes(f"{words}_{form.text}", forms) == ["prefix_extra"]


@given(named())
def test_the_team_s_word_on_a_group_that_is_no_team_s(one):
    form, forms = one
    assume(not any(each.text.startswith("Tổ") for each in forms))
    assert codes(f"Tổ {form.text}", forms) == ["prefix_extra"]


@given(
    named(), st.sampled_from(["CNSCĐ", "Tổ công nghệ số cộng đồng", "Tổ chuyển đổi số cộng đồng"])
)
def test_the_team_called_otherwise(one, words):
    form, forms = one
    assert codes(put(form, 0, words), forms) == ["prefix_wrong"]


@given(named(), st.data())
def test_a_part_that_is_missing(one, data):
    form, forms = one
    assume(len(form.pieces) > 2)
    place = data.draw(st.sampled_from(unit_places(form)))
    texts = [text for n, text in enumerate(parts(form)) if n != place]
    assert codes(form.separator.join(texts), forms) == ["part_missing"]


@given(named(), st.sampled_from(["_Cà Mau", " (Zalo)", "_2026", " 🌾"]))
def test_a_part_too_many(one, more):
    form, forms = one
    assert codes(form.text + more, forms) == ["part_extra"]


def test_what_follows_no_rule_at_all_gets_one_finding():
    forms = naming("2022", "94").forms(("commune", "31552"))
    assert codes("Gia đình mình", forms) == ["unlike"]
    assert codes("Hội nuôi tôm Trần Đề 2026", forms) == ["unlike"]


def test_several_faults_are_all_told():
    forms = naming("2022", "94").forms(("commune", "31552"))
    assert codes(" CNCD - Xã Nhơn Mỹ - Kế Sách", forms) == [
        "type_extra", "separator", "diacritics", "spaces",
    ]  # fmt: skip


def test_without_a_rule_a_name_cannot_be_checked():
    assert [each.code for each in findings("CNCĐ_Nhơn Mỹ", ())] == ["no_rule"]


def test_the_type_of_a_namesake_is_asked_for_with_the_namesake_s_name():
    tree = naming("2022", "94")
    pk = ("commune", "31639")
    unit = tree.units[pk]
    context = CONTEXT._replace(namesakes=((unit, "Xã Long Phú"),))
    found = findings("CNCĐ_Long Phú_Long Phú", tree.forms(pk), context)
    assert [each.code for each in found] == ["type_missing"]
    assert "xã Long Phú" in found[0].detail
