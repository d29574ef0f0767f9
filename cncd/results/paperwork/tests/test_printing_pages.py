"""Pages as LibreOffice prints them: their numbers, annexes, long tables, the place to sign."""

import datetime as dt
import io

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cncd.foundation.files.tests.pictures import pdf as scanned
from cncd.results.paperwork import actions, seals
from cncd.results.paperwork.rules.lines import MM_PER_POINT, width_mm
from cncd.results.paperwork.signatures import signatures_of, signed

from . import keys
from .measured import MM, Print
from .papers import COMMUNES, EDGES, FULL

pytestmark = pytest.mark.xdist_group("libreoffice")


@pytest.mark.parametrize("n", FULL)
def test_no_signature_stands_on_a_page_alone(printed, n):
    page = printed[f"full {n}"][2]
    [signed] = [lines for lines in page.lines if any(x.text == "CHỦ TỊCH" for x in lines)]
    assert any(line.text.startswith("Thực hiện đúng Kế hoạch") for line in signed)


def test_page_numbers_stand_in_the_top_margin_from_the_second_page_on(printed):
    page = printed["decision"][2]
    number = page.lines[1][0]
    assert number.text == "2"
    assert number.bottom < 20
    assert number.size in (13, 14)
    assert not number.is_italic
    assert abs(number.middle - (30 + 165 / 2)) < 0.5
    assert all(line.text != "1" for line in page.lines[0] if line.top < 20)


def test_annexes_begin_new_pages_numbered_apart_and_may_lie_across(printed):
    page = printed["decision"][2]
    first = next(n for n, lines in enumerate(page.lines) if lines[0].text == "Phụ lục I")
    heading, title = page.lines[first][:2]
    assert (heading.size, heading.is_bold, title.text) == (14, True, "DANH SÁCH THÀNH VIÊN")
    assert (title.size, title.is_bold) == (14, True)
    below = page.line("(Kèm theo Quyết định số 05/QĐ-UBND ngày 05", first)
    assert (below.is_italic, below.is_bold, below.size) == (True, False, 14)
    assert max(abs(line.middle - (30 + 165 / 2)) for line in (heading, title)) < 0.5
    wide, high = page.sizes[first + 1]
    assert wide > high
    assert page.lines[first + 1][0].text == "Phụ lục II"


def test_the_square_of_the_code_lies_within_the_bottom_margin(printed):
    page = printed["decision"][2]
    ((left, top, right, bottom),) = page.pictures[0]
    assert left >= 30
    assert top >= 276.9
    assert bottom <= 297 - 5
    assert abs((right - left) - 13) < 0.3
    assert page.line("Mã tra cứu: K7M4-P2QX").left > right


# -- long tables -----------------------------------------------------------------------------------


def annex_pages(page: Print, rows: int) -> list[int]:
    """The pages of the annex with a table of so many rows."""
    first = next(
        n for n, each in enumerate(page.lines) if any(x.text == f"BẢNG {rows}" for x in each)
    )
    found = [first]
    for number in range(first + 1, len(page.lines)):
        if page.lines[number][0].text.startswith("Phụ lục"):
            break
        found.append(number)
    return found


def test_a_table_of_109_communes_repeats_its_head_and_numbers_its_pages(printed):
    page = printed["province"][2]
    pages = annex_pages(page, COMMUNES)
    assert len(pages) > 3
    for place, number in enumerate(pages, 1):
        lines = page.lines[number]
        assert any(line.text == "Số Tổ phải báo cáo" and line.is_bold for line in lines)
        shown = [line.text for line in lines if line.bottom < 20]
        assert shown == ([str(place)] if place > 1 else [])
        assert max(line.bottom for line in lines if line.size > 9) <= 210 - 14.7
    read = [line.text for number in pages for line in page.lines[number]]
    assert [text for text in read if text.startswith("Xã Đại Ân")] == [
        f"Xã Đại Ân {n}" for n in range(1, COMMUNES + 1)
    ]


