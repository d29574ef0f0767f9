"""Signing in over HTTP: names, phones, limits, one-time links."""

import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions
from cncd.foundation.people.models import User
from tests.cast import PASSWORD

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


@pytest.mark.parametrize(
    "typed", ["tu", " TU ", "ＴＵ", "0912345678", "+84 912 345 678", "0912.345.678"]
)
def test_login_name_or_phone_however_it_is_written(cast, door, typed):
    actions.change_account(user=cast.tu, phone="0912345678", by=cast.lan)
    response = sign_in(door, typed)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert signed_in(door)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(cast, door):
    wrong = sign_in(door, "tu", "sai-mat-khau").content.decode()
    unknown = sign_in(door, "khong-co", "sai-mat-khau").content.decode()
    said = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    assert said in wrong
    assert said in unknown
    assert not signed_in(door)


def test_a_contact_phone_does_not_sign_in(cast, door):
    actions.change_person(person=cast.tu.person, contact_phone="0912345678", by=cast.lan)
    sign_in(door, "0912345678")
    assert not signed_in(door)


def test_five_wrong_attempts_lock_the_account_for_a_while_and_say_until_when(cast, door, frozen):
    actions.change_account(user=cast.tu, phone="0912345678", by=cast.lan)
    for attempt in range(5):
        sign_in(door, ["tu", "0912345678"][attempt % 2], "sai-mat-khau")
    page = sign_in(door, "tu").content.decode()
    assert "Nhập sai quá nhiều lần" in page
    assert "10:05" in page, "10:00 in Vietnam, and five minutes"
    assert "cán bộ xã" in page
    assert not signed_in(door)
    sign_in(Client(), "cuong")
    frozen.move_to(NOW + dt.timedelta(minutes=6))
    sign_in(door, "tu")
    assert signed_in(door)


def test_a_closed_account_is_told_so(cast, door):
    actions.close_account(user=cast.tu, by=cast.lan)
    response = sign_in(door, "tu", follow=True)
    assert "Tài khoản đã khóa" in response.content.decode()
    assert not signed_in(door)


def test_closing_an_account_ends_its_session_at_the_next_page(cast, door):
    sign_in(door, "tu")
    assert door.get("/account/").status_code == 200
    actions.close_account(user=cast.tu, by=cast.lan)
    assert door.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "mfa_signup_webauthn",
    ],
)
def test_signing_up_mail_and_resets_by_mail_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# -- demonstration accounts ---------------------------------------------------------------------

LOCAL = {"HTTP_HOST": "localhost:8000"}


@pytest.fixture
def demo(cast):
    User.objects.filter(pk=cast.tu.pk).update(is_demo=True)
    return User.objects.get(pk=cast.tu.pk)


@pytest.mark.parametrize(
    ("where", "enters"),
    [
        (LOCAL, True),
        ({"HTTP_HOST": "127.0.0.1:8000"}, True),
        (LOCAL | {"REMOTE_ADDR": "203.0.113.9"}, False),
        (LOCAL | {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, False),
        (LOCAL | {"HTTP_FORWARDED": "for=203.0.113.9"}, False),
        ({"HTTP_HOST": "testserver"}, False),
    ],
)
def test_demonstration_accounts_open_on_this_machine_only(demo, where, enters):
    client = Client()
    response = client.post("/account/login/", {"login": "tu", "password": PASSWORD}, **where)
    assert signed_in(client) == enters
    if not enters:
        assert response["Location"] == "/account/login/"


def test_nor_does_a_link_let_a_demonstration_account_in_from_afar(demo):
    _link, token = actions.make_sign_in_link(user=demo, purpose="slip", by=None)
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert client.post(f"/in/{token}/").status_code == 302
    assert not signed_in(client)
    actions.link_of(token)  # still unused
    near = Client(**LOCAL)
    near.post(f"/in/{token}/")
    assert signed_in(near)


# -- one-time links -----------------------------------------------------------------------------


def test_looking_at_a_link_uses_nothing_up_and_the_button_lets_in_once(cast, door):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    for _preview in range(3):
        page = door.get(f"/in/{token}/")
        assert "Anh/chị là Sơn Văn Tư?" in page.content.decode()
        assert page["Cache-Control"].startswith("max-age=0")
    response = door.post(f"/in/{token}/")
    assert response["Location"] == "/account/first/"
    assert signed_in(door)
    first = door.get("/account/first/").content.decode()
    assert "Chào Sơn Văn Tư" in first
    assert "180 ngày" in first


def test_a_used_link_says_so_and_whom_to_call(cast, door):
    actions.change_person(person=cast.lan.person, contact_phone="0912345678", by=cast.lan)
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    Client().post(f"/in/{token}/")
    page = door.get(f"/in/{token}/")
    assert page.status_code == 410
    for words in ("đã được dùng", "Nguyễn Thị Lan", "Xã Nhơn Mỹ", "tel:0912345678"):
        assert words in page.content.decode()
    assert door.get("/in/khong-co-that/").status_code == 410


def test_a_link_signs_out_whoever_sat_there_before(cast, door):
    sign_in(door, "cuong")
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    door.post(f"/in/{token}/")
    assert door.session["_auth_user_id"] == str(cast.tu.pk)


def test_after_a_reset_one_sets_a_new_password(cast, door):
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="reset", by=cast.lan)
    door.post(f"/in/{token}/")
    short = door.post("/account/password/set/", {"password1": "ngan", "password2": "ngan"})
    assert "quá ngắn" in short.content.decode()
    door.post(
        "/account/password/set/",
        {"password1": "cá-lóc-nướng-trui", "password2": "cá-lóc-nướng-trui"},
    )
    fresh = Client()
    sign_in(fresh, "tu", "cá-lóc-nướng-trui")
    assert signed_in(fresh)
    assert Entry.objects.filter(event="account.password_set", actor_id=cast.tu.pk).exists()


def test_a_link_does_not_go_round_the_second_factor(cast, door):
    Authenticator.objects.create(
        user=cast.tu, type="totp", data={"secret": totp.generate_totp_secret()}
    )
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    assert door.post(f"/in/{token}/")["Location"] == "/account/2fa/authenticate/"
    assert not signed_in(door)


def test_what_was_written_when_the_session_had_ended_is_not_lost(page_client, cast):
    text = "Máy của tổ <b>hỏng</b> từ hôm qua"
    sent = {"csrfmiddlewaretoken": "x", "text": text, "passphrase": "rất bí mật", "category": "7"}
    page = page_client.post("/difficulties/new/", sent, headers={
        "referer": "http://testserver/difficulties/new/?u=1"})  # fmt: skip
    told = page.content.decode()
    assert page.status_code == 403
    assert "Chưa lưu" in told
    assert "Máy của tổ &lt;b&gt;hỏng&lt;/b&gt; từ hôm qua" in told
    assert "bí mật" not in told
    assert 'href="/account/login/?next=/difficulties/new/%3Fu%3D1"' in told
    fetched = page_client.post("/difficulties/new/", sent, headers={"sec-fetch-mode": "cors"})
    assert fetched.status_code == 302
