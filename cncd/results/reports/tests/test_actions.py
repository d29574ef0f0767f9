"""Writing, sending and correcting a team's report."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry as JournalEntry
from cncd.results.reports.actions import (
    Closed,
    Content,
    FiguresChanged,
    Incomplete,
    NotOpen,
    OtherPeriod,
    Stale,
    accept_reports,
    return_figures,
    save_draft,
    submit_report,
)
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.reports.queries import drift, open_returns
from cncd.results.reports.rules import Entry
from cncd.results.totals.models import PlaceTotal


def total(place, code, period):
    return PlaceTotal.objects.get(place=place, period=period).figures.get(code)


def test_sending_freezes_the_figures_and_the_records_behind_them(season, c):
    first, second = season.log(18), season.log(20, people=4)
    report = season.send({"KT01": 3})
    version = report.sent
    assert report.state == Report.State.SENT
    assert version.figures["TC08"]["value"] == 14
    assert version.figures["KT01"] == {"value": 3}
    assert version.figures["TC13.num"] == {"value": "none"}
    counted = {version.records[i][1] for i in version.figures["TC07"]["from"]}
    assert counted == {str(first.pk), str(second.pk)}
    assert version.origin == ReportVersion.Origin.OWN


def test_a_later_log_changes_no_sent_figure_and_shows_as_drift(season, c):
    season.log(18)
    report = season.send()
    season.log(21, people=6)
    report.refresh_from_db()
    assert report.sent.figures["TC08"]["value"] == 10
    assert drift(report)["TC08"] == [10, 16]
    assert total(c.nhon_my, "TC08", season.period)[1] == 10


def test_a_drift_is_supplemented_in_a_new_version_and_counted_anew(season, c):
    season.log(18)
    report = season.send({"KT01": 3})
    accept_reports(reports=[report], by=c.lan)
    season.log(21, people=6)
    report = season.send({"KT01": 3})
    assert report.sent.number == 2
    assert report.sent.changed["TC08"] == [10, 16]
    assert report.state == Report.State.SENT
    assert report.accepted_at is None
    assert drift(report) == {}
    assert JournalEntry.objects.filter(event="report.supplemented").count() == 1


def test_sending_tells_the_journal_and_the_totals_at_once(season, c):
    season.log(18)
    season.send()
    entry = JournalEntry.objects.get(event="report.sent")
    assert (entry.actor_id, entry.team_id, entry.place_id) == (c.tu.pk, c.team.pk, c.nhon_my.pk)
    for place in (c.nhon_my, c.ke_sach, c.soc_trang):
        assert total(place, "TC08", season.period) == [0, 10, 0, 1, 0]


def test_what_is_required_and_blank_is_named(season, c):
    content = season.content()
    del content.entries["KT01"]
    with pytest.raises(Incomplete) as refused:
        submit_report(team=c.team, period=season.period, content=content, by=c.tu)
    assert refused.value.codes == ("KT01",)
    assert not ReportVersion.objects.exists()


def test_nothing_arose_is_one_tap_for_a_whole_report(season, c):
    seen = {"TC07": 0, "TC04": 4}
    report = submit_report(
        team=c.team,
        period=season.period,
        content=Content(nothing_happened=True),
        by=c.tu,
        seen=seen,
    )
    assert report.sent.figures["TC07"]["value"] == "none"
    assert report.sent.figures["KT06"]["value"] == "none"
    assert report.sent.figures["TC04"]["value"] == 4  # a register is not made to say "none"


def test_changing_a_count_needs_a_reason_and_keeps_both(season, c):
    season.log(18)
    with pytest.raises(Incomplete) as refused:
        season.send({"TC08": 12})
    assert refused.value.codes == ("TC08",)
    report = season.send({"TC08": 12}, reasons={"TC08": "quên ghi hai người"})
    figure = report.sent.figures["TC08"]
    assert (figure["value"], figure["computed"], figure["reason"]) == (12, 10, "quên ghi hai người")


def test_an_unusual_figure_needs_a_reason_or_a_correction(season, c):
    with pytest.raises(Incomplete) as refused:
        season.send({"KT01": 2, "KT02": 5})
    assert refused.value.codes == ("KT02",)
    reasons = {"ocop-len-san.KT02": "ba sản phẩm vừa hết hạn chứng nhận"}
    report = season.send({"KT01": 2, "KT02": 5}, explanations=reasons)
    [warning] = report.sent.warnings
    assert warning["reason"] == "ba sản phẩm vừa hết hạn chứng nhận"


def test_a_jump_is_measured_against_the_last_three_months(season, c):
    for month in (8, 9, 10):
        season.send({"KT06": 10}, month=month)
    with pytest.raises(Incomplete) as refused:
        season.send({"KT06": 40})
    assert refused.value.codes == ("KT06",)


def test_counts_that_changed_since_the_page_was_opened_are_shown_first(season, c):
    season.log(18)
    with pytest.raises(FiguresChanged) as refused:
        season.send(seen={"TC08": 8, "TC07": 1})
    assert refused.value.differences == {"TC08": [8, 10]}
    assert not Report.objects.counting().exists()


def test_two_people_editing_one_report_the_second_is_told(season, c):
    draft = save_draft(
        team=c.team, period=season.period, content=season.content({"KT01": 3}), by=c.tu
    )
    seen = draft.report.edition
    save_draft(
        team=c.team,
        period=season.period,
        content=season.content({"KT01": 4}),
        by=c.nhan,
        edition=Report.objects.get().edition,
    )
    with pytest.raises(Stale):
        season.send({"KT01": 3}, edition=seen)
    draft.refresh_from_db()
    assert draft.figures["KT01"]["value"] == 4


def test_a_draft_keeps_words_and_difficulties_and_counts_for_nothing(season, c):
    said = {"difficulties": ((season.category.pk, "Sóng yếu"),), "narrative": "Đã giúp nhiều hộ"}
    for _keystroke in range(2):
        draft = save_draft(
            team=c.team, period=season.period, content=season.content({"KT01": 3}, **said), by=c.tu
        )
    assert [d.text for d in draft.difficulties.all()] == ["Sóng yếu"]
    assert draft.narrative == "Đã giúp nhiều hộ"
    assert total(c.nhon_my, "KT01", season.period) is None
    assert JournalEntry.objects.filter(event="report.drafted").count() == 1


def test_a_month_before_the_team_existed_is_refused(season, c):
    c.team.since_on = dt.date(2026, 9, 1)
    c.team.save()
    with pytest.raises(OtherPeriod) as refused:
        season.send(month=8)
    assert "01/09/2026" in refused.value.message


def test_a_month_to_come_is_refused(season, c):
    with pytest.raises(OtherPeriod):
        season.send(month=12)


def test_on_time_is_judged_by_the_first_sending_on_the_phone(season, c, clock):
    minute = dt.timedelta(minutes=1)
    due = dt.datetime(2026, 10, 31, 16, 59, 59, tzinfo=dt.UTC)
    report = season.send(month=10, made_at=due - minute)
    assert report.is_on_time is True
    assert report.first_received_at > due
    report = season.send(month=10)  # a correction later does not make it late
    assert report.is_on_time is True
    assert season.send(month=9).is_on_time is False


def test_only_returned_figures_open_and_sending_again_settles_them(season, c):
    season.log(18)
    report = season.send({"KT01": 3, "KT06": 1})
    return_figures(report=report, notes={"KT01": "Xem lại giấy chứng nhận"}, by=c.lan)
    season.log(21)  # counted figures stay as they were sent
    with pytest.raises(NotOpen) as refused:
        season.send({"KT01": 4, "KT06": 2})
    assert refused.value.codes == ("KT06",)
    report = season.send({"KT01": 4, "KT06": 1})
    assert report.sent.changed == {"KT01": [3, 4]}
    assert report.sent.figures["TC08"]["value"] == 10
    assert open_returns(report) == {}
    assert JournalEntry.objects.filter(event="report.resent").count() == 1


def test_while_returned_the_totals_keep_the_last_value_marked(season, c):
    report = season.send({"KT01": 3})
    return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    row = PlaceTotal.objects.get(place=c.soc_trang, period=season.period)
    assert row.figures["KT01"] == [0, 3, 0, 1, 0]
    assert row.editing == {"KT01": 1}


def test_a_returned_count_may_be_counted_anew(season, c):
    season.log(18)
    report = season.send()
    return_figures(report=report, notes={"TC08": "Thiếu buổi 21/11"}, by=c.lan)
    season.log(21, people=5)
    report = season.send()
    assert report.sent.figures["TC08"]["value"] == 15
    assert report.sent.figures["TC07"]["value"] == 1


def test_the_officer_reports_on_behalf_and_it_says_so(season, c):
    report = season.send(by=c.lan)
    assert report.sent.origin == ReportVersion.Origin.ON_BEHALF


@pytest.mark.parametrize("who", ["dung", "son", "outsider", "cuong", "xem", "hung"])
def test_who_may_not_send_for_the_team(season, c, who):
    with pytest.raises(PermissionDenied):
        season.send(by=getattr(c, who))
    assert not Report.objects.exists()


def test_a_locked_report_takes_nothing(season, c):
    report = season.send()
    Report.objects.filter(pk=report.pk).update(state=Report.State.LOCKED)
    with pytest.raises(Closed):
        season.send()
    with pytest.raises(Closed):
        save_draft(team=c.team, period=season.period, content=season.content(), by=c.tu)


def test_entries_for_unknown_figures_are_left_out(season, c):
    content = season.content()
    content.entries["XX99"] = Entry(5)
    report = submit_report(team=c.team, period=season.period, content=content, by=c.tu)
    assert "XX99" not in report.sent.figures
