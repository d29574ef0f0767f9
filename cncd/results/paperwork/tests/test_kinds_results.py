"""Commendation, pilot and replication on paper: what the rooms say, bound to their records."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.results.paperwork.drawing import Signing, plain
from cncd.results.paperwork.rules.words import amount_in_words
from cncd.results.paperwork.tests.reading import drawn, figure, figures_of, words_of
from cncd.results.pilots import actions as pilots
from cncd.results.pilots.queries import replication_of, synthesis_of
from cncd.results.pilots.tests.conftest import compared, frozen, ground, logged, pilot
from cncd.results.rewards.models import Candidate
from cncd.results.rewards.tests.conftest import r
from tests.cast import TODAY, place

__all__ = ["compared", "frozen", "ground", "pilot", "r"]
pytestmark = pytest.mark.django_db


def test_a_submission_names_whom_the_commune_proposes_with_what_speaks_for_them(r, c):
    named = r.named() + r.named(c.tu.person, reason="Giúp 64 lượt người")
    proposal = r.propose(named)
    paper = drawn("reward_submission", proposal.pk, c.lan, TODAY)
    told = words_of(paper)
    assert "01 tập thể và 01 cá nhân" in told
    assert "Giúp 64 lượt người" in told
    assert (paper.title, paper.symbol) == ("TỜ TRÌNH", "TTr-UBND")
    assert paper.addressees == ("Ủy ban nhân dân huyện Kế Sách",)
    facts = [fact for each in proposal.candidates.all() for fact in each.basis["facts"]]
    printed = {each.text for each in figures_of(paper)}
    assert facts
    assert {fact["shown"] for fact in facts} <= printed
    assert drawn("reward_decision", proposal.pk, c.phuc, TODAY) is None  # nobody has decided
    assert drawn("reward_submission", proposal.pk, c.son, TODAY) is None  # another district


def test_a_decision_names_those_granted_and_nobody_else(r, c):
    proposal = r.propose(r.named() + r.named(c.tu.person))
    r.decide(proposal)
    Candidate.objects.filter(person=c.tu.person).update(verdict="refused")
    paper = drawn("reward_decision", proposal.pk, c.phuc, TODAY)
    table = paper.annexes[0].body[0]
    assert [plain(row[1]) for row in table.rows] == ["Tổ CNCĐ ấp Mỹ Phước"]
    assert figure(paper, "Số tập thể") == "01 tập thể"
    assert "Sơn Văn Tư" not in words_of(paper)
    assert paper.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN KẾ SÁCH"
    assert paper.signing == Signing("CHỦ TỊCH", "Võ Hồng Phúc", "ỦY BAN NHÂN DÂN")


def test_a_synthesis_says_what_the_room_says_and_what_cannot_be_concluded(ground, pilot, frozen):
    c = ground
    pilots.choose_comparisons(pilot=pilot, by=c.ha)
    logged(c, "my_phuoc", dt.date(2026, 9, 20), 30)
    found = synthesis_of(pilot, TODAY)
    with CaptureQueriesContext(connection) as queries:
        paper = drawn("pilot_synthesis", pilot.pk, c.ha)
    assert len(queries) < 200
    told = words_of(paper)
    assert found.cannot_say
    for sentence in found.cannot_say:
        assert sentence.rstrip(".") in told
    assert figure(paper, "Số lượt người được hỗ trợ") == found.totals.people.shown
    assert "chưa được đơn vị chủ trì xác nhận" in told
    units = paper.annexes[0].body[0]
    assert [plain(row[3]) for row in units.rows].count("Thí điểm") == 2
    values = {plain(cell) for row in paper.annexes[1].body[0].rows for cell in row}
    assert {line.end.shown for line in found.values} <= values
    assert drawn("pilot_synthesis", pilot.pk, c.outsider) is None


def test_a_replication_plan_has_a_line_for_every_commune_and_says_its_cost_in_words(ground):
    c = ground
    for number, commune in enumerate([c.nhon_my, c.nhon_my, c.tt_tran_de]):
        place(c, "ap", f"31999.9{number:02d}", f"Ấp mới {number}", commune)
    plan = pilots.draft_plan(
        place=c.soc_trang, name="Nhân rộng năm 2027", starts_on=dt.date(2027, 1, 4), by=c.ha,
        team_cost=2_000_000, session_cost=1_500_000, text="- Sở chủ trì\n- Huyện thực hiện",
    )  # fmt: skip
    paper = drawn("replication_plan", plan.pk, c.ha, TODAY)
    rows = [[plain(cell) for cell in row] for row in paper.annexes[0].body[0].rows]
    assert [(row[1], row[4]) for row in rows] == [("Xã Nhơn Mỹ", "2"), ("Thị trấn Trần Đề", "1")]
    found = replication_of(plan)
    assert figure(paper, "Khóm, ấp thành lập mới") == "03 khóm, ấp"
    assert f"({amount_in_words(found.cost)})" in words_of(paper)
    assert paper.signing.collective == "ỦY BAN NHÂN DÂN"
    assert paper.agency == "ỦY BAN NHÂN DÂN\nTỈNH SÓC TRĂNG"
    assert drawn("replication_plan", plan.pk, c.tu, TODAY) is None
