"""The app on a phone that loses its network: pages open, entries wait, nothing is lost."""

from unittest.mock import Mock

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from cncd.faces.phone import shell
from cncd.work.activities.models import Activity
from scripts import needs
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_phone import team

__all__ = ["team"]
pytestmark = pytest.mark.django_db(transaction=True)
VERSIONS = """async () => {
  await navigator.serviceWorker.ready;
  const store = await caches.open('pages'), found = [];
  for (const each of await store.keys()) {
    const answer = await store.match(each, { ignoreVary: true }), url = new URL(each.url);
    found.push([url.pathname + url.search, answer.headers.get('x-version')]);
  }
  return found;
}"""


SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50e3, "uploadThroughput": 50e3}
# Twice: the first may join a look that the browser began before there was anything new.
UPDATED = """async () => {
  const its = await navigator.serviceWorker.getRegistration();
  await its.update();
  await its.update();
  while (its.installing) await new Promise((done) => setTimeout(done, 50));
}"""


@pytest.fixture
def switch_on(chromium, live_server, cast, team, tmp_path):
    """Switches the leader's phone on: the same one again at each call."""
    client = Client()
    client.force_login(cast.tu)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    opened = []

    def switch():
        for context in opened:
            context.close()
        opened[:] = [
            chromium.browser_type.launch_persistent_context(
                tmp_path / "phone",
                executable_path=str(needs.chromium()),
                args=ARGUMENTS,
                viewport={"width": 360, "height": 740},
                base_url=live_server.url,
            )
        ]
        mine = {"name": cookie.key, "value": cookie.value, "url": live_server.url}
        opened[0].add_cookies([mine])
        return opened[0]

    yield switch
    for context in opened:
        context.close()


def kept(page, version: str) -> set[str]:
    """The pages on the phone, once all that the first page names are there in that version."""
    wanted = set(page.get_attribute("body", "data-keep").split())
    for _try in range(300):
        found = {address for address, its in page.evaluate(VERSIONS) if its == version}
        if wanted <= found:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"not kept: {wanted - found}")


def save(page, people: int) -> None:
    page.fill("[name=people]", str(people))
    page.get_by_role("button", name="Lưu").last.click()


def test_for_days_without_a_network_and_through_an_update_nothing_is_lost(switch_on, monkeypatch):
    context = switch_on()
    page = context.new_page()
    page.goto("/m/")
    addresses = kept(page, shell.version())

    context.set_offline(True)
    for address in sorted(addresses):
        page.goto(address)
        expect(page.locator("#line")).to_contain_text("trang này lấy lúc")
    page.goto("/m/log/c-nop-ho-so/")  # never opened before
    expect(page.locator("h1")).to_have_text("Nộp hồ sơ trên mạng")
    save(page, 9)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    page.goto("/teams/")
    expect(page.locator("h1")).to_contain_text("trang này chưa có sẵn")

    # The system itself may wake the worker to send; the server is not well yet.
    with monkeypatch.context() as ill:
        ill.setattr("cncd.foundation.envelopes.views.taken", Mock(side_effect=OSError))
        page = through_an_update(switch_on(), monkeypatch)
    page.goto("/m/outbox/")
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.locator("#line")).not_to_contain_text("chờ gửi")
    found = Activity.objects.standing().get(people=9)
    assert found.contents.get().content.code == "nop-ho-so"


def through_an_update(context, monkeypatch):
    """The phone starts without a network, then meets a new version of the program."""
    context.set_offline(True)
    page = context.new_page()
    page.goto("/")
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")

    monkeypatch.setattr(shell, "version", lambda: "0123456789ab")
    context.set_offline(False)
    page.goto("/m/")
    page.evaluate(UPDATED)
    # As a phone does whenever it likes; else the new one waits for whatever the old one began.
    worker = context.new_cdp_session(page)
    worker.send("ServiceWorker.enable")
    worker.send("ServiceWorker.stopAllWorkers")
    page.reload()
    assert kept(page, "0123456789ab")
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    return page


def test_on_a_slow_phone_and_a_slow_network_that_breaks_in_the_middle(switch_on):
    context = switch_on()
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto("/m/")
    kept(page, shell.version())
    page.click("text=Ghi việc vừa làm")
    page.click(".tile:has-text('Zalo')")
    expect(page.locator("h1")).to_have_text("Zalo")
    line.send("Network.emulateNetworkConditions", {**SLOW_3G, "latency": 4000})
    save(page, 7)
    page.wait_for_timeout(1000)  # on its way
    context.set_offline(True)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi", timeout=20_000)
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    context.set_offline(False)
    # By itself, wherever the page has gone meanwhile.
    expect(page.locator("#line")).not_to_contain_text("chờ gửi", timeout=30_000)
    assert Activity.objects.standing().filter(people=7).count() == 1


def test_whoever_signs_out_leaves_no_page_behind(switch_on):
    context = switch_on()
    page = context.new_page()
    page.goto("/m/")
    kept(page, shell.version())
    page.locator(".phone-more").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/account/login/**")
    context.set_offline(True)
    page.goto("/m/book/team/")
    expect(page.locator("h1")).to_contain_text("trang này chưa có sẵn")
    assert (
        page.evaluate(
            "caches.open('pages').then((store) => store.keys()).then((all) => all.length)"
        )
        == 0
    )
