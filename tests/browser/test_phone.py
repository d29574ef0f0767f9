"""The phone in a real browser: three taps and a number, with and without JavaScript."""

import datetime as dt

import pytest
from django.utils import timezone

from cncd.team.programme.actions import ensure_period, seed_programme, use_scheme
from cncd.team.programme.models import PeriodScheme
from cncd.work.activities.actions import edit_activity, log_activity
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def team(cast):
    """The team of ấp Mỹ Phước, with a programme and an entry that was corrected."""
    seed_programme()
    scheme = PeriodScheme.objects.order_by("first_day").first()
    use_scheme(scheme=scheme)
    today = timezone.localdate()
    for months_ago in (1, 0):
        ensure_period(scheme=scheme, day=today - dt.timedelta(days=28 * months_ago))
    said = {"kind": "huong-dan", "happened_on": today, "contents": {"vneid": 5}}
    entry = log_activity(team=cast.team, done=Done(people=5, **said), by=cast.tu)
    edit_activity(activity=entry, done=Done(people=6, **said), version=1, by=cast.tu)
    return cast.team


def addresses() -> list[str]:
    entry = Activity.objects.first()
    return [
        "/m/",
        "/m/log/",
        "/m/log/any/",
        "/m/cards/",
        "/m/help/",
        "/m/offline/",
        "/m/log/c-vneid/",
        "/m/log/c-nop-ho-so/",
        "/m/log/month/",
        f"/m/log/saved/{entry.pk}/",
        "/m/book/",
        f"/m/book/{entry.pk}/",
        f"/m/book/{entry.pk}/edit/",
        f"/m/book/{entry.pk}/withdraw/",
        "/m/book/team/",
        "/m/book/text/",
        "/m/outbox/",
        "/m/report/",
        "/m/figure/TC08/",
        "/m/practice/",
        "/notices/",
        "/notices/settings/",
        "/logsheets/",
        "/account/",
        "/account/devices/",
        "/account/pin/set/",
    ]


@pytest.mark.parametrize("large", [False, True])
def test_no_phone_page_has_a_barrier_or_is_wider_than_the_screen(visit, cast, team, large):
    cast.tu.large_text = large
    cast.tu.save()
    visitor = visit(cast.tu, 360)
    for address in addresses():
        page = visitor.open(address)
        page.evaluate("for (const each of document.querySelectorAll('details.more')) each.open = 1")
        assert visitor.overflow() <= 0, address
        assert visitor.barriers() == [], address


def test_three_taps_and_a_number(visit, cast, team):
    page = visit(cast.tu, 360).open("/m/")
    page.click("text=Ghi việc vừa làm")
    page.click(".tile:has-text('Zalo')")
    for _time in range(3):
        page.click("button[value='people:1']")
    page.click("button[value='people:-1']")
    assert page.input_value("#id_people") == "2"
    page.click(".foot-bar button")
    page.wait_for_selector("text=2 người, Zalo 2")
    page.click("text=Hoàn tác")
    page.wait_for_selector("text=Đã rút lại")
    assert Activity.objects.standing().count() == 1


def test_the_same_without_javascript(visit, cast, team):
    page = visit(cast.tu, 360, java_script_enabled=False).open("/m/log/c-zalo/")
    for _time in range(2):
        page.click("button[value='people:1']")
    assert page.input_value("#id_people") == "2"
    page.press("#id_people", "Enter")
    page.wait_for_selector("text=2 người, Zalo 2")


def test_a_first_visit_is_light(visit, cast, team):
    visitor = visit(cast.tu, 360)
    visitor.open("/m/", "networkidle")
    assert visitor.weight() <= 150_000
