"""Lists, the page of a team, coverage and the phone, opened as the people who use them."""

import io

import openpyxl
import pytest
from django.urls import reverse

from cncd.foundation.documents.models import Document
from cncd.foundation.people.models import Person
from cncd.team.teams.actions import dissolve_team
from cncd.team.teams.models import FindingNote
from cncd.team.teams.tests.rosters import ON
from cncd.team.teams.tests.sending import text
from tests.cast import TODAY

pytestmark = pytest.mark.usefixtures("today")


def test_the_list_shows_the_teams_of_the_unit_and_nobody_elses(lan, page_client, cast):
    page = text(lan.get("/teams/"))
    assert "Tổ CNCĐ ấp Mỹ Phước" in page
    assert "Ấp Mỹ Phước" in page
    assert "Sơn Văn Tư" in page
    assert "Đầu Giồng" not in page
    assert "Đầu Giồng" in text(page_client.as_(cast.son).get("/teams/"))
    assert "Mỹ Phước" not in text(page_client.as_(cast.outsider).get("/teams/"))


@pytest.mark.parametrize("words", ["my phuoc", "tổ CNSCĐ ấp mỹ phước", "to cong nghe so cong dong"])
def test_a_team_is_found_with_or_without_marks_and_by_any_name_of_the_kind(lan, words):
    assert "Tổ CNCĐ ấp Mỹ Phước" in text(lan.get("/teams/", {"q": words}))


def test_teams_are_filtered_by_finding_leader_and_state(lan, cast):
    names = {"Mỹ Phước": cast.team, "Mỹ Hòa": cast.team_my_hoa}

    def listed(**asked):
        page = lan.get("/teams/", asked).content.decode()
        return {name for name, team in names.items() if f'/teams/{team.pk}/"' in page}

    assert listed(finding="no_deputy") == {"Mỹ Hòa"}
    assert listed(finding="must") == {"Mỹ Hòa"}
    assert listed(leader="yes") == {"Mỹ Phước", "Mỹ Hòa"}
    assert listed(leader="no") == set()
    assert listed(state="dissolved") == set()
    decision = Document.objects.create(
        number="30/QĐ-UBND", issued_on=TODAY, issuer="UBND", place=cast.nhon_my
    )
    dissolve_team(team=cast.team_my_hoa, decision=decision, on=ON, by=cast.lan)
    assert listed(state="dissolved") == {"Mỹ Hòa"}
    assert listed() == {"Mỹ Phước"}


def test_the_list_exports_to_excel_with_numbers_as_numbers(lan):
    answer = lan.get("/teams/", {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0]]
    mine = next(row for row in rows if row[0] == "Tổ CNCĐ ấp Mỹ Phước")
    assert 4 in mine
    assert "Ấp Mỹ Phước" in mine


def test_members_are_listed_with_masked_numbers(lan, cast):
    Person.objects.filter(pk=cast.bay.pk).update(contact_phone="0912345678")
    page = text(lan.get("/teams/members/"))
    assert "Kim Thị Bảy" in page
    assert "0912345678" not in page


def test_a_team_shows_roster_findings_hamlets_and_decisions(lan, cast):
    page = text(lan.get(f"/teams/{cast.team_my_hoa.pk}/"))
    for words in ("Danh Thanh Liêm", "Tổ chưa có Tổ phó.", "mục II.1.1", "Ấp Mỹ Hòa",
                  "31552.002/QĐ-UBND"):  # fmt: skip
        assert words in page


def test_the_roster_of_another_day_is_shown_and_nonsense_is_answered_kindly(lan, cast):
    address = f"/teams/{cast.team.pk}/"
    assert "4 thành viên ngày 01/12/2025" in text(lan.get(address, {"on": "01/12/2025"}))
    early = text(lan.get(address, {"on": "01/01/2020"}))
    assert "ngày gần nhất Tổ hoạt động" in early
    assert "ví dụ 22/11/2026" in lan.get(address, {"on": "mai"}).content.decode()


