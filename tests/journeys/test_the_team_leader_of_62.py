"""Tổ trưởng, 62, reading glasses: a slip once, then never a password; the month in one go."""

import datetime as dt
import re

import pytest

from cncd.foundation.people.actions import make_sign_in_link
from cncd.results.reports.models import Report
from cncd.work.activities.models import Activity
from tests.forms import fields
from tests.pages import PageClient

PAGES = ["/m/", "/m/log/", "/m/log/c-vneid/", "/m/report/", "/m/book/", "/m/book/team/"]


@pytest.fixture
def phone(november, cast):
    """The leader's phone, let in by a slip the commune printed."""
    _link, token = make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    phone = PageClient()
    assert cast.tu.person.full_name in phone.get(f"/in/{token}/").content.decode()
    assert phone.post(f"/in/{token}/").status_code == 302
    return phone


def test_no_password_is_asked_for_months(phone, november):
    for _month in range(6):
        november.clock.shift(dt.timedelta(days=60))
        assert phone.get("/m/").status_code == 200


def test_larger_text_stays_and_the_commune_is_one_tap_away(phone, cast):
    menu = phone.get("/m/")
    sent = fields(menu, "/preferences/") | {"large_text": "1"}
    phone.post("/preferences/", sent)
    for address in PAGES:
        said = phone.get(address).content.decode()
        assert 'class="phone large-text"' in said, address
        assert 'href="tel:0987654321"' in said, address


def test_the_whole_month_goes_in_at_once(phone, november, cast):
    page = phone.get("/m/log/month/")
    sent = fields(page, "log") | {"kind": "huong-dan", "times": "9", "people": "40"}
    sent |= {"elderly": "15", "content_vneid": "20"}
    saved = phone.post("/m/log/month/", sent, follow=True)
    assert "VNeID 20" in saved.content.decode()
    entry = Activity.objects.get(is_summary=True)
    assert (entry.people, entry.contents_in_words) == (40, "VNeID 20")


def test_the_last_entry_is_repeated_in_two_taps(phone, november, cast):
    november.clock.shift(dt.timedelta(hours=1))
    november.log(29, people=7)
    door = phone.get("/m/log/").content.decode()
    again = re.search(r'href="(/m/log/[\w-]+/\?like=[^"]+)"', door)[1]
    page = phone.get(again)
    phone.post(again, fields(page, "log"))
    today = Activity.objects.get(team=cast.team, happened_on=dt.date(2026, 11, 30))
    assert (today.people, today.contents_in_words) == (7, "VNeID 7")


def test_the_report_is_filled_by_two_buttons_and_the_commune_says_when_it_came(
    phone, november, cast
):
    november.log(29, people=7)
    address = f"/reports/write/{cast.team.pk}/{november.period.code}/"
    for blank in ("last", "none"):
        phone.post(address, fields(phone.get(address), "report") | {"fill": blank})
    sent = fields(phone.get(address), "report")
    missing = [name for name, values in sent.items() if name.startswith("v.") and values == [""]]
    asked = {f"v.{code}" for code in november.asked}
    sent |= {name: "0" for name in missing if name in asked}
    done = phone.post(address, sent | {"send": "1"}, follow=True)
    assert "Xã đã nhận lúc 15:00" in done.content.decode()
    report = Report.objects.get(team=cast.team, period=november.period)
    assert report.state == Report.State.SENT
    assert report.sent.figures["KT01"] == {"value": 3}
