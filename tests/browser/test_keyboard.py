"""Without a mouse, and with letters twice as large: pages of directing, difficulties, training."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_direction import told

__all__ = ["told"]
pytestmark = pytest.mark.django_db(transaction=True)
DESK = [
    *("directives", "directives/reminding", "directives/new", "difficulties", "library"),
    *("notices/settings", "rewards/members", "money"),
]
PHONE = ["m/asked", "m/difficulties", "m/training/class", "m/library", "notices/settings", "vb"]
STOPS = """main a[href], main button:enabled, main input:enabled:not([type=hidden], [type=radio]),
    main select:enabled, main textarea:enabled, main summary"""
# The stop in focus: what marks it, and whether anything lies over it; null past the last one.
FOCUSED = """() => {
    const stop = document.activeElement, box = stop.getBoundingClientRect();
    if (stop === document.body || stop.passed) return null;
    stop.passed = true;
    const style = getComputedStyle(stop), x = box.left + Math.min(box.width / 2, 20);
    const over = document.elementFromPoint(x, box.top + Math.min(box.height / 2, 20));
    const is_free = over && (stop.contains(over) || over.contains(stop) || over.control === stop);
    return { is_marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
             is_free: Boolean(is_free), name: stop.outerHTML.slice(0, 160) };
}"""
PASSED_BY = """(stops) => [...document.querySelectorAll(stops)]
    .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && !each.passed)
    .map((each) => each.outerHTML.slice(0, 160))"""
TWICE = """async () => {
    document.documentElement.style.fontSize = "200%";
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const wider = document.documentElement.scrollWidth - innerWidth;
    document.documentElement.style.fontSize = "";
    return wider;
}"""
LOW = """() => [...document.querySelectorAll(
    "main .btn, main summary, header summary, .tabs-small a, .nav-link, .chip, main select")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
    .map((each) => each.outerHTML.slice(0, 160))"""


def faults(page) -> list[str]:
    """What somebody who walks through the page with Tab cannot see or reach."""
    found = []
    for _step in range(300):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        if not (stop["is_marked"] and stop["is_free"]):
            found.append(f"not to be seen: {stop['name']}")
    return found + [f"never reached: {each}" for each in page.evaluate(PASSED_BY, STOPS)]


@pytest.mark.parametrize(("who", "width"), [("lan", 1366), ("tu", 360)])
def test_every_page_can_be_walked_by_keyboard_and_read_twice_as_large(
    visit, cast, told, who, width
):
    visitor = visit(getattr(cast, who), width, reduced_motion="reduce")
    for address in DESK if width == 1366 else PHONE:
        page = visitor.open(f"/{address}/")
        assert page.evaluate(TWICE) <= 0, address
        assert faults(page) == [], address


def test_on_a_phone_everything_an_officer_presses_is_as_large_as_a_thumb(visit, cast, told):
    visitor = visit(cast.lan, 360)
    for address in DESK:
        page = visitor.open(f"/{address}/")
        assert page.evaluate(TWICE) <= 0, address
        assert page.evaluate(LOW) == [], address


@pytest.mark.urls("tests.gallery")
def test_what_opens_by_keyboard_closes_with_escape_and_gives_the_focus_back(visit, cast):
    page = visit(cast.ha).open("/gallery/select/")
    press, focused = page.keyboard.press, page.locator(":focus")
    press("Tab")
    press("Enter")  # the first stop leads past the frame
    expect(page.locator("main")).to_be_focused()
    account = page.locator(".account summary")
    account.focus()
    press("Enter")
    press("Tab")
    expect(focused).to_have_attribute("data-dialog", "")
    press("Enter")
    page.wait_for_selector("dialog[open]")
    press("Escape")
    expect(account).to_be_focused()
    chooser = page.locator(".list-tools summary")
    chooser.focus()
    press("Space")
    press("Tab")
    expect(focused).to_have_attribute("type", "checkbox")
    press("Escape")
    expect(chooser).to_be_focused()
    press("Space")
    page.locator(".list-tools .pop-body button").focus()
    press("Tab")  # walking on closes it: it lay over what comes next
    expect(page.locator(".list-tools details[open]")).to_have_count(0)
    page.locator("input[data-all]").focus()
    press("Space")
    page.wait_for_timeout(500)  # the list is not fetched anew, which would forget the ticks
    expect(page.locator("input[name=row]:not(:checked)")).to_have_count(0)
    choice = page.locator(".list-filters select").first
    choice.focus()
    press("ArrowDown")
    page.wait_for_selector(".chip")
    expect(choice).to_be_focused()
