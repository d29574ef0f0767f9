"""Status follows the evidence, forward and back; nothing is lost when teams and units change."""

import datetime as dt
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.module_loading import import_string

from cncd.foundation.documents.actions import add_document
from cncd.foundation.people.actions import create_agency, succeed_agency
from cncd.foundation.places.actions import succeed_places, undo_succession
from cncd.foundation.places.actions.drafts import Draft
from cncd.team.programme.models import Content as Topic
from cncd.team.teams.actions import dissolve_team, form_team
from cncd.team.teams.lines import MemberLine
from cncd.work.activities.actions import edit_activity, withdraw_activity
from cncd.work.activities.actions.edit import current
from cncd.work.directives import actions
from cncd.work.directives.actions import To
from cncd.work.directives.evidence import follow_activity, follow_the_day
from cncd.work.directives.models import Ask, Directive, Obligation
from cncd.work.directives.tests.conftest import DUE, of
from tests.cast import TODAY, person

pytestmark = pytest.mark.django_db
gathered = import_string(settings.ENVELOPES_TOGETHER)
Status, Evidence = Obligation.Status, Ask.Evidence


def decision(cast, number):
    return add_document(kind="decision", number=number, issued_on=TODAY, issuer="UBND xã", by=None)


def form(cast, hamlet, code, since=TODAY, by=None):
    leader = person(f"Tổ trưởng {code}", f"to{code}".replace(".", ""))
    lines = [MemberLine(leader, "leader", hamlet_post="head")]
    return form_team(places=[hamlet], decision=decision(cast, f"{code}/QĐ-UBND"), since_on=since,
                     members=lines, by=by, code=code)  # fmt: skip


def days_later(clock, days):
    clock.move_to(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC) + dt.timedelta(days=days))


# -- activities ------------------------------------------------------------------------------------


def test_so_many_activities_make_it_done_on_the_day_of_the_last_needed(cast, given, logged):
    directive = given(by=cast.minh, of_teams=True, evidence=Evidence.ACTIVITIES, amount=2)
    logged(day=TODAY)
    assert (of(directive, cast.team).status, of(directive, cast.team).progress) == ("working", 1)
    second = logged(day=TODAY, people=7)
    row = of(directive, cast.team)
    assert (row.status, row.done_on) == (Status.DONE, TODAY)
    assert of(directive, cast.nhon_my).status == Status.WORKING  # Mỹ Hòa has not
    withdraw_activity(activity=second, reason="Ghi nhầm", by=cast.tu)
    row = of(directive, cast.team)
    assert (row.status, row.progress, row.done_on) == (Status.WORKING, 1, None)


def test_what_was_done_before_it_was_asked_does_not_count(cast, given, logged):
    logged(day=TODAY - dt.timedelta(days=1))
    directive = given(by=cast.minh, of_teams=True, evidence=Evidence.ACTIVITIES, amount=1)
    assert of(directive, cast.team).progress == 0


def test_people_and_counts_of_one_content_are_counted(cast, given, logged):
    zalo = Topic.objects.get(code="zalo")
    usual = {"by": cast.minh, "of_teams": True, "evidence": Evidence.ACTIVITIES, "content": zalo}
    people = given(**usual, amount=10, measure=Ask.Measure.PEOPLE)
    counts = given(**usual, amount=5, measure=Ask.Measure.COUNT)
    logged(people=10, content="vneid")
    assert of(people, cast.team).progress == of(counts, cast.team).progress == 0
    kept = logged(people=10, count=4)
    assert of(people, cast.team).status == Status.DONE
    assert of(counts, cast.team).progress == 4
    done = replace(current(kept), contents={"zalo": 6})
    edit_activity(activity=kept, done=done, version=kept.version, by=cast.tu,
                  confirmed=True)  # fmt: skip
    assert of(counts, cast.team).status == Status.DONE


