"""Difficulties written in a report are raised when it is sent, and count in it (II.2.8, TC16)."""

import datetime as dt

import pytest
from django.urls import reverse

from cncd.results.reports.actions import Content, accept_reports, submit_report
from cncd.results.reports.actions.batches import PastReport, keep_past_reports
from cncd.results.reports.actions.errors import Incomplete
from cncd.results.reports.queries import team_lines
from cncd.results.reports.rules import Entry
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import DifficultyCategory
from cncd.team.programme.queries import scheme_in_use
from cncd.work.difficulties import actions as difficulties
from cncd.work.difficulties.models import Case, Raising


@pytest.fixture
def november(cast, programme, clock):
    cast.period = ensure_period(scheme=scheme_in_use(), day=dt.date(2026, 11, 1))
    cast.network = DifficultyCategory.objects.get(code="song-mang")
    return cast


def content(c, *texts) -> Content:
    lines = team_lines([c.team], c.period)[c.team.pk]
    asked = [line.code for line in lines if line.required and line.counted is None]
    said = tuple((c.network.pk, text) for text in texts)
    return Content(entries={code: Entry("none") for code in asked}, difficulties=said)


def sent(c, *texts, **options):
    written = content(c, *texts)
    return submit_report(team=c.team, period=c.period, content=written, by=c.tu, **options)


def test_what_is_written_in_the_report_being_sent_counts_in_it(november):
    c = november
    said = difficulties.Said("Chưa có kinh phí")
    difficulties.raise_difficulty(said=said, team=c.team, by=c.tu)
    report = sent(c, "Cuối ấp sóng yếu", seen={"TC16": 1})
    assert report.sent.figures["TC16"]["value"] == 2
    assert Case.objects.open().count() == 2
    raising = Raising.objects.get(source="report")
    assert (raising.source_id, raising.raised_by) == (str(report.pk), c.tu)


def test_sent_again_it_is_not_raised_twice_and_what_is_left_out_is_taken_back(november):
    c = november
    sent(c, "Cuối ấp sóng yếu", "Nhà văn hóa chưa có wifi")
    report = sent(c, "Cuối ấp sóng yếu", "Nhà văn hóa chưa có wifi")
    assert Raising.objects.standing().count() == 2
    report = sent(c, "Cuối ấp sóng yếu")
    assert report.sent.figures["TC16"]["value"] == 1
    assert Case.objects.open().get().text == "Cuối ấp sóng yếu"
    report = sent(c)
    assert report.sent.figures["TC16"]["value"] == 0
    assert not Case.objects.open().exists()


def test_a_report_of_last_month_sent_late_counts_in_its_own_month(november):
    c = november
    c.period = ensure_period(scheme=scheme_in_use(), day=dt.date(2026, 10, 1))
    assert sent(c, "Cuối ấp sóng yếu").sent.figures["TC16"]["value"] == 1
    assert Raising.objects.get().raised_on == dt.date(2026, 10, 31)


def test_a_refused_report_raises_nothing(november):
    c = november
    broken = Content(difficulties=((c.network.pk, "Cuối ấp sóng yếu"),))
    with pytest.raises(Incomplete):
        submit_report(team=c.team, period=c.period, content=broken, by=c.tu)
    assert not Raising.objects.exists()


def test_past_reports_bring_what_was_answered(november):
    c = november
    made = dt.datetime(2026, 11, 10, 3, tzinfo=dt.UTC)
    line = PastReport(
        c.team, content(c, "Cuối ấp sóng yếu"), c.tu, made, c.lan, made + dt.timedelta(days=1),
        answer="Đã báo nhà mạng.",
    )  # fmt: skip
    [report] = keep_past_reports(period=c.period, lines=[line])
    assert report.sent.figures["TC16"]["value"] == 1
    case = Case.objects.get()
    assert (case.state, case.owner, case.turns.get().ended) == ("answered", c.nhon_my, "answered")


def test_the_consolidated_report_lists_what_stands_at_that_level(november, page_client):
    c = november
    report = sent(c, "Cuối ấp sóng yếu")
    accept_reports(reports=[report], by=c.lan)
    assert "Cuối ấp sóng yếu" in page_client.as_(c.lan).get(unit(c, c.nhon_my)).content.decode()
    above = page_client.as_(c.minh)
    assert "khó khăn đang chờ" not in above.get(unit(c, c.ke_sach)).content.decode()
    difficulties.pass_case(case=Case.objects.get(), reason="Xin ý kiến", by=c.lan)
    assert "1 khó khăn đang chờ" in above.get(unit(c, c.ke_sach)).content.decode()


def unit(c, place) -> str:
    return f"{reverse('totals:unit')}?u={place.pk}&k={c.period.code}"
