"""A pilot from the day its plan is issued to the synthesis and the plan that follows (IV.3)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from cncd.results.pilots import news
from cncd.results.pilots.models import Pilot, Replication, SynthesisText
from cncd.team.programme.models import Measure
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.difficulties.models import Raising
from cncd.work.households.actions import state_counts
from cncd.work.households.actions.counts import CountLine
from tests.forms import fields

ISSUED = dt.datetime(2026, 8, 15, 2, tzinfo=dt.UTC)  # 09:00 in Vietnam


def day(month: int, number: int) -> dt.datetime:
    return dt.datetime(2026, month, number, 3, tzinfo=dt.UTC)


@pytest.fixture
def c(cast, programme):
    with time_machine.travel(ISSUED, tick=False) as cast.clock:
        homes = {"my_phuoc": 200, "dau_giong": 150, "my_hoa": 190, "hoa_loc": 160}
        lines = [CountLine(getattr(cast, name), n) for name, n in homes.items()]
        state_counts(year=2026, lines=lines, source="UBND xã", by=None)
        yield cast


def helped(c, team, people: int) -> None:
    """The team helps so many people today."""
    today = timezone.localdate()
    done = Done(kind="huong-dan", happened_on=today, people=people, contents={"vneid": people})
    leader = team.memberships.get(position="leader").person.user
    log_activity(team=team, done=done, by=leader, confirmed=True)


def test_a_pilot_from_issue_to_synthesis(page_client, c):
    as_ = page_client.as_
    ha = as_(c.ha)
    pilot = _entered(ha, c)
    page = pilot.get_absolute_url()
    # Compared with a hamlet like it, chosen by the rules; the figures from before are taken.
    ha.post(f"{page}compare/choose/")
    assert pilot.units.compared().get().place == c.my_hoa
    ha.post(f"{page}take/baseline/")
    _six_weeks_on(as_, c, page)
    # The middle is over: its figures wait in the inbox of who runs the pilot.
    c.clock.move_to(day(10, 5))
    ha = as_(c.ha)
    assert "Giữa kỳ" in ha.get("/desk/inbox/").text
    ha.post(f"{page}take/mid/")
    # A week before the end they are told; the synthesis cannot be confirmed yet.
    c.clock.move_to(day(11, 7))
    ha = as_(c.ha)
    assert [each.user for each in news.by_clock(day(11, 7))] == [c.ha]
    helped(c, c.team, 40)
    helped(c, c.team_my_hoa, 10)
    ha.post(f"{page}synthesis/write/", {"version": 0, "assessment": "Đạt mục tiêu",
                                        "proposals": "Nhân rộng"})  # fmt: skip
    refused = ha.post(f"{page}synthesis/confirm/", {"version": 1})
    assert "Thí điểm kéo dài đến hết ngày 14/11/2026" in refused.text
    # It is over: the last figures, what they allow to say, the synthesis.
    c.clock.move_to(day(11, 16))
    ha = as_(c.ha)
    ha.post(f"{page}take/end/")
    text = ha.get(page).text
    assert "chưa tính được" in text  # one hamlet against one
    assert "Chỉ có 1 ấp thí điểm" in text
    ha.post(f"{page}synthesis/confirm/", {"version": 1})
    assert SynthesisText.objects.get().confirmed_at
    text = ha.get(f"{page}synthesis/").text
    assert "118/KH-UBND ngày 15/08/2026 của UBND tỉnh Sóc Trăng" in text
    for told in ("Đạt mục tiêu", "Sóng yếu ở cuối ấp", "Đi buổi tối gặp nhiều hộ", "40"):
        assert told in text
    _replicated(ha, as_(c.binh), c, pilot)


def _six_weeks_on(as_, c, page: str) -> None:
    """The team works, a difficulty is raised, a lesson is seen and written down."""
    c.clock.move_to(day(9, 20))
    helped(c, c.team, 25)
    tu, minh = as_(c.tu), as_(c.minh)
    said = fields(tu.get("/m/difficulties/new/"), "")
    tu.post("/m/difficulties/new/", said | {"text": "Sóng yếu ở cuối ấp"})
    assert Raising.objects.count() == 1
    minh.post(f"{page}lessons/add/", {"kind": "worked", "text": "Đi buổi tối gặp nhiều hộ",
                                      "seen_on": "20/09/2026"})  # fmt: skip
    text = minh.get(f"{page}days/2026-09-20/").text
    assert "Đi buổi tối" in text
    assert "Sóng yếu ở cuối ấp" in text


def _entered(ha, c) -> Pilot:
    sent = {
        "place": c.soc_trang.pk, "name": "Thí điểm Tổ CNCĐ", "issued_on": "15/08/2026",
        "months": "3", "places": "ấp Mỹ Phước, xã Nhơn Mỹ", "window_days": "30",
        "synthesis_days": "10", "near": "district", "spread": "30", "per_unit": "1",
        "same_kind": "on", "with_team": "on", "measures": [Measure.objects.get(code="TC08").pk],
        "paper-number": "118/KH-UBND", "paper-issued_on": "15/08/2026",
        "paper-kind": "plan", "paper-issuer": "UBND tỉnh Sóc Trăng", "paper-subject": "Thí điểm",
        "paper-signer": "Huỳnh Thị Diễm Ngọc", "paper-signer_title": "Phó Chủ tịch",
    }  # fmt: skip
    ha.post("/pilots/begin/", sent)
    pilot = Pilot.objects.get()
    assert "118/KH-UBND" in ha.get(pilot.get_absolute_url()).text
    return pilot


def _replicated(ha, binh, c, pilot) -> None:
    """The hamlet without a team gets its wave; the department approves, the province agrees."""
    sent = {
        "place": c.soc_trang.pk, "name": "Nhân rộng", "pilot": pilot.pk,
        "starts_on": "01/01/2027", "wave_days": "60", "per_wave": "10", "members": "5",
        "sessions_each": "2", "seats": "40", "trainers_each": "2", "trainer_load": "8",
    }  # fmt: skip
    ha.post("/pilots/replications/draft/", sent)
    plan = Replication.objects.get()
    assert "Xuân Hòa" in ha.get(f"{plan.get_absolute_url()}communes/").text
    for step in ("approve", "send"):
        version = Replication.objects.get().version
        ha.post(f"{plan.get_absolute_url()}{step}/", {"version": version})
    assert "Xem xét: Nhân rộng" in binh.get("/desk/inbox/").text
    binh.post(f"{plan.get_absolute_url()}answer/", {"agreed": "yes", "answer": "Đồng ý 100%"})
    assert Replication.objects.get().state == "agreed"
