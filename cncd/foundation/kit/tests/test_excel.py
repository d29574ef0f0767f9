"""Whatever people upload, rows come out or a clear refusal."""

import datetime as dt
import io
import unicodedata
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cncd.foundation.kit.excel import Heading, UnreadableFile, read_sheet
from cncd.foundation.kit.excel_cells import read_cell

from .sheets_of import Upload, saved, xlsx

DATA = Path(__file__).parent / "data"
HAMLETS = [
    Heading("commune", "Mã xã", aliases=["mã đơn vị"], required=True, kind="code", width=5),
    Heading("name", "Tên ấp", aliases=["tên khóm, ấp"], required=True, max_length=40),
    Heading("households", "Số hộ", kind="whole"),
    Heading("since_on", "Ngày thành lập", kind="day"),
]
HEAD = ["Mã xã", "Tên ấp", "Số hộ", "Ngày thành lập"]


@pytest.fixture(autouse=True)
def in_vietnamese():
    with override("vi"):
        yield


def refusal(upload, columns=HAMLETS, **options) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_sheet(upload, columns, **options)
    return caught.value.messages[0]


def errors(sheet) -> list[str]:
    return [str(error) for row in sheet for error in row.errors]


# -- where the headings are ---------------------------------------------------------------------


def test_shuffled_columns_below_merged_titles_are_found():
    sheet = read_sheet(
        xlsx(
            ["ỦY BAN NHÂN DÂN HUYỆN KẾ SÁCH"],
            ["DANH SÁCH ẤP, KHÓM", None, None, None],
            [],
            ["STT", "Ngày thành lập", "TÊN ẤP (*)", "Số  hộ", "mã xã"],
            [1, "01/03/2005", "Mỹ Phước", "1.234", "31552"],
            merge=["A1:E1", "A2:E2"],
        ),
        HAMLETS,
    )
    (row,) = sheet
    assert row.number == 5
    assert row.values == {
        "commune": "31552",
        "name": "Mỹ Phước",
        "households": 1234,
        "since_on": dt.date(2005, 3, 1),
    }
    assert row.raw["households"] == "1.234"
    assert sheet.notes == []


def test_headings_over_two_rows_are_read_as_one():
    sheet = read_sheet(
        xlsx(
            ["Mã xã", "Ấp", None, "Ngày thành lập"],
            [None, "Tên ấp", "Số hộ", None],
            ["31552", "Mỹ Phước", 512, None],
            merge=["B1:C1", "A1:A2", "D1:D2"],
        ),
        HAMLETS,
    )
    assert [(row.number, row["name"], row["households"]) for row in sheet] == [(3, "Mỹ Phước", 512)]


def test_cells_merged_downwards_say_the_same_in_every_row():
    sheet = read_sheet(
        xlsx(
            HEAD,
            ["31552", "Mỹ Phước"],
            [None, "Mỹ Hòa"],
            ["31540", "Hòa Lộc"],
            merge=["A2:A3"],
        ),
        HAMLETS,
    )
    assert [row["commune"] for row in sheet] == ["31552", "31552", "31540"]


def test_column_numbers_blank_rows_and_totals_are_passed_over_and_said():
    sheet = read_sheet(
        xlsx(
            HEAD,
            ["(1)", "(2)", "(3)", "(4)"],
            ["31552", "Mỹ Phước", 512, None],
            [None, None, None, None],
            [" ", "\u200b", "-", None],
            ["Tổng cộng", None, 512, None],
        ),
        HAMLETS,
    )
    assert [row.number for row in sheet] == [3]
    assert len(sheet.notes) == 2
    assert "2" in sheet.notes[0]
    assert "6" in sheet.notes[1]


def test_a_total_in_the_column_of_numbers_is_passed_over_too():
    sheet = read_sheet(
        xlsx(["STT", *HEAD], [1, "31552", "Mỹ Phước", 512], ["TỔNG CỘNG", None, None, 512]),
        HAMLETS,
    )
    assert [row.number for row in sheet] == [2]


