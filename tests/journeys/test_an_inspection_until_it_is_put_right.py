"""The district inspects a commune on site, by phone; the commune puts right what was found."""

import datetime as dt

import pytest
import time_machine

from cncd.work.inspections.actions import take_packaged
from cncd.work.inspections.models import Finding, Inspection
from cncd.work.inspections.tests.conftest import concluded, planned
from tests.forms import fields

DAY = dt.timedelta(days=1)


@pytest.fixture
def clock(cast):
    with time_machine.travel(dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC), tick=False) as clock:
        take_packaged(by=cast.ha, since_on=dt.date(2026, 1, 1))
        yield clock


def test_from_the_plan_to_what_was_put_right(page_client, cast, clock):
    minh, lan = page_client.as_(cast.minh), page_client.as_(cast.lan)
    # The district plans, begins, marks each item; one is not met.
    sent = fields(minh.get("/inspections/plan/"), "/inspections/plan/") | {
        "inspecting": str(cast.ke_sach.pk), "planned_on": "24/11/2026",
        "leader": str(cast.minh.person_id), "units": [str(cast.nhon_my.pk)],
        "paper-number": "12/QĐ-UBND", "paper-issued_on": "20/11/2026", "paper-issuer": "UBND huyện",
    }  # fmt: skip
    minh.post("/inspections/plan/", sent)
    row = Inspection.objects.get()
    assert row.document.number == "12/QĐ-UBND"
    page = f"/inspections/{row.pk}/"
    assert "Nội dung sẽ kiểm tra" in lan.get(page).text
    clock.shift(2 * DAY)
    assert "Kiểm tra Xã Nhơn Mỹ" in minh.get("/desk/inbox/").text
    minh.post(f"{page}open/", {"x": "1"})
    marks = fields(minh.get(f"{page}look/"), f"{page}look/")
    unmet, *met = row.findings.all()
    marks |= {f"result-{each.pk}": "met" for each in met}
    marks |= {f"result-{unmet.pk}": "unmet", f"note-{unmet.pk}": "Hai ấp chưa có Tổ"}
    minh.post(f"{page}look/", marks)
    # Without a remedy it cannot be concluded: the page says what is missing.
    closing = fields(minh.get(f"{page}close/"), f"{page}close/") | {"conclusion": "Cơ bản tốt"}
    assert "Hãy ghi việc phải làm, ai làm và hạn" in minh.post(f"{page}close/", closing).text
    note = f"/inspections/findings/{unmet.pk}/note/"
    told = fields(minh.get(note), note) | {
        "remedy": "Thành lập Tổ ở hai ấp",
        "link": "/teams/?q=abc",
    }
    minh.post(note, told)
    closing = fields(minh.get(f"{page}close/"), f"{page}close/") | {"conclusion": "Cơ bản tốt"}
    minh.post(f"{page}close/", closing)
    assert Inspection.objects.get().state == "closed"
    _put_right(minh, lan, unmet)


def _put_right(minh, lan, unmet):
    # The commune sees it in its inbox, says how it was put right; the district confirms.
    assert "Khắc phục 1 kiến nghị" in lan.get("/desk/inbox/").text
    at = f"/inspections/findings/{unmet.pk}/"
    assert "/teams/?q=abc" in lan.get(at).text
    lan.post(f"{at}answer/", {"note": "Đã ra quyết định thành lập hai Tổ"})
    assert "Xem xét 1 trả lời" in minh.get("/desk/inbox/").text
    minh.post(f"{at}judge/", {"verdict": "confirmed"})
    assert Finding.objects.get(pk=unmet.pk).settled_at
    assert "Khắc phục 1 kiến nghị" not in lan.get("/desk/inbox/").text


def test_what_is_late_shows_at_the_unit_above(page_client, cast, clock):
    concluded(planned(cast.nhon_my, cast.ke_sach, cast.minh), cast.minh)
    clock.shift(12 * DAY)
    minh = page_client.as_(cast.minh)
    assert "quá hạn" in minh.get("/desk/inbox/").text
    page = minh.get("/inspections/findings/?late=1").text
    assert "Kiện toàn lại danh sách" in page