def test_a_unit_counts_what_its_teams_do_together(cast, given, logged):
    directive = given(by=cast.minh, evidence=Evidence.ACTIVITIES, amount=2)
    logged(team=cast.team)
    logged(team=cast.team_my_hoa, by=cast.liem)
    assert of(directive, cast.nhon_my).status == Status.DONE
    assert of(directive, cast.xuan_hoa).status == Status.GIVEN


def test_logs_of_days_after_it_was_closed_do_not_count(cast, given, logged, clock):
    directive = given(by=cast.minh, of_teams=True, evidence=Evidence.ACTIVITIES, amount=1)
    actions.close_directive(directive=directive, reason="Hết thời gian", by=cast.minh)
    days_later(clock, 2)
    logged(day=TODAY + dt.timedelta(days=2))
    assert of(directive, cast.team).status == Status.GIVEN
    logged(day=TODAY)  # written down later, done in time
    assert of(directive, cast.team).status == Status.DONE


def test_a_log_where_nothing_is_asked_costs_one_question(cast, given, logged):
    given(by=cast.minh, of_teams=True)  # answers: no log matters
    log = logged()

    class Entry:
        at = None

    with CaptureQueriesContext(connection) as asked:
        follow_activity(Entry, log)
    assert len(asked) == 1


def test_logs_that_come_together_are_followed_once(cast, given, logged):
    directive = given(by=cast.minh, of_teams=True, evidence=Evidence.ACTIVITIES, amount=3)
    with gathered():
        for _each in range(3):
            logged()
        assert of(directive, cast.team).progress == 0
    assert of(directive, cast.team).status == Status.DONE


# -- teams formed ----------------------------------------------------------------------------------


def test_every_hamlet_needs_a_team_by_decision(cast, given, clock):
    directive = given(by=cast.minh, evidence=Evidence.TEAMS)
    assert of(directive, cast.nhon_my).status == Status.DONE  # both hamlets have one
    assert (of(directive, cast.xuan_hoa).progress, of(directive, cast.xuan_hoa).needed) == (0, 1)
    team = form(cast, cast.hoa_loc, "31540.001")
    row = of(directive, cast.xuan_hoa)
    assert (row.status, row.done_on) == (Status.DONE, TODAY)
    days_later(clock, 3)
    dissolve_team(team=team, decision=decision(cast, "9/QĐ-UBND"),
                  on=TODAY + dt.timedelta(days=3), by=None)  # fmt: skip
    assert of(directive, cast.xuan_hoa).status == Status.GIVEN


def test_a_team_whose_decision_begins_later_counts_from_that_day(cast, given, clock):
    directive = given(by=cast.minh, evidence=Evidence.TEAMS, amount=1)
    form(cast, cast.hoa_loc, "31540.001", since=TODAY + dt.timedelta(days=4))
    assert of(directive, cast.xuan_hoa).status == Status.GIVEN
    days_later(clock, 5)
    follow_the_day()
    row = of(directive, cast.xuan_hoa)
    assert (row.status, row.done_on) == (Status.DONE, TODAY + dt.timedelta(days=4))


# -- teams and units change ------------------------------------------------------------------------


def test_a_new_team_below_a_unit_is_asked_too(cast, given):
    directive = given(by=cast.minh, of_teams=True)
    team = form(cast, cast.hoa_loc, "31540.001")
    assert of(directive, team).above == of(directive, cast.xuan_hoa)
    assert of(directive, cast.xuan_hoa).needed == 1


def test_a_team_formed_after_the_due_day_is_not_asked(cast, given, clock):
    directive = given(by=cast.minh, of_teams=True)
    days_later(clock, 9)
    form(cast, cast.hoa_loc, "31540.001", since=DUE + dt.timedelta(days=1))
    assert not directive.obligations.filter(above=of(directive, cast.xuan_hoa)).exists()


