"""Every page opened with an odd query, every form met there sent with odd content, by some people.

Nothing that is sent stays: each request is rolled back, so the order does not matter.
"""

from copy import deepcopy
from random import Random
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.hostile import judging, walking
from tests.hostile.values import QUERIES

STARTS = ["/", "/m/"]
JOURNAL = "journal_entry"
KEPT = {"django_session"}  # what even a refused request may write
SHOWN = {"registers:contact", "people:slips"}  # done, and shown on the page itself
CHANCE = {False: 0.9, True: 0.1}  # that a page is opened; one that others opened before
PLAIN = 0.5  # of the pages open as they are: an odd query empties a list, and leads nowhere
SHARES = [0.1, 0.3, 0.6, 1]  # of the fields that are wild


class Storm:
    """What some people met; `faults` says what no person should meet."""

    def __init__(self, seed: int):
        self.rng, self.watch = Random(seed), judging.Watch()
        self.faults: list[str] = []
        self.routes: dict[str, str] = {}  # with an address of each that somebody was offered
        self.sent: set[tuple] = set()
        self.seed, self.forms, self.done, self.refused = seed, 0, 0, 0

    def told(self) -> str:
        """What it met, to be read when something is wrong."""
        met = f"seed {self.seed}: {len(self.routes)} addresses, {self.forms} forms"
        return "\n".join([f"{met}, {self.done} done, {self.refused} refused", *self.faults])

    def _dice(self, *about) -> None:
        """Thrown anew for each page and form: what one shows changes nothing for the next."""
        self.rng = Random(f"{self.seed} {about}")

    def as_(self, user) -> None:
        """Walks through the pages that person reaches and nobody before did."""
        client = Client(raise_request_exception=False)
        client.force_login(user)
        waiting, opened = list(STARTS), {}
        while waiting:
            address = waiting.pop(0)
            route = walking.route(address)
            if route is None or route in opened:
                continue
            opened[route] = urlsplit(address).path
            self._dice(user.login, route)
            if address not in STARTS and self.rng.random() > CHANCE[route in self.routes]:
                continue
            if resolve(urlsplit(address).path).view_name not in walking.LEFT_ALONE:
                waiting += self._page(client, address)
        self.routes |= opened

    def _page(self, client, address) -> list[str]:
        """Opens it, as it is or with an odd query; gives its links."""
        plain = address in STARTS or self.rng.random() < PLAIN
        query = {} if plain else self.rng.choice(QUERIES)
        answer = self._asked(client.get, address, judging.sent(query))
        if answer.status_code in (301, 302):
            return [answer["Location"]]
        if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        page = judging.page_of(answer)
        self.faults += [f"{address}: {each}" for each in judging.left_out(answer)]
        for form in walking.forms(address, page):
            if form.key not in self.sent:
                self.sent.add(form.key)
                self._sent(client, form)
        return list(walking.links(address, page))

    def _sent(self, client, form) -> None:
        """Sends it wild, then as it stands, twice."""
        self.forms += 1
        self._dice(form.key)
        self.routes.setdefault(walking.route(form.action), urlsplit(form.action).path)
        wild = judging.sent(form.filled(self.rng, self.rng.choice(SHARES)))
        self._asked(client.post, form.action, wild, follows=True)
        plain = judging.sent(form.filled(self.rng, 0))
        with transaction.atomic():
            first = self._asked(client.post, form.action, plain, kept=True)
            if first.status_code in (302, 303) and plain.get("envelope"):
                again = self._asked(client.post, form.action, plain, kept=True)
                if JOURNAL in self.watch.written or again.status_code not in (302, 303):
                    self.faults.append(f"{form.action}: counted twice, or refused the second time")
            transaction.set_rollback(True)

    def _done(self, answer) -> bool:
        """Whether something was done: it leads on, is a file, or one of the few that show it."""
        if answer.status_code == 200:
            file = "Content-Disposition" in answer.headers
            return file or answer.resolver_match.view_name in SHOWN
        return answer.status_code < 400

    def _asked(self, ask, address, sent, *, kept=False, follows=False):
        cache.clear()
        client, cookies = ask.__self__, deepcopy(ask.__self__.cookies)
        with transaction.atomic(), self.watch.on():
            answer = ask(address, sent)
            found = judging.faults(answer, self.watch)
            refused = ask.__name__ == "post" and not self._done(answer)
            if refused and self.watch.written - KEPT:
                found.append(f"refused, but wrote {sorted(self.watch.written)}")
            if follows and answer.status_code == 302:
                shown = client.get(answer["Location"])
                found += [f"then {each}" for each in judging.faults(shown, self.watch)]
            self.done += ask.__name__ == "post" and not refused
            self.refused += refused
            transaction.set_rollback(not kept)
        client.cookies = cookies  # a language chosen, a unit remembered
        told = {name: str(value)[:60] for name, value in sent.items()}
        self.faults += [f"{ask.__name__} {address[:200]} {told}: {each}" for each in found]
        return answer
