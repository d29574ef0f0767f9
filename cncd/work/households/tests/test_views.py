import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cncd.work.households.models import Household, HouseholdCount
from cncd.work.households.tests.conftest import stated
from tests.forms import fields

LIST, ADD, NUMBER = (reverse(f"households:{name}") for name in ("list", "add", "number"))
IMPORT, COUNTS = reverse("households:import"), reverse("households:counts")


def texts(page) -> str:
    return page.content.decode()


@pytest.fixture
def lan(page_client, cast):
    return page_client.as_(cast.lan)


# -- the list -----------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do_first(lan):
    page = texts(lan.get(LIST))
    assert "Ở đây chưa có danh sách hộ" in page
    assert "Tạo mã 001, 002" in page


def test_a_list_is_made_and_taken_back_with_two_presses(lan, cast):
    sent = {"place": cast.my_phuoc.pk, "first": "001", "last": "250"}
    page = lan.post(NUMBER, sent, follow=True)
    assert "Đã tạo 250 mã hộ cho Ấp Mỹ Phước" in texts(page)
    assert Household.objects.count() == 250
    [undo] = [form for form in fields_of_undo(page)]
    lan.post(undo)
    assert not Household.objects.exists()


def fields_of_undo(page) -> list[str]:
    """Addresses that the messages of the page offer to undo by."""
    return [m.extra_tags.removeprefix("undo:") for m in page.context["messages"] if m.extra_tags]


def test_the_list_is_searched_filtered_and_exported(lan, my_phuoc, cast):
    Household.objects.filter(code__in=["003", "004"]).update(is_producing=True)
    page = texts(lan.get(f"{LIST}?q=7"))
    assert ">007<" in page
    assert ">008<" not in page
    page = texts(lan.get(f"{LIST}?flag=producing"))
    assert ">003<" in page
    assert ">005<" not in page
    assert ">003<" in texts(lan.get(f"{LIST}?visited=no"))
    assert ">003<" not in texts(lan.get(f"{LIST}?visited=yes"))
    assert "Ấp Mỹ Hòa" in texts(lan.get(LIST))  # has no list yet
    book = openpyxl.load_workbook(io.BytesIO(lan.get(f"{LIST}?export=xlsx").content))
    codes = [row[0].value for row in book.active.iter_rows() if row[0].value]
    assert codes[-12:] == [f"{n:03}" for n in range(1, 13)]


def test_the_list_asks_no_more_for_more_households(lan, my_phuoc, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        lan.get(LIST)


def test_everybody_sees_the_households_in_reach_and_no_others(page_client, my_phuoc, cast):
    seen = {}
    for who in (
        "tu",
        "cuong",
        "liem",
        "lan",
        "hung",
        "dung",
        "minh",
        "son",
        "ha",
        "xem",
        "outsider",
    ):
        page = page_client.as_(getattr(cast, who)).get(LIST)
        seen[who] = ">007<" in texts(page)
    inside = {"tu", "cuong", "lan", "hung", "minh", "ha", "xem"}
    assert seen == {who: who in inside for who in seen}
    home = reverse("households:household", args=[Household.objects.first().pk])
    assert home in texts(page_client.as_(cast.lan).get(LIST))
    assert home not in texts(page_client.as_(cast.xem).get(LIST))  # who may not open it
    for who in ("thuong", "doan", "viettel"):
        assert page_client.as_(getattr(cast, who)).get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [("tu", 200), ("lan", 200), ("minh", 200), ("cuong", 403), ("hung", 403), ("ha", 403),
     ("dung", 404), ("liem", 404), ("son", 404)],
)  # fmt: skip
def test_only_those_who_keep_the_list_open_a_household(who, status, page_client, my_phuoc, cast):
    home = Household.objects.get(code="007")
    client = page_client.as_(getattr(cast, who))
    for name in ("household", "end"):
        assert client.get(reverse(f"households:{name}", args=[home.pk])).status_code == status
    for name in ("restore", "remove") if status != 200 else ():
        assert client.post(reverse(f"households:{name}", args=[home.pk])).status_code == status


# -- one household ------------------------------------------------------------------------------