def test_the_sheet_with_the_headings_is_chosen_and_hidden_sheets_are_not_read():
    book = Workbook()
    book.active.append(["Bìa"])
    hidden = book.create_sheet("Cũ")
    hidden.append(HEAD)
    hidden.append(["99999", "Không lấy"])
    hidden.sheet_state = "hidden"
    wanted = book.create_sheet("Ấp")
    wanted.append(HEAD)
    wanted.append(["31552", "Mỹ Phước"])
    assert [row["name"] for row in read_sheet(saved(book), HAMLETS)] == ["Mỹ Phước"]


def test_missing_headings_are_named():
    message = refusal(xlsx(["Tên ấp", "Số hộ"], ["Mỹ Phước", 512]))
    assert "“Mã xã”" in message
    assert "“Tên ấp”" not in message


def test_doubled_headings_are_named():
    message = refusal(xlsx(["Mã xã", "Tên ấp", "Tên ấp"], ["31552", "Mỹ Phước", "Mỹ Hòa"]))
    assert "“Tên ấp”" in message


def test_no_headings_at_all_names_the_columns_needed():
    message = refusal(xlsx(["31552", "Mỹ Phước"], ["31540", "Hòa Lộc"]))
    assert "“Mã xã”, “Tên ấp”" in message


def test_unused_columns_are_said():
    sheet = read_sheet(xlsx([*HEAD, "Ghi chú riêng"], ["31552", "Mỹ Phước"]), HAMLETS)
    assert "“Ghi chú riêng”" in sheet.notes[0]


def test_headings_are_found_in_english_and_by_key_too():
    sheet = read_sheet(xlsx(["commune", "TEN AP"], ["31552", "Mỹ Phước"]), HAMLETS)
    assert [row["name"] for row in sheet] == ["Mỹ Phước"]


# -- what is in the cells -----------------------------------------------------------------------


def test_lost_leading_zeros_come_back_where_the_width_is_known_and_are_said():
    (row,) = read_sheet(xlsx(HEAD, [1552, "Mỹ Phước"]), HAMLETS)
    assert row["commune"] == "01552"
    assert row.raw["commune"] == "1552"
    assert "01552" in row.notes[0]


def test_a_phone_number_gets_back_its_zero():
    columns = [Heading("name", "Họ tên"), Heading("phone", "Điện thoại", kind="phone")]
    sheet = read_sheet(
        xlsx(
            ["Họ tên", "Điện thoại"],
            ["A", 912345678],
            ["B", "+84 91.234.5678"],
            ["C", "0912 345 678"],
            ["D", "12345"],
        ),
        columns,
    )
    assert [row["phone"] for row in sheet] == ["0912345678"] * 3 + [None]
    assert [bool(row.notes) for row in sheet] == [True, False, False, False]
    assert len(sheet.rows[3].errors) == 1


def test_text_in_decomposed_letters_is_composed():
    name = unicodedata.normalize("NFD", "Mỹ Phước")
    (row,) = read_sheet(xlsx(map(nfd, HEAD), ["31552", name]), HAMLETS)
    assert row["name"] == "Mỹ Phước"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


DAYS = {
    "05/01/2026": dt.date(2026, 1, 5),
    "5-1-2026": dt.date(2026, 1, 5),
    "5.1.2026": dt.date(2026, 1, 5),
    "2026-01-05": dt.date(2026, 1, 5),
    "05/01/2026 08:30": dt.date(2026, 1, 5),
    "ngày 05 tháng 01 năm 2026": dt.date(2026, 1, 5),
    "5/1/26": dt.date(2026, 1, 5),
    46027: dt.date(2026, 1, 5),
    dt.date(2026, 1, 5): dt.date(2026, 1, 5),
    dt.datetime(2026, 1, 5, 8, 30): dt.date(2026, 1, 5),
    "31/02/2026": None,
    "12/31/2026": None,
    "01/01/0001": None,
    "31/12/9999": None,
    "tháng 5": None,
    12: None,
}


