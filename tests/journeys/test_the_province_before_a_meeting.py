"""The province, ten minutes before a meeting: one page, one table, one saved view."""

import io

import pytest
from openpyxl import load_workbook

from cncd.results.reports.actions import accept_reports


@pytest.fixture
def desk(november, cast, page_client):
    november.log(28, people=12)
    accept_reports(reports=[november.send({"KT01": 4})], by=cast.lan)
    return page_client.as_(cast.ha)


def test_the_brief_stands_on_one_page(desk, cast):
    said = desk.get("/desk/brief/?k=2026-11").content.decode()
    assert "Số đếm: tháng này, tháng trước, cùng kỳ năm trước" in said
    assert "15:00 30/11/2026" in said
    assert "Huyện Trần Đề" in said  # the one that has sent nothing
    assert 'data-chart="bar"' in said


def test_a_table_is_taken_along_and_its_numbers_are_numbers(desk):
    answer = desk.get("/desk/indicators/?k=2026-11&export=xlsx&cols=code&cols=name&cols=now")
    assert "spreadsheetml" in answer.headers["Content-Type"]
    body = answer.getvalue() if answer.streaming else answer.content
    sheet = load_workbook(io.BytesIO(body)).active
    rows = {row[0]: row for row in sheet.iter_rows(values_only=True) if row[0]}
    assert 12 in rows["TC08"]
    assert all(isinstance(v, int | float | None) for v in rows["TC08"][2:])


def test_a_view_is_saved_and_opened_again(desk):
    address = "/desk/indicators/?k=2026-11&pillar=XH"
    desk.post("/desk/views/", {"name": "Xã hội số tháng 11", "address": address})
    listed = desk.get("/desk/views/").content.decode()
    assert "Xã hội số tháng 11" in listed
    assert "pillar=XH" in listed


def test_a_shared_link_opens_the_same_unit_and_month_for_those_allowed(desk, cast, page_client):
    address = f"/desk/?u={cast.nhon_my.pk}&k=2026-10"
    for user in (cast.ha, cast.minh, cast.binh):
        said = page_client.as_(user).get(address).content.decode()
        assert "Xã Nhơn Mỹ" in said
        assert "Tháng 10/2026" in said
    said = page_client.as_(cast.outsider).get(address).content.decode()
    assert "Nhơn Mỹ" not in said
