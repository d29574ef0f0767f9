"""The pages: who promised what, one promise, what an enterprise has to do and where."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cncd.work.partners.models import Pledge
from cncd.work.partners.tests.conftest import UNTIL
from cncd.work.registers import actions as registers
from tests.forms import fields


def words(page) -> str:
    return " ".join(page.content.decode().split())


def test_the_list_tells_delivered_against_promised_and_opens_the_records(
    help_, pledged, market, page_client
):
    made = pledged()
    market.shop(market.owner("Hộ Lý Tám"), helped_by=help_.firm)
    desk = page_client.as_(help_.lan)
    page = words(desk.get("/partners/"))
    assert "Doanh nghiệp Sóng Xanh" in page
    address = f"{reverse('partners:pledge', args=[made.pk])}#delivered"
    assert f'href="{address}"' in page
    one = words(desk.get(address))
    assert "1/10, còn 9" in one
    assert "Hộ Lý Tám" in one
    assert "Ấp Mỹ Phước" in one


def test_the_list_searches_filters_and_exports(help_, pledged, page_client):
    pledged()
    pledged(agency=help_.union, kind="listings", until_on=dt.date(2026, 11, 30))
    desk = page_client.as_(help_.lan)
    assert "Sóng Xanh" not in words(desk.get("/partners/?q=tinh+doan"))
    assert "Sóng Xanh" not in words(desk.get("/partners/?kind=listings"))
    soon = words(desk.get("/partners/?state=soon"))
    assert ("Tỉnh đoàn" in soon, "Sóng Xanh" in soon) == (True, False)
    found = desk.get("/partners/?export=xlsx")
    assert "spreadsheet" in found["Content-Type"]


def test_an_empty_list_leads_to_the_first_promise_whoever_may_record_it(help_, page_client):
    assert "Ghi cam kết đầu tiên" in words(page_client.as_(help_.lan).get("/partners/"))
    assert "Ghi cam kết đầu tiên" not in words(page_client.as_(help_.xem).get("/partners/"))


def test_a_promise_is_recorded_changed_withdrawn_and_brought_back(help_, page_client):
    desk = page_client.as_(help_.lan)
    form = fields(desk.get("/partners/new/"), "/partners/new/")
    sent = form | {
        "agency": help_.firm.pk, "place": help_.nhon_my.pk, "kind": "shops", "amount": "1.200",
        "since_on": "01/10/2026", "until_on": "31/12/2026", "note": "",
    }  # fmt: skip
    desk.post("/partners/new/", sent)
    answer = desk.post("/partners/new/", sent)  # sent twice
    made = Pledge.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.amount, made.until_on) == (1200, UNTIL)

    address = reverse("partners:change", args=[made.pk])
    change = fields(desk.get(address), address)
    assert change["until_on"] == ["31/12/2026"]
    desk.post(address, change | {"amount": "8"})
    late = desk.post(address, change | {"amount": "9"})
    assert "vừa được người khác sửa" in words(late)
    made.refresh_from_db()
    assert made.amount == 8

    address = reverse("partners:withdraw", args=[made.pk])
    page = desk.post(address, fields(desk.get(address), address) | {"reason": "Ghi nhầm"})
    assert page["Location"] == "/partners/"
    assert (
        "Sóng Xanh" not in words(desk.get("/partners/")).partition("<main")[2].partition("list")[2]
    )
    assert "Sóng Xanh" in words(desk.get("/partners/?state=withdrawn"))
    desk.post(reverse("partners:restore", args=[made.pk]))
    assert Pledge.objects.standing().exists()


def test_what_is_wrong_is_told_at_its_field(help_, pledged, page_client):
    pledged()
    desk = page_client.as_(help_.lan)
    form = fields(desk.get("/partners/new/"), "/partners/new/")
    sent = form | {
        "agency": help_.firm.pk, "place": help_.nhon_my.pk, "kind": "shops", "amount": "2",
        "since_on": "01/11/2026", "until_on": "31/12/2026",
    }  # fmt: skip
    page = words(desk.post("/partners/new/", sent))
    assert "Đơn vị này đã có cam kết cùng loại từ 01/10/2026 đến hết 31/12/2026" in page
    paper = {"paper-number": "không số", "paper-issued_on": "01/11/2026", "paper-issuer": "DN"}
    page = words(desk.post("/partners/new/", sent | paper))
    assert "Ghi cả số" in page or "12/QĐ-UBND" in page
    assert Pledge.objects.count() == 1


def test_a_promise_is_only_seen_in_reach_and_changed_by_who_may(help_, pledged, page_client):
    made = pledged()
    for who, sees, may in (
        ("lan", 200, 200), ("minh", 200, 200), ("xem", 200, 403), ("viettel", 200, 403),
        ("gio", 404, 403), ("dung", 404, 404), ("outsider", 404, 404),
    ):  # fmt: skip
        desk = page_client.as_(getattr(help_, who))
        assert desk.get(made.get_absolute_url()).status_code == sees, who
        for name in ("change", "withdraw"):
            assert desk.get(reverse(f"partners:{name}", args=[made.pk])).status_code == may, who


# -- the enterprise's own page ------------------------------------------------------------------


@pytest.fixture
def busy(help_, pledged, market):
    """Nhơn Mỹ, helped by the first firm, and Xuân Hòa, helped by the other, with work to do."""
    pledged()
    pledged(agency=help_.other_firm, place=help_.xuan_hoa, by=help_.dung)
    hai = market.owner(consents=True)
    silent = market.owner("HTX Không Nêu Tên", help_.my_hoa)
    market.product("Bánh pía đậu xanh", hai)
    market.product("Khô cá lóc", silent)
    market.product("Nếp thường", silent, kind="farm")
    market.listing(market.product("Mè láo", hai))
    market.listing(market.product("Cốm dẹp", hai), broken=True)
    market.shop(silent, helped_by=help_.firm)
    market.product("Tôm khô", market.owner("Hộ Xuân Hòa", help_.hoa_loc, consents=True))
    return help_


def test_an_enterprise_sees_what_is_to_be_done_where_it_promised_and_nowhere_else(
    busy, page_client
):
    page = words(page_client.as_(busy.viettel).get("/partners/mine/"))
    body = page.partition("<main")[2]
    for there in ("Bánh pía đậu xanh", "Khô cá lóc", "Cốm dẹp", "HTX Không Nêu Tên", "1/10, còn 9"):
        assert there in body, there
    for elsewhere in ("Tôm khô", "Xã Xuân Hòa", "Mè láo", "Nếp thường", "Gió Nam"):
        assert elsewhere not in body, elsewhere
    narrowed = words(page_client.as_(busy.viettel).get("/partners/mine/?what=missing"))
    assert "Cốm dẹp" not in narrowed.partition("list-table")[2].partition("list-table")[2]


def test_a_contact_is_shown_only_where_the_owner_agreed(busy, page_client):
    firm = page_client.as_(busy.viettel)
    assert words(firm.get("/partners/mine/")).count("tel:0570000001") == 2
    [hai] = {job.owner for job in _jobs(busy) if job.contact_phone}
    registers.withdraw_consent(owner=hai, by=None)
    page = words(firm.get("/partners/mine/"))
    assert "0570000001" not in page
    assert "Bánh pía đậu xanh" in page


def _jobs(c):
    from cncd.work.partners.queries import jobs

    return jobs(c.viettel, [c.nhon_my.pk], [c.firm.pk], dt.date(2026, 11, 22))


def test_the_export_holds_the_lines_and_no_contact(busy, page_client):
    from openpyxl import load_workbook

    found = page_client.as_(busy.viettel).get("/partners/mine/?export=xlsx")
    sheet = load_workbook(filename=_file(found)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "Bánh pía đậu xanh" in cells
    assert not any("0570" in cell or cell == "Sơn Thị Hai" for cell in cells)


def _file(response):
    import io

    parts = response.streaming_content if response.streaming else [response.content]
    return io.BytesIO(b"".join(parts))


def test_an_enterprise_without_a_promise_is_told_what_to_do(help_, page_client):
    page = words(page_client.as_(help_.gio).get("/partners/mine/"))
    assert "Hãy đề nghị xã, huyện hoặc tỉnh ghi cam kết" in page


def test_the_page_asks_the_same_however_much_there_is(busy, market, page_client):
    firm = page_client.as_(busy.viettel)
    with CaptureQueriesContext(connection) as few:
        firm.get("/partners/mine/")
    owner = market.owner("Hộ Thứ Ba", consents=True)
    for number in range(12):
        market.product(f"Bánh {number}", owner)
    with CaptureQueriesContext(connection) as many:
        firm.get("/partners/mine/")
    assert len(many) <= len(few) <= 34


def test_the_enterprise_starts_there_and_finds_what_is_due_in_its_inbox(busy, page_client):
    firm = page_client.as_(busy.viettel)
    assert firm.get("/")["Location"] == "/partners/mine/"
    assert page_client.as_(busy.lan).get("/")["Location"].startswith("/desk/")
    assert "Xã Nhơn Mỹ: Mở gian hàng, còn 9 trên 10" in words(firm.get("/desk/inbox/"))


def test_the_rights_page_names_who_promised_help(help_, page_client):
    page = words(page_client.as_(help_.viettel).get("/rights/"))
    assert "Đơn vị nhận hỗ trợ" in page