def test_days_come_in_many_spellings():
    rows = [["31552", "Mỹ Phước", None, written] for written in DAYS]
    sheet = read_sheet(xlsx(HEAD, *rows), HAMLETS)
    assert [row["since_on"] for row in sheet] == list(DAYS.values())
    assert [len(row.errors) for row in sheet] == [0 if day else 1 for day in DAYS.values()]


NUMBERS = {
    "1.234": 1234,
    "1 234": 1234,
    "1.234.567": None,  # above the most a hamlet may have
    "12": 12,
    12.0: 12,
    12.5: None,
    "12,5": None,
    -3: None,
    "mười": None,
    True: None,
}


def test_counts_are_whole_and_never_negative_or_absurd():
    rows = [["31552", "Mỹ Phước", written] for written in NUMBERS]
    sheet = read_sheet(xlsx(HEAD, *rows), HAMLETS)
    assert [row["households"] for row in sheet] == list(NUMBERS.values())
    assert all(bool(row.errors) == (row["households"] is None) for row in sheet)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,5", Decimal("1234.5")),
        ("1,234.5", Decimal("1234.5")),
        ("12.5", Decimal("12.5")),
        ("12,5", Decimal("12.5")),
        (0.95, Decimal("0.95")),
    ],
)
def test_decimals_may_be_written_both_ways(written, value):
    assert read_cell(written, Heading("rate", "Tỷ lệ", kind="number")) == (value, "")


def test_yes_and_choices_are_read_without_marks():
    columns = [
        Heading("name", "Họ tên"),
        Heading("union", "Đoàn viên", kind="yes"),
        Heading("gender", "Giới tính", kind="choice", choices=[("f", "Nữ"), ("m", "Nam")]),
    ]
    sheet = read_sheet(
        xlsx(
            ["Họ tên", "Đoàn viên", "Giới tính"],
            ["A", "x", "NU"],
            ["B", "không", "nam"],
            ["C", None, "khác"],
            ["D", "chắc thế", None],
        ),
        columns,
    )
    assert [(row["union"], row["gender"]) for row in sheet] == [
        (True, "f"),
        (False, "m"),
        (False, None),
        (None, None),
    ]
    assert "Nữ, Nam" in errors(sheet)[0]
    assert len(errors(sheet)) == 2


def test_an_error_names_row_and_column():
    sheet = read_sheet(xlsx(HEAD, ["31552", None, "nhiều"]), HAMLETS)
    with_name, with_count = errors(sheet)
    assert "2" in with_name
    assert "Tên ấp" in with_name
    assert "Số hộ" in with_count
    assert "“nhiều”" in with_count


def test_a_failed_formula_is_an_error_not_an_empty_cell():
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["31552", "Mỹ Phước", "#REF!"])
    book.active["C2"].data_type = "e"
    (row,) = read_sheet(saved(book), HAMLETS)
    assert row["households"] is None
    assert "#REF!" in row.errors[0].message


# -- the file as a whole ------------------------------------------------------------------------


def test_the_old_excel_format_is_read():
    rows = read_sheet(Upload((DATA / "hamlets.xls").read_bytes()), HAMLETS).rows
    assert [(row.number, row["commune"], row["name"], row["households"]) for row in rows] == [
        (4, "01552", "Mỹ Phước", 512),
        (5, "01540", "Hòa Lộc", 388),
    ]
    assert rows[0]["since_on"] == dt.date(2005, 3, 1)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_with_any_separator(separator, encoding):
    lines = [HEAD, ["31552", '"Mỹ Phước, khu ""A"""', "512", "1/3/2005"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    (row,) = read_sheet(Upload(text.encode(encoding), "ap.csv"), HAMLETS)
    assert row.number == 2
    assert row.values == {
        "commune": "31552",
        "name": 'Mỹ Phước, khu "A"',
        "households": 512,
        "since_on": dt.date(2005, 3, 1),
    }


def test_csv_in_an_old_encoding_is_refused_with_the_way_out():
    text = "Mã xã;Tên ấp\n31552;Mỹ Phước".encode().replace("Mỹ".encode(), b"M\xfd")
    assert "UTF-8" in refusal(Upload(text, "ap.csv"))


def test_a_file_behind_a_password_is_named_as_such():
    assert "mật khẩu" in refusal(Upload((DATA / "locked.xlsx").read_bytes()))


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "trống"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "ảnh"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "ảnh"),
        (b"PK\x03\x04" + bytes(64), "Excel"),
        (bytes(range(256)) * 8, "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 99, "hỏng"),
    ],
)
def test_what_is_not_a_workbook_is_refused_in_words(content, word):
    assert word in refusal(Upload(content))


