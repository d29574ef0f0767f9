"""Reminders on a device: asked for on a press only, said in words, shown once, ended at will."""

import json

import pytest
from playwright.sync_api import expect

from cncd.faces.notices.models import Subscription
from cncd.faces.notices.tests.conftest import Device

pytestmark = pytest.mark.django_db(transaction=True)
SERVICE = "https://push.example.vn"
# Chromium's own push service is out of reach of a test: the browser's part is played by this.
BROWSER = """
function key() {
  const text = document.getElementById("push").dataset.key;
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0)).buffer;
}
const made = () => ({
  endpoint: FIELDS.endpoint,
  options: { applicationServerKey: key() },
  toJSON: () => ({ endpoint: FIELDS.endpoint, keys: FIELDS }),
  unsubscribe: async () => localStorage.removeItem("held"),
});
PushManager.prototype.getSubscription = async () => (localStorage.getItem("held") ? made() : null);
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  if (applicationServerKey.length !== 65) throw new Error("not a key");
  localStorage.setItem("held", "1");
  return made();
};
"""
SHOWN = """async () => {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  return shown.map((each) => [each.title, each.body, each.tag, each.data.address]);
}"""
REGISTER = """async () => {
  await navigator.serviceWorker.register(document.body.dataset.worker, { type: "module" });
  await navigator.serviceWorker.ready;
}"""


@pytest.fixture
def phone(visit, cast, settings):
    """A phone with the settings page open, its notifications as the phone's owner has set them."""
    settings.PUSH_SERVICES = [SERVICE]

    def open_it(permission: str):
        visitor = visit(cast.tu, 360, service_workers="allow")
        fields = json.dumps(Device(f"{SERVICE}/tu").fields)
        said = f"const FIELDS = {fields}; {BROWSER}"
        if permission == "granted":
            visitor.context.grant_permissions(["notifications"])
        else:
            said += "Object.defineProperty(Notification, 'permission', { get: () => 'denied' });"
        visitor.page.add_init_script(said)
        visitor.open("/notices/settings/")
        return visitor

    return open_it


def test_a_phone_is_allowed_stays_so_and_is_ended(phone, cast):
    visitor = phone("granted")
    page = visitor.page
    expect(page.get_by_text("Máy này có thể nhắc anh/chị")).to_be_visible()
    assert not Subscription.objects.exists()
    assert visitor.barriers() == []
    assert visitor.overflow() <= 0
    page.click("text=Nhắc tôi trên máy này")
    expect(page.get_by_text("Máy này đang nhắc anh/chị")).to_be_visible()
    assert Subscription.objects.get().user == cast.tu
    Subscription.objects.all().delete()  # as after signing in anew
    visitor.open("/notices/settings/")
    expect(page.get_by_text("Máy này đang nhắc anh/chị")).to_be_visible()
    assert Subscription.objects.count() == 1
    assert visitor.barriers() == []
    page.click("text=Thôi nhắc trên máy này")
    expect(page.get_by_text("Nhắc tôi trên máy này")).to_be_visible()
    assert not Subscription.objects.exists()


def test_a_phone_that_forbids_notices_is_told_how_to_allow_them(phone):
    visitor = phone("denied")
    expect(visitor.page.get_by_text("Trình duyệt này đang chặn thông báo")).to_be_visible()
    expect(visitor.page.get_by_text("Nhắc tôi trên máy này")).to_be_hidden()
    assert visitor.barriers() == []


def arrived(page, devtools, message, title: str) -> list:
    """What is shown once the message came; a busy browser may drop one to a worker just begun."""
    for attempt in range(60):
        if attempt % 15 == 0:
            devtools.send("ServiceWorker.deliverPushMessage", message)
        page.wait_for_timeout(100)
        if (notices := page.evaluate(SHOWN)) and notices[-1][0] == title:
            break
    return notices


def test_what_arrives_is_shown_and_the_newer_takes_the_place_of_the_older(phone, cast, live_server):
    page = phone("granted").page
    page.evaluate(REGISTER)
    devtools, found = page.context.new_cdp_session(page), []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    for title in ("Còn 3 ngày", "Mai là hạn"):
        said = {"title": title, "body": "Gửi trước 17:00", "address": "/m/", "tag": "team 1"}
        address = {"origin": live_server.url, "registrationId": found[-1]}
        notices = arrived(page, devtools, address | {"data": json.dumps(said)}, title)
    assert notices == [["Mai là hạn", "Gửi trước 17:00", "team 1", "/m/"]]
