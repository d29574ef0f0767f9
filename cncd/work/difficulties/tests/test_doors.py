"""What the phone sends for this room: days late, twice, by who has left, refused in words."""

import datetime as dt
import uuid

import pytest

from cncd.foundation.envelopes.models import Envelope
from cncd.team.teams.models import Membership
from cncd.work.difficulties import actions
from cncd.work.difficulties.models import Case, Raising
from tests.outbox import Phone

DAY = dt.timedelta(days=1)


@pytest.fixture
def send(c, page_client):
    def send(kind, about, fields, *, by=None, **options):
        page_client.force_login(by or c.tu)
        return Phone(page_client).send(f"difficulty.{kind}", about, fields, **options)

    return send


def test_written_without_a_network_it_is_raised_as_of_then_and_due_from_now(c, send):
    c.days(4)
    said = send("raise", {"team": c.team.pk}, {"text": "Cuối ấp sóng yếu"}, ago=3 * DAY)
    raising = Raising.objects.get()
    assert said["state"] == "recorded"
    assert said["answer"]["page"] == f"/m/difficulties/#r-{raising.pk}"
    assert raising.raised_on == dt.date(2026, 11, 3)
    assert raising.case.due_at.date() == dt.date(2026, 11, 11)
    assert raising.category.code == "song-mang"


def test_sent_twice_it_is_raised_once(c, send):
    about = {"id": uuid.uuid4(), "ago": DAY}
    answers = [send("raise", {"team": c.team.pk}, {"text": "Sóng yếu"}, **about) for _twice in "12"]
    assert answers[0]["answer"] == answers[1]["answer"]
    assert Raising.objects.count() == Envelope.objects.count() == 1


def test_who_left_since_may_still_bring_it_and_nobody_else(c, send):
    Membership.objects.filter(person=c.cuong.person).update(until_on=dt.date(2026, 11, 3))
    c.days(5)
    said = {"text": "Sóng yếu"}
    assert send("raise", {"team": c.team.pk}, said, by=c.cuong, ago=5 * DAY)["state"] == "recorded"
    assert send("raise", {"team": c.team.pk}, said, by=c.cuong)["state"] == "refused"
    assert send("raise", {"team": c.team.pk}, said, by=c.liem)["state"] == "refused"
    assert send("raise", {"team": 999}, said)["state"] == "refused"
    assert send("raise", {"team": c.team.pk}, {"text": " "})["faults"][0][0] == "text"


def test_whether_it_helped_is_said_without_a_network_too(c, send):
    id_ = uuid.uuid4()
    send("raise", {"team": c.team.pk}, {"text": "Sóng yếu"}, id=id_)
    about = {"entry": str(id_)}
    assert send("helped", about, {"helped": "yes"})["state"] == "refused"
    actions.answer_case(case=Case.objects.get(), text="Đã lắp trạm.", by=c.lan)
    assert send("helped", about, {"helped": "no"})["faults"][0][0] == "note"
    assert send("helped", about, {"helped": "yes"}, by=c.liem)["state"] == "refused"
    said = {"helped": "no", "note": "Vẫn chưa gọi được"}
    assert send("helped", {"raising": str(Raising.objects.get().pk)}, said)["state"] == "recorded"
    assert Case.objects.get().is_open


def test_practised_it_leaves_nothing(c, send):
    send("raise", {"team": c.team.pk}, {"text": "Sóng yếu"}, training="1")
    assert not Raising.objects.exists()
