"""Second factors and sessions over HTTP."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from cncd.foundation.journal.models import Entry
from cncd.foundation.places.actions import set_setting
from tests.cast import PASSWORD, TODAY

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def frozen():
    cache.clear()
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def door(page_client):
    return page_client


def sign_in(client, login, password=PASSWORD, **more):
    return client.post("/account/login/", {"login": login, "password": password}, **more)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


# -- second factors -----------------------------------------------------------------------------


def test_an_officer_without_a_second_factor_is_nudged_and_may_wait(cast, door):
    response = sign_in(door, "lan", follow=True)
    assert response.redirect_chain[0][0].startswith("/account/protect/")
    page = response.content.decode()
    assert "Hãy bảo vệ tài khoản" in page
    assert "Để sau" in page
    assert door.get("/people/").status_code == 200


def test_members_and_readers_are_not_nudged(cast, door):
    for login in ("tu", "xem"):
        client = Client()
        assert sign_in(client, login)["Location"] == "/"


def test_from_the_chosen_day_on_officers_must_have_one(cast, door, frozen):
    day = TODAY + dt.timedelta(days=2)
    set_setting(key="people.second_factor", value="yes", place=cast.ke_sach, since_on=day, by=None)
    page = sign_in(door, "lan", follow=True).content.decode()
    assert "24/11/2026" in page
    assert door.get("/people/").status_code == 200
    frozen.move_to(NOW + dt.timedelta(days=2))
    held = door.get("/people/?u=1")
    assert held.status_code == 302
    assert held["Location"].startswith("/account/protect/?next=%2Fpeople%2F")
    assert "Để sau" not in door.get("/account/protect/").content.decode()
    assert door.get("/account/2fa/").status_code == 200, "one can always add it"
    Authenticator.objects.create(user=cast.lan, type="totp", data={"secret": "x"})
    assert door.get("/people/").status_code == 200
    other = Client()
    assert sign_in(other, "son")["Location"].startswith("/account/protect/"), "another district"
    assert other.get("/people/").status_code == 200


def test_adding_an_app_asks_for_its_codes_from_then_on(
    cast, door, django_capture_on_commit_callbacks
):
    sign_in(door, "lan")
    page = door.get("/account/2fa/totp/activate/")
    assert page["Location"].startswith("/account/reauthenticate/")
    door.post(page["Location"], {"password": PASSWORD})
    page = door.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = door.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert "Mã chưa đúng" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = door.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    codes = re.findall(r"<li>(\d{8})</li>", door.get(done["Location"]).content.decode())
    assert len(codes) == 10
    assert Entry.objects.filter(event="account.app_added", actor_id=cast.lan.pk).exists()
    fresh = Client()
    assert sign_in(fresh, "lan")["Location"] == "/account/2fa/authenticate/"
    assert not signed_in(fresh)
    fresh.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert signed_in(fresh)


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


# -- sessions -----------------------------------------------------------------------------------


def test_a_team_member_stays_signed_in_for_half_a_year_and_each_visit_renews_it(cast, door, frozen):
    sign_in(door, "tu")
    assert door.session.get_expiry_age() == 180 * 24 * 3600
    frozen.move_to(NOW + dt.timedelta(days=100))
    answer = door.get("/account/")
    assert answer.cookies["sessionid"]["max-age"] == 180 * 24 * 3600
    frozen.move_to(NOW + dt.timedelta(days=250))
    assert door.get("/account/").status_code == 200
    assert "sessionid" not in door.get("/account/").cookies, "renewed once a day, not on every page"


def test_an_officer_stays_signed_in_for_two_weeks(cast, door):
    sign_in(door, "lan")
    assert door.session.get_expiry_age() == 14 * 24 * 3600


def test_signing_in_is_written_down(cast, door):
    Entry.objects.all().delete()
    sign_in(door, "tu")
    entry = Entry.objects.get()
    assert (entry.event, entry.actor_id) == ("account.signed_in", cast.tu.pk)


def test_signing_out_asks_first_and_then_ends_the_session(cast, door):
    sign_in(door, "tu")
    assert "Đăng xuất?" in door.get("/account/logout/").content.decode()
    door.post("/account/logout/")
    assert not signed_in(door)


def test_changing_the_password_asks_for_the_present_one(cast, door):
    sign_in(door, "tu")
    new = {"password1": "cá-lóc-nướng-trui", "password2": "cá-lóc-nướng-trui"}
    wrong = door.post("/account/password/change/", {"oldpassword": "sai", **new})
    assert "Mật khẩu hiện tại chưa đúng" in wrong.content.decode()
    differing = door.post(
        "/account/password/change/", {"oldpassword": PASSWORD, **new, "password2": "khac-hoan-toan"}
    )
    assert "phải giống nhau" in differing.content.decode()
    assert (
        door.post("/account/password/change/", {"oldpassword": PASSWORD, **new})["Location"]
        == "/account/"
    )
    assert door.get("/account/").status_code == 200
