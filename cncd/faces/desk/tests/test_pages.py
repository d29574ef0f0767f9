"""The pages of the desk: every role sees its own level, already summed."""

import datetime as dt
import re
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cncd.faces.desk import inbox
from cncd.faces.desk.mapping import classes, picture, shade
from cncd.faces.desk.overview import Tile
from cncd.foundation.places.queries import children
from cncd.results.reports.actions import Content, accept_reports, submit_report
from cncd.results.totals.queries import Reading
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import Indicator, Measure
from cncd.team.programme.queries import scheme_in_use
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
PAGES = ["home", "brief", "inbox", "grid", "indicators", "map"]


@pytest.fixture
def country(cast, programme):
    """November with one log and one sent report; October open."""
    with time_machine.travel(NOON, tick=False):
        months = [dt.date(2026, 10, 1), dt.date(2026, 11, 1)]
        cast.october, cast.november = [
            ensure_period(scheme=scheme_in_use(), day=day) for day in months
        ]
        done = Done(kind="huong-dan", happened_on=dt.date(2026, 11, 20), people=10)
        log_activity(team=cast.team_my_hoa, done=done, by=cast.liem)
        cast.report = submit_report(
            team=cast.team,
            period=cast.november,
            content=Content(nothing_happened=True),
            by=cast.tu,
        )
        yield cast


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["lan", "minh", "ha", "binh", "thuong", "xem", "quan_tri"])
def test_every_desk_page_opens_for_every_level(country, page_client, name, who):
    user = getattr(country, who)
    allowed = {"grid": "reports.view"}.get(name, "desk.open")
    response = page_client.as_(user).get(reverse(f"desk:{name}"))
    assert response.status_code == (200 if user.can(allowed) else 403)


def test_team_people_have_no_desk(country, page_client):
    assert page_client.as_(country.cuong).get(reverse("desk:home")).status_code == 403


def test_the_province_sees_provisional_and_sent_apart(country, page_client):
    page = page_client.as_(country.ha).get(reverse("desk:home")).content.decode()
    assert "1/3" in page
    assert "10 tạm tính" in page


def test_a_number_opens_one_level_down_to_the_frozen_figure_of_a_team(country, page_client):
    client = page_client.as_(country.ha)
    page = client.get(reverse("desk:indicator", args=["TC08"])).content.decode()
    assert f"u={country.ke_sach.pk}" in page
    there = f"?u={country.nhon_my.pk}&k=2026-11"
    page = client.get(reverse("desk:indicator", args=["TC08"]) + there).content.decode()
    assert reverse("reports:figure", args=[country.report.pk, "TC08"]) in page
    assert reverse("reports:counted", args=[country.team_my_hoa.pk, "2026-11", "TC08"]) in page


def test_what_a_team_does_not_report_leads_to_no_missing_page(country, page_client):
    client = page_client.as_(country.ha)
    there = f"?u={country.nhon_my.pk}&k=2026-11"
    for code in ("TC01", "TC03"):
        page = client.get(reverse("desk:indicator", args=[code]) + there).content.decode()
        assert "/reports/counted/" not in page


def test_an_indicator_that_is_not_in_force_is_not_found(country, page_client):
    address = reverse("desk:indicator", args=["CQ11"])
    assert page_client.as_(country.ha).get(address).status_code == 404


def test_the_indicator_table_exports_numbers_as_numbers(country, page_client):
    address = reverse("desk:indicators") + "?export=xlsx&cols=code,name,now"
    response = page_client.as_(country.ha).get(address)
    sheet = load_workbook(BytesIO(response.content)).active
    values = {row[0].value: row[-1].value for row in sheet.iter_rows()}
    assert values["TC02"] == 3


def test_the_columns_shown_at_first_are_exported_as_numbers_too(country, page_client):
    response = page_client.as_(country.ha).get(reverse("desk:indicators") + "?export=xlsx")
    sheet = load_workbook(BytesIO(response.content)).active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    this_month = rows["Mã"].index("Tháng này")
    assert rows["TC02"][this_month] == 3
    assert "chưa báo cáo" in {row[this_month] for row in rows.values()}


def test_a_reload_after_a_refused_form_is_no_blank_page(country, page_client):
    client = page_client.as_(country.lan)
    page = client.get(reverse("reports:return", args=[country.report.pk]))
    assert page.status_code == 405
    assert page.headers["Allow"] == "POST"
    assert "Trang này chỉ mở bằng nút bấm" in page.content.decode()


def test_the_grid_says_each_standing_in_words(country, page_client):
    address = reverse("desk:grid") + f"?u={country.nhon_my.pk}"
    page = page_client.as_(country.lan).get(address).content.decode()
    assert "đúng hạn" in page
    assert reverse("reports:report", args=[country.report.pk]) in page


