"""Household codes on the phone: offered where there is a list, typed with a thumb, sent later."""

import datetime as dt
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from cncd.faces.phone.repeating import worth_repeating
from cncd.work.activities.models import Activity
from cncd.work.households.actions import end_household, number_households
from cncd.work.households.models import Household
from tests.forms import fields

LOG, DOOR = reverse("phone:log_entry", args=["c-vneid"]), reverse("envelopes:door")


@pytest.fixture
def codes(cast, programme):
    """Ấp Mỹ Phước with the codes 001 to 030."""
    since = dt.date(2026, 1, 1)
    number_households(place=cast.my_phuoc, first="001", last="030", since_on=since, by=cast.lan)


@pytest.fixture
def send(tu, cast, codes):
    """Sends what was logged on the phone two days ago."""

    def send(kind="activity.log", about=None, /, **said):
        now = timezone.now()
        made = now - dt.timedelta(days=2)
        usual = {"day": "today", "people": "4", "kind": "huong-dan"}
        about = about or {"team": cast.team.pk, "tile": "c-vneid"}
        envelope = {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "about": json.dumps(about),
            "content": urlencode(usual | said),
            "made_at": str(round(made.timestamp() * 1000)),
            "sent_at": str(round(now.timestamp() * 1000)),
        }
        return tu.post(DOOR, envelope, headers={"X-Outbox": "1"}).json()

    return send


def texts(page) -> str:
    return page.content.decode()


def named(activity) -> list[str]:
    return [home.code for home in activity.visited.all()]


def test_codes_are_asked_for_only_where_there_is_a_list(tu, programme):
    assert "visited" not in fields(tu.get(LOG), "log")
    assert "Hộ đã đến (ghi mã hộ)" not in texts(tu.get(LOG))


def test_the_page_says_which_codes_there_are_in_little_room(tu, codes):
    plain = texts(tu.get(LOG))
    assert "Trong danh sách: 001–030." in plain
    assert 'inputmode="tel"' in plain
    with_list = len(texts(tu.get(LOG)))
    Household.objects.all().delete()
    assert with_list - len(texts(tu.get(LOG))) < 1200  # characters, before they are compressed


def test_without_javascript_the_codes_are_posted_like_any_field(tu, codes):
    sent = fields(tu.get(LOG), "log") | {"people": "4", "visited": "3*7 20-22"}
    tu.post(LOG, sent)
    assert named(Activity.objects.get()) == ["003", "007", "020", "021", "022"]


def test_what_was_logged_without_a_network_arrives_with_its_households(send):
    assert send(visited="1, 2")["state"] == "recorded"
    found = Activity.objects.get()
    assert (named(found), found.households) == (["001", "002"], 2)


def test_an_unknown_code_comes_back_to_be_put_right_at_its_field(send):
    answer = send(visited="1, 99")
    assert answer["state"] == "refused"
    assert "không có mã: 99" in json.dumps(answer, ensure_ascii=False)
    assert "visited" in json.dumps(answer)
    assert not Activity.objects.exists()


def test_a_list_that_went_meanwhile_is_told_not_dropped(send, cast):
    for home in Household.objects.all():
        end_household(household=home, last_day=dt.date(2026, 1, 31), by=cast.lan)
    answer = send(visited="1")
    assert answer["state"] == "refused"
    assert "không còn trong danh sách" in json.dumps(answer, ensure_ascii=False)


def test_a_correction_made_without_a_network_changes_the_households(send, tu):
    send(visited="1, 2")
    found = Activity.objects.get()
    address = reverse("phone:edit", args=[found.pk])
    said = {name: values[0] for name, values in fields(tu.get(address), "log").items()}
    assert said["visited"] == "001, 002"
    said |= {"visited": "2, 3, 4", "households": ""}
    answer = send("activity.edit", {"activity": str(found.pk)}, **said)
    assert answer["state"] == "recorded"
    assert named(found) == ["002", "003", "004"]


def test_two_corrections_show_both_lists_of_households(send, tu):
    send(visited="1, 2")
    found = Activity.objects.get()
    address = reverse("phone:edit", args=[found.pk])
    said = {name: values[0] for name, values in fields(tu.get(address), "log").items()}
    send("activity.edit", {"activity": str(found.pk)}, **said | {"visited": "5", "households": ""})
    answer = send("activity.edit", {"activity": str(found.pk)}, **said | {"visited": "6"})
    sides = json.dumps(answer, ensure_ascii=False)
    assert answer["state"] == "refused"
    assert '["Mã hộ đã đến", "005", "006"]' in sides


def test_the_same_as_last_time_leaves_the_households_out(codes, log):
    again = worth_repeating(log(visited=("1", "2")))
    assert "visited" not in again
    assert "households" not in again
    assert worth_repeating(log(households=3))["households"] == 3
