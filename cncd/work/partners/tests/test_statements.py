"""From both sides: an enterprise promises and delivers, the unit disputes, it is settled."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.actions import post_person
from cncd.foundation.people.duties import duties_of
from cncd.team.teams.models import Membership
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.partners import news
from cncd.work.partners.actions import StatementRefused, answer_statement, restate, state_delivery
from cncd.work.partners.models import Pledge, Statement
from cncd.work.partners.queries import standings
from cncd.work.partners.queries.elsewhere import union_shares
from cncd.work.partners.tests.conftest import agency
from tests.cast import BEGINNING, TODAY, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(help_, pledged):
    """said(n): the enterprise says it sent n people to Nhơn Mỹ."""

    def made(amount=8, pledge=None):
        pledge = pledge or pledged(kind="people", amount=10)
        return state_delivery(
            pledge=pledge, amount=amount, on=TODAY, note="Cử nhân viên hỗ trợ Tổ", by=help_.viettel
        )

    return made


def test_nothing_counts_until_the_unit_has_spoken_and_both_numbers_show(help_, said):
    row = said(8)
    [standing] = standings([row.pledge])
    assert (standing.delivered, standing.stated, standing.differs) == (0, 8, True)
    about = {"statement": row, "confirms": False, "amount": 5, "note": "Chỉ gặp 5 người"}
    answer_statement(**about, version=1, by=help_.lan)
    [standing] = standings([row.pledge])
    assert (standing.delivered, standing.stated, standing.differs) == (5, 8, True)
    settled = restate(statement=row, amount=5, note="Đúng, 5 người", version=2, by=help_.viettel)
    assert settled.state == Statement.State.CONFIRMED
    [standing] = standings([row.pledge])
    assert (standing.delivered, standing.stated, standing.differs) == (5, 5, False)
    events = Entry.objects.filter(event__startswith="delivery").order_by("at", "pk")
    assert [e.event for e in events] == [
        "delivery.stated", "delivery.disputed", "delivery.settled",
    ]  # fmt: skip


def test_each_side_speaks_for_itself(help_, said):
    row = said()
    for by in (help_.lan, help_.gio):
        with pytest.raises(PermissionDenied):
            state_delivery(pledge=row.pledge, amount=1, on=TODAY, note="x", by=by)
    for by in (help_.viettel, help_.dung):
        with pytest.raises(PermissionDenied):
            answer_statement(statement=row, confirms=True, version=1, by=by)


@pytest.mark.parametrize(
    ("field", "given"),
    [("amount", {"amount": 0}), ("note", {"note": " "}), ("on", {"on": dt.date(2026, 9, 30)})],
)
def test_what_cannot_be_is_refused_at_its_field(help_, pledged, field, given):
    usual = {"amount": 3, "on": TODAY, "note": "Mở lớp"}
    with pytest.raises(StatementRefused) as refused:
        state_delivery(pledge=pledged(kind="people"), by=help_.viettel, **usual | given)
    assert set(refused.value.message_dict) == {field}


def test_what_waits_reaches_both_sides(help_, said):
    now = timezone.now()
    row = said()
    assert [d.key for d in duties_of(help_.lan, now) if d.key.startswith("delivery")] == [
        f"delivery {row.pk}"
    ]
    [told] = news.delivery_stated(Entry.objects.get(event="delivery.stated"))
    assert told.user == help_.lan
    answer_statement(statement=row, confirms=False, amount=0, note="Chưa thấy ai", version=1,
                     by=help_.lan)  # fmt: skip
    _settled, told = news.delivery_answered(Entry.objects.get(event="delivery.disputed"))
    assert (told.user, "Chưa thấy ai" in told.text) == (help_.viettel, True)
    keys = [d.key for d in duties_of(help_.viettel, now)]
    assert f"delivery {row.pk}" in keys


def test_a_promise_that_is_due_reaches_the_partner_and_late_the_unit(help_, pledged):
    pledge = pledged(until_on=TODAY + dt.timedelta(days=2))
    at = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    told = [(n.user, n.kind) for n in news.by_clock(at)]
    assert (help_.viettel, "pledge.due") in told
    later = [n for n in news.by_clock(at + dt.timedelta(days=2)) if n.what.endswith(str(pledge.pk))]
    assert {n.user for n in later} == {help_.lan}


def test_people_of_the_union_are_its_members_in_the_teams(help_, pledged):
    pledge = pledged(kind="people", agency=help_.union, amount=2)
    row = help_.team.memberships.get(person=help_.cuong.person)
    Membership.objects.filter(pk=row.pk).update(union_member=True)
    there = union_shares([help_.nhon_my.pk], TODAY)[help_.nhon_my.pk]
    assert (there.union, there.active) == (1, 0)
    assert standings([pledge])[0].delivered == there.union
    done = Done(happened_on=TODAY, kind="huong-dan", people=10, contents={"vneid": 10},
                participants=[row.person_id])  # fmt: skip
    log_activity(team=help_.team, done=done, by=help_.tu, confirmed=True)
    assert union_shares([help_.nhon_my.pk], TODAY)[help_.nhon_my.pk].active == 1
    later = TODAY + dt.timedelta(days=100)
    assert union_shares([help_.nhon_my.pk], later)[help_.nhon_my.pk] == (1, there.everybody, 0, 0)


def test_the_pages_lead_from_a_promise_to_what_was_settled(help_, pledged, page_client):
    pledge = pledged(kind="people", amount=10)
    firm, lan = page_client.as_(help_.viettel), None
    address = pledge.get_absolute_url()
    firm.post(f"{address}state/", {"amount": "8", "on": "22/11/2026", "note": "Cử 8 người"})
    row = Statement.objects.get()
    lan = page_client.as_(help_.lan)
    assert "Cử 8 người" in lan.get(address).content.decode()
    said = {"amount": "5", "note": "Chỉ gặp 5 người", "version": "1"}
    assert lan.get(f"/partners/said/{row.pk}/dispute/").status_code == 200
    lan.post(f"/partners/said/{row.pk}/dispute/", said)
    assert "khác nhau" in lan.get("/partners/").content.decode()
    firm = page_client.as_(help_.viettel)
    page = firm.get(address).content.decode()
    assert "Chỉ gặp 5 người" in page
    firm.post(f"/partners/said/{row.pk}/restate/", {"amount": "5", "note": "Đúng", "version": "2"})
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert firm.post(f"/partners/said/{row.pk}/confirm/", {"version": "3"}).status_code == 403
    assert page_client.as_(help_.gio).get(address).status_code == 404


def test_the_levels_of_the_union_below_promise_and_see_their_own_unit(help_, pledged, page_client):
    below = agency("Huyện đoàn Kế Sách", "union", help_.ke_sach)
    officer = person("Trần Thị Đoàn", "huyendoan")
    post_person(
        person=officer, role="union_district", place=help_.ke_sach, since_on=BEGINNING, by=None,
        agency=below,
    )  # fmt: skip
    pledge = pledged(kind="people", agency=below, amount=2)
    page = page_client.as_(officer.user)
    assert "Người tham gia các Tổ: 0/2" in page.get("/partners/mine/").content.decode()
    assert page.get(pledge.get_absolute_url()).status_code == 200
    assert "Huyện Kế Sách" in page.get("/partners/union/").content.decode()
    assert "Huyện Trần Đề" not in page.get("/partners/union/").content.decode()


def test_the_union_page_shows_members_and_share_unit_by_unit(help_, page_client):
    page = page_client.as_(help_.minh).get("/partners/union/")
    assert "Xã Nhơn Mỹ" in page.content.decode()
    assert Pledge.objects.count() == 0
