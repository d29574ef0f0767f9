"""The officer's pages: the list and the review."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from cncd.foundation.journal.models import Entry
from cncd.results.reports.actions import accept_reports
from cncd.results.reports.models import Report
from tests.cast import team as new_team

State = Report.State
REASONS = {"ocop-len-san.KT02": "vừa hết hạn"}


def at(name, *args, **query):
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return (
        f"{reverse(f'reports:{name}', args=args)}?{tail}"
        if tail
        else reverse(f"reports:{name}", args=args)
    )


@pytest.fixture
def lan(page_client, c):
    return page_client.as_(c.lan)


def test_the_list_keeps_state_and_punctuality_apart(lan, season, c):
    season.send(month=10)
    page = lan.get(at("list", k="2026-10")).content.decode()
    assert "chờ duyệt" in page
    assert "trễ" in page
    assert "quá hạn, chưa gửi" in page


def test_the_list_filters_and_exports_numbers(lan, season, c):
    season.send({"KT01": 1, "KT02": 2}, explanations=REASONS)
    season.send(team=c.team_my_hoa, by=c.liem)
    page = lan.get(at("list", state="sent", unusual="yes")).content.decode()
    assert "Mỹ Phước" in page
    assert "Mỹ Hòa" not in page
    book = load_workbook(io.BytesIO(lan.get(at("list", export="xlsx")).content))
    rows = [
        row for row in book.active.iter_rows(values_only=True) if row[0] and "Tổ CNCĐ" in row[0]
    ]
    assert sorted(row[4] for row in rows) == [0, 1]


def test_the_list_asks_no_more_for_more_teams(lan, season, c):
    lan.get(at("list"))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            lan.get(at("list"))
        return len(captured)

    season.send()
    few = queries()
    for n in range(8):
        team = new_team(c, f"31552.1{n}", f"Tổ CNCĐ ấp {n}", c.my_hoa)
        season.send(team=team, by=c.lan)
    assert queries() <= few


def test_reviewing_shows_what_is_behind_the_chosen_figure(lan, season, c):
    logged = season.log(18)
    report = season.send()
    season.send({"KT01": 1}, team=c.team_my_hoa, by=c.liem)
    page = lan.get(at("report", report.pk, figure="TC08"))
    assert page.context["behind"].traces[0].key == logged.pk
    part = lan.get(at("figure", report.pk, "KT01"), headers={"HX-Target": "behind"})
    assert "<html" not in part.content.decode()
    assert "Mức giữa" in part.content.decode()


def test_the_commune_may_report_on_behalf_from_the_review(lan, season, c):
    report = season.send()
    assert "Báo cáo thay" in lan.get(at("report", report.pk)).content.decode()


def test_readers_see_a_report_and_nothing_to_press(page_client, season, c):
    report = season.send()
    page = page_client.as_(c.xem).get(at("report", report.pk)).content.decode()
    assert "Lượt người được giúp" in page
    for word in ("Duyệt</button>", 'name="figure"', "Báo cáo thay", "Gửi trả lời"):
        assert word not in page


def test_accepting_goes_on_to_the_next_and_can_be_undone(lan, season, c):
    first = season.send()
    second = season.send(team=c.team_my_hoa, by=c.liem)
    answer = lan.post(at("accept", first.pk), follow=True)
    assert answer.redirect_chain[0][0] == at("report", second.pk)
    assert "Đã duyệt: Tổ CNCĐ ấp Mỹ Phước." in answer.content.decode()
    undo = next(iter(answer.context["messages"])).extra_tags.removeprefix("undo:")
    lan.post(undo)
    first.refresh_from_db()
    assert first.state == State.SENT


def test_all_without_warnings_in_one_go_and_back(lan, season, c):
    warned = season.send({"KT01": 1, "KT02": 2}, explanations=REASONS)
    quiet = season.send(team=c.team_my_hoa, by=c.liem)
    assert "1 báo cáo chờ duyệt không có số khác thường" in lan.get(at("list")).content.decode()
    answer = lan.post(at("accept_quiet"), follow=True)
    states = {r.pk: r.state for r in Report.objects.all()}
    assert states == {warned.pk: State.SENT, quiet.pk: State.ACCEPTED}
    lan.post(next(iter(answer.context["messages"])).extra_tags.removeprefix("undo:"))
    quiet.refresh_from_db()
    assert quiet.state == State.SENT


def test_the_journal_keeps_one_name_in_whatever_language_somebody_works(season, c):
    with translation.override("en"):
        report = season.send()
    entry = Entry.objects.get(event="report.sent", subject_id=report.pk)
    assert entry.subject_name == "báo cáo của Tổ CNCĐ ấp Mỹ Phước, Tháng 11/2026"


def test_the_month_of_the_page_is_accepted_whatever_another_tab_shows(lan, season, c):
    quiet = season.send(team=c.team_my_hoa, by=c.liem)
    page = lan.get(at("list", k="2026-11")).content.decode()
    lan.get(at("list", k="2026-10"))
    lan.post(re.search(r'action="([^"]*/reports/accept/[^"]*)"', page)[1].replace("&amp;", "&"))
    quiet.refresh_from_db()
    assert quiet.state == State.ACCEPTED


def test_a_figure_is_returned_from_the_page(lan, season, c):
    report = season.send({"KT01": 3})
    sent = {"figure": ["KT01"], "note.KT01": "", "edition": report.edition}
    page = lan.post(at("return", report.pk), sent)
    assert page.status_code == 422
    assert "Ghi chú cho từng số" in page.content.decode()
    lan.post(at("return", report.pk), sent | {"note.KT01": "Xem lại"})
    report.refresh_from_db()
    assert report.state == State.RETURNED
    assert "đang sửa" in lan.get(at("report", report.pk)).content.decode()


def test_what_makes_no_sense_is_no_server_error(lan, season, c):
    report = season.send({"KT01": 3})
    odd = {"figure": ["KT01", "\0"], "note.KT01": "Xem\0 lại", "edition": "x"}
    assert lan.post(at("return", report.pk), odd).status_code == 422
    for tail in ("?at=2026-13-45T00:00", "?at=x", "?at=2026-11-22T12:00"):
        assert lan.post(reverse("reports:reopen") + tail).status_code == 404
    for path in ("99999999999999999999/", f"{report.pk}/figure/%00/", f"{report.pk}/?figure=%00"):
        assert lan.get(f"/reports/{path}").status_code in (200, 404)
    assert lan.get(at("figure", report.pk, "KT01", version="x")).status_code == 404


def test_the_district_reads_a_teams_report_but_does_not_return_it(page_client, season, c):
    report = season.send()
    client = page_client.as_(c.minh)
    page = client.get(at("report", report.pk))
    assert 'name="figure"' not in page.content.decode()
    assert "trả lại trong báo cáo tổng hợp" in page.content.decode()
    sent = {"figure": ["TC04"], "note.TC04": "?", "edition": report.edition}
    assert client.post(at("return", report.pk), sent).status_code == 403


@pytest.mark.parametrize("name", ["accept", "return", "unlock"])
def test_an_officer_of_another_commune_finds_nothing(page_client, season, c, name):
    report = season.send()
    client = page_client.as_(c.dung)
    assert client.post(at(name, report.pk)).status_code == 404
    assert client.get(at("report", report.pk)).status_code == 404


def test_a_later_due_moment_and_a_lock_are_opened_with_a_reason(lan, season, c):
    report = season.send(month=10)
    address = at("extend", c.team.pk, "2026-10")
    page = lan.post(address, {"day": "30/11/2026", "time": "17:00", "reason": ""})
    assert page.context["form"].errors.keys() == {"reason"}
    lan.post(address, {"day": "30/11/2026", "time": "17:00", "reason": "Mưa bão"})
    report.refresh_from_db()
    assert report.is_on_time is True
    accept_reports(reports=[report], by=c.lan)
    Report.objects.filter(pk=report.pk).update(state=State.LOCKED)
    assert "Mở khóa" in lan.get(at("report", report.pk)).content.decode()
    lan.post(at("unlock", report.pk), {"reason": "Sót một buổi"})
    report.refresh_from_db()
    assert report.state == State.ACCEPTED


def test_the_leaders_of_the_province_answer_a_team(page_client, season, c):
    report = season.send()
    client = page_client.as_(c.binh)
    assert "Gửi trả lời" in client.get(at("report", report.pk)).content.decode()
    client.post(at("answer", report.pk), {"text": "Cảm ơn Tổ"})
    assert "Cảm ơn Tổ" in client.get(at("report", report.pk)).content.decode()
    tu = page_client.as_(c.tu).get(at("report", report.pk))
    assert "Cảm ơn Tổ" in tu.content.decode()
