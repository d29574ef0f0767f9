"""Báo cáo tháng on paper: the page's own figures, the silent by name, every figure bound."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.foundation.people import actions as people
from cncd.foundation.people.models import Branch
from cncd.results.paperwork.drawing import Signing, plain
from cncd.results.paperwork.registry import kind_of
from cncd.results.paperwork.tests.reading import drawn, figure, figures_of, row_of, words_of
from cncd.results.reports.actions import Content, confirm_report
from cncd.results.reports.models import Report
from cncd.results.reports.queries import place_lines
from cncd.results.reports.reading import reading_of
from cncd.results.reports.rules import Entry
from cncd.results.totals.consolidated import Consolidated
from cncd.results.totals.wording import in_words
from cncd.team.programme.actions import TargetLine, assign_targets
from cncd.team.programme.models import Indicator
from tests.cast import BEGINNING
from tests.cast import team as new_team

pytestmark = pytest.mark.django_db


def confirmed(season, place, by, month=11, **said) -> Report:
    """The unit's own entries, "không phát sinh" where nothing else is said, sent up."""
    period = season.months[month]
    level = place.level.code
    lines = place_lines([place], level, period)[place.pk]
    entries = {line.code: Entry("none") for line in lines if line.counted is None}
    content = Content(entries=entries, **said)
    return confirm_report(place=place, period=period, content=content, by=by)


def test_a_teams_report_says_what_its_page_says(season, c):
    season.send({"KT01": 3}, month=10)
    season.log(people=64)
    said = {"narrative": "Giúp 12 hộ.", "proposals": "- Thêm sóng\n- Thêm sách"}
    report = season.send({"KT01": 5}, difficulties=((season.category.pk, "Sóng yếu"),), **said)
    paper = drawn("team_report", report.pk, c.tu)
    table = paper.annexes[0].body[0]
    shown = {f.measure.code: f.shown for f in reading_of(report).figures}
    for each in figures_of(paper):
        if each.label.endswith("trong kỳ"):
            code = each.label.split(",")[0]
            assert shown[code].startswith(each.text), each
    assert row_of(table, "TC08")[5:7] == ["64", "64"]
    assert row_of(table, "KT01")[5:9] == ["5", "5", "–", "+67%"]
    told = words_of(paper)
    for part in ("Giúp 12 hộ.", "Thêm sách", "Sóng yếu", "Lượt người được giúp: 64 lượt"):
        assert part in told
    assert paper.signing == Signing("TỔ TRƯỞNG", "Sơn Văn Tư")
    assert paper.superior == "UBND XÃ NHƠN MỸ"
    assert paper.addressees == ("Ủy ban nhân dân xã Nhơn Mỹ",)


def test_nothing_zero_and_not_reported_are_three_things(season, c):
    report = season.send({"KT01": 0, "KT02": "none"})
    paper = drawn("team_report", report.pk, c.tu)
    table = paper.annexes[0].body[0]
    assert row_of(table, "KT01")[5] == "0"
    assert row_of(table, "KT02")[5] == "không phát sinh"
    confirmed(season, c.nhon_my, c.lan)
    unit = drawn("unit_report", Report.objects.get(place=c.nhon_my).pk, c.lan)
    shown = {plain(row[5]) for row in unit.annexes[0].body[0].rows}
    assert {"0", "không phát sinh", "chưa báo cáo"} <= shown
    assert "Chưa báo cáo: " in words_of(unit)


def test_a_communes_report_is_what_it_confirmed_and_names_who_was_silent(season, c):
    season.send({"KT01": 3})
    report = confirmed(season, c.nhon_my, c.lan, narrative="Kết quả tháng của xã")
    page = Consolidated(c.nhon_my, season.period)
    shown = {row.indicator.code: in_words(row.reading) for row in page.rows}
    paper = drawn("unit_report", report.pk, c.lan)
    for each in figures_of(paper):
        if each.room == "reports" and each.label.endswith("trong kỳ"):
            assert shown[each.label.split(",")[0]].startswith(each.text), each
            assert each.version == 1
    season.send({"KT01": 8}, team=c.team_my_hoa, by=c.liem)
    later = drawn("unit_report", report.pk, c.lan)
    assert row_of(later.annexes[0].body[0], "KT01")[5] == "3"  # as it was confirmed
    told = words_of(later)
    assert "Tổ chưa báo cáo (01): Tổ CNCĐ ấp Mỹ Hòa" in told
    assert "Kết quả tháng của xã" in told
    assert "Ông (bà) Trần Văn Hùng" in told  # the head of the commune answers (IV.3)
    assert (paper.symbol, paper.addressees) == ("BC-UBND", ("Ủy ban nhân dân huyện Kế Sách",))
    assert paper.signing == Signing("CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN")