def test_what_a_dissolved_team_owes_passes_to_who_serves_its_hamlet(cast, given, logged, clock):
    directive = given(by=cast.minh, of_teams=True, evidence=Evidence.ACTIVITIES, amount=2)
    logged(day=TODAY)
    days_later(clock, 2)
    heir = form(cast, cast.my_phuoc, "31552.009", since=TODAY + dt.timedelta(days=1))
    dissolve_team(team=cast.team, decision=decision(cast, "9/QĐ-UBND"),
                  on=TODAY + dt.timedelta(days=2), by=None)  # fmt: skip
    old, new = of(directive, cast.team), of(directive, heir)
    assert (old.status, list(old.heirs.all())) == (Status.PASSED, [new])
    assert (new.status, new.progress) == (Status.WORKING, 1)  # what was done goes along
    assert of(directive, cast.nhon_my).needed == 2


def test_what_nobody_takes_over_is_exempt_and_says_why(cast, given, clock):
    directive = given(by=cast.minh, of_teams=True)
    days_later(clock, 2)
    dissolve_team(team=cast.team, decision=decision(cast, "9/QĐ-UBND"),
                  on=TODAY + dt.timedelta(days=2), by=None)  # fmt: skip
    row = of(directive, cast.team)
    assert row.status == Status.EXEMPT
    assert "24/11/2026" in row.exempt_reason


def test_what_merged_communes_owe_passes_to_the_new_one_with_its_teams(cast, given, clock):
    directive = given(by=cast.minh, of_teams=True)
    days_later(clock, 2)
    day = TODAY + dt.timedelta(days=2)
    draft = Draft(cast.kinds["xa"], "31553", "Nhơn Hòa", cast.ke_sach, day)
    shares = [(cast.nhon_my, draft, 1), (cast.xuan_hoa, draft, 1)]
    new = succeed_places(kind="merge", shares=shares, on=day, by=None)[0].new
    follow_the_day()
    assert of(directive, cast.nhon_my).status == Status.PASSED
    assert of(directive, cast.xuan_hoa).status == Status.PASSED
    assert list(of(directive, cast.nhon_my).heirs.all()) == [of(directive, new)]
    assert of(directive, cast.team).above == of(directive, new)
    assert of(directive, new).needed == 2


def test_a_unit_that_is_there_again_gets_back_what_it_had_passed_on(cast, given, clock):
    directive = given(by=cast.minh, of_teams=True)
    days_later(clock, 2)
    day = TODAY + dt.timedelta(days=2)
    [merger] = succeed_places(kind="merge", shares=[(cast.nhon_my, cast.xuan_hoa, 1)], on=day,
                              by=None)  # fmt: skip
    follow_the_day()
    assert of(directive, cast.nhon_my).status == Status.PASSED
    undo_succession(succession=merger, by=None)
    old = of(directive, cast.nhon_my)
    assert (old.status, old.passed_on, list(old.heirs.all())) == (Status.GIVEN, None, [])
    assert of(directive, cast.team).above == old
    assert old.needed == 2
    assert of(directive, cast.xuan_hoa).status != Status.PASSED
    assert actions.rebuild() == 0


def test_what_an_agency_owed_passes_on_at_once_when_another_takes_over(cast, given, clock):
    to = To(Directive.Audience.BRANCH, branch=cast.ubnd_nhon_my.branch)
    directive = given(to=to, by=cast.minh)
    new = create_agency(name="Văn phòng mới", branch=cast.ubnd_nhon_my.branch, place=cast.nhon_my,
                        since_on=TODAY, by=None)  # fmt: skip
    days_later(clock, 1)
    succeed_agency(old=[cast.ubnd_nhon_my], new=new, on=TODAY + dt.timedelta(days=1), by=None)
    row = directive.obligations.get(agency=cast.ubnd_nhon_my)
    assert row.status == Status.PASSED  # without waiting for the night
    assert [each.agency for each in row.heirs.all()] == [new]


def test_following_again_changes_nothing(cast, given):
    given(by=cast.minh, of_teams=True)
    given(place=cast.nhon_my, to=To(Directive.Audience.TEAMS), by=cast.lan)
    form(cast, cast.hoa_loc, "31540.001")
    every = Directive.objects.values_list("pk", flat=True)
    assert actions.follow_bearers(directives=every) == []
    assert actions.rebuild() == 0
