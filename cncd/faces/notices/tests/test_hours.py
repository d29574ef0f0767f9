"""Hours of quiet and digests: when what is told beyond the page leaves."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.faces.notices.actions import choose_manner, read_notice
from cncd.faces.notices.actions.choosing import FIELDS
from cncd.faces.notices.delivering import deliver_waiting
from cncd.faces.notices.models import Delivery, Manner
from cncd.faces.notices.rules import digest_at, opens_at
from cncd.faces.notices.tests.conftest import allow, reach, tell
from cncd.foundation.journal.models import Entry
from cncd.foundation.places.actions import set_setting

VIETNAM = dt.timezone(dt.timedelta(hours=7))
NINE, SIX = dt.time(21), dt.time(6)
MINE = "tu@gmail.test"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def manner(user, **chosen) -> None:
    usual = {name: Manner._meta.get_field(name).get_default() for name in FIELDS}
    choose_manner(by=user, chosen=usual | chosen)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(22, 20, 59), at(22, 20, 59)),
        (at(22, 21), at(23, 6)),
        (at(22, 23, 59), at(23, 6)),
        (at(23, 0), at(23, 6)),
        (at(23, 5, 59), at(23, 6)),
        (at(23, 6), at(23, 6)),
        (at(30, 22), at(1, 6, month=12)),
    ],
)
def test_quiet_across_midnight_ends_in_the_morning(now, opens):
    assert opens_at(now, NINE, SIX) == opens


def test_quiet_at_noon_ends_the_same_day_and_equal_hours_are_no_quiet():
    noon, two = dt.time(12), dt.time(14)
    assert opens_at(at(22, 13), noon, two) == at(22, 14)
    assert opens_at(at(22, 14), noon, two) == at(22, 14)
    assert opens_at(at(22, 13), noon, noon) == at(22, 13)


@given(st.integers(0, 40 * 24 * 60), st.times(), st.times())
def test_nobody_is_told_within_the_quiet_nor_kept_waiting_a_day(minutes, since, until):
    now = at(1, 0) + dt.timedelta(minutes=minutes)
    opens = opens_at(now, since.replace(tzinfo=None), until.replace(tzinfo=None))
    assert now <= opens < now + dt.timedelta(days=1)
    assert opens_at(opens, since, until) == opens


def test_a_digest_comes_daily_or_on_its_weekday():
    seven = dt.time(7)
    assert digest_at(at(22, 6), seven) == at(22, 7)
    assert digest_at(at(22, 7), seven) == at(23, 7)
    assert digest_at(at(22, 12), seven, 0) == at(23, 7)  # a Sunday; the next Monday
    assert digest_at(at(23, 7), seven, 0) == at(30, 7)


def test_at_night_nothing_is_sent_and_in_the_morning_everything(
    cast, clock, mailroom, push_service
):
    allow(cast.tu, push_service.device("phone"))
    reach(cast.tu, "email", MINE)
    clock.move_to(at(22, 23))
    tell(cast.tu, now=at(22, 23))
    for hour in (23, 24 + 3):
        clock.move_to(at(22, 0) + dt.timedelta(hours=hour))
        deliver_waiting()
    assert (mailroom.to(MINE), push_service.received) == ([], [])
    clock.move_to(at(23, 6))
    deliver_waiting()
    assert (len(mailroom.to(MINE)), len(push_service.received)) == (1, 1)


def test_urgent_matters_pass_the_quiet_if_the_person_says_so(cast, clock, push_service):
    allow(cast.tu, push_service.device("phone"))
    manner(cast.tu, urgent_passes=True)
    clock.move_to(at(22, 23))
    tell(cast.tu, now=at(22, 23))
    tell(cast.tu, kind="report.received", now=at(22, 23))
    deliver_waiting()
    assert len(push_service.received) == 1


def test_the_hours_of_quiet_are_the_installations_unless_somebody_chose(cast, clock, push_service):
    allow(cast.tu, push_service.device("phone"))
    allow(cast.nhan, push_service.device("deputy"))
    choice = {"key": "notices.quiet_from", "value": 18, "place": None}
    set_setting(by=cast.quan_tri, since_on=dt.date(2026, 11, 1), **choice)
    manner(cast.nhan, has_quiet=False)
    clock.move_to(at(22, 19))
    for user in (cast.tu, cast.nhan):
        tell(user, now=at(22, 19))
    deliver_waiting()
    assert [name for name, *_rest in push_service.received] == ["deputy"]


def test_a_digest_is_one_letter_for_many_notices_those_read_left_out(cast, clock, mailroom):
    reach(cast.tu, "email", MINE)
    manner(cast.tu, digest="daily")
    given = [tell(cast.tu, str(number), what=f"team {number}")[0] for number in range(4)]
    read_notice(notice=given[0])
    clock.move_to(at(22, 18))
    deliver_waiting()
    assert not mailroom.to(MINE)
    clock.move_to(at(23, 7))
    deliver_waiting()
    [letter] = mailroom.to(MINE)
    assert letter["Subject"] == "3 thông báo dành cho anh/chị"
    text = letter.get_body(("plain",)).get_content()
    assert text.count("•") == 3
    assert text.count("http") == 1
    tell(cast.tu, "later", now=at(23, 8))
    assert Delivery.objects.filter(slot=at(24, 7)).count() == 1


def test_a_digest_of_what_was_all_read_is_not_sent(cast, clock, mailroom):
    reach(cast.tu, "email", MINE)
    manner(cast.tu, digest="weekly", digest_weekday=2)
    [notice] = tell(cast.tu)
    read_notice(notice=notice)
    clock.move_to(at(25, 7))
    deliver_waiting()
    assert not mailroom.to(MINE)
    assert Delivery.objects.get().state == "left"


def test_a_person_chooses_the_hours_on_a_page(cast, clock, mailroom, page_client):
    client = page_client.as_(cast.tu)
    page = client.get("/notices/hours/").content.decode()
    assert 'value="21:00" selected' in page
    assert "gộp chung" not in page  # there is nothing yet to be gathered
    reach(cast.tu, "email", MINE)
    assert "gộp chung" in client.get("/notices/hours/").content.decode()
    said = {"has_quiet": "on", "quiet_from": "20:30", "quiet_until": "05:00", "digest": "weekly"}
    said |= {"digest_channel": "email", "digest_at": "07:00", "digest_weekday": "4"}
    assert client.post("/notices/hours/", said).status_code == 302
    assert Manner.objects.get(user=cast.tu).quiet_from == dt.time(20, 30)
    assert Entry.objects.get(event="hours.chosen").after["quiet_from"] == "20:30:00"
    page = client.get("/notices/settings/").content.decode()
    assert "Yên lặng từ 20:30 đến 05:00" in page
    client.post("/notices/hours/", said)
    assert Entry.objects.filter(event="hours.chosen").count() == 1
