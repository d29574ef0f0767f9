"""Documents as LibreOffice prints them, measured in mm and points (decree 30/2020, Phụ lục I)."""

import re

import pytest

from cncd.results.paperwork.layout import measuring
from cncd.results.paperwork.rules.measures import A4, LINES, MOTTO, MOTTO_STATE, SIZES

from .measured import Print, fonts_of
from .papers import LONGEST
from .word import unreadable

pytestmark = pytest.mark.xdist_group("libreoffice")


def page_problems(page: Print) -> list[str]:
    """What is wrong with the head of a printed document; the planted bad one must show here."""
    found = []
    whole = [line for line in page.lines[0] if line.text == MOTTO_STATE]
    if len(whole) != 1:
        found.append("quốc hiệu is not one line")
    elif not (SIZES["quoc_hieu"].holds(whole[0].size, 0) and whole[0].is_bold):
        found.append("quốc hiệu is not 12 to 13 bold")
    mottos = [line for line in page.lines[0] if line.text == MOTTO]
    if len(mottos) != 1:
        found.append("tiêu ngữ is not one line")
        return found
    rule = page.rule_below(mottos[0])
    if abs(rule.length - mottos[0].width) > 1.5 or abs(rule.left - mottos[0].left) > 1:
        found.append("the line is not as long as the tiêu ngữ")
    if not (SIZES["tieu_ngu"].holds(mottos[0].size, 0) and mottos[0].is_bold):
        found.append("tiêu ngữ is not 13 to 14 bold")
    return found


@pytest.mark.parametrize("name", ["decision", "hostile", "sở", "long", "certificate"])
def test_the_state_title_stands_on_one_line_over_the_motto_and_its_rule(printed, name):
    docx, _pdf, page = printed[name]
    assert page_problems(page) == []
    assert measuring.problems(docx, certificate=name == "certificate") == []


def test_a_state_title_broken_over_two_lines_fails_both_measures(printed):
    docx, _pdf, page = printed["bad"]
    assert "quốc hiệu is not one line" in page_problems(page)
    assert any("hai dòng" in problem for problem in measuring.problems(docx))


@pytest.mark.parametrize("name", ["decision", "hostile", "sở", "long"])
def test_page_and_margins_are_those_of_the_decree(printed, name):
    page = printed[name][2]
    assert all(
        abs(is_ - due) < 0.5 for is_, due in zip(page.sizes[0], A4, strict=True)
    )  # fmt: skip
    first = page.lines[0]
    assert 30 <= min(line.left for line in first if line.size > 9) + 0.2 <= 35.2
    assert 19.5 <= min(line.top for line in first) <= 25
    for lines in (lines for n, lines in enumerate(page.lines) if page.sizes[n][0] < 211):
        assert max(line.right for line in lines) <= 195.3
        assert max(line.bottom for line in lines if line.size > 9) <= 277.3


def test_word_opens_each_without_a_complaint(printed):
    assert {
        name: found for name, (docx, *_) in printed.items() if (found := unreadable(docx))
    } == {}


def test_every_letter_is_black_and_nothing_is_underlined(printed):
    for _docx, _pdf, page in printed.values():
        colours = {char["non_stroking_color"] for char in page.characters}
        assert colours <= {(0,), (0, 0, 0), (0, 0, 0, 1), None}, colours
        assert not [r for n, rules in enumerate(page.rules) for r in rules
                    if any(0 <= r.top - line.bottom < 0.6 and abs(r.length - line.width) < 0.5
                           for line in page.lines[n] if line.text != MOTTO)]  # fmt: skip


def test_typefaces_are_carried_and_have_every_vietnamese_letter(printed):
    for _docx, pdf, page in printed.values():
        fonts = fonts_of(pdf)
        assert fonts
        assert all(fonts.values()), fonts
        assert {name.partition("-")[0] for name in fonts} <= {"LiberationSerif", "TimesNewRoman"}
        assert {char["fontname"].partition("+")[2] for char in page.characters} <= set(fonts)
    text = "".join(char["text"] for char in printed["decision"][2].characters)
    assert all(letter in text for letter in "ẮẰẴặễỮựỢỡỴỹ")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("decision", ["ỦY BAN NHÂN DÂN XÃ MẪU"]),
        ("hostile", ["ỦY BAN NHÂN DÂN", LONGEST]),
        ("sở", ["SỞ THÔNG TIN VÀ", "TRUYỀN THÔNG"]),
    ],
)
def test_the_agency_stands_left_bold_over_a_rule_a_third_to_a_half_as_long(printed, name, lines):
    page = printed[name][2]
    found = [page.line(text) for text in lines]
    assert all(line.is_bold and line.size == 12 and line.right < 105 for line in found)
    rule = page.rule_below(found[-1])
    assert 1 / 3 <= rule.length / found[-1].width <= 1 / 2
    assert abs((rule.left + rule.right) / 2 - found[-1].middle) < 1


