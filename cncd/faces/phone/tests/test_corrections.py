"""Corrections made without a network: as of their moment, never over somebody else's."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from cncd.team.teams.models import Membership
from cncd.work.activities.actions import edit_activity, withdraw_activity
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done
from cncd.work.difficulties.actions import Said, raise_difficulty
from cncd.work.difficulties.models import Raising
from tests.cast import TODAY
from tests.forms import fields
from tests.outbox import HOUR, Phone, decided

DAY = dt.timedelta(days=1)


@pytest.fixture
def phone(tu):
    return Phone(tu)


@pytest.fixture
def about(log):
    return {"activity": str(log().pk)}


def opened(client, about, page="edit") -> dict:
    """What the page's form holds."""
    return fields(client.get(reverse(f"phone:{page}", args=[about["activity"]])), "log")


def done(people, **said) -> Done:
    usual = {"kind": "huong-dan", "happened_on": TODAY, "contents": {"vneid": people}}
    return Done(**usual | {"people": people} | said)


def someone_else_corrects(cast, about, people, **said):
    found = Activity.objects.get(pk=about["activity"])
    edit = {"version": found.version, "by": cast.nhan, "reason": "đếm lại"}
    return edit_activity(activity=found, done=done(people, **said), **edit)


def test_a_month_is_summed_up_as_of_the_day_it_was_made(phone, cast):
    said = {"happened_on": "01/11/2026", "ended_on": "19/11/2026", "kind": "huong-dan"}
    said |= {"times": "6", "people": "40", "content_vneid": "40"}
    answer = phone.send("activity.month", {"team": cast.team.pk}, said, ago=2 * DAY)
    assert answer["state"] == "recorded"
    found = Activity.objects.get()
    assert (found.is_summary, found.times, found.people) == (True, 6, 40)


def test_an_entry_is_corrected_withdrawn_and_brought_back(phone, tu, about):
    said = opened(tu, about) | {"people": "7"}
    assert phone.send("activity.edit", about, said)["state"] == "recorded"
    found = Activity.objects.get()
    assert (found.people, found.version) == (7, 2)
    seen = {"version": "2", "reason": ""}
    assert phone.send("activity.withdraw", about, seen)["state"] == "recorded"
    found.refresh_from_db()
    assert found.withdrawn_at
    assert phone.send("activity.restore", about, {})["state"] == "recorded"
    found.refresh_from_db()
    assert not found.withdrawn_at


def test_two_corrections_are_shown_side_by_side_and_a_person_decides(phone, tu, cast, about):
    said = opened(tu, about) | {"people": "7", "content_vneid": "7"}
    someone_else_corrects(cast, about, 9)
    answer = phone.send("activity.edit", about, said)
    assert answer["state"] == "refused"
    choice = answer["choice"]
    assert ["Số người được giúp", "9", "7"] in choice["sides"]
    assert ["Nội dung", "VNeID 9", "VNeID 7"] in choice["sides"]
    assert "Thạch Thị Nhàn" in choice["other"]
    assert Activity.objects.get().people == 9

    someone_else_corrects(cast, about, 10)  # a third one, while the second is looked at
    mine = decided(said, answer)
    answer = phone.send("activity.edit", about, mine)
    assert ["Số người được giúp", "10", "7"] in answer["choice"]["sides"]
    assert phone.send("activity.edit", about, decided(mine, answer))["state"] == "recorded"
    found = Activity.objects.get()
    assert (found.people, found.version) == (7, 4)


def test_what_somebody_corrected_is_not_withdrawn_unseen(phone, tu, cast, about):
    seen = fields(tu.get(reverse("phone:withdraw", args=[about["activity"]])), "withdraw")
    someone_else_corrects(cast, about, 9)
    answer = phone.send("activity.withdraw", about, seen)
    assert ["Số người được giúp", "9", "5"] in answer["choice"]["sides"]
    assert not Activity.objects.get().withdrawn_at
    answer = phone.send("activity.withdraw", about, decided(seen, answer))
    assert answer["state"] == "recorded"


def test_a_withdrawn_entry_is_not_corrected_and_says_what_to_do(phone, tu, cast, about):
    said = opened(tu, about) | {"people": "7"}
    withdraw_activity(activity=Activity.objects.get(), by=cast.nhan, reason="ghi hai lần")
    answer = phone.send("activity.edit", about, said)
    assert "lấy lại" in answer["faults"][0][2]
    assert answer["page"] == reverse("phone:entry", args=[about["activity"]])


