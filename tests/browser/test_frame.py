"""The frame of every page, in a real browser: shells, lists, forms, sheets, charts."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = [pytest.mark.urls("tests.gallery"), pytest.mark.django_db(transaction=True)]

PAGES = [
    "/gallery/",
    "/gallery/select/",
    "/gallery/none/",
    "/gallery/form/",
    "/gallery/phone/",
    "/gallery/confirm/",
    "/gallery/chart/",
    "/gallery/door/",
    "/scope/unit/",
    "/scope/period/",
    "/desk/views/?next=/gallery/",
]


@pytest.mark.parametrize("width", [360, 768, 1366])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(visit, cast, width):
    visitor = visit(cast.ha, width)
    for address in PAGES:
        visitor.open(address)
        assert visitor.barriers() == [], address
        assert visitor.overflow() <= 0, address


def test_larger_text_fits_a_small_screen_too(visit, cast):
    cast.tu.large_text = True
    cast.tu.save()
    visitor = visit(cast.tu, 360)
    for address in PAGES[:8]:
        page = visitor.open(address)
        assert visitor.overflow() <= 0, address
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size >= 20


def test_a_form_with_errors_has_no_barrier(visit, cast):
    for address, width in (("/gallery/form/", 1366), ("/gallery/phone/", 360)):
        visitor = visit(cast.tu, width)
        page = visitor.open(address)
        page.click("main .form-buttons .btn-primary")
        page.wait_for_selector(".form-summary")
        assert visitor.barriers() == []
        assert visitor.overflow() <= 0
        assert page.evaluate("document.activeElement.classList.contains('form-summary')")
        page.click(".form-summary a >> nth=0")
        assert page.evaluate("document.activeElement.id") == "id_number"


def test_the_first_visit_of_a_phone_is_light(visit, cast):
    visitor = visit(None, 360)
    visitor.open("/gallery/door/", "networkidle")
    assert visitor.weight() <= 150_000
    visitor = visit(cast.tu, 360)
    visitor.open("/gallery/phone/", "networkidle")
    assert visitor.weight() <= 150_000


# -- lists ---------------------------------------------------------------------------------------


def names(page):
    return page.locator("tbody tr th").all_inner_texts()


def test_a_search_changes_only_the_table_and_the_way_back_works(visit, cast):
    page = visit(cast.ha).open("/gallery/")
    page.evaluate("window.same = true")
    page.fill(".list-search input", "my phuoc")
    expect(page.locator("tbody tr")).to_have_count(3)
    assert page.url.endswith("/gallery/?q=my+phuoc")
    assert page.evaluate("document.activeElement.id") == "list-samples-form-q"
    assert "3 dòng" in page.inner_text("[role=status]")
    page.click("thead a:has-text('Thành viên')")
    page.wait_for_selector("[aria-sort=ascending]")
    assert "sort=members" in page.url
    assert "q=my+phuoc" in page.url
    assert page.evaluate("window.same")
    page.evaluate("history.go(-2)")
    expect(page.locator("tbody tr")).to_have_count(20)


def test_a_filter_takes_effect_at_once_and_its_chip_takes_it_away(visit, cast):
    page = visit(cast.ha).open("/gallery/")
    page.select_option("select[name=state]", "late")
    page.wait_for_selector(".chip")
    assert len(names(page)) == 8
    page.click(".chip")
    page.wait_for_selector(".chip", state="detached")
    assert len(names(page)) == 20


def test_a_list_works_without_javascript(visit, cast):
    page = visit(cast.ha, java_script_enabled=False).open("/gallery/")
    page.fill(".list-search input", "my phuoc")
    page.select_option("select[name=commune]", "Nhơn Mỹ")
    page.click(".list-search button")
    assert "q=my+phuoc" in page.url
    assert "commune=" in page.url
    page.goto("/gallery/")
    page.click("summary:has-text('Cột')")
    page.check("text=Điện thoại")
    page.click(".list-tools .pop-body button")
    assert page.locator("thead th").count() == 8


def test_without_htmx_a_filter_still_takes_effect(visit, cast):
    visitor = visit(cast.ha)
    visitor.page.route("**/htmx.min.js", lambda route: route.fulfill(body=""))
    page = visitor.open("/gallery/")
    page.select_option("select[name=state]", "late")
    page.wait_for_url("**state=late**")


def test_arrows_walk_through_the_rows_and_a_slash_begins_a_search(visit, cast):
    page = visit(cast.ha).open("/gallery/")
    page.locator("tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.textContent") == names(page)[1]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "list-samples-form-q"


def test_the_head_of_a_table_that_fits_stays_in_sight(visit, cast):
    page = visit(cast.ha).open("/gallery/?size=50")
    page.evaluate("scrollTo(0, 600)")
    page.wait_for_timeout(200)
    assert page.locator("thead th").first.bounding_box()["y"] == pytest.approx(0, abs=2)


# -- sheets and menus ----------------------------------------------------------------------------


def test_the_unit_is_chosen_in_a_sheet(visit, cast):
    page = visit(cast.ha).open("/gallery/?sort=name")
    page.click(".scope-pick")
    page.wait_for_selector("dialog[open]")
    page.fill("dialog input[name=q]", "nhon my")
    page.keyboard.press("Enter")
    page.click("dialog a:has-text('Xã Nhơn Mỹ')")
    page.wait_for_load_state()
    assert "Xã Nhơn Mỹ" in page.inner_text(".scope")
    assert "sort=name" in page.url


def test_a_sheet_and_a_menu_close_with_escape(visit, cast):
    page = visit(cast.ha).open("/gallery/")
    page.click(".scope-pick")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    page.click(".account summary")
    assert page.is_visible("text=Đăng xuất")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Đăng xuất")


def test_a_view_is_saved_from_the_menu(visit, cast):
    page = visit(cast.ha).open("/gallery/?state=late")
    page.click(".account summary")
    page.click("text=Trang đã lưu")
    page.fill("dialog input[name=name]", "Tổ gửi trễ")
    page.click("text=Lưu trang này")
    page.wait_for_selector("text=Đã lưu trang")
    assert "state=late" in page.url


def test_the_calendar_writes_the_day_as_people_do(visit, cast):
    page = visit(cast.ha).open("/gallery/form/")
    page.evaluate(
        """() => { const picker = document.querySelector('.day-field input[type=date]');
        picker.value = '2026-11-05'; picker.dispatchEvent(new Event('change')); }"""
    )
    assert page.input_value("#id_issued_on") == "05/11/2026"
    assert page.get_attribute(".day-field button", "aria-label") == "Mở lịch"


def test_a_form_is_sent_once_however_often_the_button_is_pressed(visit, cast):
    page = visit(cast.ha).open("/gallery/form/")
    sent = []
    page.on("request", lambda request: sent.append(1) if request.method == "POST" else None)
    page.evaluate(
        """() => { const button = document.querySelector('.form-page .btn-primary');
        button.click(); button.click(); }"""
    )
    page.wait_for_selector(".form-summary")
    assert len(sent) == 1


# -- phone ---------------------------------------------------------------------------------------


def test_the_phone_says_in_words_that_the_network_is_gone(visit, cast):
    visitor = visit(cast.tu, 360)
    page = visitor.open("/gallery/phone/")
    assert "Đã gửi hết lúc" in page.inner_text("#line")
    visitor.context.set_offline(True)
    page.wait_for_selector("text=Mất mạng")
    visitor.context.set_offline(False)
    page.wait_for_selector("text=Đã gửi hết lúc")


# -- charts and paper ----------------------------------------------------------------------------


def test_a_chart_is_drawn_from_its_table_and_taken_along_as_a_picture(visit, cast):
    page = visit(cast.ha).open("/gallery/chart/")
    assert page.locator(".chart canvas").count() == 2
    assert not page.is_visible("table")
    page.click(".chart summary >> nth=0")
    assert page.is_visible("table >> nth=0")
    with page.expect_download() as waiting:
        page.click("text=Tải ảnh PNG >> nth=0")
    path = waiting.value.path()
    assert waiting.value.suggested_filename == "Lượt người được giúp.png"
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        assert picture.width > 1000
        colours = picture.convert("RGB").getcolors(1 << 24)
    assert (11, 83, 81) in {colour for _count, colour in colours}


def test_paper_shows_the_figures_and_none_of_the_buttons(visit, cast):
    page = visit(cast.minh).open("/gallery/?q=tran de")
    page.emulate_media(media="print")
    for gone in (".top", ".list-search", ".list-filters", ".list-pages", ".list-tools"):
        assert not page.is_visible(gone), gone
    head = page.inner_text(".print-head")
    assert "Huyện Kế Sách" in head
    assert "Số liệu đến" in head
    assert "Phạm Quang Minh" in head
    assert "Tìm: tran de" in page.inner_text("main")
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
