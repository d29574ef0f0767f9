import io
import re

import openpyxl
import pytest
import time_machine
from django.test import RequestFactory

from cncd.foundation.kit.lists import Choice, Column, List

pytestmark = [pytest.mark.urls("tests.gallery"), pytest.mark.django_db]


class Sheet(List):
    title = "Tổ"
    columns = [
        Column("name", "Tổ", sort="name"),
        Column("helped", "Lượt", kind="number", sort="helped", total=True),
        Column("note", "Ghi chú", hidden=True),
    ]
    filters = [Choice("kind", "Loại", choices=[("a", "A"), ("b", "B")])]
    search_fields = ["name"]
    order = "name"


ROWS = [
    {"name": "Tổ CNCĐ ấp Mỹ Phước", "helped": 12, "kind": "a", "note": "x"},
    {"name": "Tổ CNCĐ ấp An Nhơn", "helped": None, "kind": "a", "note": "y"},
    {"name": "Tổ CNCĐ ấp Hòa Lộc", "helped": 7, "kind": "b", "note": "z"},
]


def open_list(query="", rows=ROWS, kind=Sheet):
    return kind(RequestFactory().get(f"/x/?{query}"), rows)


def names(query="", rows=ROWS, kind=Sheet):
    return [row["name"].removeprefix("Tổ CNCĐ ấp ") for row in open_list(query, rows, kind).found]


def people(page_client, cast, query=""):
    """Names on the list of people, which comes from the database."""
    response = page_client.as_(cast.ha).get(f"/gallery/people/{query}")
    return re.findall(r'<th scope="row"[^>]*>(.*?)</th>', response.content.decode())


def excel(page_client, user, address):
    response = page_client.as_(user).get(address)
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


# -- searching, filtering, sorting ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["mỹ phước", "my phuoc", "MỸ PHƯỚC", "Mỹ Phước", "phuoc my", "tổ cncđ mỹ phước",
             "tổ công nghệ số cộng đồng mỹ phước", "cnscđ mỹ phước"]
)  # fmt: skip
def test_a_search_finds_the_team_however_it_is_typed(text):
    assert names(f"q={text}") == ["Mỹ Phước"]


@pytest.mark.parametrize("text", ["nguyen thi lan", "Lan Nguyễn", "NGUYỄN THỊ LAN"])
def test_a_search_in_the_database_finds_the_person_however_typed(page_client, cast, text):
    assert people(page_client, cast, f"?q={text}") == ["Nguyễn Thị Lan"]


def test_a_search_of_a_rooms_own_is_asked_with_the_folded_text():
    class Own(Sheet):
        search = lambda rows, text: [r for r in rows if text == "my phuoc" and r["helped"] == 12]  # noqa: E731

    assert names("q=Mỹ Phước", kind=Own) == ["Mỹ Phước"]


def test_sorting_turns_round_and_what_is_empty_stays_last():
    assert names("sort=helped") == ["Hòa Lộc", "Mỹ Phước", "An Nhơn"]
    assert names("sort=-helped") == ["Mỹ Phước", "Hòa Lộc", "An Nhơn"]
    assert names("sort=nonsense") == names("") == ["An Nhơn", "Hòa Lộc", "Mỹ Phước"]
    assert names("sort=note") == names("")  # a column that does not sort


def test_people_sort_by_given_name_and_those_without_an_account_come_last(page_client, cast):
    assert people(page_client, cast, "?size=50&sort=login")[-1] == "Kim Thị Bảy"
    assert people(page_client, cast, "?size=50&sort=-login")[-1] == "Kim Thị Bảy"


def test_filters_narrow_and_unknown_values_are_as_if_none(page_client, cast):
    assert names("kind=b") == ["Hòa Lộc"]
    assert len(names("kind=nonsense")) == 3
    assert people(page_client, cast, "?role=commune_officer") == ["Lê Thị Dung", "Nguyễn Thị Lan"]


def test_a_usual_filter_holds_until_it_is_taken_away():
    class Usual(Sheet):
        filters = [Choice("kind", "Loại", choices=[("a", "A"), ("b", "B")], default="b")]

    assert names("", kind=Usual) == ["Hòa Lộc"]
    assert len(names("kind=", kind=Usual)) == 3
    assert not open_list("", kind=Usual).is_narrowed
    assert open_list("kind=a", kind=Usual).view.cleared == "/x/?kind="


# -- pages and columns ---------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_a_page_that_does_not_exist_shows_one_that_does(page):
    assert open_list(f"page={page}").page.number == 1


@pytest.mark.parametrize("size", ["7", "-20", "x", "1000000"])
def test_only_offered_sizes_are_obeyed(size):
    assert open_list(f"size={size}").page_size == 20
    assert open_list("size=100").page_size == 100


def test_columns_are_chosen_in_the_address_and_there_is_always_one():
    assert [c.key for c in open_list("").shown] == ["name", "helped"]
    assert [c.key for c in open_list("cols=note&cols=name").shown] == ["name", "note"]
    assert [c.key for c in open_list("cols=note,name").shown] == ["name", "note"]
    assert [c.key for c in open_list("cols=nonsense").shown] == ["name", "helped"]


def test_the_total_is_that_of_all_found_rows_not_of_the_page(page_client, cast):
    html = page_client.as_(cast.lan).get("/gallery/?q=my phuoc").content.decode()
    assert "Tổng cộng" in html
    assert "61.700" not in html
    whole = open_list("").totals
    assert whole == {"helped": 19}


