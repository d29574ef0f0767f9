"""Reports in a real browser: kept while typing, reviewed by keyboard, pasted from Excel."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from cncd.results.conftest import NOON, Season
from cncd.results.reports.actions import accept_reports, confirm_report, return_figures
from cncd.results.reports.actions.drafting import Content
from cncd.results.reports.models import Report
from cncd.results.reports.queries import place_lines
from cncd.results.reports.rules import Entry
from cncd.team.programme.models import DifficultyCategory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def season(cast, programme, time_machine):
    time_machine.move_to(NOON, tick=True)
    return Season(cast)


@pytest.fixture
def busy(season, cast):
    """October returned to one team and accepted of the other; November waiting; a unit's report."""
    longest = max(DifficultyCategory.objects.all(), key=lambda row: len(row.name))
    said = {"narrative": "Đã đến từng nhà", "difficulties": ((longest.pk, "Sóng yếu"),)}
    season.log(18, month=10)
    returned = season.send({"KT01": 3}, month=10, **said)
    return_figures(report=returned, notes={"KT01": "Xem lại giấy chứng nhận"}, by=cast.lan)
    other = season.send(team=cast.team_my_hoa, by=cast.liem, month=10)
    accept_reports(reports=[other], by=cast.lan)
    season.log(18)
    waiting = season.send({"KT01": 3}, **said)
    season.log(19, people=4)
    lines = place_lines([cast.nhon_my], "commune", season.months[10])[cast.nhon_my.pk]
    entries = {line.code: Entry("none") for line in lines if line.counted is None}
    confirm_report(
        place=cast.nhon_my,
        period=season.months[10],
        content=Content(entries=entries, narrative="Kết quả của xã"),
        by=cast.lan,
    )
    return returned, waiting


@pytest.mark.parametrize(("width", "large"), [(360, False), (360, True), (1366, False)])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(visit, cast, busy, width, large):
    returned, waiting = busy
    team = cast.team.pk
    pages = {
        cast.tu: [
            f"/reports/write/{cast.team.pk}/2026-10/",
            f"/reports/{waiting.pk}/",
            f"/reports/{waiting.pk}/sent/",
            f"/reports/{waiting.pk}/figure/TC08/",
            f"/reports/{waiting.pk}/text/",
            f"/reports/counted/{team}/2026-11/TC04/",
            f"/reports/team/{team}/",
            "/reports/quick/",
        ],
        cast.liem: [f"/reports/write/{cast.team_my_hoa.pk}/2026-11/"],
        cast.lan: [
            "/reports/?k=2026-10",
            f"/reports/{returned.pk}/?figure=KT01",
            f"/reports/write/{cast.team_my_hoa.pk}/2026-11/",
            "/reports/entry/?k=2026-11",
            "/reports/silent/",
            "/reports/import/",
            f"/reports/extend/{team}/2026-10/",
            f"/totals/unit/?u={cast.nhon_my.pk}&k=2026-10",
            f"/totals/unit/confirm/?u={cast.nhon_my.pk}&k=2026-10",
            f"/totals/unit/text/?u={cast.nhon_my.pk}&k=2026-10",
        ],
        cast.hung: [f"/reports/{waiting.pk}/", f"/reports/{returned.pk}/"],
    }
    for user, addresses in pages.items():
        user.large_text = large
        user.save()
        visitor = visit(user, width)
        for address in addresses:
            visitor.open(address)
            assert visitor.barriers() == [], address
            assert visitor.overflow() <= 0, address


def test_the_phones_page_for_a_month_is_light(visit, cast, season):
    season.log(18)
    visitor = visit(cast.tu, 360)
    visitor.open(f"/reports/write/{cast.team.pk}/2026-11/", until="networkidle")
    assert visitor.weight() <= 150_000


def test_what_is_typed_is_kept_without_a_button(visit, cast, season):
    visitor = visit(cast.tu, 360)
    address = f"/reports/write/{cast.team.pk}/2026-11/"
    page = visitor.open(address)
    page.fill("[name='v.KT01']", "3")
    with page.expect_response("**/keep/"):
        page.click("[data-fill='id_v.KT06']")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu")
    page.fill("[name='v.KT07']", "5")  # and leaves at once
    visitor.open("/reports/quick/")
    for _attempt in range(20):  # what is sent on leaving may arrive after the next page is read
        page = visitor.open(address)
        typed = [page.input_value(f"[name='v.{code}']") for code in ("KT01", "KT06", "KT07")]
        if typed[2]:
            break
        page.wait_for_timeout(250)
    assert typed == ["3", "không phát sinh", "5"]


