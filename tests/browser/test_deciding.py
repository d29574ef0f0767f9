"""What came back from the server is shown with both sides, and one tap of its author settles it."""

import pytest
from playwright.sync_api import expect

from cncd.results.conftest import NOON, Season
from cncd.results.reports.models import Report
from cncd.work.activities.actions import edit_activity
from cncd.work.activities.models import Activity
from cncd.work.activities.rules import Done

CUT = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "422", "409")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def season(cast, programme, time_machine):
    time_machine.move_to(NOON, tick=True)
    return Season(cast)


@pytest.fixture
def phone(visit, cast, season):
    visitor = visit(cast.tu, 360)
    yield visitor
    # That a request failed without a network is what these tests are about.
    visitor.complaints[:] = [
        line for line in visitor.complaints if not any(each in line for each in CUT)
    ]


def test_a_report_sent_offline_goes_after_the_logs_and_comes_back_with_the_new_figures(
    phone, cast, season
):
    season.log(18)
    report, context = phone.page, phone.context
    report.goto(f"/reports/write/{cast.team.pk}/2026-11/")
    log = context.new_page()
    log.goto("/m/log/c-vneid/")
    context.set_offline(True)
    report.click("button[name=fill][value=none]")  # the page itself fills in what it knows
    for field in report.locator("[name^='v.']:not([type=hidden])").all():
        if field.is_visible() and not field.input_value():
            field.evaluate(
                "(each) => each.tagName === 'SELECT' ? each.selectedIndex = 2 : each.value = '1'"
            )
    report.click("button[name=send]")
    expect(report.locator(".outbox-told")).to_contain_text("Đã giữ trên máy")
    log.fill("[name=people]", "4")
    log.get_by_role("button", name="Lưu").last.click()
    expect(log.locator("#line")).to_contain_text("2 mục chờ gửi")
    context.set_offline(False)
    expect(log.locator("#line")).to_contain_text("1 mục chưa được nhận")
    assert not Report.objects.counting().exists()

    page = phone.open("/m/outbox/")
    row = page.locator(".outbox-row")
    expect(row).to_contain_text("Số đã đổi, xem lại")
    expect(row.locator("table tr", has_text="Lượt người được giúp")).to_contain_text("10")
    expect(row.locator("table tr", has_text="Lượt người được giúp")).to_contain_text("14")
    assert phone.overflow() <= 0
    assert phone.barriers() == []
    row.get_by_role("button", name="Gửi với số mới").click()
    expect(page.locator("#outbox")).to_contain_text("Đã gửi")
    assert Report.objects.get().sent.figures["TC08"]["value"] == 14


@pytest.mark.parametrize("mine", [True, False])
def test_two_phones_correct_one_entry_and_its_author_decides(phone, cast, season, mine):
    entry = season.log(20)
    page, context = phone.page, phone.context
    page.goto(f"/m/book/{entry.pk}/edit/")
    context.set_offline(True)
    page.fill("[name=people]", "7")
    page.fill("[name=content_vneid]", "7")
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.locator(".outbox-told")).to_contain_text("Đã giữ trên máy")
    said = {"kind": "huong-dan", "happened_on": entry.happened_on, "contents": {"vneid": 9}}
    edit_activity(
        activity=entry, done=Done(people=9, **said), version=1, by=cast.nhan, reason="đếm lại"
    )
    context.set_offline(False)
    expect(page.locator("#line")).to_contain_text("1 mục chưa được nhận")
    page = phone.open("/m/outbox/")
    sides = page.locator(".sides")
    expect(sides).to_contain_text("Thạch Thị Nhàn")
    expect(sides.locator("tr", has_text="Số người được giúp")).to_contain_text("9")
    assert phone.overflow() <= 0
    assert phone.barriers() == []
    if mine:
        page.get_by_role("button", name="Lấy bản của tôi").click()
        expect(page.locator("#outbox")).to_contain_text("Đã ghi nhận gần đây")
    else:
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Giữ bản đã ghi").click()
        expect(page.locator("#outbox")).to_contain_text("đã gửi hết")
    found = Activity.objects.get()
    assert (found.people, found.version) == ((7, 3) if mine else (9, 2))


def test_an_entry_changed_while_its_answer_was_lost_becomes_a_correction_not_a_second_entry(phone):
    page = phone.page
    page.goto("/m/log/c-vneid/")
    page.route("**/envelopes/", lambda route: (route.fetch(), route.abort()))
    page.fill("[name=people]", "9")
    page.get_by_role("button", name="Lưu").last.click()
    page.wait_for_url("**/m/outbox/?kept=*")
    assert Activity.objects.get().people == 9
    page.locator(".outbox-row").get_by_role("link", name="Sửa").click()
    expect(page.locator("[name=people]")).to_have_value("9")
    page.unroute("**/envelopes/")
    page.fill("[name=people]", "8")
    page.get_by_role("button", name="Lưu").last.click()
    page.wait_for_url("**/m/outbox/?kept=*")
    row = page.locator(".outbox-row")
    expect(row.locator("tr", has_text="Số người được giúp")).to_contain_text("8")
    row.get_by_role("button", name="Lấy bản của tôi").click()
    expect(page.locator(".outbox-row")).to_have_count(0)
    found = Activity.objects.get()
    assert (found.people, found.version) == (8, 2)
