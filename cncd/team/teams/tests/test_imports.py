"""Rosters from Excel: preview, row errors, one batch."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cncd.foundation.kit.sheets import workbook
from cncd.foundation.people.models import Person
from cncd.team.teams.models import Team
from cncd.team.teams.queries import members_on
from cncd.team.teams.tests.rosters import ON

pytestmark = pytest.mark.usefixtures("today")


HEAD = ["Ấp, khóm", "Họ và tên", "Chức vụ trong Tổ", "Chức danh ở ấp, khóm", "Điện thoại"]


def upload(client, rows, **more):
    file = SimpleUploadedFile("ds.xlsx", workbook(HEAD, rows))
    chosen = {"since_on": "01/11/2026", "number": "25/QĐ-UBND", "issued_on": "20/10/2026"}
    answer = client.post("/teams/import/", chosen | {"file": file} | more)
    return answer.url if answer.status_code == 302 else answer


def confirm_import(client, address):
    page = client.get(address).content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)
    return client.post(address, {"digest": digest[1]}), page


def test_a_roster_from_excel_forms_teams_and_fills_them(lan, cast, empty):
    rows = [
        ["Mỹ Lợi", "Thạch Sáu", "Tổ trưởng", "Trưởng ban nhân dân ấp, khóm", "912345678"],
        ["ấp mỹ lợi", "Lý Ánh", "Tổ phó", "Bí thư Đoàn ấp, khóm", ""],
        ["31552.002", "Trà Nghĩa", "", "", ""],
        ["Mỹ Hòa", "Danh Thanh Liêm", "Tổ trưởng", "", ""],
    ]
    address = upload(lan, rows)
    answer, page = confirm_import(lan, address)
    assert "Đã là thành viên của Tổ này." in page
    assert answer.status_code == 302
    team = Team.objects.get(coverages__place=empty)
    assert [str(row.person) for row in members_on(team, ON)] == ["Thạch Sáu", "Lý Ánh"]
    assert Person.objects.get(full_name="Thạch Sáu").contact_phone == "0912345678"
    assert cast.team_my_hoa.memberships.count() == 2


def test_wrong_rows_are_named_and_nothing_is_written(lan, cast, empty):
    rows = [["Ấp Không Có", "Thạch Sáu", "Tổ trưởng", "", ""],
            ["Mỹ Lợi", "", "Trùm", "", "12"]]  # fmt: skip
    rows += [["Mỹ Lợi", f"Người Thứ {n}", "", "", ""] for n in range(11)]
    rows += [["Mỹ Hòa", "Trà Nghĩa", "", "", "01234567890"]]
    _answer, page = confirm_import(lan, upload(lan, rows))
    assert "không có ấp, khóm “Ấp Không Có”" in page
    assert "Tổ sẽ có hơn 10 người" in page
    assert "01234567890" in page
    assert not Team.objects.filter(coverages__place=empty).exists()


def test_the_template_can_be_downloaded(lan):
    answer = lan.get("/teams/import/", {"template": "1"})
    assert "spreadsheet" in answer.headers["Content-Type"]
