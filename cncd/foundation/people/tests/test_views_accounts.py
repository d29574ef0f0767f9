"""The pages about accounts: opening, letting in, slips, one's own."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.cache import cache
from openpyxl import load_workbook

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions
from cncd.foundation.people.models import SignInLink, User

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


def test_opening_an_account_suggests_a_name_and_explains_a_taken_phone(cast, lan, hoa):
    assert 'value="hoast"' in text(lan.get(f"/people/{hoa.pk}/account/"))
    actions.change_account(user=cast.tu, phone="0912345678", by=cast.lan)
    page = text(lan.post(f"/people/{hoa.pk}/account/", {"login": "hoa", "phone": "0912345678"}))
    assert "Sơn Văn Tư" in page
    lan.post(f"/people/{hoa.pk}/account/", {"login": "hoa", "phone": ""})
    assert User.objects.get(login="hoa").person == hoa


def test_an_invitation_is_shown_once_with_a_code_and_an_address(cast, lan):
    page = text(lan.post(f"/people/{cast.tu.person_id}/invite/"))
    assert "<svg" in page
    assert "http://testserver/in/" in page
    token = page.split("http://testserver/in/")[1].split("/")[0]
    assert actions.link_of(token).user == cast.tu
    link = SignInLink.objects.get()
    lan.post(f"/people/links/{link.pk}/revoke/")
    link.refresh_from_db()
    assert link.revoked_at


def test_resetting_at_the_counter_may_remove_lost_factors(cast, lan):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=cast.tu, type="totp", data={"secret": "x"})
    page = lan.post(f"/people/{cast.tu.person_id}/reset/", {"remove_factors": "on"})
    assert "/in/" in text(page)
    assert not Authenticator.objects.exists()
    assert SignInLink.objects.get().purpose == "reset"


def test_slips_for_the_unit_are_chosen_and_printed(cast, lan):
    page = text(lan.get("/people/slips/")).split("<main")[1]
    assert "Sơn Văn Tư" in page
    assert "Nguyễn Thị Lan" not in page, "not for oneself"
    assert "Trần Văn Hùng" not in page, "officers are let in from the level above"
    assert "Kim Thị Bảy" not in page, "she has no account"
    assert "Chưa chọn ai" in text(lan.post("/people/slips/"))
    sheet = text(
        lan.post(
            "/people/slips/", {"row": [cast.tu.person_id, cast.hung.person_id, cast.dung.person_id]}
        )
    )
    assert sheet.count('class="slip"') == 1, "nobody else's"
    assert "22/12/2026" in sheet


def test_closing_and_reopening_an_account(cast, lan):
    lan.post(f"/people/{cast.tu.person_id}/account/close/", {"reason": "chuyển đi"})
    assert not User.objects.get(pk=cast.tu.pk).is_active
    lan.post(f"/people/{cast.tu.person_id}/account/reopen/")
    assert User.objects.get(pk=cast.tu.pk).is_active


def test_one_s_own_numbers(cast, page_client):
    tu = page_client.as_(cast.tu)
    actions.change_account(user=cast.nhan, phone="0901112223", by=cast.lan)
    page = tu.post("/account/numbers/", {"contact_phone": "0912345678", "phone": "0901112223"})
    assert "Thạch Thị Nhàn" in text(page)
    cast.tu.person.refresh_from_db()
    assert cast.tu.person.contact_phone == "", "nothing half written"
    tu.post("/account/numbers/", {"contact_phone": "0912345678", "phone": "0912345678"})
    assert User.objects.get(pk=cast.tu.pk).phone == "0912345678"


def test_one_s_own_data_as_a_page_and_as_a_file(cast, page_client):
    tu = page_client.as_(cast.tu)
    assert "Sơn Văn Tư" in text(tu.get("/account/data/"))
    book = load_workbook(io.BytesIO(tu.post("/account/data/").content))
    assert "Sơn Văn Tư" in [cell.value for row in book.worksheets[0] for cell in row]
    assert Entry.objects.filter(event="own_data.taken").exists()