@pytest.mark.parametrize("rows", EDGES)
def test_no_sum_stands_on_a_page_alone_and_no_page_is_empty(printed, rows):
    page = printed["province"][2]
    *_, last = annex_pages(page, rows)
    texts = [line.text for line in page.lines[last]]
    assert "Cộng" in texts
    assert f"Xã Đại Ân {rows}" in texts


def test_the_edge_of_the_page_lies_among_the_tables_that_are_tried(printed):
    page = printed["province"][2]
    assert {len(annex_pages(page, rows)) for rows in EDGES} == {1, 2}


def test_certificates_in_one_file_have_a_page_each_with_their_own_code(printed):
    page = printed["certificates"][2]
    assert len(page.lines) == 3
    for number, lines in enumerate(page.lines, 2):
        texts = [line.text for line in lines]
        assert f"Ông Số {number}" in texts
        assert f"Mã tra cứu: AAAA-{number}BBB" in texts
        assert len(page.pictures[number - 2]) == 1


# -- a signature that is seen ----------------------------------------------------------------------


def picture(colour: tuple, mode: str = "RGBA", kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    Image.new(mode, (60, 60), colour).save(held, kind)
    return held.getvalue()


def test_a_seal_stands_over_the_left_third_of_the_signature_above_the_name(printed):
    _docx, pdf, page = printed["hostile"]
    name = page.line("Nguyễn Thị Hoàng Yến Phương", 1)
    half = width_mm(name.text, 14, bold=True) / MM_PER_POINT / 2
    for number, is_seal in enumerate((False, True)):
        seen = seals.Seen(picture((200, 0, 0, 90)), is_seal, half)
        pdf = signed(pdf, keys.office(), keys.PASSPHRASE, field=f"K{number}", seen=seen)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        own, seal = ({side: each[side] * MM for side in ("x0", "x1", "top", "bottom")}
                     for each in opened.pages[1].annots)  # fmt: skip
    assert abs((own["x0"] + own["x1"]) / 2 - name.middle) < 1
    assert page.line("PHÓ CHỦ TỊCH", 1).bottom < own["top"] < own["bottom"] < name.top + 1
    assert abs((seal["x1"] - own["x0"]) / (own["x1"] - own["x0"]) - 1 / 3) < 0.02
    assert abs(seal["x1"] - seal["x0"] - 36) < 0.5
    first, second = signatures_of(pdf, [keys.authority().decode()])
    assert first.good
    assert second.good


@pytest.mark.django_db
@pytest.mark.looks
def test_the_clerk_signs_with_a_picture_where_the_pdf_says_the_place(cast, paper, printed):
    number = {"revision": 1, "number": 5, "issued_on": dt.date(2026, 11, 20)}
    numbered = actions.number_paper(paper=paper, by=cast.lan, **number)
    said = {"paper": numbered, "pkcs12": keys.office(), "passphrase": keys.PASSPHRASE,
            "by": cast.lan, "shape": "person"}  # fmt: skip
    actions.attach_signed(paper=numbered, upload=scanned(), by=cast.lan)
    for wrong in (picture((200, 0, 0, 0)), picture((9, 9, 9), "RGB")):  # no place; no such picture
        with pytest.raises(actions.KeyRefused) as refusal:
            actions.sign_paper(**said, picture=wrong)
        assert list(refusal.value.error_dict) == ["picture"]
    upload = SimpleUploadedFile("a.pdf", printed["hostile"][1])
    actions.attach_signed(paper=numbered, upload=upload, by=cast.lan)
    kept = actions.sign_paper(**said, picture=picture((0, 0, 200, 90)))
    with kept.file.content.open("rb") as content, pdfplumber.open(content) as opened:
        assert len(opened.pages[1].annots) == 1


def test_only_a_png_with_a_transparent_background_is_a_seal():
    assert seals.checked(picture((200, 0, 0, 0)))
    for wrong in (
        picture((9, 9, 9), "RGB"),
        picture((9, 9, 9), "RGB", "JPEG"),
        b"\x89PNG\r\n",
        b"",
    ):
        with pytest.raises(seals.NotAPicture):
            seals.checked(wrong)
