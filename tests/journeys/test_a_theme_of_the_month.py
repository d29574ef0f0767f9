"""A commune plans the theme of December; it asks by itself, and counts what the teams log."""

import datetime as dt

import time_machine
from django.urls import reverse

from cncd.work.activities.models import Activity
from cncd.work.directives.jobs import issue_due_campaigns
from cncd.work.directives.models import Campaign, Obligation
from tests.forms import fields


def plain(page) -> str:
    return " ".join(page.content.decode().split())


def planned(desk, cast) -> Campaign:
    """A theme of two months, sent twice and taken once."""
    new = reverse("directives:campaign_new")
    page = desk.get(new)
    content = next(
        box.split('value="')[1].split('"')[0]
        for box in page.content.decode().split("<input")
        if 'name="contents"' in box and "VNeID" in box.partition("</label>")[0] + box
    )
    said = {
        "place": cast.nhon_my.pk, "kind": "theme", "name": "Tháng VNeID", "text": "Giúp người già.",
        "since_on": "01/12/2026", "until_on": "31/12/2026", "repeats": "month",
        "repeats_until": "31/01/2027", "audience": "teams", "contents": content, "amount": "5",
        "measure": "people",
    }  # fmt: skip
    sent = {name: values for name, values in fields(page, new).items() if values != [""]} | said
    for _twice in range(2):
        answer = desk.post(new, sent)
    campaign = Campaign.objects.get()
    assert answer["Location"] == campaign.get_absolute_url()
    return campaign


def test_it_is_planned_asks_on_its_day_and_shows_what_came_of_it(cast, counted, page_client):
    desk = page_client.as_(cast.lan)
    assert "Lập chiến dịch đầu tiên" in plain(desk.get(reverse("directives:campaigns")))
    campaign = planned(desk, cast)
    assert "Sắp tới" in plain(desk.get(campaign.get_absolute_url()))
    issue_due_campaigns.call()
    assert not Obligation.objects.exists()

    with time_machine.travel(dt.datetime(2026, 12, 3, 2, tzinfo=dt.UTC), tick=False):
        for _two_workers in range(2):
            issue_due_campaigns.call()
        mine = Obligation.objects.get(team=cast.team)
        phone = page_client.as_(cast.tu)
        assert "Tháng VNeID" in plain(phone.get("/m/"))
        log = "/m/log/c-vneid/"
        stands = fields(phone.get(log), "log").items()
        filled = {name: values for name, values in stands if values != [""]}
        assert phone.post(log, filled | {"people": "6"}).status_code == 302
        assert Activity.objects.count() == 1
        mine.refresh_from_db()
        assert mine.status == "done"
        page = plain(page_client.as_(cast.lan).get(campaign.get_absolute_url()))
        assert "Đang diễn ra" in page
        assert "Tổ CNCĐ ấp Mỹ Phước" in page
        above = page_client.as_(cast.minh).get(campaign.get_absolute_url())
        assert "Xã Nhơn Mỹ" in plain(above)

    with time_machine.travel(dt.datetime(2027, 3, 3, 2, tzinfo=dt.UTC), tick=False):
        issue_due_campaigns.call()
        assert campaign.runs.count() == 1  # January stood still, February is beyond its end
        assert "Đã kết thúc" in plain(page_client.as_(cast.lan).get(campaign.get_absolute_url()))
