"""An entry saved where there is no network waits on the phone, and arrives exactly once."""

import datetime as dt

import pytest
from django.db.models import F
from playwright.sync_api import expect

from cncd.foundation.envelopes.models import Envelope
from cncd.work.activities.models import Activity
from tests.browser.reading import until
from tests.browser.test_phone import team

__all__ = ["team"]
CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "422")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(visit, cast, team):
    """The leader's phone with the page of one content open; one entry stands already."""
    visitor = visit(cast.tu, 360)
    visitor.open("/m/log/c-vneid/")
    yield visitor
    # That a request failed without a network is what these tests are about.
    visitor.complaints[:] = [
        line for line in visitor.complaints if not any(each in line for each in CUT)
    ]


def save(page, people: int) -> None:
    page.fill("[name=people]", str(people))
    page.get_by_role("button", name="Lưu").last.click()


def written() -> list[int]:
    return sorted(Activity.objects.standing().values_list("people", flat=True))


def test_an_entry_goes_to_the_server_at_once_where_there_is_a_network(phone):
    save(phone.page, 9)
    phone.page.wait_for_url("**/m/log/saved/**")
    assert written() == [6, 9]
    assert Envelope.objects.filter(kind="activity.log").count() == 1


def test_without_a_network_it_waits_and_arrives_once(phone):
    page, context = phone.page, phone.context
    context.set_offline(True)
    save(page, 9)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    expect(page.locator(".outbox-told")).to_contain_text("Đã giữ trên máy")
    assert written() == [6]
    context.set_offline(False)
    other = context.new_page()  # two windows, one sender
    other.goto("/m/outbox/")
    until(other, lambda: written() == [6, 9])
    other.reload()
    expect(other.locator("#outbox")).to_contain_text("Đã ghi nhận gần đây")
    assert written() == [6, 9]
    assert Envelope.objects.filter(kind="activity.log").count() == 1


def test_what_waits_is_seen_changed_and_taken_out(phone):
    page, context = phone.page, phone.context
    context.set_offline(True)
    save(page, 9)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    save(page, 8)
    expect(page.locator("#line")).to_contain_text("2 mục chờ gửi")
    page.close()  # the phone is switched off and on again

    page = context.new_page()
    page.route("**/envelopes/", lambda route: route.abort())  # a network that leads nowhere
    context.set_offline(False)
    page.goto("/m/outbox/")
    waiting = page.locator(".outbox-row")
    expect(waiting).to_have_count(2)
    waiting.first.get_by_role("link", name="Sửa").click()
    expect(page.locator("[name=people]")).to_have_value("8")
    save(page, 7)
    page.wait_for_url("**/m/outbox/?kept=*")
    expect(page.locator("#kept")).to_be_visible()
    expect(waiting).to_have_count(2)
    page.once("dialog", lambda dialog: dialog.accept())
    waiting.last.get_by_role("button", name="Bỏ").click()
    expect(waiting).to_have_count(1)
    assert written() == [6]

    page.unroute("**/envelopes/")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#outbox")).to_contain_text("Đã ghi nhận gần đây")
    assert written() == [6, 7]


def test_what_is_wrong_is_shown_on_the_page_itself(phone):
    save(phone.page, 0)
    expect(phone.page.locator("main")).to_contain_text("được giúp")
    expect(phone.page.locator(".is-wrong, .invalid-feedback").first).to_be_visible()
    assert written() == [6]
    assert phone.page.url.endswith("/m/log/c-vneid/")


def test_an_entry_whose_person_has_left_stays_visible_with_the_reason(phone, cast, team):
    page, context = phone.page, phone.context
    context.set_offline(True)
    save(page, 9)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    team.memberships.filter(person=cast.tu.person).update(
        until_on=F("since_on") + dt.timedelta(days=1)
    )
    context.set_offline(False)
    expect(page.locator("#line")).to_contain_text("1 mục chưa được nhận")
    assert written() == [6]


def test_the_answer_that_got_lost_is_asked_for_again(phone):
    page = phone.page
    page.route("**/envelopes/", lambda route: (route.fetch(), route.abort()))
    save(page, 9)
    page.wait_for_url("**/m/outbox/?kept=*")
    assert written() == [6, 9]
    page.unroute("**/envelopes/")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#outbox")).to_contain_text("Đã ghi nhận gần đây")
    assert written() == [6, 9]
