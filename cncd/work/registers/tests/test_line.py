"""The 100% line: what it says of a unit, whom it names, what every number opens."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.people.models import Person
from cncd.foundation.places.actions import create_place, succeed_places
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import PeriodScheme
from cncd.work.registers import actions
from cncd.work.registers.models import Product
from cncd.work.registers.queries.course import Line, course
from cncd.work.registers.queries.line import LinePage
from cncd.work.registers.queries.memory import forget
from cncd.work.registers.queries.shelf import changes, shelf
from cncd.work.registers.queries.units import units_of
from cncd.work.registers.tests.conftest import TODAY, listed, recognised
from cncd.work.registers.tests.test_counting_by_hand import Country

pytestmark = pytest.mark.django_db

NOVEMBER_5 = dt.date(2026, 11, 5)


@pytest.fixture
def c(register):
    forget()
    scheme = PeriodScheme.objects.get(in_use=True)
    register.period = ensure_period(scheme=scheme, day=TODAY)
    return register


def another(c, name, place=None, **fields):
    owner = actions.add_owner(kind="household", name=f"Hộ {name}", place=place or c.my_hoa, by=None)
    product = actions.add_product(kind="ocop", name=name, owner=owner, by=None)
    recognised(c, product, **fields | {"by": None})
    return product


def on_floor(c, product, *, on=NOVEMBER_5, checked=True):
    address = f"https://voso.vn/{product.pk.hex[:8]}-p{product.pk.int % 10_000}"
    listing = listed(c, product, address=address, on=on, by=None)
    if checked:
        actions.verify_listing(listing=listing, by=None, on=on)
    return listing


def page_of(c, unit=None, day=TODAY, user=None):
    forget()
    place = type(c.nhon_my).objects.named(day).get(pk=(unit or c.soc_trang).pk)
    return LinePage(place, c.period, day, user or c.ha)


def text(response) -> str:
    return response.content.decode()


# -- numbers ------------------------------------------------------------------------------------


def test_so_many_of_so_many_by_unit_and_what_the_rest_waits_for(c):
    recognised(c)
    on_floor(c, c.product)
    on_floor(c, another(c, "Mật ong"), checked=False)
    another(c, "Bánh pía", c.dau_giong)
    page = page_of(c)
    assert (page.line, page.share_words) == (Line(1, 3), "33,3%")
    assert [(step.state, step.number) for step in page.steps] == [("listed", 1), ("none", 1)]
    told = {row.name: (row.on_floor, row.recognised, row.share_words) for row in page.units}
    assert told == {"Huyện Kế Sách": (1, 2, "50%"), "Huyện Trần Đề": (0, 1, "0%")}
    assert page_of(c, c.nhon_my).line == Line(1, 2)
    assert page_of(c, c.xuan_hoa).share_words == "không phát sinh"


def test_the_line_of_a_past_month_is_as_it_stood_then(c):
    recognised(c)
    listing = on_floor(c, c.product, on=dt.date(2026, 10, 10))
    actions.report_broken(listing=listing, on=NOVEMBER_5, by=None)
    page = page_of(c)
    lines = {month.label: (month.line, month.words) for month in page.months}
    assert len(lines) == 12
    assert lines["02/2026"] == (Line(0, 0), "không phát sinh")
    assert lines["10/2026"] == (Line(1, 1), "100% (1/1)")
    assert lines["11/2026"] == (Line(0, 1), "0% (0/1)")
    assert page.change_words == "▼ 100 điểm %"
    assert page_of(c, day=dt.date(2026, 10, 31)).line == Line(1, 1)


def test_what_changed_since_the_month_before_is_told_by_name(c):
    recognised(c, until_on=dt.date(2026, 11, 10))
    broken = on_floor(c, another(c, "Mật ong"), on=dt.date(2026, 10, 10))
    actions.report_broken(listing=broken, on=NOVEMBER_5, by=None)
    on_floor(c, another(c, "Bánh pía", decided_on=dt.date(2026, 11, 2)))
    found = page_of(c).changes
    names = {
        kind: [c_name(item) for item in getattr(found, kind)]
        for kind in ("recognised", "ended", "listed", "lost")
    }
    assert names == {
        "recognised": ["Bánh pía"],
        "ended": ["Cốm dẹp Ba Tý"],
        "listed": ["Bánh pía"],
        "lost": ["Mật ong"],
    }
    assert not any(vars(page_of(c, c.tt_tran_de).changes).values())


def c_name(item) -> str:
    return Product.objects.get(pk=item.pk).name


def test_a_product_of_no_team_is_on_the_line_and_not_in_the_reports(c):
    recognised(c)
    on_floor(c, c.product)
    another(c, "Trà", c.hoa_loc)  # nobody covers Hòa Lộc
    another(c, "Mắm", c.nhon_my)  # known by its commune alone
    page = page_of(c)
    assert (page.line, page.by_team, page.without_team) == (Line(1, 3), Line(1, 1), 2)
    rows = {row.name: row.recognised for row in page_of(c, c.nhon_my).units}
    assert rows["Chưa rõ khóm, ấp"] == 1


def test_what_passed_into_two_communes_counts_in_the_larger_part_once(c):
    another(c, "Mật ong")
    heirs = [
        create_place(
            kind="ap", code=f"3155{n}.9", name=name, parent=parent, since_on=TODAY, by=c.ha
        )
        for n, (name, parent) in enumerate([("Hòa Một", c.nhon_my), ("Hòa Hai", c.xuan_hoa)])
    ]
    shares = [(c.my_hoa, heirs[0], "0.3"), (c.my_hoa, heirs[1], "0.7")]
    succeed_places(kind="split", shares=shares, on=TODAY, by=c.ha, document=None)
    assert page_of(c, c.xuan_hoa).line == Line(0, 1)
    assert page_of(c, c.nhon_my).line == Line(0, 0)
    assert sum(row.recognised for row in page_of(c, c.ke_sach).units) == 1


@pytest.mark.parametrize("seed", range(3))
def test_shelf_course_and_changes_agree_on_random_records(c, seed):
    country, places = Country(c, seed), set(units_of([c.soc_trang.pk], TODAY))
    before, day = sorted([country.day(), country.day()])
    forget()
    for line, on in zip(course([before, day], places), (before, day), strict=True):
        items = [item for item in shelf(on) if item.place in places]
        assert line == Line(sum(item.is_on_floor for item in items), len(items))
    then, now = ({item.pk for item in shelf(on)} for on in (before, day))
    found = changes(before, day, places)
    assert {item.pk for item in found.recognised} == now - then
    assert {item.pk for item in found.ended} == then - now


# -- the page -----------------------------------------------------------------------------------


@pytest.fixture
def pages(c, page_client):
    return lambda user, query="": page_client.as_(user).get(f"/registers/{query}")


def test_the_page_says_the_line_and_names_what_is_missing(c, pages):
    recognised(c)
    on_floor(c, c.product)
    on_floor(c, another(c, "Mật ong"), checked=False)
    page = text(pages(c.ha))
    assert "<strong>1</strong></a>/" in page
    assert "sản phẩm OCOP đã lên sàn, đã kiểm tra (50%)" in page
    assert "Mật ong" in page
    assert "Đã đăng, chưa kiểm tra: Vỏ Sò (voso.vn)" in page
    assert "Tăng Thị Sa" not in page
    assert "Danh Thanh Liêm" in page  # who leads the team there
    assert "Cốm dẹp Ba Tý" in text(pages(c.ha, "?state=verified"))
    assert "Mật ong" in text(pages(c.ha, "?q=mat ong"))
    assert "mức giao" in page


def test_an_empty_register_asks_for_the_first_product_and_an_expired_one_does_not(c, pages):
    page = text(pages(c.lan, f"?u={c.nhon_my.pk}"))
    assert "Nothing arose" not in page
    recognised(c, until_on=dt.date(2026, 11, 1))
    assert "Không phát sinh" in text(pages(c.lan, f"?u={c.nhon_my.pk}"))
    empty = text(pages(c.dung, f"?u={c.xuan_hoa.pk}"))
    assert "Trong sổ chưa có sản phẩm OCOP nào" in empty
    assert "/registers/products/new/" in empty


def test_a_phone_number_is_for_those_who_deal_with_the_team(c, pages):
    Person.objects.filter(user=c.liem).update(contact_phone="0912345678")
    another(c, "Mật ong")
    assert "tel:0912345678" in text(pages(c.lan))
    assert "tel:0912345678" not in text(pages(c.ha))
    assert "tel:0912345678" not in text(pages(c.thuong))


def test_products_of_no_team_are_said_in_one_sentence_and_open_by_name(c, pages):
    another(c, "Trà", c.hoa_loc)
    page = text(pages(c.ha))
    assert "Báo cáo đếm theo Tổ (KT03): 0/0" in page
    opened = text(pages(c.ha, "?team=no&state="))
    assert "Trà" in opened
    assert "Trà" not in text(pages(c.ha, "?team=yes&state="))


def test_both_tables_are_excel_files_with_numbers_as_numbers(c, pages):
    recognised(c)
    another(c, "Bánh pía", c.dau_giong)

    def rows(query):
        book = openpyxl.load_workbook(io.BytesIO(pages(c.ha, query).content))
        return [row for row in book.active.iter_rows(values_only=True) if row[0]]

    missing = rows("?export=xlsx")
    assert {"Bánh pía", "Cốm dẹp Ba Tý"} <= {row[0] for row in missing}
    assert any("Tổ: Tăng Thị Sa" in str(row) for row in missing)
    units = rows("?u-export=xlsx")
    assert ("Huyện Trần Đề", 0, 1, 0, 1, 0) in units


@pytest.mark.parametrize(
    ("who", "seen"), [("minh", True), ("thuong", True), ("son", False), ("outsider", False)]
)
def test_everybody_sees_the_line_of_their_own_places(c, pages, who, seen):
    another(c, "Mật ong")
    assert ("Mật ong" in text(pages(getattr(c, who)))) == seen


def test_those_without_the_right_do_not_open_it(c, pages):
    assert pages(c.viettel).status_code == 403


def test_the_page_asks_no_more_for_more_products(c, page_client):
    def asked():
        forget()
        client = page_client.as_(c.ha)
        client.get("/registers/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/registers/")
        return len(queries)

    another(c, "Mật ong")
    another(c, "Trà", c.hoa_loc)
    few = asked()
    for number in range(8):
        another(c, f"Bánh {number}", c.dau_giong)
    assert asked() <= few
    assert few <= 60
