"""Figures beside the criteria of an evaluation: of the period, with what is behind them."""

import datetime as dt

import pytest

from cncd.results.conftest import Season
from cncd.results.totals.evidence import choices, evidence_of
from cncd.team.programme.models import Indicator, Target
from cncd.work.households.models import HouseholdCount
from cncd.work.inspections import actions as inspections

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 11, 30)
CODES = {"TC08", "reports", "inspections", "training", "KHONG-CO"}


@pytest.fixture
def season(cast, programme, clock):
    found = Season(cast)
    clock.move_to(dt.datetime(2026, 9, 30, 5, tzinfo=dt.UTC))
    found.log(20, month=9, people=30)
    found.send(month=9)
    clock.move_to(dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC))
    found.log(20, month=10, people=12)
    found.send(month=10)  # late
    return found


def of(cast, codes=CODES):
    return evidence_of([cast.team, cast.team_my_hoa], FIRST, LAST, codes)


def test_an_indicator_adds_up_over_the_months_with_its_target_and_per_100_households(cast, season):
    HouseholdCount.objects.create(
        place=cast.my_phuoc, year=2026, households=140, source="UBND xã",
        recorded_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    Target.objects.create(
        indicator=Indicator.objects.get(code="TC08"), team=cast.team, value=20, per_month=True,
        since_on=dt.date(2026, 1, 1),
    )  # fmt: skip
    found = of(cast)[cast.team.pk]["TC08"]
    assert found.shown.startswith("42 ")
    assert found.note == "30,0 trên 100 hộ"
    assert found.goal.startswith("60 " if len(found.parts) == 3 else "40 ")
    texts = [text for text, _page in found.parts]
    assert texts[0].startswith("Tháng 9/2026: 30")
    pages = [page for _text, page in found.parts]
    assert pages[0].endswith("/figure/TC08/")


def test_what_no_room_knows_is_left_out(cast, season):
    assert set(of(cast)[cast.team.pk]) == CODES - {"KHONG-CO"}
    assert {"TC08", "reports", "inspections", "training"} <= dict(choices(LAST)).keys()


def test_reports_are_told_on_time_late_and_not_sent(cast, season):
    found = of(cast, {"reports"})[cast.team.pk]["reports"]
    words = [text.split(": ")[1] for text, _page in found.parts]
    assert words[:2] == ["đúng hạn", "trễ"]
    assert found.shown.startswith("1 trên ")


def test_findings_of_inspections_open_the_inspection(cast, season):
    assert of(cast, {"inspections"})[cast.team.pk]["inspections"].shown == "chưa kiểm tra"
    inspections.take_packaged(by=cast.ha, since_on=FIRST)
    row = inspections.plan_inspections(
        inspecting=cast.nhon_my, subjects=[cast.team], planned_on=dt.date(2026, 11, 20),
        leader=cast.lan.person, by=cast.lan,
    )[0]  # fmt: skip
    row = inspections.open_inspection(inspection=row, by=cast.lan)
    first, *rest = row.findings.all()
    lines = {each.pk: inspections.Line("met") for each in rest}
    inspections.note_findings(inspection=row, lines=lines, by=cast.lan, version=row.version)
    inspections.change_finding(
        finding=first, result="unmet", remedy="Sửa", answerable=cast.tu.person,
        due_on=dt.date(2026, 12, 1), by=cast.lan,
    )  # fmt: skip
    row.refresh_from_db()
    inspections.close_inspection(inspection=row, conclusion="Đạt", by=cast.lan, version=row.version)
    found = of(cast, {"inspections"})[cast.team.pk]["inspections"]
    assert found.shown == "1 cuộc kiểm tra, còn 1 việc phải khắc phục"
    assert found.parts[0][1] == f"/inspections/{row.pk}/"


def test_many_teams_take_as_many_queries_as_one(cast, season, django_assert_max_num_queries):
    for teams in ([cast.team], [cast.team, cast.team_my_hoa, cast.team_dau_giong]):
        with django_assert_max_num_queries(16):
            evidence_of(teams, FIRST, LAST, CODES)
