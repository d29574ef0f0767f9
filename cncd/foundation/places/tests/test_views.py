"""The pages about places, as officers, members and strangers open them."""

import datetime as dt
import io

import pytest
from django.urls import reverse

from cncd.foundation.documents.models import Document
from cncd.foundation.kit.sheets import workbook
from cncd.foundation.places import queries
from cncd.foundation.places.actions import create_place, end_place, succeed_places
from cncd.foundation.places.models import Place

pytestmark = pytest.mark.django_db

REFORM = dt.date(2025, 7, 1)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC), tick=False)


def excel(*rows):
    head = ["Mã xã", "Tên ấp/khóm", "Loại", "Mã ấp", "Từ ngày"]
    file = io.BytesIO(workbook(head, rows))
    file.name = "ap.xlsx"
    return file


# -- looking ------------------------------------------------------------------------------------


def test_the_list_shows_the_units_of_ones_own_place(page_client, cast):
    text = page_client.as_(cast.lan).get("/places/").text
    assert "Ấp Mỹ Phước" in text
    assert "Xuân Hòa" not in text
    text = page_client.as_(cast.lan).get("/places/?under=all").text
    assert "Xuân Hòa" in text


@pytest.mark.parametrize("typed", ["tran de", "Trần Đề", "TRẦN ĐỀ", "Trâ\u0300n Đê\u0300", "951"])
def test_any_way_to_write_a_name_finds_it(page_client, cast, typed):
    page = page_client.as_(cast.ha).get("/places/", {"q": typed})
    assert "Huyện Trần Đề" in page.text
    assert "Xã Nhơn Mỹ" not in page.text


def test_what_matches_exactly_comes_first_then_what_begins_so(cast):
    for code, name in (
        ("31552.010", "Đề"),
        ("31552.011", "Trần Đề Mới"),
        ("31552.012", "Nam Trần Đề"),
    ):
        create_place(kind="ap", code=code, name=name, parent=cast.nhon_my, since_on=REFORM, by=None)
    found = [p.full_name for p in queries.search_places("tran de", TODAY)]
    assert found == ["Huyện Trần Đề", "Thị trấn Trần Đề", "Ấp Trần Đề Mới", "Ấp Nam Trần Đề"]


def test_a_comma_says_under_which_unit(cast):
    assert list(queries.search_places("mỹ phước, nhơn mỹ", TODAY)) == [cast.my_phuoc]
    assert list(queries.search_places("mỹ phước, xuân hòa", TODAY)) == []
    assert list(queries.search_places("31552", TODAY, "commune")) == [cast.nhon_my]


def test_a_list_can_be_narrowed_by_level_type_and_state(page_client, cast):
    end_place(place=cast.my_hoa, on=REFORM, by=None)
    client = page_client.as_(cast.ha)
    text = client.get("/places/?level=hamlet").text
    assert "Ấp Mỹ Phước" in text
    assert "Ấp Mỹ Hòa" not in text
    text = client.get("/places/?level=hamlet&state=ended").text
    assert "Ấp Mỹ Hòa" in text
    assert "Ấp Mỹ Phước" not in text
    text = client.get("/places/", {"kind": "Thị trấn"}).text
    assert "Thị trấn Trần Đề" in text
    assert "Xã Nhơn Mỹ" not in text


def test_the_list_goes_to_excel(page_client, cast):
    page = page_client.as_(cast.ha).get("/places/?export=xlsx")
    assert page["Content-Type"].startswith("application/vnd.openxmlformats")


def test_a_place_page_tells_its_history(page_client, cast):
    new = create_place(
        kind="xa", code="31553", name="Nhơn Hòa", parent=cast.soc_trang, since_on=REFORM, by=None
    )
    shares = [(cast.nhon_my, new, 1), (cast.xuan_hoa, new, 1)]
    succeed_places(kind="merge", shares=shares, on=REFORM, by=None)
    client = page_client.as_(cast.ha)
    text = client.get(reverse("places:place", args=[new.pk])).text
    assert "Hình thành từ" in text
    assert "Xã Xuân Hòa" in text
    assert "Ấp Hòa Lộc" in text
    old = client.get(reverse("places:place", args=[cast.nhon_my.pk])).text
    assert "Đã chuyển thành" in old
    assert "30/06/2025" in old
    assert "Ấp Mỹ Phước" in old  # what stood under it when it ended


def test_everybody_who_is_signed_in_may_look_and_only_some_may_change(page_client, cast):
    address = reverse("places:place", args=[cast.my_phuoc.pk])
    for user in (cast.tu, cast.cuong, cast.outsider, cast.xem):
        assert "Đổi tên" not in page_client.as_(user).get(address).text
    assert "Đổi tên" in page_client.as_(cast.lan).get(address).text


def test_strangers_are_asked_to_sign_in(client, cast):
    for name in ("list", "new", "hamlets", "reorganise", "boundaries"):
        assert client.get(reverse(f"places:{name}")).status_code == 302


