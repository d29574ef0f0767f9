"""Campaigns and themes through whole months: issued once on their day, counted from the logs."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cncd.team.programme.models import Content
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.directives.actions import campaigns as actions
from cncd.work.directives.models import Ask, Campaign, Directive, Obligation, Run
from cncd.work.directives.queries import campaigns as queries

VN = dt.timezone(dt.timedelta(hours=7))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def at(text: str, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day(text), dt.time(hour), VN)


@pytest.fixture
def clock():
    with time_machine.travel(at("2026-11-22"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def c(programme, cast, clock):
    cast.zalo = Content.objects.get(code="zalo")
    return cast


@pytest.fixture
def theme(c):
    """plan(…): "Tháng Zalo" of the commune, each month from December, unless said otherwise."""

    def plan(**said) -> Campaign:
        usual = {
            "place": c.nhon_my, "kind": "theme", "name": "Tháng Zalo", "text": "Cài Zalo cho dân.",
            "since_on": day("2026-12-01"), "until_on": day("2027-01-01"), "repeats": "month",
            "audience": "teams", "contents": [c.zalo], "amount": 10, "measure": "people",
            "by": c.lan,
        }  # fmt: skip
        return actions.plan_campaign(**usual | said)

    return plan


def log(c, team, on: str, people: int):
    done = Done(kind="tan-nha", happened_on=day(on), people=people, contents={"zalo": people})
    return log_activity(team=team, done=done, by=c.tu if team == c.team else c.liem)


def test_each_month_asks_on_its_first_day_and_only_once(c, theme, clock):
    campaign = theme(repeats_until=day("2027-03-01"))
    assert not Obligation.objects.exists()
    moment = at("2026-11-22")
    issued = {}
    while moment < at("2027-04-15"):  # the job runs by the clock, two workers at once
        clock.move_to(moment)
        for _worker in range(2):
            if actions.issue_due_campaigns(now=moment):
                issued[moment.date()] = issued.get(moment.date(), 0) + 1
        moment += dt.timedelta(hours=12)
    assert issued == {day("2026-12-01"): 1, day("2027-01-01"): 1, day("2027-02-01"): 1}
    assert campaign.runs.count() == 3
    rows = Obligation.objects.filter(directive__run__since_on=day("2027-02-01"))
    assert {row.team for row in rows} == {c.team, c.team_my_hoa}
    assert {row.due_on for row in rows} == {day("2027-02-28")}


def test_a_server_that_stood_still_asks_while_the_time_runs_and_not_for_what_is_over(
    c, theme, clock
):
    campaign = theme()
    clock.move_to(at("2027-02-20"))
    assert actions.issue_due_campaigns() == 1
    assert [run.since_on for run in campaign.runs.all()] == [day("2027-02-01")]


def test_what_teams_log_in_the_days_shows_it_is_done_and_stands_in_the_results(c, theme, clock):
    campaign = theme(since_on=day("2026-11-20"), until_on=day("2026-12-01"), repeats="")
    [run] = campaign.runs.all()  # it runs today: asked at once
    log(c, c.team, "2026-11-19", 50)  # before
    log(c, c.team, "2026-11-21", 6)
    log(c, c.team, "2026-11-22", 4)
    done = Obligation.objects.get(team=c.team)
    assert (done.status, done.progress, done.done_on) == ("done", 10, day("2026-11-22"))
    span = queries.span_shown(campaign, day("2026-11-22"))
    rows = {row.name: row for row in queries.results(campaign, span, c.nhon_my, day("2026-11-22"))}
    mine = rows["Tổ CNCĐ ấp Mỹ Phước"]
    assert (mine.activities, mine.people, mine.times, mine.took_part) == (2, 10, 10, 1)
    assert rows["Tổ CNCĐ ấp Mỹ Hòa"].activities == 0
    above = queries.results(campaign, span, c.ke_sach, day("2026-11-22"))
    of_commune = next(row for row in above if row.place == c.nhon_my)
    assert (of_commune.teams, of_commune.took_part, of_commune.people) == (2, 1, 10)
    assert run.directive.state == Directive.State.ISSUED


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-11-30", "planned"), ("2026-12-15", "running"), ("2027-01-02", "ended")],
)
def test_it_stands_by_its_days(c, theme, on, expected):
    campaign = theme(repeats="")
    assert queries.state_of(campaign, day(on)) == expected


def test_a_cancelled_one_takes_back_what_it_asks_and_asks_no_more(c, theme, clock):
    campaign = theme()
    clock.move_to(at("2026-12-05"))
    actions.issue_due_campaigns()
    actions.cancel_campaign(campaign=campaign, version=1, reason="Trùng kế hoạch huyện", by=c.lan)
    assert Run.objects.get().directive.state == Directive.State.WITHDRAWN
    clock.move_to(at("2027-01-05"))
    assert actions.issue_due_campaigns() == 0
    campaign.refresh_from_db()
    assert queries.state_of(campaign, day("2027-01-05")) == "cancelled"
    with pytest.raises(actions.CampaignChanged):
        actions.cancel_campaign(campaign=campaign, version=2, reason="Nữa", by=c.lan)


def test_without_an_amount_it_asks_for_words_and_for_every_unit_of_a_level(c, theme):
    theme(place=c.ke_sach, by=c.minh, audience="commune", amount=None, repeats="",
          since_on=day("2026-11-20"), until_on=day("2026-12-01"))  # fmt: skip
    rows = Obligation.objects.all()
    assert {row.place for row in rows} == {c.nhon_my, c.xuan_hoa}
    assert {row.ask.evidence for row in rows} == {Ask.Evidence.ANSWER}


def test_a_change_holds_from_the_next_time_on(c, theme, clock):
    campaign = theme()
    clock.move_to(at("2026-12-05"))
    actions.issue_due_campaigns()
    campaign.refresh_from_db()
    actions.change_campaign(campaign=campaign, version=1, by=c.lan, amount=20, contents=[c.zalo])
    with pytest.raises(actions.HasBegun):
        actions.change_campaign(campaign=campaign, version=2, by=c.lan, contents=[c.zalo],
                                since_on=day("2026-12-02"))  # fmt: skip
    clock.move_to(at("2027-01-05"))
    actions.issue_due_campaigns()
    amounts = Ask.objects.order_by("due_on").values_list("due_on", "amount")
    assert list(amounts) == [(day("2026-12-31"), 10), (day("2027-01-31"), 20)]


def test_only_who_gives_for_the_unit_plans_for_it(c, theme):
    for who in (c.tu, c.dung, c.xem, c.minh):
        with pytest.raises(PermissionDenied):
            theme(by=who)
    with pytest.raises(actions.IsOver):
        theme(repeats="", since_on=day("2026-10-01"), until_on=day("2026-11-01"))
