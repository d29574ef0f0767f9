"""The pages of pilots and plans, as each person sees them; what waits, and who hears of it."""

import datetime as dt

import pytest

from cncd.results.pilots import actions, news, queries
from cncd.results.pilots.models import Lesson, Pilot, PilotValue, Replication
from cncd.team.programme.models import Measure
from tests.forms import fields

from .conftest import AFTER, BEFORE, ENDED, ISSUED, at, logged, unit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def measured(compared, ground):
    logged(ground, "my_phuoc", dt.date(2026, 11, 3), 30)
    for moment in (BEFORE, AFTER):
        actions.take_values(pilot=compared, moment=moment, by=ground.ha)
    return Pilot.objects.get()


@pytest.fixture
def plan(measured, ground):
    ground.hoa_loc.team_coverages.update(until_on=dt.date(2026, 11, 1))
    return actions.draft_plan(
        place=ground.soc_trang, name="Kế hoạch nhân rộng", starts_on=dt.date(2026, 12, 1),
        pilot=measured, by=ground.ha,
    )  # fmt: skip


def test_a_pilot_is_entered_by_names_of_hamlets(page_client, ground):
    ha = page_client.as_(ground.ha)
    ha.get("/pilots/begin/")
    sent = {
        "place": ground.soc_trang.pk, "name": "Thí điểm", "issued_on": "15/08/2026", "months": "3",
        "places": "ấp Mỹ Phước, xã Nhơn Mỹ\nấp Không Có", "window_days": "30", "near": "district",
        "synthesis_days": "10", "spread": "30", "per_unit": "2",
        "measures": [Measure.objects.get(code="TC08").pk],
    }  # fmt: skip
    page = ha.post("/pilots/begin/", sent)
    assert "Không tìm thấy “ấp Không Có”" in page.text
    ha.post("/pilots/begin/", sent | {"places": "ấp Mỹ Phước, xã Nhơn Mỹ"})
    pilot = Pilot.objects.get()
    assert pilot.units.get().place == ground.my_phuoc
    page = ha.get(f"/pilots/{pilot.pk}/change/")
    assert "Mỹ Phước" in page.text
    ha.post(f"/pilots/{pilot.pk}/change/", sent | {"places": "Mỹ Phước", "name": "Đợt một"})
    assert Pilot.objects.get().name == "Đợt một"
    ha.post(f"/pilots/{pilot.pk}/withdraw/", {"reason": "Nhầm"})
    assert Pilot.objects.get().withdrawn_at
    ha.post(f"/pilots/{pilot.pk}/restore/")
    assert Pilot.objects.get().withdrawn_at is None


def test_of_two_who_open_a_pilot_or_its_figures_the_second_to_save_is_told(
    page_client, compared, ground
):
    ha, pilot = page_client.as_(ground.ha), compared
    unit, tc08 = unit_of(pilot, ground.my_phuoc), Measure.objects.get(code="TC08")
    change, figures = f"/pilots/{pilot.pk}/change/", f"/pilots/hamlet/{unit.pk}/{BEFORE}/"
    withdraw = f"/pilots/{pilot.pk}/withdraw/"
    opened, by_hand, gone = (fields(ha.get(each), each) for each in (change, figures, withdraw))
    opened["places"] = "ấp Mỹ Phước, xã Nhơn Mỹ\nấp Đầu Giồng, thị trấn Trần Đề"  # its line ends
    ha.post(change, opened | {"name": "Của người lưu trước"})
    ha.post(figures, by_hand | {f"v-{tc08.pk}": "7", "source": "sổ tay"})
    for address, sent in (
        (change, opened | {"name": "Của người lưu sau"}),
        (figures, by_hand | {"source": "sổ khác"}),  # the number of the other stays
        (withdraw, gone | {"reason": "Nhầm"}),
    ):
        late = ha.post(address, sent)
        assert late.status_code == 200, address
        assert "vừa sửa" in late.text, address
    pilot.refresh_from_db()
    assert (pilot.name, pilot.withdrawn_at) == ("Của người lưu trước", None)
    assert unit.values.get(measure=tc08).value == 7


def test_a_pilot_shows_its_figures_and_each_opens_what_is_behind(page_client, measured, ground):
    ha = page_client.as_(ground.ha)
    page = ha.get(measured.get_absolute_url())
    assert "Chưa tính được" not in page.text
    assert "chưa đủ căn cứ" in page.text
    assert "không bao giờ có nghĩa là thí điểm không có tác dụng" in page.text
    value = PilotValue.objects.get(unit__place=ground.my_phuoc, measure__code="TC08", moment=AFTER)
    assert f'href="/pilots/value/{value.pk}/"' in page.text
    page = ha.get(f"/pilots/value/{value.pk}/")
    assert "30" in page.text
    assert "sổ ghi việc của Tổ" in page.text
    assert "03/11/2026" in page.text  # the log behind it
    listed = ha.get(value.address)
    assert "VNeID" in listed.text


