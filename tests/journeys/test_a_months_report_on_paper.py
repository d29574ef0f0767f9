"""II.2.8: what a team sent from its phone stands on the commune's paper, and stays what it was."""

import io

import pytest
from docx import Document as Word

from cncd.results.paperwork.models import Paper
from cncd.results.reports.models import Report
from tests.forms import fields

pytestmark = pytest.mark.django_db


def drawn(client, code, report) -> Paper:
    at = f"/papers/new/{code}/{report.pk}/"
    client.post(at, fields(client.get(at), at))
    return Paper.objects.get(kind=code)


def texts(client, paper) -> list[str]:
    """Every cell and paragraph of the Word file."""
    word = Word(io.BytesIO(client.get(f"{paper.get_absolute_url()}word/").content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [*cells, *(p.text for p in word.paragraphs)]


def test_from_the_phone_to_word_at_the_commune(november, cast, page_client):
    november.log(29, people=12)
    report = november.send({"KT01": 4}, next_month="Mở lớp tại nhà văn hóa")
    phone = page_client.as_(cast.tu)
    page = phone.get(f"/reports/{report.pk}/").content.decode()
    assert "Báo cáo tháng của Tổ" in page
    paper = drawn(phone, "team_report", report)
    told = " ".join(texts(phone, paper))
    assert "TỔ TRƯỞNG" in told
    assert "Lượt người được giúp: 12 lượt" in told
    assert "Số:" not in told  # a form of a team has no number

    desk = page_client.as_(cast.lan)
    assert "Enter number" not in desk.get(paper.get_absolute_url()).content.decode()
    at = f"/totals/unit/confirm/?u={cast.nhon_my.pk}&k=2026-11"
    form = fields(desk.get(at), "/totals/unit/confirm/")
    asked = {
        name: ["kps"] for name, value in form.items() if name.startswith("v.") and value == [""]
    }
    desk.post(at, form | asked | {"send": ["1"], "narrative": ["Tháng của xã Nhơn Mỹ"]})
    unit = Report.objects.get(place=cast.nhon_my)
    page = desk.get("/totals/unit/", {"u": cast.nhon_my.pk, "k": "2026-11"}).content.decode()
    assert f"/papers/new/unit_report/{unit.pk}/" in page
    paper = drawn(desk, "unit_report", unit)
    told = " ".join(texts(desk, paper))
    for part in ("TM. ỦY BAN NHÂN DÂN", "Trần Văn Hùng", "Tháng của xã Nhơn Mỹ", "/BC-UBND",
                 "Tổ chưa báo cáo (01): Tổ CNCĐ ấp Mỹ Hòa"):  # fmt: skip
        assert part in told
    november.send({"KT01": 9})  # corrected after the commune confirmed
    assert " ".join(texts(desk, paper)) == told
