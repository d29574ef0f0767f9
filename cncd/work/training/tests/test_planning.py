"""Plans: drafted from gaps, written, approved, gathered without counting twice."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.documents.models import Document
from cncd.foundation.journal.models import Entry
from cncd.foundation.people.news import News
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.training import planning_news
from cncd.work.training.actions import (
    cancel_session,
    hold_session,
    open_course,
    plan_session,
    planning,
    record_list,
    withdraw_attendance,
)
from cncd.work.training.actions.drafting import draft_plan
from cncd.work.training.models import Attendance, Completion, Topic, TrainingPlan
from cncd.work.training.queries.card import card_of
from cncd.work.training.queries.gaps import Ground
from cncd.work.training.queries.planning import gathered, line_rows, plan_dues
from cncd.work.training.rules.drafting import Limits
from tests.cast import TODAY

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
LIMITS = Limits(places=30, cost=3_000_000, courses=10)


@pytest.fixture
def room(cast, programme):
    """The cast on 22/11/2026 with the packaged topics by their codes."""
    with time_machine.travel(NOW, tick=False) as clock:
        cast.clock = clock
        cast.topics = {topic.code: topic for topic in Topic.objects.all()}
        yield cast


def log(c, team, by, on=dt.date(2026, 10, 5), **contents):
    contents = {code.replace("_", "-"): count for code, count in contents.items()}
    done = Done(happened_on=on, kind="huong-dan", people=sum(contents.values()), contents=contents)
    return log_activity(team=team, done=done, by=by)


def hold(c, *topics, people=(), on=dt.date(2026, 11, 3), place=None, by=None, **fields):
    """A course of one session that is held, with those who came."""
    course = open_course(
        title="Lớp thử", topics=topics, audience="teams", place=place or c.nhon_my,
        by=by or c.lan, **fields,
    )  # fmt: skip
    at = dt.datetime.combine(on, dt.time(1), dt.UTC)
    session = plan_session(
        course=course, starts_at=at, ends_at=at + dt.timedelta(hours=3), place=course.place,
        by=by or c.lan,
    )  # fmt: skip
    record_list(session=session, came=[each.pk for each in people], by=by or c.lan)
    return hold_session(session=session, by=by or c.lan)


def gap(c, code, team=None):
    team = team or c.team
    return Ground([team.pk], TODAY).gap(team.pk, c.topics[code])


def test_the_gap_of_a_team_is_counted_from_its_logs_and_its_members(room):
    c = room
    log(c, c.team, c.tu, thanh_toan=30, zalo=70)
    log(c, c.team, c.tu, on=dt.date(2026, 11, 20), thanh_toan=500)  # the month still runs
    log(c, c.team_my_hoa, c.liem, thanh_toan=9)  # another team
    assert gap(c, "thanh-toan").points == 30  # 30 of 100, 4 of 4 members lack it
    hold(c, c.topics["thanh-toan"], people=[c.tu.person, c.nhan.person])
    found = gap(c, "thanh-toan")
    assert (found.need, found.lacking, found.members, found.points) == (30, 2, 4, 15)
    assert gap(c, "mua-ban").points == 20  # never asked for: the floor of a basic skill
    assert gap(c, "tuyen-truyen").points == 0


def test_a_gap_opens_again_when_what_closed_it_is_taken_back(room):
    c = room
    topic = c.topics["tu-bao-ve"]
    session = hold(c, topic, people=[c.tu.person])
    assert gap(c, "tu-bao-ve").lacking == 3
    withdraw_attendance(attendance=Attendance.objects.get(), reason="Ghi nhầm", by=c.lan)
    assert gap(c, "tu-bao-ve").lacking == 4
    record_list(session=session, came=[c.tu.person.pk], by=c.lan)
    assert gap(c, "tu-bao-ve").lacking == 3
    assert Completion.objects.get().version > 1
    session.refresh_from_db()
    cancel_session(session=session, reason="Hủy", version=session.version, by=c.lan)
    assert gap(c, "tu-bao-ve").lacking == 4


def test_a_unit_is_worked_out_from_the_sums_of_its_teams(room):
    c = room
    log(c, c.team, c.tu, thanh_toan=10, zalo=90)
    log(c, c.team_my_hoa, c.liem, thanh_toan=90, zalo=10)
    ground = Ground([c.team.pk, c.team_my_hoa.pk], TODAY)
    found = {each.topic.code: each.gap for each in ground.by_unit("commune")[c.nhon_my.pk]}
    gap_of_both = found["thanh-toan"]
    assert (gap_of_both.asked, gap_of_both.asked_in_all, gap_of_both.members) == (100, 200, 5)
    assert gap_of_both.points == 50


def test_gaps_take_the_same_queries_for_one_team_and_for_many(room):
    c = room
    log(c, c.team, c.tu, thanh_toan=3)
    with CaptureQueriesContext(
        connection,
    ) as one:
        Ground([c.team.pk], TODAY)
    with CaptureQueriesContext(connection) as many:
        Ground([c.team.pk, c.team_my_hoa.pk, c.team_dau_giong.pk], TODAY).by_unit("commune")
    assert (len(one), len(many)) == (5, 6)


def test_the_card_shows_help_before_and_after_a_session(room):
    c = room
    for on, count in (
        (dt.date(2026, 7, 2), 4),
        (dt.date(2026, 9, 10), 9),
        (dt.date(2026, 3, 1), 50),
    ):
        log(c, c.team, c.tu, on=on, thanh_toan=count, zalo=1)
    hold(c, c.topics["thanh-toan"], people=[c.tu.person], on=dt.date(2026, 8, 1))
    [effect] = card_of(c.team, TODAY).effects
    assert (effect.came, effect.before, effect.after, effect.is_over) == (1, 4, 9, True)


def test_a_draft_explains_every_line_and_is_made_anew_without_losing_others(room):
    c = room
    log(c, c.team, c.tu, thanh_toan=60, zalo=40)
    plan, found = draft_plan(place=c.nhon_my, year=2027, limits=LIMITS, by=c.lan)
    lines = list(plan.lines.all())
    assert lines[0].topics.get().code == "thanh-toan"
    assert "60 × 100 ÷ 100 = 60 điểm" in lines[0].need
    assert "60/100 lượt" in lines[0].need
    assert (lines[0].people, lines[0].classes, lines[0].cost) == (5, 1, 3_000_000)
    assert len(found) == len(lines) == 5  # the basic skills; the others were never asked for
    planning.add_line(plan=plan, title="Lớp của xã", audience="citizens", people=20, quarter=1,
                      by=c.lan)  # fmt: skip
    again, _found = draft_plan(
        place=c.nhon_my, year=2027, limits=Limits(30, 3_000_000, 2), by=c.lan
    )
    assert again == plan
    assert sorted(plan.lines.values_list("from_gaps", flat=True)) == [False, True, True]
    entry = Entry.objects.filter(event="plan.drafted").latest("pk")
    assert entry.after["lines"] == 2


def test_what_communes_hold_themselves_is_not_drafted_again_above(room):
    c = room
    draft_plan(place=c.nhon_my, year=2027, limits=LIMITS, by=c.lan)
    _plan, found = draft_plan(place=c.ke_sach, year=2027, limits=LIMITS, by=c.minh)
    assert all(each.classes == 0 for each in found)
    assert {each.covered for each in found} == {5}


def test_a_plan_goes_from_draft_to_approved_and_back(room):
    c = room
    plan = planning.begin_plan(place=c.nhon_my, year=2027, by=c.lan)
    with pytest.raises(planning.PlanExists):
        planning.begin_plan(place=c.nhon_my, year=2027, by=c.lan)
    with pytest.raises(planning.NothingPlanned):
        planning.submit_plan(plan=plan, by=c.lan)
    line = planning.add_line(
        plan=plan, title="Lớp", audience="teams", people=20, quarter=2, cost=1_500_000, by=c.lan
    )
    planning.submit_plan(plan=plan, by=c.lan)
    with pytest.raises(planning.NotADraft):
        planning.change_line(line=line, version=1, people=9, by=c.lan)
    with pytest.raises(PermissionDenied):
        planning.return_plan(plan=plan, reason="Thiếu", by=c.lan)
    planning.recall_plan(plan=plan, by=c.lan)  # sent too early
    with pytest.raises(planning.WrongState):
        planning.recall_plan(plan=plan, by=c.lan)
    planning.submit_plan(plan=plan, by=c.lan)
    planning.return_plan(plan=plan, reason="Thiếu kinh phí", by=c.hung)
    planning.change_line(line=line, version=1, people=25, by=c.lan)
    with pytest.raises(planning.ChangedMeanwhile):
        planning.change_line(line=line, version=1, people=26, by=c.lan)
    with pytest.raises(planning.NoDocument):
        planning.approve_plan(plan=plan, document=None, by=c.hung)
    paper = Document.objects.create(
        kind="plan", number="8/KH-UBND", issued_on=TODAY, issuer="UBND xã", place=c.nhon_my
    )
    planning.approve_plan(plan=plan, document=paper, by=c.hung)
    plan.refresh_from_db()
    assert (plan.state, plan.document, plan.approved_by) == ("approved", paper, c.hung)
    with pytest.raises(planning.WrongState):
        planning.approve_plan(plan=plan, document=paper, by=c.hung)
    planning.reopen_plan(plan=plan, reason="Thêm lớp", by=c.hung)
    assert TrainingPlan.objects.get().document is None
    planning.remove_line(line=line, by=c.lan)
    assert not plan.lines.exists()


def test_plans_gather_once_at_every_level_and_what_is_asked_of_above_is_no_course(room):
    c = room
    commune = planning.begin_plan(place=c.nhon_my, year=2026, by=c.lan)
    fields = {"audience": "teams", "quarter": 4, "by": c.lan}
    own = planning.add_line(plan=commune, title="A", people=30, classes=2, sessions=2,
                            cost=4_000_000, **fields)  # fmt: skip
    planning.add_line(plan=commune, title="B", people=12, asks_above=True, cost=9, **fields)
    district = planning.begin_plan(place=c.ke_sach, year=2026, by=c.minh)
    planning.add_line(plan=district, title="B", people=12, cost=2_000_000, audience="teams",
                      quarter=4, by=c.minh)  # fmt: skip
    hold(c, c.topics["mua-ban"], people=[c.tu.person, c.nhan.person], plan_line=own)
    for place, rows in ((c.ke_sach, 3), (c.soc_trang, 3)):
        found = gathered(place, 2026, TODAY)
        assert len(found) == rows
        sums = [
            getattr(sum((row.sums for row in found), type(found[0].sums)()), name)
            for name in ("classes", "sessions", "people", "cost", "asked", "held", "came")
        ]
        assert sums == [3, 5, 42, 6_000_000, 12, 1, 2]
    [first, *_rest] = gathered(c.ke_sach, 2026, TODAY)
    assert (first.is_own, first.plan, first.sums.classes) == (True, district, 1)
    row = next(row for row in line_rows(commune) if row.line == own)
    assert (row.held, row.came, row.is_open) == (1, 2, True)


def test_the_months_of_a_gap_move_on_with_the_clock(room):
    c = room
    log(c, c.team, c.tu, on=dt.date(2026, 10, 31), thanh_toan=60, zalo=40)
    found = {}
    for year, month in ((2026, 10), (2026, 11), (2027, 10), (2027, 11)):
        ground = Ground([c.team.pk], dt.date(year, month, 15))
        found[year, month] = ground.gap(c.team.pk, c.topics["thanh-toan"]).asked
    assert found == {(2026, 10): 0, (2026, 11): 60, (2027, 10): 60, (2027, 11): 0}


def test_a_plan_that_waits_is_a_duty_of_its_leader_alone(room):
    c = room
    plan = planning.begin_plan(place=c.nhon_my, year=2027, by=c.lan)
    planning.add_line(plan=plan, title="A", audience="teams", people=9, quarter=1, by=c.lan)
    assert plan_dues(c.hung, NOW) == []
    planning.submit_plan(plan=plan, by=c.lan)
    [duty] = plan_dues(c.hung, NOW)
    assert duty.address == plan.get_absolute_url()
    assert [plan_dues(user, NOW) for user in (c.lan, c.phuc, c.tu)] == [[], [], []]


def told(function):
    """What the function makes of the newest entry: (account, kind) of each."""
    found = function(Entry.objects.order_by("-pk").first())
    return sorted((each.user.login, each.kind) for each in found if isinstance(each, News))


def test_a_plan_is_news_to_who_approves_it_to_its_writers_and_to_those_who_plan_below(room):
    c = room
    plan = planning.begin_plan(place=c.ke_sach, year=2027, by=c.minh)
    planning.add_line(plan=plan, title="A", audience="teams", people=9, quarter=1, by=c.minh)
    planning.submit_plan(plan=plan, by=c.minh)
    assert told(planning_news.submitted) == [(c.phuc.login, "training.plan_waits")]
    planning.recall_plan(plan=plan, by=c.minh)
    [settled] = planning_news.recalled(Entry.objects.order_by("-pk").first())
    assert settled.kinds == ["training.plan_waits"]
    planning.submit_plan(plan=plan, by=c.minh)
    planning.return_plan(plan=plan, reason="Thiếu kinh phí", by=c.phuc)
    [settled, news] = planning_news.returned(Entry.objects.order_by("-pk").first())
    assert settled.kinds == ["training.plan_waits"]
    assert (news.user, "Thiếu kinh phí" in news.text) == (c.minh, True)
    planning.submit_plan(plan=plan, by=c.minh)
    paper = Document.objects.create(
        kind="plan", number="9/KH-UBND", issued_on=TODAY, issuer="UBND huyện", place=c.ke_sach
    )
    planning.approve_plan(plan=plan, document=paper, by=c.phuc)
    heard = told(planning_news.approved)
    assert {(c.minh.login, "training.plan_decided"), (c.lan.login, "training.plan_decided")} <= {
        *heard
    }
    assert not {c.phuc.login, c.tu.login, c.ha.login} & {login for login, _kind in heard}