def test_the_body_above_stands_regular_over_the_agency(printed):
    page = printed["sở"][2]
    above, own = page.line("TỈNH SÓC TRĂNG"), page.line("SỞ THÔNG TIN")
    assert (above.is_bold, own.is_bold, above.size, own.size) == (False, True, 12, 12)
    assert abs(above.middle - own.middle) < 0.5
    assert above.bottom <= own.top + 1


def test_number_and_day_stand_on_one_height(printed):
    page = printed["decision"][2]
    number, day = page.line("Số: 05/QĐ-UBND"), page.line("Mẫu, ngày 05 tháng 01 năm 2026")
    assert abs(number.bottom - day.bottom) < 0.5
    assert (number.size, number.is_bold, number.is_italic) == (13, False, False)
    assert (day.size, day.is_italic) == (13, True)
    assert number.middle < 105 < day.left + 20


def test_a_dispatch_has_its_subject_under_the_open_number(printed):
    page = printed["hostile"][2]
    number, about = page.line("Số:"), page.line("V/v kiện toàn")
    assert re.fullmatch(r"Số:\s+/UBND-VX", number.text)
    day = page.line("Huỳnh Hữu Nghĩa, ngày")
    assert day.text.endswith("năm 2026")  # on one line, room for the clerk's pen in it
    assert re.fullmatch(r".*ngày\s{3,}tháng\s{3,}năm 2026", day.text)
    assert about.size == 12
    assert 1.5 < about.top - number.bottom < 5
    assert about.right < 105
    to, first, last = (page.line(text) for text in ("Kính gửi:", "- Ủy ban nhân dân", "- Sở Mẫu"))
    assert {(line.size, line.is_bold) for line in (to, first, last)} == {(14, False)}
    assert (first.text[-1], last.text[-1]) == (";", ".")


def test_kind_and_subject_stand_in_the_middle_over_their_rule(printed):
    page = printed["decision"][2]
    kind, last = page.line("QUYẾT ĐỊNH"), page.line("quả hoạt động")
    middle = 30 + 165 / 2
    for line in (kind, last):
        assert abs(line.middle - middle) < 1
        assert line.is_bold
        assert line.size == 14
    assert 1 / 3 <= page.rule_below(last).length / last.width <= 1 / 2


def test_bases_are_italic_and_end_as_they_must(printed):
    page = printed["decision"][2]
    assert page.line("Căn cứ Luật").is_italic
    assert page.line("Căn cứ Luật").size == 14
    assert page.line("Căn cứ Luật").text.endswith(";")
    assert page.line("Theo đề nghị").text.endswith(".")


def test_the_body_is_justified_indented_and_spaced(printed):
    page = printed["decision"][2]
    first, second = page.line("Các chữ có dấu"), page.line("ngữ dài từ")
    assert abs(first.left - 30 - 12.7) < 0.5
    assert abs(second.left - 30) < 0.5
    assert abs(first.right - 195) < 0.6
    assert first.size == 14
    assert LINES.holds((second.bottom - first.bottom) / 25.4 * 72 / (14 * 1.15), 0.01)
    head, below = page.line("1. Tập huấn"), page.line("a) Tại xã")
    pitch = (below.bottom - head.bottom) / 25.4 * 72
    assert pitch >= 14 * 1.1 + 6 - 0.5
    assert page.line("Các cơ quan, đơn vị", 1).text.endswith("./.")


def test_signature_and_recipients_stand_side_by_side(printed):
    page = printed["hostile"][2]
    lines = [page.line(text, 1) for text in ("TM. ỦY BAN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")]
    name = page.line("Nguyễn Thị Hoàng Yến Phương", 1)
    assert all(line.is_bold and line.size == 14 and line.left > 105 for line in (*lines, name))
    assert max(line.middle for line in lines) - min(line.middle for line in lines) < 1
    assert name.top - lines[-1].bottom > 20
    to, first = page.line("Nơi nhận:", 1), page.line("- Như Điều 3;", 1)
    assert (to.size, to.is_bold, to.is_italic) == (12, True, True)
    assert (first.size, first.is_bold) == (11, False)
    assert page.line("- Lưu: VT, VX.", 1).left < 40


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("decision", ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Người Ký Mẫu"]),
        ("sở", ["TUQ. CHỦ TỊCH", "PHÓ GIÁM ĐỐC", "Lê Văn A"]),
        ("long", ["TL. TRƯỞNG BAN", "CHÁNH VĂN PHÒNG", "Lê Văn B"]),
        ("certificate", ["Q. GIÁM ĐỐC", "Lê Văn C"]),
    ],
)
def test_each_form_of_signing_stands_over_the_place_for_the_signature(printed, name, lines):
    page = printed[name][2]
    last = max(n for n, each in enumerate(page.lines) if any(x.text == lines[-1] for x in each))
    found = [page.line(text, last) for text in lines]
    assert all(line.is_bold and line.size == 14 for line in found)
    assert max(line.middle for line in found) - min(line.middle for line in found) < 1
    assert found[-1].top - found[-2].bottom > 18
