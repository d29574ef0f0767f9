"""The pages about people, posts and agencies, as officers use them."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions
from cncd.foundation.people.models import Person, Posting, SignInLink
from cncd.foundation.people.permission_words import WORDS
from cncd.foundation.people.permissions import PERMISSIONS
from tests.cast import TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    cache.clear()
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def lan(cast, page_client):
    return page_client.as_(cast.lan)


@pytest.fixture
def minh(cast, page_client):
    return page_client.as_(cast.minh)


@pytest.fixture
def ha(cast, page_client):
    return page_client.as_(cast.ha)


@pytest.fixture
def hoa(cast):
    return actions.add_person(
        full_name="Sơn Thị Hoa", contact_phone="0912345678", home=cast.nhon_my, by=cast.lan
    )


def text(response) -> str:
    return response.content.decode()


# -- people -------------------------------------------------------------------------------------


def test_the_list_shows_people_of_the_unit_with_masked_phones(cast, lan, hoa):
    page = text(lan.get("/people/"))
    assert "Sơn Thị Hoa" in page
    assert "091•••678" in page
    assert "0912345678" not in page
    assert "Cán bộ cấp xã" in page
    assert "Lê Thị Dung" not in page, "she works in another commune"


@pytest.mark.parametrize("typed", ["son thi hoa", "SƠN", "Hoa So\u031bn", "sơn  hoa"])
def test_people_are_found_with_and_without_marks(cast, lan, hoa, typed):
    page = text(lan.get("/people/", {"q": typed}))
    assert "Sơn Thị Hoa" in page
    assert "Trần Văn Hùng" not in page


def test_the_list_is_narrowed_by_post_account_and_unit(cast, ha, hoa):
    def names(**query):
        return [row.row.full_name for row in ha.get("/people/", query).context["list"].rows]

    assert names(role="commune_officer") == ["Lê Thị Dung", "Nguyễn Thị Lan"]
    assert "Sơn Thị Hoa" in names(account="none")
    assert "Nguyễn Thị Lan" not in names(account="none")
    assert names(u=cast.xuan_hoa.pk) == ["Lê Thị Dung"]
    actions.close_account(user=cast.dung, by=cast.ha)
    assert names(account="closed") == ["Lê Thị Dung"]


def test_the_list_costs_the_same_for_few_and_for_many(cast, lan, hoa):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            lan.get("/people/")
        return len(captured)

    lan.get("/people/")
    few = cost()
    for number in range(12):
        actions.add_person(full_name=f"Người {number}", home=cast.nhon_my, by=cast.lan)
    assert cost() == few


def test_the_excel_of_the_list_masks_phones_too(cast, lan, hoa):
    book = load_workbook(io.BytesIO(lan.get("/people/?export=xlsx").content))
    cells = [str(cell.value) for row in book.active for cell in row]
    assert "091•••678" in cells
    assert "0912345678" not in cells


def test_adding_a_person(cast, lan):
    form = {
        "full_name": " Thạch  Sô Phia ",
        "gender": "f",
        "contact_phone": "+84 98 765 43 21",
        "home": cast.my_phuoc.pk,
    }
    response = lan.post("/people/add/", form)
    added = Person.objects.get(full_name="Thạch Sô Phia")
    assert response["Location"] == f"/people/{added.pk}/"
    assert added.contact_phone == "0987654321"
    assert Entry.objects.filter(event="person.added", actor_id=cast.lan.pk).exists()


def test_a_namesake_is_asked_about_once(cast, lan, hoa):
    form = {"full_name": "SƠN THỊ HOA", "gender": "", "home": cast.nhon_my.pk}
    page = text(lan.post("/people/add/", form))
    assert "Đã có người trùng tên" in page
    assert f'href="/people/{hoa.pk}/"' in page
    assert Person.objects.filter(search_key="son thi hoa").count() == 1
    lan.post("/people/add/", form | {"is_other": "on"})
    assert Person.objects.filter(search_key="son thi hoa").count() == 2


def test_what_is_wrong_stands_at_its_field(cast, lan):
    page = text(lan.post("/people/add/", {"full_name": "", "contact_phone": "123", "home": "999"}))
    assert "Họ và tên" in page
    assert "10 chữ số" in page
    assert "form-summary" in page


def test_homes_outside_reach_are_not_offered(cast, lan):
    form = {"full_name": "Ai Đó", "home": cast.xuan_hoa.pk}
    assert lan.post("/people/add/", form).status_code == 200
    assert not Person.objects.filter(full_name="Ai Đó").exists()


def test_the_page_of_a_person_shows_posts_account_and_history(cast, ha):
    actions.end_posting(
        posting=Posting.objects.get(person=cast.lan.person), until_on=TODAY, by=cast.ha
    )
    page = text(ha.get(f"/people/{cast.lan.person_id}/"))
    for words in (
        "Nguyễn Thị Lan",
        "Cán bộ cấp xã",
        "Xã Nhơn Mỹ",
        "01/01/2022",
        "21/11/2026",
        "Tên đăng nhập",
        "lan",
        "Quá trình phân công",
    ):
        assert words in page


def test_people_out_of_reach_are_not_found(cast, lan, page_client):
    for address in ("", "change/", "account/", "reset/", "forget/"):
        assert lan.get(f"/people/{cast.sa.person_id}/{address}").status_code == 404
    assert page_client.as_(cast.cuong).get("/people/").status_code == 403
    assert page_client.get("/people/").status_code == 302


def test_an_officer_above_is_seen_but_not_touched(cast, lan):
    actions.change_person(person=cast.minh.person, home=cast.nhon_my, by=None)
    page = text(lan.get(f"/people/{cast.minh.person_id}/"))
    assert "Cấp lại tại quầy" not in page
    assert lan.get(f"/people/{cast.minh.person_id}/reset/").status_code == 403
    assert lan.post(f"/people/{cast.minh.person_id}/invite/").status_code == 403
    assert lan.get(f"/people/{cast.minh.person_id}/change/").status_code == 403
    assert not SignInLink.objects.exists()


def test_a_full_number_is_shown_on_request_and_written_down(cast, lan, hoa):
    assert "0912 345 678" not in text(lan.get(f"/people/{hoa.pk}/"))
    page = text(lan.post(f"/people/{hoa.pk}/phone/"))
    assert 'href="tel:0912345678"' in page
    assert Entry.objects.filter(event="phone.shown", actor_id=cast.lan.pk).count() == 1


def test_the_phone_list_asks_what_for(cast, lan, hoa):
    page = text(lan.get("/people/phones/"))
    assert "1 số điện thoại" in page
    assert "0912" not in page
    assert "0912" not in text(lan.post("/people/phones/", {"reason": ""}))
    page = text(lan.post("/people/phones/", {"reason": "gọi họp", "show": "1"}))
    assert "0912 345 678" in page
    assert Entry.objects.get(event="phone.shown").reason == "gọi họp"
    book = load_workbook(
        io.BytesIO(lan.post("/people/phones/", {"reason": "x", "excel": "1"}).content)
    )
    assert "0912345678" in [cell.value for row in book.active for cell in row]


def test_erasing_asks_first(cast, lan, hoa):
    page = text(lan.get(f"/people/{hoa.pk}/forget/"))
    assert "Xóa dữ liệu đang lưu về Sơn Thị Hoa?" in page
    lan.post(f"/people/{hoa.pk}/forget/", {"reason": "theo yêu cầu"})
    hoa.refresh_from_db()
    assert hoa.forgotten_at
    refused = lan.post(f"/people/{cast.bay.pk}/forget/", {"reason": "theo yêu cầu"})
    assert "vẫn đang giữ nhiệm vụ" in text(refused)


# -- rights and personal data -------------------------------------------------------------------


def test_every_permission_is_explained_in_words():
    assert set(WORDS) == set(PERMISSIONS)


def test_the_page_of_rights_says_who_and_whether_i(cast, lan):
    page = text(lan.get("/rights/"))
    assert "Thành lập, kiện toàn, giải thể Tổ theo quyết định" in page
    assert "Cán bộ cấp xã, Lãnh đạo cấp xã" in page
    mine = {right.code: right.mine for right in lan.get("/rights/").context["rights"]}
    assert mine["teams.form"]
    assert not mine["programme.change"]


def test_the_inventory_says_what_is_kept_and_how_long(cast, lan):
    assert "Dữ liệu cá nhân được lưu" in text(lan.get("/personal-data/"))


def test_somebody_without_any_office_still_reaches_the_own_account(cast, page_client):
    actions.end_posting(
        posting=Posting.objects.get(person=cast.xem.person), until_on=TODAY, by=cast.ha
    )
    xem = page_client.as_(cast.xem)
    for address in ("/account/", "/account/data/", "/rights/"):
        assert xem.get(address).status_code == 200
    assert xem.get("/people/").status_code == 403