def test_suggestions_come_while_typing_and_without_scripts_it_is_the_search_page(client, cast):
    client.force_login(cast.lan)
    address = reverse("places:choose") + "?level=commune&field=parent&parent=nhon"
    found = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert found.strip() == '<option value="31552 Xã Nhơn Mỹ, Huyện Kế Sách"></option>'
    plain = client.get(address)
    assert plain.status_code == 302
    assert "q=nhon" in plain["Location"]


# -- changing -----------------------------------------------------------------------------------


def test_a_commune_officer_adds_a_hamlet_which_gets_the_next_code(page_client, cast):
    client = page_client.as_(cast.lan)
    address = reverse("places:new") + f"?under={cast.nhon_my.pk}"
    page = client.get(address)
    assert "31552 Xã Nhơn Mỹ, Huyện Kế Sách" in page.text
    sent = {"parent": "31552", "kind": "ap", "name": "Mỹ Thạnh", "since_on": "01/07/2025"}
    done = client.post(address, sent, follow=True)
    assert "Đã thêm Ấp Mỹ Thạnh" in done.text
    assert queries.at_code("31552.003", REFORM)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"parent": "Xã Không Có"}, "Không có đơn vị nào"),
        ({"parent": "my"}, "Có nhiều đơn vị trùng"),
        ({"name": "Mỹ Phước"}, "Đã có Ấp Mỹ Phước"),
        ({"name": ""}, ""),
        ({"since_on": "31/02/2025"}, "Đây không phải là ngày"),
        ({"since_on": "01/01/2020"}, "không tồn tại"),
        ({"code": "31552.001"}, "là của Ấp Mỹ Phước"),
        ({"kind": "xa", "code": ""}, "mã chính thức"),
        ({"latitude": "9,7"}, "vĩ độ"),
        ({"latitude": "99", "longitude": "106"}, "tọa độ"),
        ({"doc-number": "12/QĐ-UBND"}, ""),
    ],
)
def test_what_cannot_be_added_is_said_at_the_field(page_client, cast, changes, message):
    sent = {"parent": "31552", "kind": "ap", "name": "Mỹ Thạnh", "since_on": "01/07/2025"}
    page = page_client.as_(cast.lan).post(reverse("places:new"), sent | changes)
    assert page.status_code == 200
    assert message in page.text
    assert Place.objects.at_level("hamlet").count() == 4


def test_a_change_cites_a_resolution_and_can_be_taken_back_at_once(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:change", args=[cast.nhon_my.pk])
    assert "31552" in client.get(address).text
    sent = {
        "on": "01/07/2025",
        "kind": "xa",
        "name": "Nhơn Mỹ Đông",
        "code": "31552",
        "parent": "943 Huyện Kế Sách, Tỉnh Sóc Trăng",
        "latitude": "",
        "longitude": "",
        "doc-kind": "resolution",
        "doc-number": "20/NQ-HĐND",
        "doc-issued_on": "15/06/2025",
        "doc-issuer": "HĐND tỉnh Sóc Trăng",
    }
    page = client.post(address, sent, follow=True)
    assert "Xã Nhơn Mỹ Đông" in page.text
    assert "20/NQ-HĐND" in page.text
    assert Document.objects.filter(number="20/NQ-HĐND").exists()
    client.post(reverse("places:undo", args=[cast.nhon_my.pk]), follow=True)
    assert cast.nhon_my.versions.get().name == "Nhơn Mỹ"


def test_nothing_is_written_when_the_document_is_refused(page_client, cast):
    sent = {
        "parent": "31552",
        "kind": "ap",
        "name": "Mỹ Thạnh",
        "since_on": "01/07/2025",
        "doc-kind": "resolution",
        "doc-number": "không số",
        "doc-issued_on": "15/06/2025",
        "doc-issuer": "UBND xã",
    }
    page = page_client.as_(cast.lan).post(reverse("places:new"), sent)
    assert page.status_code == 200
    assert Place.objects.at_level("hamlet").count() == 4


def test_pages_that_change_do_not_exist_outside_ones_reach(client, cast):
    client.force_login(cast.lan)
    for name in ("change", "end", "undo"):
        assert client.get(reverse(f"places:{name}", args=[cast.hoa_loc.pk])).status_code == 404
        assert client.get(reverse(f"places:{name}", args=[cast.nhon_my.pk])).status_code == 404
    client.force_login(cast.outsider)
    merge = reverse("places:succession", args=[cast.nhon_my.pk, "merge"])
    assert client.get(merge).status_code == 404
    assert client.get(reverse("places:settings", args=[cast.nhon_my.pk])).status_code == 404
    client.force_login(cast.cuong)
    assert client.get(reverse("places:new")).status_code == 403


def test_a_hamlet_ends_and_comes_back(page_client, cast):
    client = page_client.as_(cast.lan)
    address = reverse("places:end", args=[cast.my_hoa.pk])
    assert "Kết thúc" in client.get(address).text
    page = client.post(address, {"on": "01/07/2026", "reason": "giải thể"}, follow=True)
    assert "30/06/2026" in page.text
    undo = reverse("places:undo", args=[cast.my_hoa.pk])
    assert "Hoàn tác" in client.get(undo).text
    client.post(undo, {"reason": "nhập nhầm"}, follow=True)
    assert cast.my_hoa.versions.get().until_on is None
