"""A province adds a content, its counter and its indicator through the web; logs count into it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cncd.team.programme import actions, queries
from cncd.team.programme.models import Content, Counter
from cncd.work.activities import queries as activities
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.households.actions import number_households

NOVEMBER = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)


@pytest.fixture
def programme(cast):
    with time_machine.travel(NOVEMBER, tick=False):
        actions.seed_programme()
        scheme = queries.scheme_in_use()
        cast.period = actions.ensure_period(scheme=scheme, day=dt.date(2026, 11, 1))
        yield cast


def test_a_logged_activity_counts_into_an_indicator_made_by_web_forms(programme, page_client):
    c = programme
    sent = {
        "content_name": "Xem học bạ số của con",
        "content_short": "Học bạ số",
        "unit": "lượt",
        "icon": "book",
        "name": "Số lượt hướng dẫn xem học bạ số",
        "short_name": "Lượt giúp xem học bạ số",
        "definition": "Cộng số lượt của nội dung “Học bạ số” trong nhật ký của Tổ.",
        "pillar": "XH",
        "direction": "1",
        "since_on": "2026-11-01",
    }
    answer = page_client.as_(c.ha).post(reverse("programme:add_indicator", args=["content"]), sent)
    card = page_client.as_(c.tu).get(answer.url)
    assert "Học bạ số" in card.content.decode()

    content = Content.objects.on(dt.date(2026, 11, 20)).get(short_name="Học bạ số")
    for day, number in ((3, 4), (20, 7)):
        done = Done(
            happened_on=dt.date(2026, 11, day),
            kind="huong-dan",
            people=10,
            contents={content.code: number, "zalo": 2},
        )
        log_activity(team=c.team, done=done, by=c.tu)

    sheet = queries.sheet_for("hamlet", type(c.period).objects.get(pk=c.period.pk))
    line = next(row for row in sheet if row.measure.code == "XH17")
    figures = activities.counted(
        [c.team, c.team_my_hoa], c.period.first_day, c.period.last_day, [line.counter]
    )
    assert figures[c.team.pk][line.counter.pk].value == 11
    assert len(figures[c.team.pk][line.counter.pk].records) == 2
    assert figures[c.team_my_hoa.pk][line.counter.pk].value == 0


def test_the_activity_log_knows_every_word_of_the_packaged_counters(programme):
    c = programme
    # Without a household list the year's households are asked by hand (TC10).
    number_households(place=c.my_phuoc, first="001", last="009", by=c.lan)
    counters = Counter.objects.filter(room="activities")
    found = activities.counted([c.team], c.period.first_day, c.period.last_day, counters)
    assert len(found[c.team.pk]) == counters.count() > 20
