"""What a visitor sees: pages, their faults by axe, and what they weigh."""

import gzip
from pathlib import Path

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


class Visitor:
    """Somebody with a browser; `page` is the page in front of them."""

    def __init__(self, context):
        self.context, self.complaints, self.bodies = context, [], {}
        self.page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._received)

    def _heard(self, message):
        if "blocked by Playwright" in message.text:  # the worker, on purpose
            return
        is_ours = "Service Worker registration blocked" not in message.text  # by the test itself
        if message.type in ("error", "warning") and is_ours:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _received(self, response):
        if response.ok and response.request.method == "GET":
            self.bodies[response.url] = response

    def open(self, address: str, until: str = "load"):
        """The page at that address, once loaded (or until the network is idle)."""
        self.page.goto(address, wait_until=until)
        return self.page

    def weight(self) -> int:
        """Bytes of everything received so far, as the server would compress it."""
        sizes = {}
        for url, response in self.bodies.items():
            body = response.body()
            sizes[url] = len(body) if url.endswith((".woff2", ".png")) else len(gzip.compress(body))
        return sum(sizes.values())

    def barriers(self) -> list[str]:
        """What axe finds on the page: rule, how bad, and where."""
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(AXE.read_text("utf-8"))
            self.context.add_init_script(path=AXE)  # on the pages after this one it is there
        run = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
        found = self.page.evaluate(run, RULES)["violations"]
        return [
            f"{each['id']} ({each['impact']}): {each['help']}: "
            + "; ".join(node["html"][:160] for node in each["nodes"][:4])
            for each in found
        ]

    def overflow(self) -> int:
        """Pixels by which the page is wider than the screen."""
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")


def until(page, holds) -> None:
    """Lets the page work until that holds."""
    for _wait in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It never came true.")
