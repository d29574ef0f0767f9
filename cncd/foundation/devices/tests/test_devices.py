"""Where somebody is signed in: seen and ended, by the owner and by the officer."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client

from cncd.foundation.devices import actions
from cncd.foundation.devices.models import Device
from cncd.foundation.devices.queries import devices_of
from cncd.foundation.devices.tests.conftest import NOW, session_of
from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions as people
from cncd.foundation.people.models import SignInLink
from tests.cast import PASSWORD


def text(response) -> str:
    return response.content.decode()


def test_a_device_keeps_its_name_its_network_and_when_it_was_here(cast, enter, clock):
    more = {"REMOTE_ADDR": "113.161.77.201", "HTTP_SEC_CH_UA_MODEL": '"SM-A042F"'}
    phone = enter(cast.tu, **more)
    assert session_of(cast.tu).ip == "113.161.77.0"
    clock.move_to(NOW + dt.timedelta(days=3))
    phone.get("/account/")
    [device] = devices_of(cast.tu)
    assert device.name == "Điện thoại Samsung SM-A042F, Chrome"
    assert (device.since, device.last_seen) == (NOW, NOW + dt.timedelta(days=3))


def test_the_phone_is_asked_which_it_is_before_it_signs_in(cast, client):
    assert client.get("/account/login/")["Accept-CH"] == "Sec-CH-UA-Model"


def test_the_owner_signs_another_device_out_or_all_but_this(cast, phone, enter):
    other, third = enter(cast.tu), enter(cast.tu)
    page = text(phone.get("/account/devices/"))
    assert page.count("Điện thoại Samsung") >= 3
    first = UserSession.objects.get(session_key=other.session.session_key)
    phone.post(f"/account/devices/{first.pk}/end/")
    assert other.get("/account/").status_code == 302
    phone.post("/account/devices/others/end/")
    assert third.get("/account/").status_code == 302
    assert phone.get("/account/").status_code == 200


def test_nobody_signs_out_somebody_else_s_device(cast, phone, enter):
    enter(cast.nhan)
    theirs = session_of(cast.nhan)
    assert phone.post(f"/account/devices/{theirs.pk}/end/").status_code == 404


def test_signing_out_lets_go_of_the_device(cast, phone):
    phone.post("/account/logout/")
    assert not UserSession.objects.exists()
    assert not Device.objects.exists()


def test_a_new_password_leaves_the_device_and_its_pin(cast, pinned):
    before = session_of(cast.tu).pk
    new = {"password1": "cá-lóc-nướng-trui", "password2": "cá-lóc-nướng-trui"}
    pinned.post("/account/password/set/", new)
    assert session_of(cast.tu).pk == before
    assert Device.objects.get().pin
    assert pinned.get("/account/devices/").status_code == 200


def test_an_officer_sees_the_devices_and_ends_one(cast, phone, page_client):
    lan = type(page_client)().as_(cast.lan)
    page = text(lan.get(f"/people/{cast.tu.person_id}/"))
    assert "Điện thoại Samsung, Chrome" in page
    assert "113.161" not in page
    told = lan.post(f"/people/{cast.tu.person_id}/devices/{session_of(cast.tu).pk}/end/")
    assert "vẫn nằm trong máy" in text(lan.get(told["Location"]))
    assert phone.get("/account/").status_code == 302
    entry = Entry.objects.get(event="device.ended")
    assert (entry.actor_id, entry.after) == (cast.lan.pk, {"device": "Điện thoại Samsung, Chrome"})


def test_a_lost_phone_ends_everything_and_gives_a_new_way_in(cast, phone, enter, page_client):
    enter(cast.tu)
    Authenticator.objects.create(user=cast.tu, type="totp", data={"secret": "x"})
    _link, slip = people.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    lan, lost = type(page_client)().as_(cast.lan), f"/people/{cast.tu.person_id}/devices/lost/"
    assert "vẫn nằm trong máy" in text(lan.get(lost))
    page = text(lan.post(lost, {"remove_factors": "on"}))
    assert "Đã thoát 2 máy" in page
    assert "<svg" in page
    assert phone.get("/account/").status_code == 302
    assert not Authenticator.objects.exists()
    with pytest.raises(people.LinkRefused):
        people.link_of(slip)
    token = page.split("http://testserver/in/")[1].split("/")[0]
    assert people.link_of(token).user == cast.tu
    assert Entry.objects.get(event="devices.ended").reason == "mất điện thoại"


def test_devices_are_ended_by_whoever_may_let_the_person_in(cast, enter):
    enter(cast.tu)
    enter(cast.minh)
    for officer, user in [(cast.dung, cast.tu), (cast.lan, cast.minh), (cast.nhan, cast.tu)]:
        with pytest.raises(PermissionDenied):
            actions.end_device(session=session_of(user), by=officer)
        with pytest.raises(PermissionDenied):
            actions.end_devices(user=user, by=officer)
    assert UserSession.objects.count() == 2


# -- another phone of one's own ------------------------------------------------------------------


def test_the_owner_lets_another_phone_in_once_within_ten_minutes(cast, phone, clock):
    assert "/in/" not in text(phone.get("/account/devices/another/"))
    page = text(phone.post("/account/devices/another/"))
    token = page.split("http://testserver/in/")[1].split("/")[0]
    new = Client()
    new.post(f"/in/{token}/")
    assert new.session["_auth_user_id"] == str(cast.tu.pk)
    assert phone.get("/account/").status_code == 200
    page = text(phone.post("/account/devices/another/"))
    late = page.split("http://testserver/in/")[1].split("/")[0]
    clock.shift(601)
    refused = Client().get(f"/in/{late}/")
    assert refused.status_code == 410
    assert "Mở trên điện thoại khác" in text(refused)


def test_a_way_in_for_another_phone_needs_proof(cast, pinned, client, clock):
    clock.shift(6 * 60)
    assert pinned.post("/account/devices/another/")["Location"].startswith("/account/pin/?next=")
    client.post("/account/login/", {"login": "nhan", "password": PASSWORD})
    assert "reauthenticate" in client.post("/account/devices/another/")["Location"]
    assert not SignInLink.objects.filter(purpose="own").exists()


# -- links ---------------------------------------------------------------------------------------


def test_a_link_opened_inside_zalo_says_to_use_the_browser(cast, client):
    _link, token = people.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    agent = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Mobile Zalo android/23"}
    assert "Mở bằng trình duyệt" in text(client.get(f"/in/{token}/", headers=agent))
    assert "Mở bằng trình duyệt" not in text(client.get(f"/in/{token}/"))


def test_a_used_link_names_an_officer_with_a_number_when_its_maker_has_none(cast, client):
    people.change_person(person=cast.lan.person, contact_phone="0912345678", by=None)
    people.change_person(person=cast.tu.person, home=cast.my_phuoc, by=None)
    _link, token = people.make_sign_in_link(user=cast.tu, purpose="slip", by=None)
    Client().post(f"/in/{token}/")
    assert "tel:0912345678" in text(client.get(f"/in/{token}/"))
