import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.journal.models import Entry
from cncd.team.teams.models import Coverage
from cncd.work.activities.actions import (
    ActivityDoubtful,
    ActivityRefused,
    AlreadyWithdrawn,
    BatchRefused,
    ChangedMeanwhile,
    Line,
    edit_activity,
    log_activity,
    log_batch,
    log_summary,
    may_change,
    restore_activity,
    withdraw_activity,
)
from cncd.work.activities.models import Activity
from cncd.work.activities.tests.conftest import done
from tests.cast import TODAY


def events(activity):
    return [entry.event for entry in Entry.objects.about(activity).order_by("pk")]


def test_a_log_is_kept_with_its_counts_its_first_version_and_one_entry(log, cast):
    activity = log(
        20,
        people=12,
        elderly=4,
        contents={"vneid": 8, "zalo": 5},
        languages={"khmer": 3},
        participants=(cast.cuong.person.pk,),
        venue="  Nha\u0300  văn hóa ",
    )
    activity.refresh_from_db()
    assert activity.place == cast.my_phuoc  # the only hamlet it covers
    assert {row.content.code: row.count for row in activity.contents.all()} == {
        "vneid": 8,
        "zalo": 5,
    }
    assert activity.languages.get().people == 3
    assert activity.participants.get() == cast.cuong.person
    assert activity.venue == "Nhà văn hóa"
    assert not activity.on_behalf
    assert activity.versions.get().content["contents"] == {"vneid": 8, "zalo": 5}
    assert events(activity) == ["activity.logged"]
    entry = Entry.objects.about(activity).get()
    assert entry.after["contents"] == "VNeID 8, Zalo 5"
    assert (entry.team_id, entry.place_id) == (cast.team.pk, cast.my_phuoc.pk)


def test_members_log_and_the_commune_logs_on_their_behalf(log, cast):
    assert not log(by=cast.cuong).on_behalf
    assert log(by=cast.lan).on_behalf


@pytest.mark.parametrize("stranger", ["liem", "dung", "minh", "ha", "xem", "outsider"])
def test_nobody_else_logs_for_the_team(stranger, log, cast):
    with pytest.raises(PermissionDenied):
        log(by=getattr(cast, stranger))
    assert not Activity.objects.exists()


def test_a_refused_log_leaves_nothing_behind(log, cast):
    with pytest.raises(ActivityRefused) as refused:
        log(23, elderly=99)
    assert set(refused.value.error_dict) == {"happened_on", "elderly"}
    assert not Activity.objects.exists()
    assert not Entry.objects.exists()


def test_an_unusual_log_passes_once_confirmed(cast, catalogue):
    entry = done(people=600)
    with pytest.raises(ActivityDoubtful):
        log_activity(team=cast.team, done=entry, by=cast.tu)
    assert log_activity(team=cast.team, done=entry, by=cast.tu, confirmed=True).people == 600


def test_confirming_does_not_excuse_a_real_fault(cast, catalogue):
    with pytest.raises(ActivityRefused):
        log_activity(team=cast.team, done=done(people=600, elderly=601), by=cast.tu, confirmed=True)


def test_the_hamlet_is_asked_for_when_the_team_covers_two(log, cast):
    Coverage.objects.create(team=cast.team, place=cast.my_hoa, since_on=dt.date(2026, 11, 1))
    with pytest.raises(ActivityRefused) as refused:
        log()
    assert set(refused.value.error_dict) == {"place"}
    assert log(place=cast.my_hoa.pk).place == cast.my_hoa
    assert log(day=1, place=cast.my_phuoc.pk).place == cast.my_phuoc


def test_a_summary_is_flagged_and_stands_for_many(cast, catalogue):
    month = log_summary(team=cast.team, done=done(1, ended_on=TODAY, times=12), by=cast.tu)
    assert month.is_summary
    assert month.times == 12
    assert str(month) == "Hỗ trợ trực tiếp 01/11–22/11/2026"
    with pytest.raises(ActivityRefused):
        log_summary(team=cast.team, done=done(), by=cast.tu)


def test_a_second_summary_of_the_same_days_is_asked_about(cast, catalogue):
    entry = done(1, ended_on=TODAY)
    log_summary(team=cast.team, done=entry, by=cast.tu)
    with pytest.raises(ActivityDoubtful):
        log_summary(team=cast.team, done=entry, by=cast.tu)


def test_a_phone_whose_clock_runs_ahead_made_it_now(log, cast, catalogue):
    late = dt.datetime(2026, 11, 22, 15, tzinfo=dt.UTC)
    activity = log_activity(team=cast.team, done=done(), by=cast.tu, made_at=late)
    assert activity.made_at == activity.recorded_at


# -- putting right ------------------------------------------------------------------------------


def change(activity, by, day=20, version=1, reason="", **said):
    return edit_activity(
        activity=activity, done=done(day, **said), version=version, by=by, reason=reason
    )


def test_an_edit_makes_a_version_and_keeps_the_old_one(log, cast):
    activity = change(log(), cast.tu, people=7, contents={"vneid": 6, "zalo": 1})
    activity.refresh_from_db()
    assert (activity.version, activity.people) == (2, 7)
    assert [v.content["people"] for v in activity.versions.all()] == [10, 7]
    entry = Entry.objects.about(activity).get(event="activity.edited")
    assert entry.before == {"people": 10, "contents": "VNeID 10"}
    assert entry.after == {"people": 7, "contents": "VNeID 6, Zalo 1"}


def test_an_edit_of_something_changed_meanwhile_is_refused(log, cast):
    activity = change(log(), cast.tu, people=7)
    with pytest.raises(ChangedMeanwhile):
        change(activity, cast.nhan, people=8, version=1, reason="sai")
    activity.refresh_from_db()
    assert activity.people == 7