def test_the_inbox_empties_when_the_work_is_done(country):
    now = NOON
    texts = [item.text for item in inbox.items(country.lan, now)]
    assert any("1 báo cáo" in text for text in texts)
    accept_reports(reports=[country.report], by=country.lan)
    assert not any("chờ duyệt" in item.text for item in inbox.items(country.lan, now))


def number_beside_the_tab(page) -> int:
    """What stands beside "Cần xử lý"; 0 without a number."""
    found = re.search(r'href="/desk/inbox/[^>]*>(.*?)</a>', page.content.decode(), re.DOTALL)
    return int((re.findall(r"\d+", re.sub(r"<[^>]*>", " ", found[1])) or [0])[-1])


def test_the_number_beside_the_tab_is_what_the_inbox_lists(country, page_client):
    client, home = page_client.as_(country.lan), reverse("desk:home")
    with time_machine.travel(NOON, tick=False) as clock:
        listed = len(inbox.items(country.lan, NOON))
        assert number_beside_the_tab(client.get(home)) == listed > 0
        elsewhere = reverse("desk:map")
        assert number_beside_the_tab(client.get(elsewhere)) == listed
        accept_reports(reports=[country.report], by=country.lan)
        assert number_beside_the_tab(client.get(elsewhere)) == listed  # for a few minutes
        clock.shift(dt.timedelta(minutes=4))
        assert number_beside_the_tab(client.get(elsewhere)) == listed - 1


def test_the_number_beside_the_tab_costs_nothing_until_something_is_sent(
    country, page_client, django_assert_max_num_queries
):
    client, page = page_client.as_(country.lan), reverse("desk:map")
    client.get(page)
    with CaptureQueriesContext(connection) as without:
        client.get(page)
    client.get(reverse("desk:home"))
    with django_assert_max_num_queries(len(without)):
        client.get(page)
    client.post(reverse("desk:choose_unit"))
    with django_assert_max_num_queries(len(without) + 80):
        client.get(page)


def test_the_district_is_not_asked_to_accept_a_teams_report(country):
    assert not any("chờ duyệt" in item.text for item in inbox.items(country.minh, NOON))


def test_search_finds_with_and_without_diacritics(country, page_client):
    client = page_client.as_(country.ha)
    for text in ("tran de", "Trần Đề", "Tra\u0302\u0300n \u0110e\u0302\u0300"):
        page = client.get(reverse("desk:search"), {"q": text}).content.decode()
        assert "Huyện Trần Đề" in page
        assert "Thị trấn Trần Đề" in page
    assert (
        "Tổ CNCĐ ấp Mỹ Phước"
        in client.get(reverse("desk:search"), {"q": "cnscđ my phuoc"}).content.decode()
    )


def test_nobody_finds_people_outside_their_reach(country, page_client):
    page = page_client.as_(country.outsider).get(reverse("desk:search"), {"q": "tu"})
    assert "Sơn Văn Tư" not in page.content.decode()


def test_main_pages_keep_their_number_of_queries(
    country, page_client, django_assert_max_num_queries
):
    client = page_client.as_(country.ha)
    client.get(reverse("desk:home"))
    for name, most in {"home": 45, "indicators": 40, "grid": 35, "map": 40}.items():
        with django_assert_max_num_queries(most):
            client.get(reverse(f"desk:{name}"))


def test_units_without_coordinates_stand_in_rows(country):
    units = list(children(country.soc_trang, dt.date(2026, 11, 22)))
    drawn = picture(units, {unit.pk: None for unit in units}, dt.date(2026, 11, 22))
    assert drawn.is_tiles
    assert len({(shape.x, shape.y) for shape in drawn.shapes}) == len(units)
    assert all(shape.shade == 0 for shape in drawn.shapes)


def test_shades_go_from_the_lowest_to_the_highest_figure():
    limits = classes([0, 50, 100])
    assert [shade(value, limits) for value in (None, 0, 50, 100)] == [0, 1, 3, 5]
    assert shade(7, classes([7, 7])) == 1


@pytest.mark.parametrize(
    ("is_ratio", "before", "now", "words"),
    [
        (False, 100, 124, "▲ 24%"),
        (False, 100, 9, "▼ 91%"),
        (False, 7, 7, "= 0%"),
        (False, 0, 7, ""),
        (False, None, 7, ""),
        (True, 0.85, 1.0, "▲ 15 điểm %"),
        (True, 0.5, 0.474, "▼ 2,6 điểm %"),
        (True, None, 0.5, ""),
    ],
)
def test_a_tile_says_which_way_a_figure_went(is_ratio, before, now, words):
    indicator = Indicator()
    indicator.measure = None if is_ratio else Measure(pk=1, factor=1)
    readings = [Reading(indicator=indicator, value=value) for value in (before, now)]
    assert Tile(readings[1], tuple(readings), None).change == words
