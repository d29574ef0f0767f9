"""The report of a commune or a level above: confirmed, returned, passed on, answered."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry as JournalEntry
from cncd.results.reports.actions import (
    Content,
    Incomplete,
    NotOpen,
    OtherPeriod,
    ReportError,
    accept_reports,
    answer_report,
    confirm_report,
    pass_return,
    return_figures,
)
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.reports.queries import place_lines
from cncd.results.reports.rules import Entry
from cncd.results.totals.models import PlaceTotal
from cncd.results.totals.queries import changed_since


def own(place, period, **values) -> dict[str, Entry]:
    """All that the level itself is asked: "không phát sinh" where nothing else is said."""
    lines = place_lines([place], place.level.code, period)[place.pk]
    entries = {line.code: Entry("none") for line in lines if line.counted is None}
    return entries | {code: Entry(value) for code, value in values.items()}


@pytest.fixture
def confirm(season, c):
    def confirmed(place=None, by=None, text="", **values):
        place = place or c.nhon_my
        return confirm_report(
            place=place,
            period=season.period,
            content=Content(entries=own(place, season.period, **values), narrative=text),
            by=by or c.lan,
        )

    return confirmed


def test_confirming_keeps_a_snapshot_of_what_was_summed(season, c, confirm):
    season.send({"KT01": 3})
    report = confirm(CQ03=7, text="Kết quả tháng")
    snapshot = report.versions.get().snapshot
    assert snapshot["figures"]["KT01"] == [0, 3, 0, 1, 0]
    assert snapshot["figures"]["CQ03"][:2] == [0, 7]
    assert [row["name"] for row in snapshot["silent"]] == ["Tổ CNCĐ ấp Mỹ Hòa"]


def test_an_own_entry_of_each_level_is_added_once(season, c, confirm):
    confirm(CQ03=7)
    confirm(place=c.ke_sach, by=c.minh, CQ03=5)
    figures = {
        place: PlaceTotal.objects.get(place=place, period=season.period).figures["CQ03"]
        for place in (c.nhon_my, c.ke_sach, c.soc_trang)
    }
    assert [f[0] + f[1] for f in figures.values()] == [7, 12, 12]


def test_required_own_entries_are_asked_for(season, c):
    with pytest.raises(Incomplete) as refused:
        confirm_report(place=c.nhon_my, period=season.period, content=Content(), by=c.lan)
    assert "CQ03" in refused.value.codes


def test_a_change_below_shows_against_the_snapshot_and_confirming_again_keeps_the_text(
    season, c, confirm
):
    season.send({"KT01": 3})
    report = confirm(text="Kết quả tháng")
    season.send({"KT01": 5})
    row = PlaceTotal.objects.get(place=c.nhon_my, period=season.period)
    first = report.versions.get()
    assert changed_since(first.snapshot, row) == ["KT01"]
    again = confirm(text=first.narrative)
    assert (again.sent.number, again.sent.narrative) == (2, "Kết quả tháng")
    again.sent.refresh_from_db()
    assert changed_since(again.sent.snapshot, row) == []
    first.refresh_from_db()
    assert first.snapshot["figures"]["KT01"][1] == 3


@pytest.mark.parametrize("who", ["tu", "dung", "son", "outsider", "xem", "binh"])
def test_who_may_not_confirm_for_the_commune(season, c, confirm, who):
    with pytest.raises(PermissionDenied):
        confirm(by=getattr(c, who))


def test_who_confirms_for_another_unit_does_so_on_behalf(season, c, confirm):
    assert confirm().sent.origin == ReportVersion.Origin.OWN
    assert confirm(place=c.xuan_hoa, by=c.minh).sent.origin == ReportVersion.Origin.ON_BEHALF
    assert confirm(place=c.soc_trang, by=c.ha).sent.origin == ReportVersion.Origin.OWN


def test_the_district_accepts_the_communes_report_not_its_own(season, c, confirm):
    commune, district = confirm(), confirm(place=c.ke_sach, by=c.minh)
    [accepted] = accept_reports(reports=[commune], by=c.minh)
    assert accepted.state == Report.State.ACCEPTED
    with pytest.raises(PermissionDenied):
        accept_reports(reports=[district], by=c.minh)
    with pytest.raises(PermissionDenied):
        accept_reports(reports=[commune], by=c.lan)


def test_a_summed_figure_is_returned_to_the_commune_and_passed_on_to_the_team(season, c, confirm):
    sent = season.send({"KT01": 3})
    commune = confirm()
    return_figures(report=commune, notes={"KT01": "Cao hơn danh sách của huyện"}, by=c.minh)
    [returned] = commune.returns.all()
    [passed] = pass_return(figure_return=returned, reports=[sent], note="", by=c.lan)
    assert passed.state == Report.State.RETURNED
    [row] = passed.returns.all()
    assert (row.note, row.passed_from) == ("Cao hơn danh sách của huyện", returned)
    entry = JournalEntry.objects.get(event="reports.returned")
    assert entry.rows[0]["team"] == c.team.pk
    assert PlaceTotal.objects.get(place=c.nhon_my, period=season.period).editing == {"KT01": 2}
    season.send({"KT01": 2})
    again = confirm()
    assert again.state == Report.State.SENT
    assert not again.returns.filter(settled_by=None).exists()


def test_passing_on_needs_a_receiver_that_carries_the_figure(season, c, confirm):
    commune = confirm(CQ03=7)
    sent = season.send()
    return_figures(report=commune, notes={"CQ03": "Nhập thừa"}, by=c.minh)
    [returned] = commune.returns.all()
    for reports in ([], [sent]):
        with pytest.raises(ReportError):
            pass_return(figure_return=returned, reports=reports, note="", by=c.lan)
    with pytest.raises(PermissionDenied):
        pass_return(figure_return=returned, reports=[sent], note="", by=c.dung)
    sent.refresh_from_db()
    assert sent.state == Report.State.SENT


def test_only_the_returned_own_entry_opens(season, c, confirm):
    commune = confirm(CQ03=7, TC19=1_000_000)
    return_figures(report=commune, notes={"CQ03": "Nhập thừa"}, by=c.minh)
    with pytest.raises(NotOpen):
        confirm(CQ03=6, TC19=2_000_000)
    assert confirm(CQ03=6, TC19=1_000_000).sent.changed == {"CQ03": [7, 6]}


def test_the_leaders_of_the_province_answer_the_report_of_the_department(season, c, confirm):
    report = confirm(place=c.soc_trang, by=c.ha)
    with pytest.raises(ReportError):
        answer_report(report=report, text="  ", by=c.binh)
    with pytest.raises(PermissionDenied):
        answer_report(report=report, text="Đồng ý", by=c.ha)
    answer = answer_report(report=report, text="Đồng ý nhân rộng", by=c.binh)
    assert answer.text == "Đồng ý nhân rộng"
    assert JournalEntry.objects.get(event="report.answered").after == {"answer": "Đồng ý nhân rộng"}


def test_nothing_sent_nothing_to_answer(season, c):
    report = Report.objects.create(
        place=c.soc_trang, period=season.period, level=c.levels["province"]
    )
    with pytest.raises(ReportError):
        answer_report(report=report, text="Đồng ý", by=c.binh)


def test_a_unit_that_did_not_exist_then_confirms_nothing(season, c, confirm):
    c.xuan_hoa.versions.update(until_on=dt.date(2026, 6, 30))
    with pytest.raises(OtherPeriod):
        confirm(place=c.xuan_hoa, by=c.minh)