def test_the_same_edit_sent_twice_is_made_once(log, cast):
    activity = log()
    change(activity, cast.tu, people=7)
    assert change(activity, cast.tu, people=7, version=1).version == 2
    assert activity.versions.count() == 2


def test_an_edit_without_a_difference_is_refused(log, cast):
    with pytest.raises(ActivityRefused):
        change(log(), cast.tu)


def test_an_edit_obeys_the_same_rules(log, cast):
    activity = log()
    with pytest.raises(ActivityRefused) as refused:
        change(activity, cast.tu, elderly=11)
    assert "elderly" in refused.value.error_dict
    assert activity.versions.count() == 1


def test_author_and_leaders_change_others_do_not(log, cast):
    own = log(by=cast.cuong)
    assert may_change(cast.cuong, own)
    assert may_change(cast.tu, own)
    assert may_change(cast.nhan, own)
    for other in (cast.lan, cast.liem, cast.minh, cast.outsider):
        assert not may_change(other, own)
    assert not may_change(cast.cuong, log(by=cast.tu))


def test_the_commune_changes_only_what_it_entered_for_a_team(log, cast):
    activity = log(by=cast.lan)
    assert may_change(cast.lan, activity)
    assert not may_change(cast.dung, activity)  # of another commune
    assert change(activity, cast.lan, people=11).version == 2


def test_changing_anothers_or_an_old_entry_needs_a_reason(log, cast):
    activity = log(by=cast.cuong)
    with pytest.raises(ActivityRefused) as refused:
        change(activity, cast.tu, people=9)
    assert set(refused.value.error_dict) == {"reason"}
    assert change(activity, cast.tu, people=9, reason="đếm lại").versions.last().reason == "đếm lại"
    with (
        time_machine.travel(dt.datetime(2026, 11, 23, 9, 1, tzinfo=dt.UTC)),
        pytest.raises(ActivityRefused),
    ):
        change(activity, cast.cuong, people=8, version=2)


# -- taking back --------------------------------------------------------------------------------


def test_a_withdrawn_entry_stays_readable_and_comes_back_as_it_was(log, cast):
    activity = withdraw_activity(activity=log(), by=cast.tu)
    assert not Activity.objects.standing().exists()
    assert activity.versions.count() == 1
    withdraw_activity(activity=activity, by=cast.tu)
    activity = restore_activity(activity=activity, by=cast.tu)
    assert Activity.objects.standing().get().version == 1
    assert events(activity) == ["activity.logged", "activity.withdrawn", "activity.restored"]


def test_a_withdrawn_entry_is_not_edited(log, cast):
    activity = withdraw_activity(activity=log(), by=cast.tu)
    with pytest.raises(AlreadyWithdrawn):
        change(activity, cast.tu, people=3)


def test_withdrawing_anothers_entry_needs_a_reason_and_the_right(log, cast):
    activity = log(by=cast.cuong)
    with pytest.raises(PermissionDenied):
        withdraw_activity(activity=activity, by=cast.liem, reason="x")
    with pytest.raises(ActivityRefused):
        withdraw_activity(activity=activity, by=cast.tu)
    assert withdraw_activity(activity=activity, by=cast.tu, reason="ghi trùng").withdrawn_at


# -- in bulk ------------------------------------------------------------------------------------


def test_a_batch_writes_all_lines_with_one_entry(cast, catalogue):
    made = dt.datetime(2026, 11, 10, 3, tzinfo=dt.UTC)
    lines = [
        Line(cast.team, done(10, participants=(cast.tu.person.pk,)), cast.tu, made),
        Line(cast.team_my_hoa, done(12, languages={"hoa": 2})),
    ]
    own, behalf = log_batch(lines=lines, by=cast.lan, subject=cast.nhon_my)
    assert (own.recorded_by, own.on_behalf, own.recorded_at) == (cast.tu, False, made)
    assert (behalf.recorded_by, behalf.on_behalf) == (cast.lan, True)
    assert own.versions.get().content["participants"] == [cast.tu.person.pk]
    assert behalf.languages.get().people == 2
    entry = Entry.objects.get()
    assert entry.event == "activities.logged"
    assert entry.after == {"count": 2, "people": 20}
    assert entry.rows == [
        {"id": str(own.pk), "team": cast.team.pk, "happened_on": "2026-11-10"},
        {"id": str(behalf.pk), "team": cast.team_my_hoa.pk, "happened_on": "2026-11-12"},
    ]


def test_one_bad_line_stops_the_batch_and_is_named(cast, catalogue):
    lines = [Line(cast.team, done()), Line(cast.team, done(23, people=-1, contents={"vneid": 1}))]
    with pytest.raises(BatchRefused) as refused:
        log_batch(lines=lines, by=cast.lan, subject=cast.team)
    assert [(line.index, line.field) for line in refused.value.lines] == [
        (1, "happened_on"),
        (1, "people"),
    ]
    assert not Activity.objects.exists()


def test_a_batch_reaches_only_the_teams_of_the_one_who_sends_it(cast, catalogue):
    lines = [Line(cast.team, done()), Line(cast.team_dau_giong, done())]
    with pytest.raises(PermissionDenied):
        log_batch(lines=lines, by=cast.lan, subject=cast.nhon_my)
    assert not Activity.objects.exists()


def test_a_batch_asks_no_more_of_the_database_for_more_lines(cast, catalogue):
    def queries(days) -> int:
        lines = [Line(cast.team, done(day), cast.tu) for day in days]
        with CaptureQueriesContext(connection) as asked:
            log_batch(lines=lines, by=cast.lan, subject=cast.team)
        return len(asked)

    queries([1])
    assert queries([2]) == queries(range(3, 22))
