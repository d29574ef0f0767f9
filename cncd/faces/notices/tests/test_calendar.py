"""The calendar of what is due, as a calendar program reads it."""

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from cncd.faces.notices.actions import end_feed, make_feed
from cncd.faces.notices.models import Feed
from cncd.faces.notices.sealing import unseal
from cncd.faces.notices.tests.conftest import NOON
from cncd.results.reports.actions import extend_due


def address(feed: Feed) -> str:
    return f"/notices/calendar/{unseal(feed.sealed)}.ics"


def events(path: str) -> dict:
    """Summary → event, read without signing in."""
    answer = Client().get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.content)
    return {str(each["summary"]): each for each in read.walk("VEVENT")}


@pytest.fixture
def feed(season, cast):
    return make_feed(by=cast.tu)


NOVEMBER = "Báo cáo Tháng 11/2026 của Tổ CNCĐ ấp Mỹ Phước"


def test_whoever_has_the_address_reads_what_is_due_without_signing_in(feed, cast):
    found = events(address(feed))[NOVEMBER]
    assert found["dtstart"].dt == dt.date(2026, 11, 30)
    assert "23:59" in found["description"] or "17:00" in found["description"]
    assert found["url"].endswith(f"/reports/write/{cast.team.pk}/2026-11/")
    assert found["status"] == "CONFIRMED"
    assert Client().get("/notices/calendar/another.ics").status_code == 404


def test_a_moved_due_day_keeps_the_uid_and_raises_the_sequence(feed, cast, season, clock):
    before = events(address(feed))[NOVEMBER]
    clock.shift(3600)
    later = {"due_at": NOON + dt.timedelta(days=15), "reason": "Bão", "by": cast.lan}
    extend_due(period=season.period, team=cast.team, **later)
    after = events(address(feed))[NOVEMBER]
    assert after["uid"] == before["uid"]
    assert after["dtstart"].dt == dt.date(2026, 12, 7)
    assert after["sequence"] == before["sequence"] + 1
    assert after["last-modified"].dt > before["last-modified"].dt


def test_what_was_sent_is_cancelled_and_later_gone(feed, season, clock):
    events(address(feed))
    season.send()
    assert events(address(feed))[NOVEMBER]["status"] == "CANCELLED"
    clock.shift(dt.timedelta(days=15))
    events(address(feed))
    assert NOVEMBER not in events(address(feed))


def test_unchanged_it_is_not_sent_again(feed, season, clock):
    first = Client().get(address(feed))
    clock.shift(600)
    for header in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        assert Client().get(address(feed), headers=header).status_code == 304
    season.send()
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert Client().get(address(feed), headers=header).status_code == 200


def test_an_address_ends_when_another_is_made_or_the_calendar_or_the_account_ends(feed, cast):
    old = address(feed)
    new = address(make_feed(by=cast.tu))
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    cast.tu.is_active = False
    cast.tu.save()
    assert Client().get(new).status_code == 404
    cast.tu.is_active = True
    cast.tu.save()
    end_feed(feed=Feed.objects.get(), by=cast.tu)
    assert Client().get(new).status_code == 404


def test_the_secret_is_kept_as_a_digest_and_encrypted(feed):
    secret = unseal(feed.sealed)
    assert secret not in f"{feed.secret} {feed.sealed}"


def test_a_unit_s_report_stands_in_its_officers_calendar(season, cast):
    found = events(address(make_feed(by=cast.lan)))
    assert any("Nhơn Mỹ" in summary for summary in found)


def test_a_person_makes_shows_and_ends_the_calendar_on_its_page(season, cast, page_client):
    client, page = page_client.as_(cast.tu), "/notices/calendar/"
    assert ".ics" not in client.get(page).content.decode()
    client.post(f"{page}make/")
    assert unseal(Feed.objects.get().sealed) in client.get(page).content.decode()
    client.post(f"{page}end/")
    assert not Feed.objects.exists()
