"""Who is told what, and when: over days of a moved clock."""

import datetime as dt

import pytest
import time_machine

from cncd.foundation.journal.models import Entry
from cncd.work.training import actions, news
from cncd.work.training.models import Invitation
from cncd.work.training.tests.builders import TODAY, at, course, session

pytestmark = pytest.mark.django_db
HELD = TODAY + dt.timedelta(days=3)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(TODAY, 9), tick=False) as clock:
        yield clock


@pytest.fixture
def c(cast, programme):
    cast.session = session(course(cast, by=cast.lan), HELD, by=cast.lan, capacity=1)
    people = [(user.person_id, None) for user in (cast.tu, cast.nhan)]
    actions.invite(session=cast.session, people=people, by=cast.lan)
    return cast


def last(function):
    """What the function makes of the newest entry: (account, kind, title)."""
    entry = Entry.objects.order_by("-pk").first()
    return [(each.user.login, each.kind, each.title) for each in function(entry)]


def answer(user, comes=True):
    mine = Invitation.objects.get(person=user.person_id)
    actions.answer_invitation(invitation=mine, comes=comes, by=user)


def test_the_invited_are_told_and_who_waited_when_there_is_a_seat(c):
    title = "Mời anh/chị dự: Dịch vụ công cho Tổ"
    assert last(news.invited) == [("tu", "training.invited", title),
                                  ("nhan", "training.invited", title)]  # fmt: skip
    answer(c.tu)
    answer(c.nhan)
    assert last(news.moved_up) == []
    answer(c.tu, comes=False)
    seat = "Đã có chỗ cho anh/chị: Dịch vụ công cho Tổ"
    assert last(news.moved_up) == [("nhan", "training.invited", seat)]


def test_a_change_of_place_is_told_to_who_may_come_and_a_note_is_not(c):
    answer(c.tu, comes=False)
    found = actions.change_session(session=c.session, version=1, note="Có nước uống", by=c.lan)
    assert last(news.changed) == []
    actions.change_session(session=found, version=2, venue="Trường học", by=c.lan)
    assert [login for login, *_rest in last(news.changed)] == ["nhan"]


def test_calling_off_is_told_with_the_reason(c):
    actions.cancel_session(session=c.session, version=1, reason="Bão", by=c.lan)
    told = news.cancelled(Entry.objects.order_by("-pk").first())
    assert {each.user.login for each in told} == {"tu", "nhan"}
    assert told[0].text.endswith("Bão")


def test_the_clock_reminds_the_day_before_and_in_the_morning_once_each(c, clock):
    answer(c.tu)
    moments = {}
    for hour in range(5 * 24):
        now = at(TODAY) + dt.timedelta(hours=hour)
        clock.move_to(now)
        for each in news.by_clock(now):
            moments.setdefault((each.user.login, each.title[:8]), set()).add(each.moment)
    day = f"{HELD:%Y-%m-%d}"
    assert moments == {
        ("tu", "Tập huấn"): {f"T-1 {day}"},
        ("nhan", "Mời trả "): {f"T-1 {day}"},
    }


def test_nobody_is_reminded_of_a_session_called_off(c):
    actions.cancel_session(session=c.session, version=1, reason="Bão", by=c.lan)
    assert news.by_clock(at(HELD - dt.timedelta(days=1), 9)) == []
