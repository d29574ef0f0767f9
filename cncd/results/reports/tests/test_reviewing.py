"""Accepting, returning, locking, unlocking, and later due moments."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry as JournalEntry
from cncd.results.reports.actions import (
    Closed,
    OtherPeriod,
    ReportError,
    Stale,
    accept_reports,
    confirm_report,
    extend_due,
    lock_reports,
    return_figures,
    undo_acceptance,
    unlock_report,
)
from cncd.results.reports.models import Report
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.actions import move_due

State = Report.State


def test_accepting_moves_the_figures_from_sent_to_accepted(season, c):
    report = season.send({"KT01": 3})
    [report] = accept_reports(reports=[report], by=c.lan)
    assert (report.state, report.accepted_by) == (State.ACCEPTED, c.lan)
    row = PlaceTotal.objects.get(place=c.soc_trang, period=season.period)
    assert row.figures["KT01"] == [3, 0, 0, 1, 0]
    assert row.counts["accepted"] == 1


def test_an_acceptance_can_be_taken_back(season, c):
    report = season.send({"KT01": 3})
    accept_reports(reports=[report], by=c.lan)
    [report] = undo_acceptance(reports=[report], by=c.lan)
    assert report.state == State.SENT
    row = PlaceTotal.objects.get(place=c.soc_trang, period=season.period)
    assert row.figures["KT01"] == [0, 3, 0, 1, 0]
    assert JournalEntry.objects.filter(event="report.reopened").count() == 1


def test_many_are_accepted_in_one_step_but_warned_ones_wait(season, c):
    reasons = {"ocop-len-san.KT02": "vừa hết hạn"}
    warned = season.send({"KT01": 1, "KT02": 2}, explanations=reasons)
    quiet = season.send(team=c.team_my_hoa, by=c.liem)
    accepted = accept_reports(reports=[warned, quiet], by=c.lan, only_quiet=True)
    assert accepted == [quiet]
    warned.refresh_from_db()
    assert warned.state == State.SENT


def test_a_batch_is_one_entry_in_the_journal_and_undone_as_one(season, c):
    reports = [season.send(), season.send(team=c.team_my_hoa, by=c.liem)]
    accept_reports(reports=reports, by=c.lan)
    entry = JournalEntry.objects.get(event="reports.accepted")
    assert {row["team"] for row in entry.rows} == {c.team.pk, c.team_my_hoa.pk}
    assert len(undo_acceptance(reports=reports, by=c.lan)) == 2
    row = PlaceTotal.objects.get(place=c.nhon_my, period=season.period)
    assert (row.counts["accepted"], row.counts["waiting"]) == (0, 2)


@pytest.mark.parametrize("who", ["tu", "dung", "son", "outsider", "xem"])
def test_who_may_not_accept(season, c, who):
    report = season.send()
    with pytest.raises(PermissionDenied):
        accept_reports(reports=[report], by=getattr(c, who))
    with pytest.raises(PermissionDenied):
        undo_acceptance(reports=[report], by=getattr(c, who))


def test_one_report_of_another_commune_spoils_the_whole_batch(season, c):
    reports = [season.send(), season.send(team=c.team_dau_giong, by=c.sa)]
    with pytest.raises(PermissionDenied):
        accept_reports(reports=reports, by=c.lan)
    assert not Report.objects.filter(state=State.ACCEPTED).exists()


def test_a_return_names_figures_and_says_why(season, c):
    report = season.send({"KT01": 3})
    with pytest.raises(ReportError):
        return_figures(report=report, notes={}, by=c.lan)
    with pytest.raises(ReportError) as refused:
        return_figures(report=report, notes={"KT01": " "}, by=c.lan)
    assert refused.value.codes == ("KT01",)
    with pytest.raises(ReportError):
        return_figures(report=report, notes={"TC15.num": "?"}, by=c.lan)
    report = return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    assert report.state == State.RETURNED


def test_an_accepted_report_can_still_be_returned(season, c):
    report = season.send({"KT01": 3})
    accept_reports(reports=[report], by=c.lan)
    report = return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    assert (report.state, report.accepted_by) == (State.RETURNED, None)


def test_a_second_note_on_the_same_figure_replaces_the_first(season, c):
    report = season.send({"KT01": 3})
    return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    return_figures(report=report, notes={"KT01": "Chỉ còn 2 giấy"}, by=c.hung)
    assert [row.note for row in report.returns.all()] == ["Chỉ còn 2 giấy"]


def test_a_page_opened_before_a_change_returns_nothing(season, c):
    report = season.send({"KT01": 3})
    seen = report.edition
    accept_reports(reports=[report], by=c.hung)
    with pytest.raises(Stale):
        return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan, edition=seen)


@pytest.mark.parametrize("who", ["minh", "ha", "dung", "tu"])
def test_only_the_commune_itself_returns_a_teams_figure(season, c, who):
    report = season.send({"KT01": 3})
    with pytest.raises(PermissionDenied):
        return_figures(report=report, notes={"KT01": "Xem lại"}, by=getattr(c, who))


def test_where_nobody_holds_office_the_level_above_returns_directly(season, c):
    report = season.send({"KT01": 3}, team=c.team_dau_giong, by=c.sa)
    report = return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.son)
    assert report.state == State.RETURNED
    with pytest.raises(PermissionDenied):
        return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.minh)


def confirm(season, c, clock, days=0):
    clock.move_to(dt.datetime(2026, 11, 30, 5, tzinfo=dt.UTC) + dt.timedelta(days=days))
    content = season.content()
    entries = {row: content.entries["KT01"] for row in ("TC14.num", "TC17.num", "TC17.den")}
    entries |= {row: content.entries["KT01"] for row in ("TC19", "TC20", "CQ03")}
    return confirm_report(
        place=c.nhon_my, period=season.period, content=type(content)(entries=entries), by=c.lan
    )


def test_accepted_reports_lock_some_days_after_the_level_above_confirms(season, c, clock):
    report = season.send()
    accept_reports(reports=[report], by=c.lan)
    confirm(season, c, clock)
    report.refresh_from_db()
    assert report.lock_on == dt.date(2026, 12, 10)
    assert lock_reports(today=dt.date(2026, 12, 9)) == 0
    assert lock_reports(today=dt.date(2026, 12, 10)) == 1
    report.refresh_from_db()
    assert report.state == State.LOCKED
    with pytest.raises(Closed):
        return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    assert JournalEntry.objects.filter(event="reports.locked").count() == 1


def test_a_report_accepted_after_the_confirmation_locks_too(season, c, clock):
    report = season.send()
    confirm(season, c, clock, days=2)
    [report] = accept_reports(reports=[report], by=c.lan)
    assert report.lock_on == dt.date(2026, 12, 12)


def test_what_was_returned_meanwhile_does_not_lock(season, c, clock):
    report = season.send({"KT01": 3})
    accept_reports(reports=[report], by=c.lan)
    confirm(season, c, clock)
    return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    assert lock_reports(today=dt.date(2027, 1, 1)) == 0


def test_unlocking_takes_authority_and_a_reason(season, c):
    report = season.send()
    accept_reports(reports=[report], by=c.lan)
    with pytest.raises(ReportError):
        unlock_report(report=report, reason="nhầm", by=c.lan)
    Report.objects.filter(pk=report.pk).update(state=State.LOCKED)
    with pytest.raises(ReportError):
        unlock_report(report=report, reason=" ", by=c.lan)
    for who in (c.tu, c.dung, c.xem):
        with pytest.raises(PermissionDenied):
            unlock_report(report=report, reason="nhầm", by=who)
    report = unlock_report(report=report, reason="Sót một buổi", by=c.lan)
    assert report.state == State.ACCEPTED
    assert JournalEntry.objects.get(event="report.unlocked").reason == "Sót một buổi"
    season.send()  # and may be corrected again


def test_a_later_due_moment_makes_a_late_report_punctual(season, c):
    report = season.send(month=10)
    assert report.is_on_time is False
    later = timezone.now() + dt.timedelta(hours=1)
    extend_due(team=c.team, period=season.months[10], due_at=later, reason="Mưa bão", by=c.lan)
    report.refresh_from_db()
    assert report.is_on_time is True
    row = PlaceTotal.objects.get(place=c.ke_sach, period=season.months[10])
    assert (row.counts["on_time"], row.counts["late"]) == (1, 0)


def test_an_extension_before_anything_is_written_holds_for_what_comes(season, c):
    later = timezone.now() + dt.timedelta(days=1)
    extend_due(team=c.team, period=season.months[10], due_at=later, reason="Mưa bão", by=c.lan)
    assert season.send(month=10).is_on_time is True


def test_an_extension_is_later_has_a_reason_and_concerns_a_due_report(season, c):
    soon = timezone.now() + dt.timedelta(days=1)
    common = {"team": c.team, "period": season.period, "by": c.lan}
    with pytest.raises(ReportError):
        extend_due(**common, due_at=soon, reason="Mưa bão")
    with pytest.raises(ReportError):
        extend_due(**common, due_at=soon + dt.timedelta(days=30), reason="")
    c.team.since_on = dt.date(2026, 11, 1)
    with pytest.raises(OtherPeriod):
        extend_due(**common | {"period": season.months[10]}, due_at=soon, reason="Mưa bão")
    with pytest.raises(PermissionDenied):
        extend_due(**common | {"by": c.dung}, due_at=soon, reason="Mưa bão")


def test_a_unit_does_not_extend_its_own_due_moment(season, c):
    later = timezone.now() + dt.timedelta(days=30)
    common = {"place": c.nhon_my, "period": season.period, "due_at": later, "reason": "Mưa bão"}
    with pytest.raises(PermissionDenied):
        extend_due(**common, by=c.lan)
    extend_due(**common, by=c.minh)
    assert Report.objects.get(place=c.nhon_my).due_at == later


def test_a_moved_due_moment_reaches_reports_already_sent_but_not_extended_ones(season, c):
    late, extended = season.send(month=10), season.send(team=c.team_my_hoa, by=c.liem, month=10)
    period = season.months[10]
    far = timezone.now() + dt.timedelta(days=9)
    extend_due(team=c.team_my_hoa, period=period, due_at=far, reason="Mưa bão", by=c.lan)
    moved = timezone.now() + dt.timedelta(days=1)
    level = c.levels["hamlet"]
    move_due(period=period, level=level, due_at=moved, reason="Nghỉ lễ", by=c.ha)
    late.refresh_from_db()
    extended.refresh_from_db()
    assert (late.due_at, extended.due_at) == (moved, far)
    row = PlaceTotal.objects.get(place=c.nhon_my, period=period)
    assert row.counts["on_time"] == 2