def test_the_choice_of_hamlets_is_shown_with_every_reason(page_client, compared, ground):
    ha = page_client.as_(ground.ha)
    page = ha.get(f"/pilots/{compared.pk}/compare/")
    assert "được chọn: số hộ gần nhất" in page.text
    assert "không chọn: đang là ấp thí điểm" in page.text
    unit = unit_of(compared, ground.my_hoa)
    ha.get(f"/pilots/hamlet/{unit.pk}/replace/")
    ha.post(f"/pilots/hamlet/{unit.pk}/replace/", {"place": "", "reason": "Ngập lụt"})
    assert not compared.units.standing().filter(pk=unit.pk).exists()
    beside = unit_of(compared, ground.my_phuoc)
    sent = {"place": "Mỹ Hòa, Nhơn Mỹ", "beside": beside.pk, "reason": "Nước đã rút"}
    ha.get(f"/pilots/{compared.pk}/compare/add/")
    ha.post(f"/pilots/{compared.pk}/compare/add/", sent)
    assert "cán bộ chọn: Nước đã rút" in ha.get(compared.get_absolute_url()).text
    ha.post(f"/pilots/{compared.pk}/compare/choose/")


def test_figures_by_hand_say_where_they_come_from(page_client, compared, ground):
    minh = page_client.as_(ground.minh)
    unit, helped = unit_of(compared, ground.my_phuoc), Measure.objects.get(code="TC08")
    address = f"/pilots/hamlet/{unit.pk}/end/"
    minh.get(address)
    page = minh.post(address, {f"v-{helped.pk}": "12"})
    assert "Ghi rõ các số liệu lấy từ đâu" in page.text
    minh.post(address, {f"v-{helped.pk}": "12", "source": "Sổ của ấp"})
    assert unit.values.get().value == 12
    minh.post(address, {f"n-{helped.pk}": "on", "source": "Sổ của ấp"})
    assert unit.values.get().value is None
    minh.post(address, {"source": ""})
    assert not unit.values.exists()


def test_each_day_opens_what_happened(page_client, measured, ground):
    ha = page_client.as_(ground.ha)
    actions.add_lesson(
        pilot=measured, kind="worked", text="Đi buổi tối", seen_on=dt.date(2026, 11, 3),
        by=ground.ha,
    )  # fmt: skip
    page = ha.get(f"/pilots/{measured.pk}/days/?silent=no")
    assert f"/pilots/{measured.pk}/days/2026-11-03/" in page.text
    rows = {row.day: row for row in queries.days_of(measured, ENDED.date())}
    day = rows[dt.date(2026, 11, 3)]
    assert (day.number, day.activities, day.people, day.lessons) == (81, 1, 30, 1)
    page = ha.get(f"/pilots/{measured.pk}/days/2026-11-03/")
    assert "Đi buổi tối" in page.text
    assert "VNeID" in page.text
    son = page_client.as_(ground.son).get(f"/pilots/{measured.pk}/days/2026-11-03/")
    assert "1 mục thuộc địa bàn khác" in son.text
    ha.get(f"/pilots/{measured.pk}/costs/")
    ha.get(f"/pilots/{measured.pk}/days/2026-08-14/", status=404)


def test_a_lesson_and_the_synthesis_over_pages(page_client, measured, ground):
    ha = page_client.as_(ground.ha)
    page = f"/pilots/{measured.pk}/"
    ha.get(f"{page}lessons/add/")
    ha.post(f"{page}lessons/add/", {"kind": "failed", "text": "Hẹn ban ngày không ai đến",
                                    "seen_on": "01/09/2026"})  # fmt: skip
    assert "Hẹn ban ngày" in ha.get(page).text
    ha.get(f"{page}synthesis/write/")
    ha.post(f"{page}synthesis/write/", {"version": 0, "assessment": "Đạt", "proposals": ""})
    ha.get(f"{page}synthesis/confirm/")
    ha.post(f"{page}synthesis/confirm/", {"version": 1})
    text = ha.get(f"{page}synthesis/").text
    assert "Đã chốt" in text or "chốt lúc" in text
    ha.post(f"/pilots/lesson/{Lesson.objects.get().pk}/withdraw/")
    assert "Hẹn ban ngày" in ha.get(f"{page}synthesis/").text  # frozen
    assert not queries.assembled(measured, ENDED.date()).lessons


def test_who_works_elsewhere_sees_no_pilot(page_client, measured, ground):
    page_client.as_(ground.outsider).get(measured.get_absolute_url(), status=404)
    page_client.as_(ground.lan).get(measured.get_absolute_url())
    page_client.as_(ground.lan).get(f"/pilots/{measured.pk}/change/", status=403)
    assert "Thí điểm Tổ CNCĐ" in page_client.as_(ground.tu).get("/pilots/").text


