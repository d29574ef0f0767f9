"""The register on a phone without a network: a product and its listing, sent when it is back."""

import pytest
from playwright.sync_api import expect

from cncd.faces.phone import shell
from cncd.foundation.envelopes.models import Envelope
from cncd.work.registers import actions
from cncd.work.registers.models import Listing, Product
from tests.browser.test_installed import kept, switch_on
from tests.browser.test_phone import team

__all__ = ["switch_on", "team"]
pytestmark = pytest.mark.django_db(transaction=True)
PAGES = "product listing shop payment commitment consent close broken any".split()


@pytest.fixture
def product(cast, team):
    owner = actions.add_owner(kind="household", name="Hộ Ba Tý", place=cast.my_phuoc, by=cast.tu)
    return actions.add_product(kind="ocop", name="Gạo thơm", owner=owner, by=cast.tu)


def save(page) -> None:
    page.get_by_role("button", name="Lưu").last.click()


def write_both(page) -> None:
    """A product, then its listing, while there is no network."""
    page.goto("/m/products/")
    page.click("text=Ghi sản phẩm mới")
    expect(page.locator("h1")).to_have_text("Ghi sản phẩm mới")
    page.fill("[name=name]", "Gạo thơm")
    page.check("[name=kind][value=ocop]")
    expect(page.locator("[name=owner_name]")).to_be_hidden()
    page.select_option("[name=owner]", "new")
    page.fill("[name=owner_name]", "Hộ Ba Tý")
    save(page)
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")

    page.goto("/m/products/")
    page.click("#waits a:has-text('Gạo thơm')")
    expect(page.locator("h1")).to_have_text("Đưa sản phẩm lên sàn")
    expect(page.locator("[name=product] option:checked")).to_have_text("Gạo thơm")
    page.select_option("[name=floor]", "voso")
    page.fill("[name=address]", "https://voso.vn/gao-thom-p1")
    save(page)
    expect(page.locator("#line")).to_contain_text("2 mục chờ gửi")


def test_a_product_and_its_listing_wait_without_a_network_and_arrive_in_their_order(
    switch_on, product
):
    context = switch_on()
    page = context.new_page()
    page.goto("/m/")
    kept(page, shell.version())
    context.set_offline(True)
    write_both(page)

    # Something like it stands already: its author decides, and the listing waits for that.
    context.set_offline(False)
    expect(page.locator("#line")).to_contain_text("1 mục chưa được nhận")
    page.goto("/m/outbox/")
    expect(page.locator("#outbox")).to_contain_text("Có phải là sản phẩm này?")
    page.get_by_role("button", name="Không, sản phẩm khác").click()
    expect(page.locator("#outbox")).to_contain_text("Có phải là chủ thể này?")
    assert not Listing.objects.exists()
    page.get_by_role("button", name="Đúng").click()
    expect(page.locator("#line")).not_to_contain_text("mục")
    found = Listing.objects.get()
    assert found.product == Product.objects.exclude(pk=product.pk).get()
    assert found.product.owner == product.owner
    kinds = Envelope.objects.order_by("received_at").values_list("kind", flat=True)
    assert list(kinds) == ["register.product", "register.listing"]


@pytest.mark.parametrize("width", [360, 1366])
def test_no_page_of_the_register_has_a_barrier_or_is_wider_than_the_screen(
    visit, cast, product, width
):
    visitor = visit(cast.tu, width)
    for address in ["/m/products/", *[f"/m/products/write/{what}/" for what in PAGES]]:
        page = visitor.open(address)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = 1")
        assert visitor.overflow() <= 0, address
        assert visitor.barriers() == [], address


def test_the_questions_come_one_at_a_time_to_whoever_writes_first(visit, cast, team):
    page = visit(cast.tu, 360).open("/m/products/write/product/")
    expect(page.locator(".asked")).to_contain_text("Sản phẩm gì?")
    expect(page.locator("[name=owner]")).to_be_hidden()
    page.fill("[name=name]", "Mật ong")
    page.click("text=Câu tiếp theo")
    page.select_option("[name=owner]", "new")
    expect(page.locator("[name=owner_name]")).to_be_visible()
