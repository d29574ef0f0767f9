"""The phone's pages in a real browser: slow 3G, a processor four times slower, no network at all.

Bytes are counted where they pass, so that what the service worker fetches is in them. Lighthouse
runs when it is found: $LIGHTHOUSE, on the PATH, or after `npm install --no-save lighthouse@12`.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.browser import HOST, on_port
from bench.load import serving
from bench.machine import percentiles
from bench.people import Cast, known
from bench.tap import Tap
from scripts import needs

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000}  # ms, bytes/s
SLOW_3G |= {"uploadThroughput": 50_000, "connectionType": "cellular3g"}
SLOWER = 4  # times, the processor
QUIET = 3.0  # seconds without a byte: the worker has kept its files
SAVED = 20  # entries without a network
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run"]
CATEGORIES = ("performance", "accessibility", "best-practices")
LIGHT = {"home": "/m/", "log": "/m/log/"}

PAINTED = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const ms = Math.round;
  return {first_paint_ms: ms(paint?.startTime ?? 0), load_ms: ms(page.loadEventEnd)};
}"""
# From the tap until the page says that the entry is kept.
SAVE = """(number) => new Promise((done) => {
  const form = document.querySelector("form[data-outbox]");
  document.querySelector(".outbox-told")?.remove();
  form.elements.people.value = number;
  const begun = performance.now();
  new MutationObserver((_changes, watch) => {
    if (!document.querySelector(".outbox-told.alert-success")) return;
    watch.disconnect();
    requestAnimationFrame(() => done((performance.now() - begun) / 1000));
  }).observe(document.body, {childList: true, subtree: true, attributes: true});
  form.querySelector("button[type=submit]:not([name=step])").click();
})"""


def measure(cast: Cast, port: int) -> dict:
    """Serves as `cncd serve` does; one leader opens the pages, and logs without a network."""
    from playwright.sync_api import sync_playwright

    leader = next(user for user in cast.leaders.values() if user.login == "totruong")
    session = known(on_port(port), leader).cookies["sessionid"]
    with serving(port, with_worker=False), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=FLAGS)
        with Tap(port) as tap:
            found = visits(browser, tap, session)
        browser.close()
        found["lighthouse"] = lighthouse(port, session)
    return found


def visits(browser, tap: Tap, session: str) -> dict:
    address = f"http://{HOST}:{tap.port}"
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    found = {
        "first_open": opened(context, tap, "/m/"),
        "second_open": opened(context, tap, "/m/"),
        "log_page": opened(context, tap, "/m/log/c-vneid/"),
    }
    found["saved_offline"] = saved_offline(context)
    context.close()
    return found


def opened(context, tap: Tap, path: str) -> dict:
    """Seconds and bytes of one page in a new window, until it has loaded and until all is quiet."""
    with slow_page(context) as page:
        before, start = tap.received, time.perf_counter()
        page.goto(path, wait_until="load")
        seconds, loaded = time.perf_counter() - start, tap.received - before
        painted = page.evaluate(PAINTED)
        while tap.silence() < QUIET:
            page.wait_for_timeout(200)
        whole = tap.received - before
    found = {"seconds_to_load": round(seconds, 2), "kb_to_load": round(loaded / 1024, 1)}
    return found | painted | {"kb_in_all": round(whole / 1024, 1)}


def saved_offline(context) -> dict:
    """From the tap on save until "kept" is shown, in milliseconds."""
    with slow_page(context) as page:
        page.goto("/m/log/c-vneid/", wait_until="networkidle")
        context.set_offline(True)
        spent = [page.evaluate(SAVE, 3 + number % 5) for number in range(SAVED)]
        context.set_offline(False)
    return percentiles(spent)


@contextmanager
def slow_page(context):
    page = context.new_page()
    page.set_default_timeout(120_000)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    page.close()


# -- lighthouse ------------------------------------------------------------------------------------


def lighthouse(port: int, session: str) -> dict:
    """{page: {category: score of 100}} of a phone on a slow network, as Lighthouse simulates it."""
    if not (command := lighthouse_command()):
        return {}
    address = f"http://{HOST}:{port}"
    found = {name: scores(command, address + path, session) for name, path in LIGHT.items()}
    return found | {"sign-in": scores(command, f"{address}/account/login/", "")}


def lighthouse_command() -> str | None:
    own = Path(__file__).resolve().parents[1] / "node_modules" / ".bin" / "lighthouse"
    found = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    return found or (str(own) if own.exists() else None)


def scores(command: str, address: str, session: str) -> dict:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        report = Path(folder) / "report.json"
        asked = [command, address, "--quiet", "--output=json", f"--output-path={report}"]
        asked += [f"--only-categories={','.join(CATEGORIES)}"]
        asked += ["--chrome-flags=--headless=new --no-sandbox"]
        if session:
            asked += ["--extra-headers", json.dumps({"Cookie": f"sessionid={session}"})]
        environment = {**os.environ, "CHROME_PATH": needs.chromium() or ""}
        subprocess.run(asked, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=180)
        said = json.loads(report.read_text())
    found = {name: round(100 * said["categories"][name]["score"]) for name in CATEGORIES}
    failed = [name for name, audit in said["audits"].items() if audit["score"] == 0]
    return found | {"failed_audits": failed}
