"""The PIN of a phone: asked by the server after twelve hours, by the phone without a network."""

import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from cncd.foundation.devices.models import Device
from tests.browser.test_phone import team

__all__ = ["team"]
CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
HOUR = 3600
HOME = re.compile(r"^[^?]*/m/$")
BOOK = re.compile(r"^[^?]*/m/book/$")
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  for (const address of ["/account/pin/", "/m/book/"]) {
    while (!(await caches.match(address))) await new Promise((done) => setTimeout(done, 50));
  }
}"""
IDLE = f"await lock.touch(Date.now() - 13 * {HOUR} * 1000)"
LOCK = "/static/devices/lock.js"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pinned(visit, cast, team):
    """The leader's phone, where the PIN 7294 has just been set on the page for it."""
    from cncd.foundation.people import actions

    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=None)
    visitor = visit(width=360, service_workers="allow")
    page = visitor.open(f"/in/{token}/")
    page.click("text=Đúng, cho tôi vào")
    page.click("text=Đặt mã PIN cho máy này")
    assert visitor.barriers() == []
    page.fill("#id_pin", "7294")
    page.fill("#id_again", "7294")
    page.click("text=Đặt mã PIN")
    page.wait_for_url(HOME)
    yield visitor
    visitor.complaints[:] = [
        line for line in visitor.complaints if not any(each in line for each in CUT)
    ]


def ask(page, words: str):
    """What the module on the phone answers; `lock` is the module."""
    return page.evaluate(f"async () => {{ const lock = await import('{LOCK}'); {words} }}")


def type_pin(page, pin: str):
    page.fill("#id_pin", pin)
    page.click("form[data-pin=open] button[type=submit]")


def test_a_phone_unused_for_twelve_hours_asks_for_its_pin(pinned):
    page = pinned.page
    session = SessionStore(Device.objects.get().session.session_key)
    session["lock"] = session["lock"] | {"used": session["lock"]["used"] - 13 * HOUR}
    session.save()
    pinned.open("/m/")
    expect(page.locator("h1")).to_have_text("Nhập mã PIN")
    assert pinned.barriers() == []
    assert pinned.overflow() <= 0
    type_pin(page, "0000")
    expect(page.locator("[data-told]")).to_contain_text("Còn 4 lần")
    type_pin(page, "7294")
    page.wait_for_url(HOME)


def test_without_a_network_the_phone_asks_by_itself_and_deletes_its_pages_in_the_end(pinned):
    page = pinned.page
    left = page.locator("[data-told]")
    page.evaluate(KEPT)
    pinned.context.set_offline(True)
    ask(page, IDLE)
    page.goto("/m/book/")
    expect(page.locator("h1")).to_have_text("Nhập mã PIN")
    type_pin(page, "0000")
    expect(left).to_contain_text("Còn 4 lần")
    type_pin(page, "7294")
    page.wait_for_url(BOOK)
    expect(page.locator("h1")).to_have_text("Sổ của Tổ")
    ask(page, IDLE)
    page.goto("/m/book/")
    for number in (4, 3, 2, 1):
        type_pin(page, "0000")
        expect(left).to_contain_text(f"Còn {number} lần")
    type_pin(page, "0000")
    expect(left).to_contain_text("đã xóa")
    known = ask(page, "return [(await lock.check('7294')).right, await lock.isLocked()]")
    assert known == [False, True], "the right one comes too late"
    assert not ask(page, "return caches.has('pages')")
    names = [each["name"] for each in page.evaluate("indexedDB.databases()")]
    assert "outbox" in names, "what was entered stays"
    pinned.context.set_offline(False)
    type_pin(page, "7294")
    page.wait_for_url(BOOK)
    assert not ask(page, "return lock.isLocked()")