def test_a_leader_adds_a_household_of_the_only_hamlet_from_the_phone(page_client, cast):
    tu = page_client.as_(cast.tu)
    assert "place" not in fields(tu.get(ADD), ADD)
    page = tu.post(ADD, {"code": "12a", "is_business": "on", "again": "1"})
    assert page.url.startswith(ADD)
    home = Household.objects.get()
    assert (home.place, home.code, home.is_business) == (cast.my_phuoc, "12A", True)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("Sơn Văn Tư", "giống tên người"),
        ("0912 345 678", "giống số điện thoại"),
        ("7", "đã có hộ 007"),
        ("12+", "chưa phải mã hộ"),
    ],
)
def test_what_is_no_code_is_told_at_its_field(code, told, lan, my_phuoc):
    page = lan.post(ADD, {"place": my_phuoc.pk, "code": code})
    assert told in texts(page)
    assert Household.objects.count() == 12


def test_a_household_is_changed_ended_and_brought_back(lan, my_phuoc):
    home = Household.objects.get(code="007")
    address = reverse("households:household", args=[home.pk])
    lan.post(address, fields(lan.get(address), address) | {"code": "7b", "is_producing": "on"})
    home.refresh_from_db()
    assert (home.code, home.is_producing) == ("7B", True)
    page = lan.post(reverse("households:end", args=[home.pk]), {"last_day": "22/11/2026"})
    assert page.url == LIST
    home.refresh_from_db()
    assert home.last_day == dt.date(2026, 11, 22)
    assert "đến hết ngày 22/11/2026" in texts(lan.get(address))
    lan.post(reverse("households:restore", args=[home.pk]))
    home.refresh_from_db()
    assert home.until_on is None


# -- Excel --------------------------------------------------------------------------------------


def pasted(client, address, text: str, **more):
    """The preview of what was pasted, and its address."""
    answer = client.post(address, {"pasted": text, **more})
    return client.get(answer.url), answer.url


def confirmed(client, page, address):
    return client.post(address, {"digest": page.context["digest"], "confirm": "1"}, follow=True)


def test_a_file_is_looked_at_row_by_row_then_taken_over_with_its_zeros(lan, my_phuoc, cast):
    text = "Ấp\tMã hộ\tSản xuất\tKinh doanh\nMỹ Phước\t1\tx\t\nMỹ Hòa\t0012\t\tx"
    page, address = pasted(lan, IMPORT, text)
    assert "“1” là hộ 001 trong danh sách" in texts(page)
    assert not Household.objects.filter(place=cast.my_hoa).exists()
    page = confirmed(lan, page, address)
    assert "Thêm 1 hộ, sửa 1 hộ" in texts(page)
    assert Household.objects.get(code="001").is_producing
    assert Household.objects.get(place=cast.my_hoa).code == "0012"
    page, _address = pasted(lan, IMPORT, text)
    assert "không có gì để ghi" in texts(page) or page.context["to_write"] == 0


def test_wrong_rows_are_told_by_number_and_nothing_is_written(lan, my_phuoc, cast):
    text = (
        "Ấp\tMã hộ\tSản xuất\tKinh doanh\nMỹ Phước\t13\t\t\nMỹ Phước\t013\t\t\n"
        "Mỹ Phước\tLâm Thị Sáu\t\t\nMỹ Phước\t0912345678\t\t\nHòa Lộc\t5\t\t\nMỹ Phước\t14\tmaybe\t"
    )
    page, address = pasted(lan, IMPORT, text)
    told = texts(page)
    for said in (
        "Dòng 2 đã có mã này",
        "giống tên người",
        "số điện thoại",
        "Hòa Lộc",
        "ghi x nếu có",
    ):
        assert said in told, said
    assert page.context["count"]["wrong"] == 5
    confirmed(lan, page, address)
    assert Household.objects.count() == 12


def test_codes_alone_may_be_pasted_by_a_leader(page_client, cast):
    tu = page_client.as_(cast.tu)
    page, address = pasted(tu, IMPORT, "Mã hộ\n001\n002\n010")
    assert page.context["count"] == {"new": 3, "updated": 0, "unchanged": 0, "wrong": 0}
    confirmed(tu, page, address)
    assert list(Household.objects.values_list("code", flat=True)) == ["001", "002", "010"]


