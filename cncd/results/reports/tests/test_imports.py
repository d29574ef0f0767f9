"""Old reports from Excel: looked at row by row, then written all at once."""

import io

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cncd.results.reports.actions import import_reports
from cncd.results.reports.models import Report


def at(name, **query):
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(f'reports:{name}')}?{tail}"


@pytest.fixture
def lan(page_client, c):
    return page_client.as_(c.lan)


def workbook(*rows) -> io.BytesIO:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "cu.xlsx"
    return file


HEAD = ["Mã Tổ", "Tên Tổ", "TC08 Lượt người được giúp", "Sản phẩm OCOP"]


def uploaded(client, season, *rows, month=8):
    period = season.months[month]
    return client.post(at("import"), {"month": period.pk, "file": workbook(*rows)}, follow=True)


def test_old_reports_are_looked_at_row_by_row_before_anything_is_written(lan, season, c):
    page = uploaded(
        lan,
        season,
        HEAD,
        ["31552.001", "", 40, 2],
        ["", "Tổ CNCĐ ấp Mỹ Hòa", "không phát sinh", ""],
    )
    assert page.context["count"]["new"] == 2
    assert not Report.objects.exists()
    sent = {"confirm": "1", "digest": page.context["digest"]}
    answer = lan.post(
        page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], sent, follow=True
    )
    assert "Đã nhập 2 báo cáo cũ." in answer.content.decode()
    figures = {r.team: r.sent.figures for r in Report.objects.all()}
    assert figures[c.team] == {"TC08": {"value": 40}, "KT01": {"value": 2}}
    assert figures[c.team_my_hoa] == {"TC08": {"value": "none"}}


def test_each_wrong_row_says_what_is_wrong_with_it(lan, season, c):
    season.send(team=c.team_my_hoa, by=c.liem, month=8)
    page = uploaded(
        lan,
        season,
        HEAD,
        ["99999", "", 1, 1],
        ["31552.001", "", -4, 1],
        ["31552.002", "", 5, 1],
        ["31673.001", "", 5, 1],
        ["31552.001", "", "", ""],
        ["31552.001", "", 99_999_999_999, 1],
    )
    assert page.context["count"]["wrong"] == 6
    text = page.content.decode()
    wrong = ("Không có Tổ nào mang mã này", "không được âm", "được giữ nguyên")
    for said in (*wrong, "nhiều nhất là 1.000.000"):
        assert said in text
    assert Report.objects.count() == 1


def test_importing_the_same_file_again_changes_nothing(lan, season, c):
    import_reports(period=season.months[8], values={c.team: {"TC08": 40}}, by=c.lan)
    page = uploaded(lan, season, HEAD, ["31552.001", "", 40, ""])
    assert page.context["count"]["unchanged"] == 1
    page = uploaded(lan, season, HEAD, ["31552.001", "", 44, ""])
    assert page.context["count"]["updated"] == 1


def test_the_template_names_the_teams_within_reach(lan, season, c):
    book = load_workbook(io.BytesIO(lan.get(at("import", template=1)).content))
    texts = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "31552.001" in texts
    assert "31673.001" not in texts
