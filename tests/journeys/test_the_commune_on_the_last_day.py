"""The commune officer, last day of the month: nobody has sent, and all must be in by tonight."""

import re

from django.test import Client

from cncd.results.reports.models import Report
from tests.forms import fields


def states(november) -> list[str]:
    rows = Report.objects.filter(period=november.period, team__isnull=False).order_by("team")
    return list(rows.values_list("state", flat=True))


def enter_all(desk):
    """One grid for all teams: every blank figure is 0, every team ticked."""
    page = desk.get("/reports/entry/")
    sent = {name: values or [""] for name, values in fields(page, "/reports/entry/").items()}
    figures = [name for name in sent if re.match(r"t\d+-[A-Z]{2}\d\d", name)]
    assert len(figures) > 10
    sent |= {name: ["0"] for name in figures if sent[name] == [""]}
    ticks = set(re.findall(r'name="(t\d+-send)"', page.content.decode()))
    assert len(ticks) == 2
    return desk.post("/reports/entry/", sent | dict.fromkeys(ticks, "on") | {"send": "1"})


def test_silent_teams_are_called_from_one_page(november, cast, page_client):
    said = page_client.as_(cast.lan).get("/reports/silent/").content.decode()
    assert 'href="tel:0912345678"' in said
    assert cast.team.name in said
    assert cast.team_my_hoa.name in said
    assert cast.team_dau_giong.name not in said
    reminder = re.search(r"<textarea[^>]*>(.*?)</textarea>", said, re.DOTALL)[1]
    assert cast.team.name in reminder
    assert "/reports/current/" in reminder


def test_all_is_entered_accepted_and_taken_back(november, cast, page_client):
    desk = page_client.as_(cast.lan)
    november.log(20, people=12)
    assert enter_all(desk).status_code == 302
    rows = Report.objects.filter(period=november.period, sent__isnull=False)
    assert {row.sent.origin for row in rows} == {"on_behalf"}
    assert rows.get(team=cast.team).sent.figures["TC08"]["value"] == 12

    page = desk.post("/reports/accept/", follow=True)
    quiet = states(november).count("accepted")
    assert quiet >= 1
    undo = re.search(r'action="(/reports/reopen/[^"]+)"', page.content.decode())[1]
    desk.post(undo.replace("&amp;", "&"))
    assert "accepted" not in states(november)
    desk.post("/reports/accept/")
    assert states(november).count("accepted") == quiet
    silent = desk.get("/reports/silent/").content.decode()
    assert cast.team.name not in silent


def test_slips_are_printed_for_all_leaders_and_one_is_reset_at_the_counter(
    november, cast, page_client
):
    desk = page_client.as_(cast.lan)
    page = desk.get("/people/slips/")
    rows = set(re.findall(r'name="row" value="(\d+)"', page.content.decode()))
    rows |= set(re.findall(r'value="(\d+)"[^>]*name="row"', page.content.decode()))
    printed = desk.post("/people/slips/", {"row": sorted(rows)}).content.decode()
    assert printed.count("<svg") >= 2
    assert cast.tu.person.full_name in printed
    assert cast.liem.person.full_name in printed

    counter = f"/people/{cast.tu.person_id}/reset/"
    way_in = desk.post(counter, fields(desk.get(counter)) | {"confirm": "1"}).content.decode()
    token = re.search(r"/in/([\w-]+)/", way_in)[1]
    phone = Client()
    assert phone.get(f"/in/{token}/").status_code == 200
    assert phone.post(f"/in/{token}/").status_code == 302
    assert phone.get("/m/").status_code == 200
    assert Client().post(f"/in/{token}/").status_code == 410
