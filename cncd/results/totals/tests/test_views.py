"""The consolidated report of a unit, opened as its officers and those above open it."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cncd.results.reports.actions import accept_reports, return_figures
from cncd.results.reports.models import Report
from tests.cast import team as new_team


def at(name, place, code="2026-11"):
    return f"{reverse(f'totals:{name}')}?u={place.pk}&k={code}"


@pytest.fixture
def lan(page_client, c):
    return page_client.as_(c.lan)


def posted(page, values=None, **more) -> dict:
    """What a browser would send of the page: "không phát sinh" where nothing else is said."""
    form = page.context["form"]
    sent = {"envelope": str(uuid.uuid4()), "edition_seen": form["edition_seen"].value()}
    for name in form.fields:
        if name.startswith("v.") and form.fields[name].line.required:
            line = form.fields[name].line
            sent[name] = "" if line.counted else "1" if line.yes_no else "kps"
    return sent | {f"v.{code}": text for code, text in (values or {}).items()} | more


def confirm(client, place, values=None, **more):
    address = at("confirm", place)
    return client.post(address, posted(client.get(address), values, send="1", **more))


def test_it_says_how_complete_it_is_and_who_is_silent(lan, season, c):
    season.send({"KT01": 3})
    text = lan.get(at("unit", c.nhon_my)).content.decode()
    assert "1/2 Tổ đã gửi" in text
    assert "3 sản phẩm" in text
    assert "1/2" in text
    district = lan.get(at("confirm", c.nhon_my)).content.decode()
    assert "chưa gửi: Tổ CNCĐ ấp Mỹ Hòa" in district


def test_own_figures_are_entered_and_sent_up(lan, season, c):
    season.send({"KT01": 3})
    answer = confirm(lan, c.nhon_my, {"CQ03": "7"}, narrative="Kết quả tháng của xã")
    assert answer.url == at("unit", c.nhon_my)
    report = Report.objects.get(place=c.nhon_my)
    assert report.sent.figures["CQ03"] == {"value": 7}
    text = lan.get(at("unit", c.nhon_my)).content.decode()
    assert "Kết quả tháng của xã" in text
    assert "chờ duyệt" in text


def test_a_units_own_count_has_a_largest_number_and_money_has_not(lan, season, c):
    page = confirm(lan, c.nhon_my, {"CQ03": "99.999.999.999", "KT15": "99.999.999"})
    errors = page.context["form"].errors
    assert "nhiều nhất là 100.000.000" in errors["v.CQ03"][0]
    assert "v.KT15" not in errors
    assert not Report.objects.filter(place=c.nhon_my).exists()


def test_what_is_missing_is_named_and_nothing_is_lost(lan, season, c):
    address = at("confirm", c.nhon_my)
    sent = posted(lan.get(address), {"CQ03": ""}, send="1", narrative="Kết quả tháng của xã")
    page = lan.post(address, sent)
    assert "v.CQ03" in page.context["form"].errors
    assert "Kết quả tháng của xã" in page.content.decode()


def test_what_teams_said_stands_beside_to_pick_from(lan, season, c):
    said = {"narrative": "Giúp 12 hộ", "difficulties": ((season.category.pk, "Sóng yếu"),)}
    season.send(**said)
    text = lan.get(at("confirm", c.nhon_my)).content.decode()
    assert "Giúp 12 hộ" in text
    assert "Sóng yếu" in text
    assert lan.get(at("confirm", c.nhon_my)).context["form"]["narrative"].value() in (None, "")


def test_a_change_below_is_shown_and_confirming_again_keeps_the_text(lan, season, c):
    season.send({"KT01": 3})
    confirm(lan, c.nhon_my, narrative="Kết quả tháng của xã")
    season.send({"KT01": 5})
    text = lan.get(at("unit", c.nhon_my)).content.decode()
    assert "chỉ tiêu đã đổi sau khi chốt" in text
    assert "3 sản phẩm → <strong>5 sản phẩm</strong>" in text
    page = lan.get(at("confirm", c.nhon_my))
    assert page.context["form"]["narrative"].value() == "Kết quả tháng của xã"
    narrative = page.context["form"]["narrative"].value()
    lan.post(at("confirm", c.nhon_my), posted(page, send="1", narrative=narrative))
    assert "chỉ tiêu đã đổi" not in lan.get(at("unit", c.nhon_my)).content.decode()


def test_an_earlier_confirmation_can_be_looked_back_at(lan, season, c):
    season.send({"KT01": 3})
    confirm(lan, c.nhon_my, narrative="Bản đầu")
    season.send({"KT01": 5})
    confirm(lan, c.nhon_my, narrative="Bản sau")
    page = lan.get(at("unit", c.nhon_my) + "&version=1").content.decode()
    assert "Bản đầu" in page
    assert "<strong>3 sản phẩm</strong>" in page
    assert "<strong>5 sản phẩm</strong>" in lan.get(at("unit", c.nhon_my)).content.decode()
    assert lan.get(at("unit", c.nhon_my) + "&version=99999999999999999999").status_code == 200


def test_the_district_returns_a_summed_figure_and_the_commune_passes_it_on(
    page_client, lan, season, c
):
    sent = season.send({"KT01": 3})
    confirm(lan, c.nhon_my)
    minh = page_client.as_(c.minh)
    report = Report.objects.get(place=c.nhon_my)
    form = {"figure": ["KT01"], "note.KT01": "", "edition": report.edition}
    assert minh.post(at("return", c.nhon_my), form).status_code == 422
    minh.post(at("return", c.nhon_my), form | {"note.KT01": "Cao hơn danh sách của huyện"})
    text = lan.get(at("unit", c.nhon_my)).content.decode()
    assert "Cấp trên trả lại" in text
    address = reverse("totals:pass_on", args=[report.returns.get().pk])
    assert "Tổ CNCĐ ấp Mỹ Phước: 3 sản phẩm" in lan.get(address).content.decode()
    assert "Chọn nơi cần chuyển" in lan.post(address, {"note": ""}).content.decode()
    lan.post(address, {"reports": [sent.pk], "note": ""})
    sent.refresh_from_db()
    assert sent.returns.get().note == "Cao hơn danh sách của huyện"
    season.send({"KT01": 2})
    page = lan.get(at("confirm", c.nhon_my))
    assert [n for n in page.context["form"].fields if n.startswith("v.")] == []
    lan.post(at("confirm", c.nhon_my), posted(page, send="1"))
    report.refresh_from_db()
    assert report.state == Report.State.SENT


def test_the_district_accepts_and_the_commune_cannot(page_client, lan, season, c):
    confirm(lan, c.nhon_my)
    report = Report.objects.get(place=c.nhon_my)
    address = reverse("reports:accept", args=[report.pk])
    assert lan.post(address).status_code == 403
    answer = page_client.as_(c.minh).post(address)
    assert answer.url == at("unit", c.nhon_my)
    report.refresh_from_db()
    assert report.state == Report.State.ACCEPTED


def test_the_province_is_read_and_answered_by_its_leaders(page_client, season, c):
    ha, binh = page_client.as_(c.ha), page_client.as_(c.binh)
    confirm(ha, c.soc_trang, narrative="Toàn tỉnh")
    report = Report.objects.get(place=c.soc_trang)
    assert "Toàn tỉnh" in binh.get(at("unit", c.soc_trang)).content.decode()
    binh.post(reverse("reports:answer", args=[report.pk]), {"text": "Đồng ý nhân rộng"})
    assert "Đồng ý nhân rộng" in ha.get(at("unit", c.soc_trang)).content.decode()
    assert ha.post(reverse("reports:answer", args=[report.pk]), {"text": "x"}).status_code == 403


def test_typing_is_kept(lan, season, c):
    sent = posted(lan.get(at("confirm", c.nhon_my)), {"CQ03": "7"})
    answer = json.loads(lan.post(at("keep", c.nhon_my), sent).content)
    assert answer["said"] == "Đã lưu 12:00"
    assert lan.get(at("confirm", c.nhon_my)).context["form"]["v.CQ03"].value() == "7"


def test_the_text_for_the_group_has_at_most_twenty_lines(lan, season, c):
    season.log(18)
    season.send({"KT01": 3})
    text = lan.get(at("text", c.nhon_my)).context["text"]
    assert len(text.splitlines()) <= 20
    assert "- 1/2 Tổ đã gửi báo cáo (1 đúng hạn, 0 trễ)" in text
    assert "- Chưa gửi: Tổ CNCĐ ấp Mỹ Hòa" in text
    assert "Lượt người được giúp: 10 lượt" in text


def test_a_unit_is_given_a_later_due_moment_by_the_one_above(page_client, lan, season, c):
    form = {"day": "05/12/2026", "time": "17:00", "reason": "Mưa bão"}
    assert lan.post(at("extend", c.nhon_my), form).status_code == 403
    page_client.as_(c.minh).post(at("extend", c.nhon_my), form)
    assert f"{Report.objects.get(place=c.nhon_my).due_at:%d/%m/%Y}" == "05/12/2026"


@pytest.mark.parametrize("who", ["tu", "sa"])
def test_team_members_have_no_unit_to_read(page_client, season, c, who):
    assert page_client.as_(getattr(c, who)).get(at("unit", c.nhon_my)).status_code == 404


def test_a_link_to_a_unit_out_of_reach_shows_ones_own(page_client, season, c):
    page = page_client.as_(c.dung).get(at("unit", c.nhon_my))
    assert page.context["page"].place == c.xuan_hoa


def test_readers_read_and_do_nothing_else(page_client, season, c):
    client = page_client.as_(c.xem)
    page = client.get(at("unit", c.nhon_my)).content.decode()
    assert "Soạn và chốt" not in page
    assert client.get(at("confirm", c.nhon_my)).status_code == 403


def test_returned_figures_show_on_the_page_of_the_unit(lan, season, c):
    report = season.send({"KT01": 3})
    return_figures(report=report, notes={"KT01": "Xem lại"}, by=c.lan)
    assert "1 nơi đang sửa" in lan.get(at("unit", c.nhon_my)).content.decode()


def test_the_page_asks_no_more_for_more_teams(lan, season, c):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            lan.get(at("unit", c.nhon_my))
            lan.get(at("confirm", c.nhon_my))
        return len(captured)

    accept_reports(reports=[season.send(narrative="a")], by=c.lan)
    queries()
    few = queries()
    for n in range(8):
        team = new_team(c, f"31552.1{n}", f"Tổ CNCĐ ấp {n}", c.my_hoa)
        season.send(team=team, by=c.lan, narrative="a")
    assert queries() <= few