def test_addresses_keep_everything_else():
    view = open_list("q=ap&kind=a&u=7&page=2&sort=name").view
    assert view.headings[0].address == "/x/?q=ap&kind=a&u=7&sort=-name"
    assert view.chips[0].address == "/x/?q=ap&u=7&sort=name&kind="
    assert view.export == "/x/?q=ap&kind=a&u=7&sort=name&export=xlsx"
    assert dict(view.kept) == {"u": "7", "sort": "name"}


def test_two_lists_on_one_page_do_not_listen_to_each_other():
    request = RequestFactory().get("/x/?m-q=hoa&q=nhon")
    one, two = Sheet(request, ROWS), Sheet(request, ROWS, prefix="m-")
    assert [r["name"] for r in one.found] == ["Tổ CNCĐ ấp An Nhơn"]
    assert [r["name"] for r in two.found] == ["Tổ CNCĐ ấp Hòa Lộc"]
    assert one.region != two.region


# -- the page ------------------------------------------------------------------------------------


def test_the_list_is_a_page_that_works_without_javascript(page_client, cast):
    html = page_client.as_(cast.lan).get("/gallery/?sort=-helped").content.decode()
    assert 'aria-sort="descending"' in html
    assert "1–20 trong 30 dòng" in html
    assert '<option value="late">trễ</option>' in html
    assert "page=2" in html
    assert 'href="tel:' not in html


def test_htmx_gets_only_the_part_that_changes(page_client, cast):
    client = page_client.as_(cast.lan)
    headers = {"HX-Request": "true", "HX-Target": "list-samples"}
    part = client.get("/gallery/", headers=headers)
    assert "<html" not in part.content.decode()
    assert "HX-Target" in part.headers["Vary"]
    back = client.get("/gallery/", headers=headers | {"HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_an_empty_list_tells_the_first_step(page_client, cast):
    html = page_client.as_(cast.lan).get("/gallery/none/").content.decode()
    assert "Chưa có Tổ nào ở xã này." in html
    assert "Thành lập Tổ đầu tiên →" in html


def test_a_list_narrowed_to_nothing_tells_the_way_out(page_client, cast):
    html = page_client.as_(cast.lan).get("/gallery/?q=khongco&state=late").content.decode()
    assert "Xóa tìm kiếm và bộ lọc" in html
    assert "Thành lập Tổ đầu tiên" not in html


def test_rows_to_tick_belong_to_a_form_of_the_page(page_client, cast):
    html = page_client.as_(cast.lan).get("/gallery/select/").content.decode()
    assert 'name="row" value="' in html
    assert 'form="samples-bulk"' in html


def test_what_people_wrote_is_never_taken_for_html():
    evil = {"name": "<b>x</b>\"'", "helped": 1, "kind": "a", "note": ""}
    html = open_list('q="><script>', rows=[evil] * 2).view.rows
    assert html == []
    row = open_list("", rows=[evil]).view.rows[0]
    assert row.first == "&lt;b&gt;x&lt;/b&gt;&quot;&#x27;"
    assert f">{row.first}</th>" in row.html


def test_printing_puts_all_rows_on_one_page(page_client, cast):
    html = page_client.as_(cast.lan).get("/gallery/?print=1").content.decode()
    assert html.count("<tr>") == 32  # heading, 30 rows, total
    assert "pagination" not in html


# -- Excel ---------------------------------------------------------------------------------------


@time_machine.travel("2026-11-22 01:12Z")
def test_excel_holds_numbers_as_numbers_and_dates_as_dates(page_client, cast):
    sheet = excel(page_client, cast.minh, "/gallery/?export=xlsx&q=my phuoc&sort=-helped")
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == "Tổ")
    assert rows[0][0] == "Tổ và báo cáo"
    above = [row[0] for row in rows[:head] if row[0]]
    assert "Đơn vị: Huyện Kế Sách" in above
    assert "Tìm: my phuoc" in above
    assert above[-1] == "Số liệu đến 08:12 22/11/2026"
    first = dict(zip(rows[head], rows[head + 1], strict=True))
    assert first["Lượt người được giúp"] == 24680
    assert first["Đạt mức giao"] == pytest.approx(20 / 29)
    assert first["Gửi lúc"].isoformat() == "2026-11-21T08:20:00"
    assert sheet.freeze_panes == f"A{head + 2}"
    assert rows[-1][0] == "Tổng cộng"
    assert len(rows) == head + 1 + 3 + 1
    percent = sheet.cell(head + 2, 5)
    assert percent.number_format == "0.0%"


def test_excel_takes_no_text_for_a_formula():
    from cncd.foundation.kit.list_export import workbook

    evil = {"name": '=HYPERLINK("http://x")', "helped": None, "kind": "a", "note": "a\x07b"}
    found = open_list("cols=name,note", rows=[evil])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(found))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert all(cell.data_type == "s" for cell in cells)
    assert "ab" in [cell.value for cell in cells]


def test_excel_follows_filters_and_columns_but_not_pages(page_client, cast):
    sheet = excel(page_client, cast.lan, "/gallery/?export=xlsx&cols=name,phone&page=2")
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] and row[0] != "Tổ"]
    assert len(rows) == 30
    assert rows[0][1].startswith("09")  # a phone number keeps its zero


def test_the_file_is_named_after_the_list(page_client, cast):
    response = page_client.as_(cast.lan).get("/gallery/?export=xlsx")
    assert re.search(r"samples-\d{4}-\d\d-\d\d\.xlsx", response.headers["Content-Disposition"])
