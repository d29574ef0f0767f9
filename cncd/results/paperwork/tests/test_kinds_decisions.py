"""Decisions on teams: everybody named, the right agency, at whatever time and in either tree."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cncd.foundation.documents.models import Document
from cncd.foundation.people import actions as people
from cncd.foundation.people.models import Branch
from cncd.foundation.places.actions import change_place
from cncd.foundation.places.actions.drafts import Draft
from cncd.foundation.places.actions.loads import load_places
from cncd.results.paperwork.drawing import Signing, Table, plain
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.registry import NothingToDraw
from cncd.results.paperwork.tests.reading import drawn, figure, figures_of, words_of
from cncd.team.teams.actions import consolidate_team, form_teams
from cncd.team.teams.lines import DecisionLine, MemberLine, NewPerson, TeamPlan
from cncd.team.teams.models import Team
from tests.cast import BEGINNING, FORMED, TODAY

pytestmark = pytest.mark.django_db
LONG = "Khu dân cư vượt lũ Nguyễn Thị Minh Khai nối dài tổ dân phố số mười hai"


def test_one_decision_lists_every_team_of_it_and_every_member(cast):
    """A hundred members in ten hamlets, with names as long as a register takes."""
    drafts = [
        Draft(cast.kinds["ap"], f"31540.{n:03d}", f"{LONG} {n}", None, BEGINNING)
        for n in range(2, 12)
    ]
    for draft in drafts:
        draft.parent = cast.xuan_hoa
    load_places(drafts=drafts, by=None)
    plans = [
        TeamPlan(
            [draft.place],
            [MemberLine(NewPerson(f"Công Tằng Tôn Nữ Thị Hồng Nhung {n}{k}"),
                        "leader" if k == 0 else "member") for k in range(10)],
        )
        for n, draft in enumerate(drafts)
    ]  # fmt: skip
    decision = DecisionLine("15/QĐ-UBND", FORMED, "UBND xã Xuân Hòa")
    teams = form_teams(plans=plans, decision=decision, since_on=FORMED, by=None)
    with CaptureQueriesContext(connection) as queries:
        paper = drawn("formation_decision", teams[3].pk, cast.dung)
    assert len(queries) < 45
    tables = [block for block in paper.annexes[0].body if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [10] * 10
    assert figure(paper, "Số thành viên theo quyết định") == "100"
    assert paper.about == "Về việc thành lập 10 Tổ công nghệ số cộng đồng, xã Xuân Hòa"
    assert paper.signing == Signing("CHỦ TỊCH", "", "ỦY BAN NHÂN DÂN")  # nobody is in office
    assert paper.agency == "ỦY BAN NHÂN DÂN\nXÃ XUÂN HÒA"


def test_a_decision_on_one_team_says_posts_and_positions(cast, page_client):
    paper = drawn("formation_decision", cast.team.pk, cast.lan)
    assert paper.about == ("Về việc thành lập Tổ công nghệ số cộng đồng ấp Mỹ Phước, xã Nhơn Mỹ")
    rows = [[plain(cell) for cell in row] for row in paper.annexes[0].body[0].rows]
    assert rows[0] == ["1", "Sơn Văn Tư", "Trưởng ban nhân dân ấp Mỹ Phước", "Tổ trưởng", ""]
    assert rows[1][2:4] == ["Bí thư Đoàn Thanh niên ấp Mỹ Phước", "Tổ phó"]
    assert paper.signing == Signing("CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN")
    client = page_client.as_(cast.lan)
    for address in {each.address for each in figures_of(paper)}:
        assert client.get(address).status_code == 200
    assert drawn("formation_decision", cast.team.pk, cast.son) is None  # another district
    assert drawn("formation_decision", "x", cast.lan) is None


def test_a_consolidation_says_who_joined_and_who_left(cast):
    assert drawn("consolidation_decision", cast.team.pk, cast.lan) is None  # nothing has changed
    row = cast.team.memberships.get(person=cast.bay)
    decision = DecisionLine("20/QĐ-UBND", dt.date(2026, 3, 1), "UBND xã Nhơn Mỹ")
    consolidate_team(
        team=cast.team, decision=decision, on=dt.date(2026, 3, 2), by=None, leave=[row.pk],
        join=[MemberLine(NewPerson("Trần Thị Mới"))],
    )  # fmt: skip
    paper = drawn("consolidation_decision", cast.team.pk, cast.lan)
    told = words_of(paper)
    assert "Bổ sung 01 người: Trần Thị Mới (Thành viên)." in told
    assert "Cho thôi tham gia Tổ 01 người: Kim Thị Bảy (Thành viên)." in told
    assert figure(paper, "Số thành viên sau kiện toàn") == "04"
    notes = {plain(row[1]): row[4] for row in paper.annexes[0].body[0].rows}
    assert notes["Trần Thị Mới"] == "Bổ sung"
    assert "Kim Thị Bảy" not in notes
    assert "Quyết định số 31552.001/QĐ-UBND ngày 01/6/2025" in told


def test_a_draft_names_the_hamlets_without_a_team_and_leaves_the_names_open(cast):
    paper = drawn("formation_draft", cast.xuan_hoa.pk, cast.dung, TODAY)
    rows = [[plain(cell) for cell in row] for row in paper.annexes[0].body[1].rows]
    assert rows[0] == ["1", "…………", "Trưởng ban nhân dân ấp Hòa Lộc", "Tổ trưởng", ""]
    assert figure(paper, "Số khóm, ấp chưa có Tổ") == "01"
    with pytest.raises(NothingToDraw):
        drawn("formation_draft", cast.nhon_my.pk, cast.lan, TODAY)
    assert drawn("formation_draft", cast.xuan_hoa.pk, cast.lan) is None


@pytest.mark.parametrize(
    ("title", "signing"),
    [
        ("Chủ tịch UBND xã", Signing("CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN")),
        ("Bí thư, Chủ tịch UBND xã", Signing("CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN")),
        ("Quyền Chủ tịch", Signing("CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN", "Q")),
        (
            "Phó Chủ tịch UBND xã",
            Signing("PHÓ CHỦ TỊCH", "Trần Văn Hùng", "ỦY BAN NHÂN DÂN", "KT", "CHỦ TỊCH"),
        ),
    ],
)
def test_who_signs_follows_from_the_title_of_the_posting(cast, title, signing):
    cast.hung.person.postings.update(title=title)
    assert issuers.board_of(cast.nhon_my, TODAY).signing == signing


def test_the_deputy_signs_for_a_team_without_a_leader(cast):
    assert issuers.of_team(cast.team, TODAY).signing == Signing("TỔ TRƯỞNG", "Sơn Văn Tư")
    cast.team.memberships.filter(position="leader").update(until_on=TODAY)
    signing = issuers.of_team(cast.team, TODAY).signing
    assert signing == Signing("TỔ PHÓ", "Thạch Thị Nhàn", form="KT", head="TỔ TRƯỞNG")


def test_without_districts_a_commune_answers_to_the_department_of_the_day(cast):
    """Since 1/7/2025 communes stand right under the province, and the department has a new name."""
    department = people.create_agency(
        name="Sở Thông tin và Truyền thông", branch=Branch.objects.get(code="information"),
        place=cast.soc_trang, since_on=BEGINNING, by=None,
    )  # fmt: skip
    day = dt.date(2026, 7, 1)
    change_place(place=cast.nhon_my, on=day, parent=cast.soc_trang, by=None)
    change_place(place=cast.soc_trang, on=day, name="Cần Thơ", by=None,
                 kind="thanh_pho_tw")  # fmt: skip
    people.rename_agency(agency=department, on=day, name="Sở Khoa học và Công nghệ", by=None)
    before = day - dt.timedelta(days=1)
    assert issuers.above(cast.nhon_my, before) == "Ủy ban nhân dân huyện Kế Sách"
    assert issuers.above(cast.nhon_my, day) == "Sở Khoa học và Công nghệ"
    office = issuers.office_of(cast.soc_trang, day)
    assert (office.superior, office.symbol) == ("UBND THÀNH PHỐ CẦN THƠ", "SKHCN")
    assert issuers.office_of(cast.soc_trang, before).symbol == "STTTT"


def test_a_district_that_delegated_is_answered_to_through_its_agency(cast):
    board = people.create_agency(name="UBND huyện Kế Sách", branch=Branch.objects.get(code="ubnd"),
                                 place=cast.ke_sach, since_on=BEGINNING, by=None)  # fmt: skip
    culture = people.create_agency(
        name="Phòng Văn hóa và Thông tin huyện Kế Sách", place=cast.ke_sach, since_on=BEGINNING,
        branch=Branch.objects.get(code="culture"), by=None,
    )  # fmt: skip
    people.delegate(giver=board, taker=culture, role="district_officer", place=cast.ke_sach,
                    since_on=BEGINNING, by=None)  # fmt: skip
    assert issuers.above(cast.nhon_my, TODAY) == "Phòng Văn hóa và Thông tin huyện Kế Sách"


def test_units_named_by_a_number_keep_their_capital(cast):
    change_place(place=cast.nhon_my, on=dt.date(2026, 1, 1), name="1", by=None, kind="phuong")
    board = issuers.board_of(cast.nhon_my, TODAY)
    assert (board.name, board.seat) == ("Ủy ban nhân dân Phường 1", "Phường 1")


def test_the_pages_of_teams_offer_their_decisions(cast, page_client):
    client = page_client.as_(cast.lan)
    page = client.get(reverse("teams:team", args=[cast.team.pk])).content.decode()
    assert reverse("paperwork:draw", args=["formation_decision", cast.team.pk]) in page
    assert "consolidation_decision" not in page
    client = page_client.as_(cast.dung)
    page = client.get(reverse("teams:uncovered"), {"u": cast.xuan_hoa.pk}).content.decode()
    assert reverse("paperwork:draw", args=["formation_draft", cast.xuan_hoa.pk]) in page
    assert Team.objects.count() == 3
    assert Document.objects.count() == 3
