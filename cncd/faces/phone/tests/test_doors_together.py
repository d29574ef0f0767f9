"""Many envelopes in one request: each stands by itself, and what they share is never stale."""

import datetime as dt
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from cncd.faces.phone import doors
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.envelopes.views import MOST_BYTES
from cncd.results.totals.actions import rebuild, recount_noted
from cncd.results.totals.jobs import recount_noted as recount_job
from cncd.results.totals.models import Recount
from cncd.results.totals.tests.test_rebuild import state
from cncd.team.programme.models import Content
from cncd.team.teams.actions import dissolve_team
from cncd.team.teams.lines import DecisionLine
from cncd.team.teams.models import Membership
from cncd.work.activities.models import Activity

DOOR = reverse("envelopes:door")


@pytest.fixture
def log(cast):
    """An envelope of an hour ago; `people` tells them apart."""

    def log(people=3, *, team=cast.team, ago=dt.timedelta(hours=1), **said) -> dict:
        written = {"day": "today", "people": people, "kind": "huong-dan"}
        return {
            "id": str(uuid.uuid4()),
            "kind": "activity.log",
            "about": json.dumps({"team": team.pk, "tile": "c-vneid"}),
            "content": urlencode(written),
            "made_at": milliseconds(timezone.now() - ago),
        } | said

    return log


@pytest.fixture
def send(tu):
    """Sends envelopes in one request; gives the answers."""

    def send(*envelopes, client=tu, **headers):
        body = {"sent_at": milliseconds(timezone.now()), "envelopes": envelopes}
        about = {"content_type": "application/json", "headers": {"X-Outbox": "1"} | headers}
        return client.post(DOOR, json.dumps(body), **about)

    return send


def milliseconds(moment) -> int:
    return round(moment.timestamp() * 1000)


def written() -> list[int]:
    return sorted(Activity.objects.values_list("people", flat=True))


def states(answer) -> list[str]:
    return [each["state"] for each in answer.json()["answers"]]


def test_each_is_answered_by_its_id_and_one_that_is_wrong_hurts_no_other(send, log, monkeypatch):
    def stumbles(arrived):
        Activity.objects.update(people=99)
        raise DatabaseError("hỏng giữa chừng")

    monkeypatch.setattr(doors, "photo", stumbles)
    wrong = log(content=urlencode({"people": "-1"}))
    made = [log(1), {"id": "no"}, 5, wrong, log(kind="activity.photo"), log(2)]
    answer = send(*made)
    assert answer.status_code == 200
    said = answer.json()["answers"]
    assert [each["id"] for each in said[:2]] == [made[0]["id"], "no"]
    told = ["recorded", "malformed", "malformed", "refused", "failed", "recorded"]
    assert states(answer) == told
    assert [each["status"] for each in said] == [200, 400, 400, 422, 503, 200]
    assert said[3]["faults"]
    assert written() == [1, 2]
    assert Envelope.objects.count() == 2


def test_the_list_gets_the_first_answers_again(send, log):
    made = [log(1), log(2)]
    first = send(*made, made[0])
    assert send(*made, made[0]).json() == first.json()
    assert written() == [1, 2]


def test_a_list_costs_a_few_questions_for_each_and_the_rest_once(
    send, log, django_assert_max_num_queries
):
    send(log(1))
    with django_assert_max_num_queries(50):
        send(log(1))
    with django_assert_max_num_queries(50 + 19 * 14):
        assert set(states(send(*[log(n) for n in range(1, 21)]))) == {"recorded"}


def test_a_change_of_a_room_is_seen_by_the_next_envelope(send, log, cast, monkeypatch):
    """Whatever an envelope does: what stands in the journal is read anew by those behind it."""

    def dissolves(arrived):
        today = timezone.localdate()
        dissolve_team(team=cast.team, decision=DecisionLine("1", today, "UBND"), on=today, by=None)
        return {}

    monkeypatch.setattr(doors, "photo", dissolves)
    answer = send(log(1), log(kind="activity.photo"), log(2))
    assert states(answer) == ["recorded", "recorded", "refused"]
    assert written() == [1]


def test_what_an_undone_envelope_read_is_forgotten(send, log, monkeypatch):
    def ends_a_content(arrived):
        Content.objects.filter(code="vneid").update(until_on=dt.date(2020, 1, 1))
        doors.log(arrived)
        raise DatabaseError("undone")

    monkeypatch.setattr(doors, "photo", ends_a_content)
    answer = send(log(1, kind="activity.photo"), log(2))
    assert states(answer) == ["failed", "recorded"]
    assert Activity.objects.get().contents.get().content.code == "vneid"


def test_one_request_keeps_nothing_for_the_next(send, log, cast):
    send(log(1))
    Membership.objects.filter(team=cast.team, person=cast.tu.person).delete()
    assert states(send(log(2))) == ["refused"]


def test_totals_are_made_over_once_and_are_what_a_rebuild_gives(send, log):
    send(log(1), log(2), log(3, ago=dt.timedelta(days=40)))
    assert not Recount.objects.exists()
    before = state()
    assert any(row["figures"] for row in before[0])
    rebuild()
    assert state() == before


def test_what_a_crash_left_uncounted_is_counted_by_the_job_or_the_next_request(
    send, log, monkeypatch
):
    def crash():
        raise DatabaseError("the process ends here")

    monkeypatch.setattr("cncd.config.reactions.AFTER", (f"{__name__}.crash",))
    monkeypatch.setitem(globals(), "crash", crash)
    assert states(send(log(1))) == ["recorded"]
    rebuild()
    counted = state()
    assert states(send(log(2))) == ["recorded"]
    assert Recount.objects.count() == 2
    assert state() == counted
    monkeypatch.undo()
    recount_job.call()
    assert state() != counted
    assert not Recount.objects.exists()
    assert recount_noted() == 0
    after = state()
    rebuild()
    assert state() == after


@pytest.mark.parametrize(
    "body", ["", "[", "[]", "5", '{"envelopes": 5, "sent_at": 1}', '{"envelopes": []}', "[" * 9999]
)
def test_what_is_no_list_is_refused_in_words(tu, body):
    headers = {"X-Outbox": "1"}
    answer = tu.post(DOOR, body, content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["told"]


def test_too_much_at_once_is_refused_whole(send, log):
    assert send(*[log()] * 51).status_code == 400
    assert send(log(content="x" * MOST_BYTES)).status_code == 400
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"id": 5},
        {"about": {"team": 5}},
        {"about": '{"tile": "\\ud800"}'},
        {"about": "[" * 9999},
        {"kind": None},
        {"kind": "\ud800"},
        {"content": "&".join(["a=1"] * 6000)},
        {"content": ["day"]},
        {"made_at": 1.5},
        {"made_at": True},
        {"made_at": -(10**20)},
    ],
)
def test_odd_values_are_refused_one_by_one(send, log, said):
    first, second = states(send(log(1, **said), log(2)))
    assert first in ("malformed", "refused")
    assert second == "recorded"


def test_nobody_sends_what_another_wrote_on_the_same_phone(send, log, cast):
    answer = send(log(), **{"X-Sender": str(cast.lan.pk)})
    assert answer.status_code == 401
    assert answer.json()["state"] == "signed_out"
    assert not Envelope.objects.exists()
    assert send(log(), **{"X-Sender": str(cast.tu.pk)}).status_code == 200


def test_who_has_left_still_sees_what_waits_on_the_phone(tu, cast):
    Membership.objects.filter(person=cast.tu.person).delete()
    page = tu.get(reverse("phone:outbox"))
    assert page.status_code == 200
    assert 'id="outbox"' in page.content.decode()
