"""Many at once: the last day's grid, and past months from old reports."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.journal.models import Entry as JournalEntry
from cncd.results.reports.actions import (
    Incomplete,
    OtherPeriod,
    ReportError,
    Stale,
    import_reports,
    save_draft,
    submit_reports,
)
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.totals.models import PlaceTotal
from tests.cast import team as new_team


def test_a_batch_follows_the_same_rules_and_is_one_entry(season, c):
    season.log(18)
    contents = {c.team: season.content({"KT01": 3}), c.team_my_hoa: season.content({"KT01": 1})}
    reports = submit_reports(period=season.period, contents=contents, by=c.lan)
    assert {r.sent.origin for r in reports} == {"on_behalf"}
    assert reports[0].sent.figures["TC08"]["value"] == 10
    row = PlaceTotal.objects.get(place=c.soc_trang, period=season.period)
    assert row.figures["KT01"] == [0, 4, 0, 2, 0]
    assert len(JournalEntry.objects.get(event="reports.sent").rows) == 2


def test_all_are_sent_or_none_and_the_error_names_the_team(season, c):
    wrong = season.content()
    del wrong.entries["KT06"]
    contents = {c.team: season.content(), c.team_my_hoa: wrong}
    with pytest.raises(Incomplete) as refused:
        submit_reports(period=season.period, contents=contents, by=c.lan)
    assert (refused.value.team, refused.value.codes) == (c.team_my_hoa, ("KT06",))
    assert not ReportVersion.objects.exists()


def test_one_team_out_of_reach_spoils_the_batch(season, c):
    contents = {c.team: season.content(), c.team_dau_giong: season.content()}
    with pytest.raises(PermissionDenied) as refused:
        submit_reports(period=season.period, contents=contents, by=c.lan)
    assert refused.value.team == c.team_dau_giong
    assert not Report.objects.exists()


def test_a_leader_who_sent_meanwhile_is_not_overwritten(season, c):
    draft = save_draft(team=c.team, period=season.period, content=season.content(), by=c.lan)
    seen = {c.team: draft.report.edition}
    season.send({"KT01": 3})
    with pytest.raises(Stale):
        submit_reports(
            period=season.period, contents={c.team: season.content()}, editions=seen, by=c.lan
        )
    assert Report.objects.get().sent.figures["KT01"] == {"value": 3}


def test_a_batch_of_many_asks_the_database_no_more_often_than_one_of_two(season, c):
    def queries(*teams):
        contents = {team: season.content({"KT01": 1}) for team in teams}
        with CaptureQueriesContext(connection) as captured:
            submit_reports(period=season.period, contents=contents, by=c.lan)
        return len(captured)

    first, *more = [new_team(c, f"31552.1{n}", f"Tổ CNCĐ ấp {n}", c.my_hoa) for n in range(7)]
    queries(first)
    assert queries(*more) <= queries(c.team, c.team_my_hoa)


def test_old_reports_come_in_as_imported_and_are_never_late(season, c):
    period = season.months[8]
    values = {c.team: {"TC08": 40, "KT01": 2}, c.team_my_hoa: {"TC08": "none"}}
    reports = import_reports(period=period, values=values, by=c.lan)
    assert {r.state for r in reports} == {Report.State.ACCEPTED}
    assert {r.sent.origin for r in reports} == {ReportVersion.Origin.IMPORTED}
    assert [r.is_on_time for r in reports] == [None, None]
    row = PlaceTotal.objects.get(place=c.soc_trang, period=period)
    assert row.figures["TC08"] == [40, 0, 0, 1, 1]
    assert (row.counts["late"], row.counts["on_time"]) == (0, 0)
    assert JournalEntry.objects.filter(event="reports.imported").count() == 1


def test_importing_again_corrects_imported_ones_and_keeps_both_versions(season, c):
    period = season.months[8]
    import_reports(period=period, values={c.team: {"TC08": 40}}, by=c.lan)
    import_reports(period=period, values={c.team: {"TC08": 44}}, by=c.lan)
    report = Report.objects.get(team=c.team, period=period)
    assert (report.sent.number, report.sent.changed) == (2, {"TC08": [40, 44]})
    row = PlaceTotal.objects.get(place=c.soc_trang, period=period)
    assert row.figures["TC08"] == [44, 0, 0, 1, 0]


def test_importing_never_overwrites_what_was_entered_here(season, c):
    season.send({"KT01": 3}, month=8)
    values = {c.team_my_hoa: {"TC08": 4}, c.team: {"TC08": 40}}
    with pytest.raises(ReportError) as refused:
        import_reports(period=season.months[8], values=values, by=c.lan)
    assert refused.value.team == c.team
    assert Report.objects.get(team=c.team).sent.figures["KT01"] == {"value": 3}
    assert not Report.objects.filter(team=c.team_my_hoa).exists()


def test_who_may_not_import_and_for_which_months_nobody_may(season, c):
    values = {c.team: {"TC08": 40}}
    for who in (c.tu, c.dung, c.xem):
        with pytest.raises(PermissionDenied):
            import_reports(period=season.months[8], values=values, by=who)
    c.team.since_on = season.months[9].first_day
    c.team.save()
    with pytest.raises(OtherPeriod):
        import_reports(period=season.months[8], values=values, by=c.lan)
