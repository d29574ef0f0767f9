"""Attendance on a phone in a hall without a network: the code opened, kept, sent, counted once."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cncd.work.training.actions import plan_session
from cncd.work.training.models import Attendance
from cncd.work.training.rules import codes
from cncd.work.training.tests.builders import course
from tests.browser.test_installed import switch_on
from tests.browser.test_obligations import wait_until_kept
from tests.browser.test_phone import team

__all__ = ["switch_on", "team"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(cast, team):
    """A session that runs now."""
    now, hour = timezone.now(), dt.timedelta(hours=1)
    return plan_session(
        course=course(cast, by=cast.lan), starts_at=now - hour / 2, ends_at=now + hour,
        place=cast.nhon_my, by=cast.lan,
    )  # fmt: skip


def scanned(session) -> str:
    """The address in the square on the wall at this moment."""
    code = codes.code_of(session.secret, codes.slot_of(timezone.now()))
    return f"/m/training/scan/?s={session.pk}&c={code}"


def test_a_code_opened_without_a_network_is_kept_sent_and_counted_once(switch_on, session, cast):
    context = switch_on()
    page = context.new_page()
    page.goto("/m/training/")  # opened once with a network, as the guide asks
    wait_until_kept(page, "/m/training/scan/")
    context.set_offline(True)
    page.goto(scanned(session))  # what the camera opens
    page.get_by_role("button", name="Tôi có mặt").click()
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    assert not Attendance.objects.exists()
    context.set_offline(False)
    expect(page.locator("#line")).not_to_contain_text("mục")
    page.goto(scanned(session))  # and once more, with a network
    page.get_by_role("button", name="Tôi có mặt").click()
    page.wait_for_url(f"**/m/training/{session.pk}/")
    expect(page.locator("main")).to_contain_text("Anh/chị đã được điểm danh")
    row = Attendance.objects.get()
    assert (row.session, row.person, row.way) == (session, cast.tu.person, "qr")
