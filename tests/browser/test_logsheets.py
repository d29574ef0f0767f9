"""Paper in a real browser: printed on A4, pasted from Excel; and practising on the phone."""

import re

import pytest
from playwright.sync_api import expect

from cncd.foundation.envelopes.models import Envelope
from cncd.team.programme.queries import current_period
from cncd.work.activities.models import Activity
from cncd.work.logsheets.sheets import LogSheet
from tests.browser.test_phone import team

__all__ = ["team"]
pytestmark = pytest.mark.django_db(transaction=True)

PASTE = """text => {
    const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
    event.clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(event);
}"""  # noqa: E501


def test_rows_copied_in_excel_fill_the_sheet_and_more_lines_appear(visit, cast, team):
    visitor = visit(cast.lan)
    sheet = LogSheet(team, current_period())
    page = visitor.open(f"/logsheets/{sheet.code}/")
    page.focus("#id_l1-day")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_l2-day"
    page.focus("#id_l1-day")
    page.evaluate(PASTE, "".join(f'1\tZalo\t{n}\t\t\t\t\t"ở ""chợ""\nmới"\n' for n in range(1, 21)))
    assert page.input_value("#id_l20-people") == "20"
    assert page.input_value("#id_l20-note") == 'ở "chợ" mới'
    expect(page.locator("tfoot [data-sum]").first).to_have_text("210")
    page.fill("#id_l20-content", "gì đó")
    page.click("text=Lưu các dòng")
    expect(page.locator("#fault-l20-content")).to_contain_text("Không có nội dung")
    assert visitor.barriers() == []
    page.fill("#id_l20-content", "1")
    page.click("text=Lưu các dòng")
    expect(page.locator("main")).to_contain_text("Đã ghi 20 dòng")
    assert Activity.objects.filter(sheet_code=sheet.code).count() == 20
    page.set_viewport_size({"width": 360, "height": 740})
    assert (visitor.overflow(), visitor.barriers()) == (0, [])


def test_each_team_is_printed_on_a_page_of_its_own(visit, cast, team):
    visitor = visit(cast.lan)
    for address, sheets in (("/logsheets/print/", 2), (f"/logsheets/print/{team.pk}/?pages=3", 3)):
        page = visitor.open(address)
        assert visitor.barriers() == []
        assert page.locator(".paper").count() == sheets
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == sheets


def test_practising_with_and_without_a_network_leaves_nothing(visit, cast, team):
    visitor = visit(cast.tu, 360)
    page = visitor.open("/m/practice/")
    page.click("text=Bắt đầu tập")
    expect(page.locator(".practice")).to_contain_text("ĐANG TẬP – không lưu")
    assert (visitor.overflow(), visitor.barriers()) == (0, [])
    page.goto("/m/log/c-zalo/")
    page.fill("[name=people]", "7")
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.locator(".outbox-told")).to_contain_text("Đã kiểm tra, đúng rồi: 7 người, Zalo 7")
    visitor.context.set_offline(True)
    page.fill("[name=people]", "8")
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.locator("#line")).to_contain_text("1 mục chờ gửi")
    page.route("**/envelopes/", lambda route: route.abort())  # it is still waiting at the end
    visitor.context.set_offline(False)
    page.get_by_role("button", name="Thôi tập").click()
    expect(page.locator("main")).to_contain_text("Đã thôi tập")
    expect(page.locator("#line")).not_to_contain_text("chờ gửi")
    page.unroute("**/envelopes/")
    page.goto("/m/outbox/")
    expect(page.locator(".outbox-row")).to_have_count(0)
    assert (Activity.objects.count(), Envelope.objects.count()) == (1, 0)
    visitor.complaints[:] = [
        line for line in visitor.complaints if "ERR_" not in line and "Service Worker" not in line
    ]