def test_districts_and_the_province_say_which_units_have_not_confirmed(season, c):
    season.send({"KT01": 3})
    confirmed(season, c.nhon_my, c.lan)
    district = confirmed(season, c.ke_sach, c.minh)
    paper = drawn("unit_report", district.pk, c.minh)
    assert "Đơn vị chưa chốt báo cáo (01): Xã Xuân Hòa" in words_of(paper)
    assert "Tổ CNCĐ ấp Mỹ Hòa (xã Nhơn Mỹ)" in words_of(paper)
    assert paper.addressees == ("Ủy ban nhân dân tỉnh Sóc Trăng",)  # no department yet
    table = paper.annexes[1].body[0]
    assert row_of(table, "Xã Nhơn Mỹ")[2:7] == ["2", "1", "0", "1", "đã gửi"]
    branch = Branch.objects.get(code="information")
    agency = people.create_agency(name="Sở Thông tin và Truyền thông", branch=branch,
                                  place=c.soc_trang, since_on=BEGINNING, by=None)  # fmt: skip
    people.post_person(person=c.xem.person, role="province_officer", place=c.soc_trang, by=None,
                       since_on=BEGINNING, agency=agency, title="Phó Giám đốc")  # fmt: skip
    assert drawn("unit_report", district.pk, c.minh).addressees == ("Sở Thông tin và Truyền thông",)
    province = drawn("unit_report", confirmed(season, c.soc_trang, c.ha).pk, c.ha)
    assert (province.superior, province.symbol) == ("UBND TỈNH SÓC TRĂNG", "BC-STTTT")
    assert province.signing == Signing("PHÓ GIÁM ĐỐC", "Ngô Văn Xem", form="KT", head="GIÁM ĐỐC")
    assert province.addressees == ("Ủy ban nhân dân tỉnh Sóc Trăng",)


def test_targets_stand_beside_what_was_done(season, c):
    season.log(people=20)
    indicator = Indicator.objects.get(code="TC08")
    line = TargetLine(indicator=indicator, team=c.team, value=40)
    assign_targets(lines=[line], since_on=season.period.first_day, until_on=dt.date(2027, 1, 1),
                   per_month=True, by=c.lan)  # fmt: skip
    paper = drawn("team_report", season.send().pk, c.tu)
    assert row_of(paper.annexes[0].body[0], "TC08")[4:8] == ["40/tháng", "20", "20", "50%"]


def test_every_figure_opens_for_who_may_draw_it_up(season, c, page_client):
    season.log(people=9)
    team = season.send({"KT01": 3}).pk
    unit = confirmed(season, c.nhon_my, c.lan).pk
    for code, pk, user in (("team_report", team, c.tu), ("unit_report", unit, c.lan)):
        client = page_client.as_(user)
        for address in {each.address for each in figures_of(drawn(code, pk, user))}:
            assert client.get(address).status_code == 200, address
    assert kind_of("unit_report").find(unit, c.dung) is None
    assert kind_of("team_report").find("không-phải-số", c.tu) is None


def test_nobody_signs_where_nobody_is_in_office(season, c):
    posting = c.hung.person.postings.get()
    people.end_posting(posting=posting, until_on=season.period.first_day, by=None)
    season.send()
    paper = drawn("unit_report", confirmed(season, c.nhon_my, c.lan).pk, c.lan)
    assert paper.signing == Signing("CHỦ TỊCH", "", "ỦY BAN NHÂN DÂN")
    assert "chưa có người đứng đầu" in words_of(paper)


def test_a_hundred_more_teams_take_no_more_queries(season, c):
    season.send()
    report = confirmed(season, c.nhon_my, c.lan)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            drawn("unit_report", report.pk, c.lan)
        return len(queries)

    few = asked()
    for number in range(20):
        member = c.liem.person
        new_team(c, f"x{number}", f"Tổ CNCĐ ấp Mỹ Hòa {number}", c.my_hoa, (member, "leader"))
    assert asked() <= few
    assert figure(drawn("unit_report", report.pk, c.lan), "Số Tổ") == "22"