def test_the_template_holds_the_list_as_it_stands(lan, my_phuoc):
    book = openpyxl.load_workbook(io.BytesIO(lan.get(f"{IMPORT}?template=1").content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert ["Ấp Mỹ Phước", "012"] in [row[:2] for row in rows]


def test_a_workbook_of_the_template_comes_back_unchanged(lan, my_phuoc):
    content = lan.get(f"{IMPORT}?template=1").content
    answer = lan.post(IMPORT, {"pasted": "", "file": SimpleUploadedFile("ho.xlsx", content)})
    assert lan.get(answer.url).context["count"]["unchanged"] == 12


# -- yearly counts ------------------------------------------------------------------------------


def typed(place, *figures) -> dict:
    names = ("households", "businesses", "adults")
    return {f"h{place.pk}-{name}": str(n) for name, n in zip(names, figures, strict=True)}


def test_counts_of_a_year_are_typed_for_all_hamlets_at_once(lan, cast):
    address = reverse("households:enter_counts")
    sent = fields(lan.get(address), "counts") | {"source": "ban nhân dân ấp"}
    sent |= typed(cast.my_phuoc, "1.250", 40, 900)
    page = lan.post(address, sent, follow=True)
    assert "Đã ghi số hộ của 1 ấp, khóm" in texts(page)
    assert "1.250" in texts(page)
    row = HouseholdCount.objects.get()
    assert (row.place, row.households, row.source) == (cast.my_phuoc, 1250, "ban nhân dân ấp")
    page = lan.post(address, sent | typed(cast.my_phuoc, 7, 0, 7))  # on a page from before
    assert "Vừa có người khác ghi số hộ" in texts(page)
    assert HouseholdCount.objects.count() == 1


@pytest.mark.parametrize(
    ("figures", "source", "told"),
    [((10, 11, 9), "ấp", "Nhiều hơn tổng số hộ (10)"), ((10, 1, 9), "", "Nguồn số liệu"),
     ((-1, 1, 9), "ấp", "từ 0 trở lên"), ((10, "một", 9), "ấp", "số nguyên")],
)  # fmt: skip
def test_counts_that_cannot_be_are_told_at_their_cell(figures, source, told, lan, cast):
    address = reverse("households:enter_counts")
    page = lan.post(address, typed(cast.my_phuoc, *figures) | {"source": source})
    assert told in texts(page)
    assert not HouseholdCount.objects.exists()


def test_the_grid_is_filled_in_from_the_lists(lan, my_phuoc):
    Household.objects.filter(code__in=["003", "004"]).update(is_producing=True)
    address = reverse("households:enter_counts")
    page = fields(lan.get(f"{address}?list=1"), "counts")
    assert page[f"h{my_phuoc.pk}-households"] == ["12"]
    assert page[f"h{my_phuoc.pk}-businesses"] == ["2"]


def test_a_district_chooses_a_commune_only_when_there_is_too_much_to_type(page_client, cast):
    client = page_client.as_(cast.minh)
    assert "Ấp Hòa Lộc" in texts(client.get(reverse("households:enter_counts")))


def test_the_history_of_a_hamlet_shows_every_row(page_client, lan, cast):
    stated(cast, cast.my_phuoc, households=250, source="niên giám")
    stated(cast, cast.my_phuoc, households=252, source="rà soát lại")
    address = reverse("households:history", args=[cast.my_phuoc.pk])
    page = texts(lan.get(address))
    assert all(word in page for word in ("niên giám", "rà soát lại", "Đã thay"))
    assert page_client.as_(cast.dung).get(address).status_code == 404


def test_the_table_tells_of_which_year_each_figure_is(lan, cast):
    stated(cast, cast.my_phuoc, 2025, households=240)
    page = texts(lan.get(f"{COUNTS}?year=2026"))
    assert ">2025<" in page
    assert ">240<" in page
    assert ">240<" not in texts(lan.get(f"{COUNTS}?year=2024"))


def test_counts_come_from_excel_and_correct_without_overwriting(lan, cast):
    stated(cast, cast.my_phuoc, households=250, adults=700)
    text = "Ấp\tSố hộ\tHộ SXKD\nMỹ Phước\t252\t30\nMỹ Hòa\t100\t200"
    more = {"year": "2026", "source": "rà soát tháng 11"}
    address = reverse("households:import_counts")
    page, at = pasted(lan, address, text, **more)
    assert "Nhiều hơn tổng số hộ (100)" in texts(page)
    page, at = pasted(lan, address, text.replace("200", "20"), **more)
    assert "250 → 252" in texts(page)
    confirmed(lan, page, at)
    row = HouseholdCount.objects.current().get(place=cast.my_phuoc)
    assert (row.households, row.businesses, row.adults) == (252, 30, 700)
    assert HouseholdCount.objects.count() == 3


def test_who_may_not_keep_the_counts_may_read_them(page_client, cast):
    for who, status in (("cuong", 200), ("hung", 200), ("ha", 200), ("xem", 200), ("viettel", 403)):
        client = page_client.as_(getattr(cast, who))
        assert client.get(COUNTS).status_code == status
        assert client.get(reverse("households:enter_counts")).status_code == 403
        assert client.get(reverse("households:import_counts")).status_code == 403
