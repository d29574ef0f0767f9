"""A phone with 10,000 entries waiting: what its pages hold in memory, and how quick they stay."""

import time

from bench.browser import HOST, on_port
from bench.load import serving
from bench.machine import percentiles
from bench.people import Cast, known
from bench.phone import FLAGS
from scripts import needs

WAITING = 10_000
AT_ONCE = 500  # written in one transaction
MORE = 10  # entries kept while so many wait
SENDING = 10.0  # seconds
PAGES = {"home": "/m/", "log": "/m/log/c-vneid/", "outbox": "/m/outbox/"}
ALL_TOLD = "() => /10[.]?000/.test(document.getElementById('line').textContent)"
LISTED = "() => document.querySelectorAll('.outbox-row').length >= 100"
OUTBOX = "/static/phone/outbox.js"

FILL = """async ([address, many, before, team]) => {
  const { within } = await import(address);
  const { user } = document.body.dataset;
  const said = {day: "today", kind: "huong-dan", elderly: "1", households: "", co_organisers: "",
    venue: "Nhà văn hóa ấp", note: "Đi từng nhà, giúp cài và dùng"};
  const usual = {kind: "activity.log", rank: 1, user, title: "VNeID", page: "/m/log/c-vneid/",
    about: {team, tile: "c-vneid"}, files: [], state: "waiting", tries: 0, next: 0};
  const hourAgo = Date.now() - 3600000;
  await within("readwrite", (store) => {
    for (let each = 0; each < many; each += 1) store.put({...usual, id: crypto.randomUUID(),
      edition: crypto.randomUUID(), made: hourAgo + before + each,
      fields: Object.entries({people: String(1 + each % 9), ...said})});
  });
}"""
KEEP = """(people) => new Promise((done) => {
  const form = document.querySelector("form[data-outbox]");
  const begun = performance.now();
  form.addEventListener("kept", () => done((performance.now() - begun) / 1000), { once: true });
  form.elements.people.value = people;
  form.requestSubmit();
})"""


def measure(cast: Cast, port: int) -> dict:
    """Serves as `cncd serve` does; the door stays shut until the last part."""
    from playwright.sync_api import sync_playwright

    team, leader = next(each for each in cast.leaders.items() if each[1].login == "totruong")
    session = known(on_port(port), leader).cookies["sessionid"]
    with serving(port, with_worker=False), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=FLAGS)
        address = f"http://{HOST}:{port}"
        context = browser.new_context(
            base_url=address, viewport={"width": 360, "height": 740}, service_workers="block"
        )
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        context.route("**/envelopes/", lambda route: route.abort())
        found = {"waiting": WAITING, "seconds_to_fill": fill(context, team)}
        found["pages"] = {name: opened(context, path) for name, path in PAGES.items()}
        found["keep_one_more"] = kept(context)
        context.unroute("**/envelopes/")
        found["sending"] = sent(context)
        browser.close()
    return found


def fill(context, team: int) -> float:
    page = context.new_page()
    page.goto("/m/help/")
    start = time.perf_counter()
    for before in range(0, WAITING, AT_ONCE):
        page.evaluate(FILL, [OUTBOX, AT_ONCE, before, team])
    page.close()
    return round(time.perf_counter() - start, 2)


def opened(context, path: str) -> dict:
    """Until the page tells how many wait (the outbox: until it lists them), and its memory then."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(path)
    until(page, ALL_TOLD)
    if path == PAGES["outbox"]:
        until(page, LISTED)
    seconds = round(time.perf_counter() - start, 2)
    page.wait_for_timeout(1000)
    found = {"seconds": seconds} | heap(context, page)
    page.close()
    return found


def kept(context) -> dict:
    """From the tap on save until the phone has kept the entry, in milliseconds."""
    spent = []
    for number in range(MORE):
        page = context.new_page()
        page.goto(PAGES["log"])
        until(page, ALL_TOLD.replace("10[.]?000", "10[.]?0"))
        spent.append(page.evaluate(KEEP, str(3 + number % 5)))
        page.close()
    return percentiles(spent)


def sent(context) -> dict:
    """The door is open: how many go in ten seconds, and the memory meanwhile."""
    page = context.new_page()
    page.goto(PAGES["outbox"])
    until(page, LISTED)
    page.click("#send-now", no_wait_after=True)
    start, most = time.perf_counter(), 0.0
    while time.perf_counter() - start < SENDING:
        page.wait_for_timeout(500)
        most = max(most, heap(context, page, collect=False)["heap_mb"])
    count = f"async () => (await import('{OUTBOX}')).count('recorded')"
    per_second = round(page.evaluate(count) / (time.perf_counter() - start), 1)
    found = {"per_second": per_second, "largest_heap_mb": most}
    page.close()
    return found


def heap(context, page, *, collect: bool = True) -> dict:
    """MB of JavaScript in use: as found, and after a collection of garbage."""
    line = context.new_cdp_session(page)
    line.send("Performance.enable")
    before = used(line)
    if not collect:
        line.detach()
        return {"heap_mb": before}
    line.send("HeapProfiler.collectGarbage")
    found = {"heap_mb": used(line), "with_garbage_mb": before}
    line.detach()
    return found


def used(line) -> float:
    metrics = {
        each["name"]: each["value"] for each in line.send("Performance.getMetrics")["metrics"]
    }
    return round(metrics["JSHeapUsedSize"] / 1_048_576, 1)


def until(page, holds: str, limit: float = 60.0) -> None:
    """Playwright's own way of waiting is forbidden by the pages' policy."""
    end = time.monotonic() + limit
    while not page.evaluate(holds):
        if time.monotonic() > end:
            raise RuntimeError(f"The page never came so far: {holds}")
        page.wait_for_timeout(20)
