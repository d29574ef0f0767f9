"""What was made in good right arrives whatever has ended since, or says what to do instead."""

import datetime as dt

import pytest
from django.utils import timezone

from cncd.foundation.documents.models import Document
from cncd.foundation.people.actions import end_posting
from cncd.foundation.people.models import Posting
from cncd.foundation.places.actions import succeed_places
from cncd.foundation.places.actions.drafts import Draft
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.queries import period_coded
from cncd.team.teams.actions import consolidate_team, dissolve_team
from cncd.work.activities.models import Activity
from tests.cast import TODAY
from tests.outbox import HOUR, Phone

DAY = dt.timedelta(days=1)
SAID = {"day": "today", "people": "12", "kind": "huong-dan"}


@pytest.fixture
def decision(cast):
    about = {"issued_on": TODAY - 9 * DAY, "issuer": "UBND xã", "place": cast.nhon_my}
    return Document.objects.create(number="20/QĐ-UBND", **about)


@pytest.fixture
def send(tu, cast):
    def send(client=tu, *, ago, team=None, **said):
        about = {"team": (team or cast.team).pk, "tile": "c-vneid"}
        return Phone(client).send("activity.log", about, SAID | said, ago=ago)

    return send


def people_of(place) -> int:
    """People helped in November, as the desks above show it."""
    total = PlaceTotal.objects.get(place=place, period=period_coded("2026-11"))
    return total.figures["TC08"][2]


def test_a_team_dissolved_meanwhile_keeps_what_it_did_before(send, cast, decision):
    dissolve_team(team=cast.team, decision=decision, on=TODAY - 3 * DAY, by=cast.lan)
    places = [cast.my_phuoc, cast.my_hoa]
    consolidate_team(
        team=cast.team_my_hoa, decision=decision, on=TODAY - 3 * DAY, by=cast.lan, places=places
    )
    assert send(ago=4 * DAY)["state"] == "recorded"
    found = Activity.objects.get()
    assert (found.team, found.place) == (cast.team, cast.my_phuoc)
    late = send(ago=DAY)
    assert late["state"] == "refused"
    assert "đã giải thể ngày 19/11/2026" in late["told"]
    assert str(cast.team_my_hoa) in late["told"]


def test_a_member_let_go_by_decision_brings_what_was_done_before(page_client, send, cast, decision):
    gone = cast.team.memberships.get(person=cast.cuong.person)
    about = {"team": cast.team, "decision": decision, "by": cast.lan}
    consolidate_team(on=TODAY - 2 * DAY, leave=[gone.pk], **about)
    client = page_client.as_(cast.cuong)
    answer = send(client, ago=3 * DAY)
    assert answer["state"] == "recorded"
    assert answer["answer"]["page"] == ""
    late = send(client, ago=DAY)
    assert "cán bộ xã" in late["told"]
    assert Activity.objects.get().recorded_by == cast.cuong


def test_a_hamlet_given_to_another_team_stays_where_the_work_was_done(
    page_client, send, cast, decision
):
    both = [cast.my_phuoc, cast.my_hoa]
    about = {"decision": decision, "by": cast.lan}
    dissolve_team(team=cast.team_my_hoa, on=TODAY - 6 * DAY, **about)
    consolidate_team(team=cast.team, on=TODAY - 6 * DAY, places=both, **about)
    consolidate_team(team=cast.team, on=TODAY - 2 * DAY, places=[cast.my_phuoc], **about)
    answer = send(ago=4 * DAY, place=str(cast.my_hoa.pk))
    assert answer["state"] == "recorded"
    assert Activity.objects.get().place == cast.my_hoa


def test_a_commune_merged_meanwhile_counts_the_work_in_its_successor(send, cast):
    kind = cast.kinds["xa"]
    new = Draft(kind, "31560", "Nhơn Mỹ Mới", cast.ke_sach, TODAY - DAY)
    shares = [(cast.nhon_my, new, 1), (cast.xuan_hoa, new, 1)]
    succeed_places(kind="merge", shares=shares, on=TODAY - DAY, by=None)
    assert send(ago=3 * DAY)["state"] == "recorded"
    found = Activity.objects.get()
    assert (found.team, found.place) == (cast.team, cast.my_phuoc)
    assert people_of(new.place) == 12
    assert people_of(cast.soc_trang) == 12


def test_an_officer_whose_office_has_ended_brings_what_was_entered_in_it(page_client, send, cast):
    post = Posting.objects.get(person=cast.lan.person)
    end_posting(posting=post, until_on=TODAY - 2 * DAY, by=None)
    client = page_client.as_(cast.lan)
    assert send(client, ago=3 * DAY)["state"] == "recorded"
    assert Activity.objects.get().on_behalf
    assert send(client, ago=HOUR)["state"] == "refused"
    assert Activity.objects.count() == 1


def test_an_entry_of_a_day_before_the_team_says_so_at_the_day(send, cast):
    answer = send(ago=HOUR, day="other", happened_on="01/05/2025")
    field, _label, message = answer["faults"][0]
    assert field == "happened_on"
    assert "thành lập ngày 01/06/2025" in message
    assert timezone.localdate() == TODAY
