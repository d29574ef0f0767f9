"""Guides on a phone: kept for days without a network; a new edition takes the place of the old."""

import pytest
from playwright.sync_api import expect

from cncd.work.library.actions import About, Text, add_item, change_item
from tests.browser.test_installed import switch_on
from tests.browser.test_obligations import wait_until_kept
from tests.browser.test_phone import team

__all__ = ["switch_on", "team"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_guide_is_read_offline_and_its_new_edition_takes_its_place(switch_on, cast):
    item = add_item(
        place=cast.soc_trang, by=cast.ha, about=About(),
        text=Text(title="Cài VNeID", body="1. Mở kho ứng dụng cũ."),
    )  # fmt: skip
    context = switch_on()
    page = context.new_page()
    page.goto("/m/library/")
    wait_until_kept(page, f"/m/library/{item.pk}/?e=1")
    context.set_offline(True)
    page.goto("/m/library/")
    page.click("text=Cài VNeID")
    expect(page.locator("main")).to_contain_text("Mở kho ứng dụng cũ")

    item.refresh_from_db()
    better = Text(title="Cài VNeID", body="1. Quét mã mới.", what_changed="Kho mới")
    change_item(item=item, version=item.version, text=better, by=cast.ha)
    context.set_offline(False)
    page.goto("/m/library/")
    wait_until_kept(page, f"/m/library/{item.pk}/?e=2")
    context.set_offline(True)
    page.goto("/m/library/")
    page.click("text=Cài VNeID")
    expect(page.locator("main")).to_contain_text("Quét mã mới")
    expect(page.locator("main")).not_to_contain_text("Mở kho ứng dụng cũ")
