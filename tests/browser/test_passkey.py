"""Passkeys on http://localhost, with a virtual authenticator in place of a fingerprint reader."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import expect

from cncd.foundation.journal.models import Entry
from cncd.foundation.people import actions
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ADD = "main button:has-text('Thêm khóa truy cập')"
USE = "main button:has-text('Dùng vân tay, khuôn mặt')"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def with_reader(visitor):
    """Gives the visitor's device a fingerprint reader; returns its remote control."""
    remote = visitor.context.new_cdp_session(visitor.page)
    remote.send("WebAuthn.enable")
    added = remote.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
    return remote, added["authenticatorId"]


def type_in(page, login):
    page.goto("/account/login/")
    page.fill("#id_login", login)
    page.fill("#id_password", PASSWORD)
    page.click("main form:not([data-passkey]) button[type=submit]")


def add_passkey(page):
    page.goto("/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("#id_password", PASSWORD)
        page.click("main button.btn-primary")
    page.click(ADD)
    page.wait_for_url("**/recovery-codes/")


def test_an_officer_adds_a_passkey_and_next_time_signs_in_with_it_alone(visit, cast):
    visitor = visit()
    page = visitor.page
    with_reader(visitor)
    type_in(page, "lan")
    expect(page.locator("h1")).to_have_text("Hãy bảo vệ tài khoản")
    add_passkey(page)
    expect(page.locator(".door-codes li")).to_have_count(10)
    assert Authenticator.objects.filter(user=cast.lan, type="webauthn").count() == 1
    assert Entry.objects.filter(event="account.passkey_added", actor_id=cast.lan.pk).exists()
    visitor.context.clear_cookies()
    page.goto("/account/login/?next=/people/")
    page.click(USE)
    page.wait_for_url("**/people/")
    expect(page.locator(".account-name")).to_have_text("Nguyễn Thị Lan")


def test_after_the_password_the_passkey_is_the_second_step(visit, cast):
    visitor = visit()
    page = visitor.page
    with_reader(visitor)
    type_in(page, "lan")
    add_passkey(page)
    visitor.context.clear_cookies()
    type_in(page, "lan")
    expect(page.locator("h1")).to_have_text("Còn một bước")
    page.click("main button:has-text('Dùng khóa truy cập')")
    page.wait_for_url(lambda url: "/account/" not in url)


def test_a_leader_comes_in_by_slip_and_adds_a_passkey_without_ever_a_password(visit, cast):
    cast.tu.set_unusable_password()
    cast.tu.save()
    _link, token = actions.make_sign_in_link(user=cast.tu, purpose="slip", by=cast.lan)
    visitor = visit(width=360)
    page = visitor.page
    with_reader(visitor)
    page.goto(f"/in/{token}/")
    expect(page.locator("h1")).to_have_text("Anh/chị là Sơn Văn Tư?")
    page.click("text=Đúng, cho tôi vào")
    expect(page.locator("h1")).to_have_text("Chào Sơn Văn Tư")
    page.click("text=Vân tay, khuôn mặt")
    page.click(ADD)
    page.wait_for_url(lambda url: "/account/" not in url)
    visitor.context.clear_cookies()
    page.goto("/account/login/")
    page.click(USE)
    page.wait_for_url(lambda url: "/account/login/" not in url)


def test_a_cancelled_fingerprint_is_explained_and_can_be_tried_again(visit, cast):
    visitor = visit(width=360)
    page = visitor.page
    remote, reader = with_reader(visitor)
    page.goto("/account/login/")
    remote.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": False})
    page.click(USE)
    complaint = page.locator("main [data-passkey-error]")
    expect(complaint).to_contain_text("Hãy thử lại", timeout=20_000)
    assert page.url.endswith("/account/login/")


def test_the_password_can_be_shown_and_is_hidden_again_when_sent(visit, cast):
    page = visit(width=360).open("/account/login/")
    page.fill("#id_password", "bí mật")
    button = page.locator(".show-password")
    assert page.get_attribute("#id_password", "type") == "password"
    button.click()
    assert page.get_attribute("#id_password", "type") == "text"
    expect(button).to_have_attribute("aria-pressed", "true")
    page.fill("#id_login", "tu")
    page.click("main form:not([data-passkey]) button[type=submit]")
    expect(page.locator(".form-summary")).to_contain_text("chưa đúng")
    assert page.get_attribute("#id_password", "type") == "password"


def test_signing_in_works_without_javascript(visit, cast):
    page = visit(width=360, java_script_enabled=False).open("/account/login/")
    assert page.locator(USE).count() == 1
    assert not page.locator(USE).is_visible()
    type_in(page, "tu")
    page.wait_for_url(lambda url: "/account/login/" not in url)


DOOR = [
    "/account/login/",
    "/account/logout/",
    "/account/inactive/",
    "/account/",
    "/account/first/",
    "/account/protect/",
    "/account/numbers/",
    "/account/devices/",
    "/account/pin/set/",
    "/account/data/",
    "/account/password/change/",
    "/account/reauthenticate/",
    "/account/2fa/",
    "/account/2fa/webauthn/",
]
DESK = [
    "/people/",
    "/people/add/",
    "/people/phones/",
    "/people/slips/",
    "/agencies/",
    "/agencies/add/",
    "/delegations/",
    "/delegations/add/",
    "/rights/",
    "/personal-data/",
]


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(visit, cast, width):
    stranger = visit(None, width)
    stranger.open("/account/login/")
    assert stranger.barriers() == []
    assert stranger.overflow() <= 0
    for user, addresses in ((cast.tu, DOOR), (cast.quan_tri, DESK)):
        visitor = visit(user, width)
        person = cast.lan.person_id
        own = [f"/people/{person}/", f"/people/{person}/post/"] if user == cast.quan_tri else []
        for address in (*addresses, *own):
            visitor.open(address)
            assert visitor.barriers() == [], address
            assert visitor.overflow() <= 0, address


def test_the_door_is_light_on_a_slow_line(visit, cast):
    visitor = visit(None, 360)
    visitor.open("/account/login/", "networkidle")
    assert visitor.weight() <= 150_000