def test_where_a_number_comes_from_opens_over_the_page_and_loses_nothing(visit, cast, season):
    season.log(18)
    page = visit(cast.tu, 360).open(f"/reports/write/{cast.team.pk}/2026-11/")
    page.fill("[name='v.KT01']", "3")
    page.click("a[href$='/TC08/']")
    expect(page.locator("dialog")).to_contain_text("10 lượt")
    page.click("dialog [data-dialog-close] >> nth=0")
    assert page.input_value("[name='v.KT01']") == "3"


def test_reviewing_by_keyboard_from_figure_to_figure_to_the_next_report(visit, cast, season):
    season.log(18)
    first = season.send({"KT01": 3})
    second = season.send({"KT01": 1}, team=cast.team_my_hoa, by=cast.liem)
    page = visit(cast.lan, 1366).open(f"/reports/{second.pk}/")
    page.keyboard.press("j")
    expect(page.locator("#behind")).to_contain_text("Số Tổ")
    page.keyboard.press("j")
    expect(page.locator("tr[aria-current] a")).to_have_text("Thành viên Tổ")
    page.keyboard.press("a")
    page.wait_for_url(f"**/reports/{first.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("Đếm lại giúp")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messages")
    states = dict(Report.objects.values_list("pk", "state"))
    assert states == {first.pk: "returned", second.pk: "accepted"}


def test_a_block_copied_from_excel_fills_the_grid(visit, cast, season):
    page = visit(cast.lan, 1366).open("/reports/entry/?k=2026-11")
    first = page.locator("[data-grid] tbody tr >> nth=0 >> input.form-control >> nth=0")
    first.evaluate(
        """field => {
            const data = new DataTransfer();
            data.setData("text/plain", "5\\tCó\\t2\\n6\\tChưa\\t3\\n");
            field.dispatchEvent(new ClipboardEvent(
                "paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    rows = page.evaluate(
        """() => [...document.querySelectorAll("[data-grid] tbody tr")].map((row) =>
            [...row.querySelectorAll("td .form-control, td .form-select")]
                .slice(0, 3).map((field) => field.value))"""
    )
    assert rows == [["5", "1", "2"], ["6", "0", "3"]]
    assert page.locator(".tick input:checked").count() == 2


def test_words_of_the_teams_are_picked_into_the_units_report(visit, cast, busy):
    page = visit(cast.lan, 1366).open(f"/totals/unit/confirm/?u={cast.nhon_my.pk}&k=2026-11")
    page.click("[data-pick='id_narrative'] >> nth=0")
    page.click("[data-pick='difficulty'] >> nth=0")
    assert "Đã đến từng nhà" in page.input_value("[name=narrative]")
    assert page.input_value("[name='dt.0']") == "Sóng yếu"


@pytest.mark.parametrize("width", [360, 1366])
def test_the_grid_of_all_teams_keeps_team_and_figure_in_sight(visit, cast, season, width):
    page = visit(cast.lan, width).open("/reports/entry/?k=2026-11")
    page.locator(".entry-grid tbody tr").last.locator("input.form-control").last.focus()
    wrap = page.locator(".entry-wrap").bounding_box()
    corner = page.locator(".entry-grid thead th").first.bounding_box()
    team = page.locator(".entry-grid tbody tr").last.locator("th").bounding_box()
    field = page.locator(":focus").bounding_box()
    assert abs(corner["x"] - wrap["x"]) <= 2
    assert abs(corner["y"] - wrap["y"]) <= 2
    assert abs(team["x"] - wrap["x"]) <= 2
    assert field["x"] >= corner["x"] + corner["width"] - 1
    assert field["y"] >= corner["y"] + corner["height"] - 1


@pytest.mark.parametrize("width", [360, 1366])
def test_what_is_focused_never_hides_behind_the_foot(visit, cast, season, width):
    user = cast.tu if width == 360 else cast.lan
    page = visit(user, width).open(f"/reports/write/{cast.team.pk}/2026-11/")
    foot = page.locator(".report-foot").bounding_box()
    for field in page.locator("form.report input.form-control:visible").all():
        field.focus()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        box = field.bounding_box()
        above = page.locator(".report-foot").bounding_box()["y"]
        assert box["y"] + box["height"] <= above + 1
    assert foot["height"] < page.viewport_size["height"] / 2


def test_the_drawing_beside_a_figure_is_saved_as_a_picture(visit, cast, season):
    season.log(18, month=10)
    season.send({"KT01": 3}, month=10)
    season.log(18)
    report = season.send({"KT01": 3})
    page = visit(cast.lan, 1366).open(f"/reports/{report.pk}/?figure=KT01")
    with page.expect_download() as download:
        page.click("button[data-picture]")
    assert download.value.suggested_filename.endswith("Tháng 11-2026.png")
    with Image.open(download.value.path()) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1920
        assert len(picture.convert("RGB").getcolors(1 << 20)) > 3
