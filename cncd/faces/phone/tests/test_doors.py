"""The outbox's door: days late, twice, by a wrong clock, by somebody who has left meanwhile."""

import datetime as dt
import json
import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.envelopes.models import Envelope
from cncd.team.programme.models import Content
from cncd.team.teams.models import Membership
from cncd.work.activities.models import Activity

DOOR = reverse("envelopes:door")
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def send(tu, cast):
    """Sends an envelope as the outbox does; `ago` is when it was made, `skew` the clock's error."""

    def send(client=tu, *, ago=HOUR, skew=dt.timedelta(0), headers=None, files=None, **said):
        now = timezone.now() + skew
        envelope = {
            "id": str(uuid.uuid4()),
            "kind": "activity.log",
            "about": json.dumps({"team": cast.team.pk, "tile": "c-vneid"}),
            "content": urlencode({"day": "today", "people": "12", "kind": "huong-dan"}),
            "made_at": milliseconds(now - ago),
            "sent_at": milliseconds(now),
        } | said
        headers = {"X-Outbox": "1"} if headers is None else headers
        return client.post(DOOR, envelope | (files or {}), headers=headers)

    return send


def milliseconds(moment) -> str:
    return str(round(moment.timestamp() * 1000))


def test_an_entry_is_recorded_as_of_the_moment_it_was_made(send, cast):
    answer = send(ago=dt.timedelta(days=2)).json()
    assert answer["state"] == "recorded"
    found = Activity.objects.get()
    assert str(found.pk) == answer["answer"]["activity"]
    assert found.team == cast.team
    assert found.happened_on == timezone.localdate() - dt.timedelta(days=2)
    assert found.made_at == timezone.now() - dt.timedelta(days=2)
    assert found.recorded_at == timezone.now()
    assert not found.on_behalf


def test_the_same_envelope_gets_the_first_answer_again(send):
    same = {"id": str(uuid.uuid4())}
    first = send(**same)
    again = send(**same, ago=HOUR)
    assert again.json() == first.json()
    assert Activity.objects.count() == 1


def test_the_same_id_with_other_content_is_refused_and_the_first_stays(send):
    same = {"id": str(uuid.uuid4())}
    send(**same)
    other = send(**same, content=urlencode({"day": "today", "people": "13", "kind": "huong-dan"}))
    assert other.status_code == 409
    assert other.json()["state"] == "different"
    assert Activity.objects.get().people == 12


def test_a_wrong_clock_is_corrected_and_recorded(send):
    three_hours = dt.timedelta(hours=3)
    send(skew=three_hours)
    assert Activity.objects.get().made_at == timezone.now() - HOUR
    assert Envelope.objects.get().skew == three_hours


def test_an_entry_from_the_future_counts_as_made_now(send):
    send(ago=-HOUR)
    assert Activity.objects.get().made_at == timezone.now()


def test_who_has_left_brings_what_was_written_while_a_member(send, cast):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(team=cast.team, person=cast.tu.person).update(until_on=yesterday)
    kept = send(ago=dt.timedelta(days=3))
    assert kept.json()["state"] == "recorded"
    late = send(ago=HOUR)
    assert late.status_code == 422
    assert "không có quyền" in late.json()["told"]
    assert Activity.objects.count() == 1


def test_nobody_writes_for_a_team_of_others(send, cast):
    about = json.dumps({"team": cast.team_dau_giong.pk, "tile": "c-vneid"})
    assert send(about=about).status_code == 422
    assert send(about=json.dumps({"team": 999_999})).status_code == 422
    assert not Activity.objects.exists()


def test_what_is_wrong_is_said_field_by_field_and_may_be_sent_again_corrected(send):
    same = {"id": str(uuid.uuid4())}
    wrong = urlencode({"day": "today", "people": "-5", "kind": "huong-dan"})
    refused = send(**same, content=wrong)
    assert refused.status_code == 422
    [(field, label, message)] = refused.json()["faults"]
    assert field == "people"
    assert label
    assert message
    assert not Envelope.objects.exists()
    assert send(**same).json()["state"] == "recorded"


def test_a_content_retired_since_is_taken_for_the_days_it_was_in_force(send):
    today = timezone.localdate()
    ended = today - dt.timedelta(days=5)
    Content.objects.filter(code="vneid").update(until_on=ended)
    said = {"people": "2", "kind": "huong-dan", "content_vneid": "2", "day": "today"}
    assert send(ago=dt.timedelta(days=7), content=urlencode(said)).json()["state"] == "recorded"
    assert Activity.objects.get().contents.get().content.code == "vneid"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"id": "no"}, 400),
        ({"made_at": "x"}, 400),
        ({"made_at": "9" * 30}, 400),
        ({"sent_at": ""}, 400),
        ({"about": "["}, 400),
        ({"about": "[1]"}, 400),
        ({"about": '{"team": "x\\u0000"}'}, 422),
        ({"kind": "activity.steal"}, 422),
        ({"content": ""}, 422),
    ],
)
def test_what_is_no_entry_is_refused_in_words(send, said, status):
    answer = send(**said)
    assert answer.status_code == status
    assert answer.json()["told"]
    assert not Activity.objects.exists()


def test_an_entry_older_than_the_receipts_is_refused(send):
    assert "90 ngày" in send(ago=dt.timedelta(days=91)).json()["told"]


def test_another_site_and_a_stranger_are_kept_out(send, client):
    assert send(headers={}).status_code == 403
    assert send(client).status_code == 302
    assert not Activity.objects.exists()
