"""Written Excel: numbers are numbers, codes keep their zeros, nobody's text is a formula."""

import datetime as dt
import io

import pytest
from django.utils import timezone
from django.utils.translation import override
from openpyxl import load_workbook

from cncd.foundation.kit.excel import Heading, read_sheet
from cncd.foundation.kit.sheets import Header, template, workbook

COLUMNS = [
    Heading("code", "Mã xã", required=True, kind="code", width=5, examples=["01552", "31540"]),
    Heading("name", "Tên ấp", required=True, help="Không ghi chữ “Ấp” ở trước"),
    Heading("kind", "Loại", kind="choice", choices=[("ap", "Ấp"), ("khom", "Khóm, khu phố")]),
    Heading("households", "Số hộ", kind="whole", most=5000),
    Heading("since_on", "Từ ngày", kind="day"),
]


@pytest.fixture(autouse=True)
def in_vietnamese():
    with override("vi"):
        yield


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def test_numbers_dates_and_codes_keep_their_kind():
    moment = timezone.make_aware(dt.datetime(2026, 11, 22, 8, 30))
    content = workbook(
        [
            "Tên",
            Header("Mã", "code"),
            Header("Số", "number"),
            Header("Tỷ lệ", "percent"),
            Header("Ngày", "date"),
            Header("Lúc", "datetime"),
        ],
        [["Mỹ Phước", "01552", 1234, 0.98, dt.date(2026, 5, 1), moment]],
        title="Danh sách ấp",
    )
    sheet = opened(content).active
    assert sheet["A1"].value == "Danh sách ấp"
    assert sheet.freeze_panes == "A3"
    assert [cell.value for cell in sheet[3]] == [
        "Mỹ Phước",
        "01552",
        1234,
        0.98,
        dt.datetime(2026, 5, 1),
        dt.datetime(2026, 11, 22, 8, 30),
    ]
    assert sheet["B3"].number_format == "@"
    assert sheet["E3"].number_format == "dd/mm/yyyy"


def test_text_that_looks_like_a_formula_stays_text():
    content = workbook(["Ghi chú"], [["=HYPERLINK(1)"], ["+1"], ["a\x00b"], [None], ["none"]])
    sheet = opened(content).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=HYPERLINK(1)"
    assert sheet["A4"].value == "ab"


def test_a_table_title_becomes_a_tab_name_excel_allows():
    name = opened(workbook(["A"], [], title="Tổ [A/B]: " + "x" * 60)).active.title
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\")


def test_a_template_keeps_leading_zeros_and_offers_lists():
    book = opened(template(COLUMNS, title="Danh sách ấp", notes=["Mỗi dòng một ấp."]))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]][:3] == ["Mã xã *", "Tên ấp *", "Loại"]
    assert sheet["A4"].number_format == "@"
    # A date cell would let an Excel set to American dates turn 05/11 into 11 May.
    assert sheet["E4"].number_format == "@"
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["C4:C5000"].type == "list"
    assert rules["D4:D5000"].formula2 == "5000"
    assert rules["B4:B5000"].prompt == "Không ghi chữ “Ấp” ở trước"
    lists = book["Danh mục"]
    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in lists["A"]] == ["Loại", "Ấp", "Khóm, khu phố"]


def test_the_guide_shows_the_examples_and_is_not_read_as_data():
    rows = [["31552", "Mỹ Phước", "Ấp", 512], ["31552", "=1+1"]]
    content = template(COLUMNS, title="Danh sách ấp", rows=rows)
    guide = opened(content).worksheets[1]
    texts = [cell.value for row in guide for cell in row]
    assert "01552" in texts
    rows = read_sheet(io.BytesIO(content), COLUMNS).rows
    assert [(row.number, row["name"]) for row in rows] == [(4, "Mỹ Phước"), (5, "=1+1")]