def test_a_zip_of_something_else_is_refused():
    assert "Word" in refusal(zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b""}))
    assert "Excel" in refusal(zipped({"anh.jpg": b"1"}))


def test_a_workbook_with_macros_is_refused():
    assert "macro" in refusal(zipped({"xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"1"}))


def zipped(parts: dict[str, bytes]) -> Upload:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Upload(file.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": bytes(200_000_000)})
    assert bomb.size < 1_000_000
    assert "không được mở" in refusal(bomb)


def test_a_zip_of_very_many_files_is_refused():
    parts = {f"xl/{number}.xml": b"" for number in range(2_100)}
    assert "không được mở" in refusal(zipped({"xl/workbook.xml": b"<w/>", **parts}))


def test_fifty_megabytes_are_refused_without_being_read():
    class Endless(Upload):
        def read(self, size=-1):
            assert 0 < size <= 10_000_001
            return super().read(size)

    assert "10 MB" in refusal(Endless(bytes(50_000_000)))


def test_two_cells_in_opposite_corners_do_not_take_the_server_down():
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Mã xã", "Tên ấp"
    assert "hỏng" in refusal(saved(book))


def test_headings_with_nothing_below_are_said():
    assert "1" in refusal(xlsx(HEAD))


def test_too_many_rows_are_refused():
    rows = [["31552", f"Ấp {number}"] for number in range(21)]
    assert "20" in refusal(xlsx(HEAD, *rows), max_rows=20)
    assert len(read_sheet(xlsx(HEAD, *rows), HAMLETS, max_rows=21)) == 21
    rows *= 12
    assert "20" in refusal(xlsx(HEAD, *rows), max_rows=20)


# -- never a crash ------------------------------------------------------------------------------


def rows_or_refusal(content: bytes) -> None:
    try:
        sheet = read_sheet(Upload(content), HAMLETS)
    except UnreadableFile:
        return
    assert sheet.rows


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_rows_or_a_refusal(content):
    rows_or_refusal(content)


# Made once: a workbook holds the moment it was saved, and packs to another length a second later.
SOUND = xlsx(HEAD, ["31552", "Mỹ Phước", 512, "1/3/2005"]).getvalue()


@given(st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_workbook_gives_rows_or_a_refusal(data):
    content = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    rows_or_refusal(bytes(content[: data.draw(st.integers(1, len(content)))]))


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_under_the_headings_is_read_or_refused(rows):
    text = "\n".join(";".join(row) for row in [HEAD, *rows])
    rows_or_refusal(text.encode("utf-8", "surrogatepass"))


@given(
    st.text(max_size=40)
    | st.floats()
    | st.booleans()
    | st.dates().map(lambda day: {"day": day.isoformat()}),
    st.sampled_from(["text", "code", "phone", "number", "whole", "day", "yes"]),
)
def test_any_cell_is_a_value_or_an_error_in_words(cell, kind):
    heading = Heading("any", "Cột", kind=kind, width=5)
    try:
        value, note = read_cell(cell, heading)
    except ValueError as error:
        value, note = None, str(error)
    assert isinstance(note, str)
    assert kind != "whole" or value is None or 0 <= value <= 1_000_000