def test_a_team_out_of_reach_does_not_exist(page_client, cast):
    for other in (cast.dung, cast.son, cast.outsider, cast.sa):
        assert page_client.as_(other).get(f"/teams/{cast.team.pk}/").status_code == 404
    for pages in ("consolidate", "dissolve", "correct"):
        address = f"/teams/{cast.team.pk}/{pages}/"
        assert page_client.as_(cast.dung).get(address).status_code == 404
        assert page_client.as_(cast.tu).get(address).status_code == 403
        assert page_client.as_(cast.minh).get(address).status_code == 403


def test_a_member_sees_the_team_but_no_way_to_change_it(page_client, cast):
    page = page_client.as_(cast.cuong).get(f"/teams/{cast.team.pk}/").content.decode()
    assert "Sơn Văn Tư" in page
    assert "consolidate" not in page


def test_an_officer_writes_why_a_finding_stands(lan, cast):
    address = reverse("teams:note", args=[cast.team_my_hoa.pk, "no_deputy"])
    assert lan.post(address, {"reason": ""}).status_code == 200
    lan.post(address, {"reason": "Ấp chưa có Bí thư Đoàn"})
    assert FindingNote.objects.get().reason == "Ấp chưa có Bí thư Đoàn"
    assert "Ấp chưa có Bí thư Đoàn" in text(lan.get(f"/teams/{cast.team_my_hoa.pk}/"))
    assert lan.get(reverse("teams:note", args=[cast.team.pk, "nonsense"])).status_code == 404


def test_a_mistyped_line_is_corrected_with_a_reason(lan, cast):
    row = cast.team.memberships.get(person=cast.bay)
    address = reverse("teams:correct_member", args=[row.pk])
    data = {"position": "member", "tie": "works", "since_on": "01/06/2025"}
    assert "reason" in lan.post(address, data).context["form"].errors
    lan.post(address, data | {"reason": "gõ nhầm"})
    row.refresh_from_db()
    assert row.tie == "works"
    early = data | {"reason": "x", "since_on": "01/01/2020"}
    assert "since_on" in lan.post(address, early).context["form"].errors
    lan.post(reverse("teams:remove_member", args=[row.pk]), {"reason": "nhập nhầm"})
    assert not cast.team.memberships.filter(person=cast.bay).exists()


def test_coverage_goes_down_from_the_province_to_the_hamlet(page_client, cast, empty):
    ha = page_client.as_(cast.ha)
    province = text(ha.get("/teams/coverage/", {"u": cast.soc_trang.pk}))
    assert "3 trên 5 ấp, khóm đã có Tổ" in province
    assert "Huyện Kế Sách" in province
    assert "67%" not in province
    assert "Xã Xuân Hòa" in text(ha.get("/teams/coverage/", {"u": cast.ke_sach.pk}))
    commune = text(ha.get("/teams/coverage/", {"u": cast.nhon_my.pk}))
    assert "Ấp Mỹ Lợi" in commune
    assert "Chưa có Tổ" in commune


def test_a_unit_without_hamlets_has_no_share(page_client, cast):
    page = text(page_client.as_(cast.outsider).get("/teams/coverage/"))
    assert "không phát sinh" in page


def test_hamlets_without_a_team_lead_to_the_form(lan, cast, empty):
    page = lan.get("/teams/uncovered/").content.decode()
    assert "Ấp Mỹ Lợi" in page
    assert f"/teams/form/?place={empty.pk}&amp;u={cast.nhon_my.pk}" in page


def test_the_share_of_youth_union_members_is_shown_per_unit(page_client, cast):
    cast.team.memberships.filter(person=cast.bay).update(union_member=True)
    page = text(page_client.as_(cast.ha).get("/teams/union/", {"u": cast.ke_sach.pk}))
    assert "1 trên 5 thành viên là đoàn viên" in page
    assert "20%" in page


def test_the_phone_shows_my_team_and_numbers_to_tap(page_client, cast):
    Person.objects.filter(pk=cast.bay.pk).update(contact_phone="0912345678")
    page = page_client.as_(cast.cuong).get("/teams/mine/").content.decode()
    assert 'href="tel:0912345678"' in page
    assert "Sơn Văn Tư" in page
    assert "Danh Thanh Liêm" not in page
    assert page_client.as_(cast.lan).get("/teams/mine/").status_code == 403
