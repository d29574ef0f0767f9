"""The last day of the month at the commune: one grid for all, and who is still silent."""

import re

import pytest
from django.urls import reverse

from cncd.foundation.people.models import Posting
from cncd.results.reports.actions import save_draft
from cncd.results.reports.models import Report
from tests.cast import BEGINNING, officer, person
from tests.cast import team as new_team

State = Report.State


def at(name, **query):
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(f'reports:{name}')}?{tail}"


@pytest.fixture
def lan(page_client, c):
    return page_client.as_(c.lan)


def cells(page, *teams) -> dict:
    """What a browser would send of the grid: every open row."""
    sent = {}
    for row in page.context["grid"].open_rows:
        prefix = row.form.prefix
        sent |= {f"{prefix}-edition": row.form["edition"].value()}
        sent |= {f"{prefix}-{line.code}": "kps" for line in row.form.lines if not line.yes_no}
        sent |= {f"{prefix}-{line.code}": "1" for line in row.form.lines if line.yes_no}
        if row.team in teams:
            sent[f"{prefix}-send"] = "on"
    return sent


def test_one_grid_for_all_teams_saved_and_sent_at_once(lan, season, c):
    page = lan.get(at("entry"))
    answer = lan.post(at("entry"), cells(page, c.team, c.team_my_hoa) | {"save": "1"}, follow=True)
    assert "Đã lưu nháp cho 2 Tổ." in answer.content.decode()
    page = lan.get(at("entry"))
    lan.post(at("entry"), cells(page, c.team, c.team_my_hoa) | {"send": "1"})
    assert Report.objects.filter(state=State.SENT).count() == 2
    assert {r.sent.origin for r in Report.objects.all()} == {"on_behalf"}
    assert lan.get(at("entry")).context["grid"].open_rows == []


def test_the_month_of_the_grid_is_written_whatever_another_tab_shows(lan, season, c):
    page = lan.get(at("entry", k="2026-11"))
    lan.get(at("entry", k="2026-10"))
    address = re.search(r'class="entry" method="post" action="([^"]*)"', page.content.decode())[1]
    address = address.replace("&amp;", "&")
    answer = lan.post(address, cells(page, c.team) | {"save": "1"}, follow=True)
    assert "Đã lưu nháp cho 2 Tổ." in answer.content.decode()
    assert answer.context["period"].code == "2026-11"
    assert {report.period.code for report in Report.objects.all()} == {"2026-11"}


def test_one_wrong_cell_sends_nothing_and_is_named(lan, season, c):
    sent = cells(lan.get(at("entry")), c.team, c.team_my_hoa)
    wrong = f"t{c.team.pk}-KT01"
    page = lan.post(at("entry"), sent | {wrong: "nhiều", "send": "1"})
    assert page.context["grid"].rows[1].form.errors.keys() == {"KT01"}
    page = lan.post(at("entry"), sent | {wrong: "", "send": "1"})
    assert "Xem lại số này." in page.content.decode()
    assert not Report.objects.counting().exists()


def test_a_cell_with_a_digit_too_many_says_the_largest_number(lan, season, c):
    sent = cells(lan.get(at("entry")), c.team, c.team_my_hoa)
    page = lan.post(at("entry"), sent | {f"t{c.team.pk}-KT01": "99999999999", "send": "1"})
    assert "nhiều nhất là 1.000.000" in page.content.decode()
    assert not Report.objects.counting().exists()


def test_the_grid_keeps_the_words_a_leader_has_written(lan, season, c):
    content = season.content({"KT01": 3}, narrative="Đã đến từng nhà")
    save_draft(team=c.team, period=season.period, content=content, by=c.tu)
    page = lan.get(at("entry"))
    lan.post(at("entry"), cells(page, c.team) | {"send": "1"})
    assert Report.objects.get(team=c.team).sent.narrative == "Đã đến từng nhà"


def test_a_leader_who_sends_meanwhile_is_not_overwritten_by_the_grid(lan, season, c):
    save_draft(team=c.team, period=season.period, content=season.content(), by=c.tu)
    sent = cells(lan.get(at("entry")), c.team)
    season.send({"KT01": 3})
    lan.post(at("entry"), sent | {"send": "1"})
    assert Report.objects.get(team=c.team).sent.figures["KT01"] == {"value": 3}


def test_one_reason_serves_the_unusual_figures_of_a_row(lan, season, c):
    sent = cells(lan.get(at("entry")), c.team)
    prefix = f"t{c.team.pk}"
    sent |= {f"{prefix}-KT01": "1", f"{prefix}-KT02": "2", "send": "1"}
    page = lan.post(at("entry"), sent)
    assert "1 số khác thường" in page.content.decode()
    lan.post(at("entry"), sent | {f"{prefix}-why": "vừa hết hạn"})
    assert Report.objects.get(team=c.team).sent.warnings[0]["reason"] == "vừa hết hạn"


def test_only_the_unit_itself_sees_whom_to_call(page_client, lan, season, c):
    c.tu.person.contact_phone = "0900000098"
    c.tu.person.save()
    page = lan.get(at("silent"))
    assert "tel:0900000098" in page.content.decode()
    assert "- Tổ CNCĐ ấp Mỹ Phước" in page.context["text"]
    assert len(page.context["text"].splitlines()) <= 20
    above = page_client.as_(c.ha).get(at("silent")).content.decode()
    assert "0900000098" not in above
    assert "/reports/write/" not in above
    assert reverse("reports:of_team", args=[c.team.pk]) in above
    season.send()
    assert "Mỹ Phước" not in lan.get(at("silent")).context["text"]


def test_who_enters_for_several_communes_chooses_one_first(page_client, season, c):
    both = officer(c, "Trần Hai Xã", "haixa", "commune_officer", c.nhon_my)
    Posting.objects.create(
        person=both.person, role=c.roles["commune_officer"], place=c.ke_sach, since_on=BEGINNING
    )
    page = page_client.as_(both).get(at("entry", u=c.ke_sach.pk))
    assert "Xã Nhơn Mỹ" in page.content.decode()


def test_a_person_without_a_phone_is_still_named(lan, season, c):
    nobody = person("Châu Thị Mới")
    new_team(c, "31552.009", "Tổ CNCĐ ấp Mới", c.my_hoa, (nobody, "leader"))
    text = lan.get(at("silent")).content.decode()
    assert "Châu Thị Mới" in text
    assert "chưa có số điện thoại" in text