def test_readiness_counts_conditions_and_opens_them(
    page_client, ground, django_assert_max_num_queries
):
    ha = page_client.as_(ground.ha)
    page = ha.get("/pilots/readiness/")
    assert "Nhơn Mỹ" in page.text
    ha.get("/pilots/readiness/?by=district")
    ids = [ground.nhon_my.pk, ground.xuan_hoa.pk, ground.tt_tran_de.pk]
    with django_assert_max_num_queries(24):
        rows = {row.place: row for row in queries.ready_communes(ids, ENDED.date())}
    nhon_my = rows[ground.nhon_my.pk]
    assert (nhon_my.hamlets, nhon_my.without) == (2, 0)
    assert (nhon_my.cells["leaders"].have, nhon_my.cells["leaders"].of) == (1, 2)
    assert nhon_my.cells["officer"].is_met
    assert not rows[ground.tt_tran_de.pk].cells["officer"].is_met
    assert nhon_my.cells["households"].is_met
    for cell in nhon_my.cells.values():
        ha.get(cell.address)


def test_a_plan_from_draft_to_the_answer_of_the_province(page_client, plan, ground):
    ha, binh = page_client.as_(ground.ha), page_client.as_(ground.binh)
    page, line = plan.get_absolute_url(), plan.lines.get()
    assert line.place == ground.xuan_hoa
    listed = ha.get(f"{page}communes/?wave=1")
    assert "Xuân Hòa" in listed.text
    assert f"/pilots/replications/line/{line.pk}/" in listed.text
    ha.get("/pilots/replications/draft/")
    ha.get(f"{page}change/")
    held = {"version": 1, "name": plan.name, "starts_on": "01/12/2026", "wave_days": "60",
            "per_wave": "150", "members": "5", "sessions_each": "2", "seats": "40",
            "trainers_each": "2", "trainer_load": "8", "team_cost": "1.200.000",
            "session_cost": "3.000.000"}  # fmt: skip
    ha.post(f"{page}change/", held)
    assert "4.200.000" in ha.get(page).text  # one team, one session
    ha.get(f"/pilots/replications/line/{line.pk}/")
    ha.post(f"/pilots/replications/line/{line.pk}/", {"wave": "2", "reason": "Chờ đường mới"})
    assert "Chờ đường mới" in ha.get(f"{page}communes/").text
    for step in ("approve", "send"):
        ha.get(f"{page}{step}/")
        ha.post(f"{page}{step}/", {"version": Replication.objects.get().version})
    assert [duty.text for duty in queries.dues(ground.binh, ENDED)] == [f"Xem xét: {plan.name}"]
    binh.get(f"{page}answer/")
    binh.post(f"{page}answer/", {"agreed": "no", "answer": "Bổ sung kinh phí"})
    plan.refresh_from_db()
    assert plan.state == "returned"
    assert "Bổ sung kinh phí" in ha.get(page).text
    ha.post(f"{page}approve/", {"version": plan.version})
    ha.get(f"{page}reopen/")
    ha.post(f"{page}reopen/", {"reason": "Sửa"})
    ha.post(f"{page}withdraw/", {"reason": "Làm lại"})
    ha.post(f"{page}restore/")
    assert plan.name in ha.get("/pilots/replications/").text


def test_an_approved_plan_stays_as_it_was(page_client, plan, ground):
    actions.approve_plan(plan=plan, by=ground.ha, version=1)
    plan.refresh_from_db()
    before = queries.replication_of(plan)
    plan.lines.update(hamlets=99)
    assert queries.replication_of(plan).waves == before.waves
    assert before.hamlets == 1
    ground.hoa_loc.team_coverages.update(until_on=None)
    text = page_client.as_(ground.ha).get(plan.get_absolute_url()).text
    assert f"{before.hamlets_with_team}/{before.hamlets_all} khi duyệt" in text
    assert f">{before.hamlets_all}/{before.hamlets_all}</a>" in text  # today


def test_what_waits_and_who_hears_of_the_end(pilot, ground):
    texts = [duty.text for duty in queries.dues(ground.ha, ENDED)]
    assert any("Ghi 4 số liệu (Trước thí điểm)" in text for text in texts)
    assert any("Viết và chốt báo cáo tổng kết" in text for text in texts)
    week = news.by_clock(at(2026, 11, 7))
    assert [(each.user, each.title) for each in week] == [
        (ground.ha, "Kết thúc ngày 14/11/2026: Thí điểm Tổ CNCĐ")
    ]
    assert not news.by_clock(at(2026, 10, 1))
    due = news.by_clock(at(2026, 11, 21))
    assert due[0].title == "Hạn tổng kết ngày 24/11/2026: Thí điểm Tổ CNCĐ"
    late = news.by_clock(at(2026, 11, 25))
    assert late
    assert ENDED.date() > ISSUED


def test_pages_take_a_fixed_number_of_queries(
    page_client, measured, ground, django_assert_max_num_queries
):
    ha = page_client.as_(ground.ha)
    ha.get(measured.get_absolute_url())
    with django_assert_max_num_queries(85):
        ha.get(measured.get_absolute_url())
