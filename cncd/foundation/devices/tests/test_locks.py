"""A device with a PIN locks; what was entered on it still arrives."""

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from cncd.foundation.devices import locks
from cncd.foundation.devices.models import Device
from cncd.foundation.devices.tests.conftest import NOW, session_of
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.journal.models import Entry
from cncd.foundation.places.actions import set_setting
from tests.cast import TODAY

HOUR = dt.timedelta(hours=1)
JSON = {"Accept": "application/json"}
LOCKED = "/account/pin/?next=%2Fm%2F"


@pytest.fixture
def opens(programme):
    """The phone's own pages need the programme."""


def test_after_the_first_link_a_member_chooses_and_no_password_is_spoken_of(phone):
    page = phone.get("/account/first/").content.decode()
    assert "180 ngày" in page
    assert "Đặt mã PIN cho máy này" in page
    assert "Chỉ mình tôi dùng máy này" in page
    assert reverse("account_set_password") not in page
    assert reverse("account_change_password") not in page


def test_a_pin_is_kept_hashed_for_this_device_only(cast, pinned, enter):
    device = Device.objects.get()
    assert device.pin.startswith("md5$")  # what tests hash passwords with
    assert "7294" not in device.pin
    assert Entry.objects.filter(event="device.pin_set").count() == 1
    other = enter(cast.tu)
    assert other.get("/account/").status_code == 200
    assert "lock" not in other.session


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [("1964", "1964", "dễ đoán"), ("12", "12", "4 đến 6"), ("7294", "7249", "không giống")],
)
def test_a_weak_or_mistyped_pin_is_refused_in_words(phone, pin, again, said):
    assert said in phone.post("/account/pin/set/", {"pin": pin, "again": again}).content.decode()
    assert not Device.objects.exclude(pin="").exists()


def test_it_locks_after_twelve_hours_and_the_pin_opens_it(opens, pinned, clock):
    clock.move_to(NOW + 11 * HOUR)
    assert pinned.get("/m/").status_code == 200  # in use: twelve more
    clock.move_to(NOW + 22 * HOUR)
    assert pinned.get("/m/").status_code == 200
    clock.move_to(NOW + 35 * HOUR)
    assert pinned.get("/m/")["Location"] == LOCKED
    assert "còn 4 lần" in pinned.post(LOCKED, {"pin": "0000"}).content.decode().lower()
    assert pinned.get("/people/")["Location"].startswith("/account/pin/")
    assert pinned.post(LOCKED, {"pin": "7294"})["Location"] == "/m/"
    assert pinned.get("/m/").status_code == 200
    assert Device.objects.get().wrong == 0
    for _day in range(12):
        pinned.post(LOCKED, {"pin": "7294"})
    assert len(pinned.session[locks.RECORDS]) == locks.KEPT_RECORDS


def test_it_locks_when_the_browser_was_closed(opens, pinned):
    mark = pinned.cookies["cncd_awake"]
    assert not mark["max-age"]  # it ends with the browser
    assert not mark["expires"]
    del pinned.cookies["cncd_awake"]
    assert pinned.get("/m/")["Location"] == LOCKED


def test_scripts_and_forms_are_told_in_their_own_way(pinned, clock):
    clock.move_to(NOW + 13 * HOUR)
    assert pinned.get("/m/", headers=JSON).json() == {"state": "locked"}
    part = pinned.get("/m/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == "/account/pin/?next=%2F"
    typed = pinned.post("/account/numbers/", {"contact_phone": "0912345678"})
    assert typed.status_code == 423
    assert "chưa lưu gì" in typed.content.decode()
    assert session_of(typed.wsgi_request.user).user.person.contact_phone == ""


def test_what_was_entered_still_arrives_while_it_is_locked(opens, pinned, cast, clock):
    clock.move_to(NOW + 13 * HOUR)
    made, sent = (str(round(each.timestamp() * 1000)) for each in (NOW, NOW + 13 * HOUR))
    envelope = {"id": str(uuid.uuid4()), "kind": "activity.log", "made_at": made, "sent_at": sent,
                "about": json.dumps({"team": cast.team.pk, "tile": "c-vneid"}),
                "content": "day=today&people=12&kind=huong-dan"}  # fmt: skip
    answer = pinned.post("/envelopes/", envelope, headers={"X-Outbox": "1", **JSON})
    assert answer.json()["state"] == "recorded"
    assert Envelope.objects.count() == 1
    assert pinned.get("/m/")["Location"] == LOCKED, "sending does not count as use"


def test_five_wrong_pins_sign_the_device_out_and_the_right_one_comes_too_late(pinned, cast, clock):
    clock.move_to(NOW + 13 * HOUR)
    answers = [pinned.post(LOCKED, {"pin": "0000"}, headers=JSON).json() for _try in range(5)]
    assert [each["state"] for each in answers] == ["wrong"] * 4 + ["ended"]
    assert pinned.post(LOCKED, {"pin": "7294"})["Location"].startswith("/account/login/")
    assert "chưa gửi vẫn còn" in pinned.get("/account/login/").content.decode()
    assert not Device.objects.exists()
    assert Entry.objects.get(event="device.locked_out").actor_id == cast.tu.pk


def test_a_pin_is_changed_and_removed_after_the_old_one(pinned, clock):
    clock.shift(6 * 60)  # what was proved five minutes ago is proved no more
    asked = pinned.post("/account/pin/remove/")["Location"]
    assert asked == "/account/pin/?next=%2Faccount%2Fpin%2Fset%2F"
    assert pinned.post(asked, {"pin": "7294"})["Location"] == "/account/pin/set/"
    pinned.post("/account/pin/set/", {"pin": "80351", "again": "80351"})
    pinned.post("/account/pin/remove/")
    clock.shift(13 * 3600)
    assert pinned.get("/account/").status_code == 200
    assert not Device.objects.exclude(pin="").exists()


def test_a_pin_proves_who_one_is_where_a_forgotten_password_is_asked_for(cast, enter, clock):
    phone = enter(cast.tu)  # has a password, and no longer knows it
    add = reverse("mfa_add_webauthn")
    assert phone.get(add).status_code == 200, "a link used just now is proof enough"
    phone.post("/account/pin/set/", {"pin": "7294", "again": "7294"})
    clock.shift(6 * 60)
    asked = phone.get(add)["Location"]
    assert asked.startswith("/account/pin/?next=")
    assert phone.post(asked, {"pin": "7294"})["Location"] == add
    assert phone.get(add).status_code == 200


def test_where_a_pin_is_required_a_member_goes_nowhere_before(opens, cast, enter):
    set_setting(key="device.pin", value="yes", place=None, since_on=TODAY, by=cast.quan_tri)
    phone = enter(cast.tu)
    assert phone.get("/m/")["Location"] == "/account/first/"
    assert "Chỉ mình tôi" not in phone.get("/account/first/").content.decode()
    phone.post("/account/pin/set/", {"pin": "7294", "again": "7294"})
    assert phone.get("/m/").status_code == 200
    assert enter(cast.lan).get("/people/").status_code == 200, "officers have rules of their own"