def test_an_entry_changed_after_it_was_recorded_becomes_a_correction(phone, cast):
    about, same = {"team": cast.team.pk, "tile": "c-vneid"}, uuid.uuid4()
    said = {"day": "today", "people": "12", "kind": "huong-dan"}
    first = phone.send("activity.log", about, said, id=same)["answer"]
    answer = phone.send("activity.log", about, said | {"people": "13"}, id=same)
    assert answer["state"] == "different"
    choice = answer["choice"]
    assert choice["sides"] == [
        ["Số người được giúp", "12", "13"],
        ["Nội dung", "VNeID 12", "VNeID 13"],
    ]
    assert choice["kind"] == "activity.edit"
    assert choice["about"] == {"activity": first["activity"]}
    answer = phone.send(choice["kind"], choice["about"], decided(said, answer))
    assert answer["state"] == "recorded"
    assert Activity.objects.get().people == 13


def test_the_right_to_correct_is_that_of_the_moment_it_was_made(phone, tu, cast, about):
    said = opened(tu, about) | {"people": "7"}
    rows = Membership.objects.filter(team=cast.team, person=cast.tu.person)
    rows.update(until_on=TODAY)
    late = phone.send("activity.edit", about, said)
    assert late["state"] == "refused"
    assert "tổ trưởng" in late["told"]
    answer = phone.send("activity.edit", about, said, ago=DAY)
    assert answer["state"] == "recorded"
    assert answer["answer"]["page"] == ""  # who has left can't open it any more


def test_nobody_corrects_what_is_not_theirs(page_client, cast, about, phone):
    for user in (cast.cuong, cast.liem, cast.lan):
        answer = Phone(page_client.as_(user)).send("activity.edit", about, {"version": "1"})
        assert answer["state"] == "refused"
    for wrong in ({}, {"activity": "x"}, {"activity": str(uuid.uuid4())}):
        assert phone.send("activity.withdraw", wrong, {})["state"] == "refused"
    assert not Activity.objects.get().withdrawn_at


def test_an_unusual_number_is_asked_about_once_more(phone, cast):
    about = {"team": cast.team.pk, "tile": "c-vneid"}
    said = {"day": "today", "people": "600", "kind": "huong-dan"}
    answer = phone.send("activity.log", about, said)
    assert answer["asks"]
    assert phone.send("activity.log", about, decided(said, answer))["state"] == "recorded"


def test_without_javascript_the_page_shows_both_and_takes_ones_own_on_top(tu, cast, about):
    address = reverse("phone:edit", args=[about["activity"]])
    said = opened(tu, about) | {"people": ["7"]}
    someone_else_corrects(cast, about, 9)
    page = tu.post(address, said)
    text = page.content.decode()
    assert "Thạch Thị Nhàn" in text
    assert "Lấy bản của tôi" in text
    assert Activity.objects.get().people == 9
    tu.post(address, fields(page, "log"))
    assert Activity.objects.get().people == 7


@pytest.mark.parametrize("ago", [HOUR, 3 * DAY])
def test_a_reason_is_due_by_the_moment_the_button_was_pressed(
    phone, tu, cast, about, november, ago
):
    said = opened(tu, about) | {"people": "7"}
    november.shift(2 * DAY)  # the entry is two days old when the correction arrives
    answer = phone.send("activity.edit", about, said, ago=min(ago, 2 * DAY - HOUR))
    assert answer["state"] == ("recorded" if ago > DAY else "refused")


def test_withdrawing_says_that_the_difficulty_raised_with_it_stays(tu, cast, log):
    found = log()
    said = Said("Sóng yếu", source=Raising.Source.LOG, source_id=str(found.pk))
    raising = raise_difficulty(said=said, team=cast.team, place=found.place, by=cast.tu)
    page = tu.get(reverse("phone:withdraw", args=[found.pk])).content.decode()
    assert "Sóng yếu" in page
    assert f"{reverse('difficulties:mine')}#r-{raising.pk}" in page


def test_the_menu_leads_to_inspections_and_evaluations(tu):
    page = tu.get(reverse("phone:home")).content.decode()
    for name in ("inspections:list", "evaluations:list"):
        assert f'href="{reverse(name)}"' in page
        assert tu.get(reverse(name)).status_code == 200
