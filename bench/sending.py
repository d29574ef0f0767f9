"""Reports sent per second over HTTP by four clients: one by one, in grids, in Excel files."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product

from bench import paper
from bench.browser import on_port
from bench.machine import Meter, percentiles
from bench.people import Cast, known

CLIENTS = 4


def measure(cast: Cast, port: int, limit: float, meter: Meter) -> dict:
    single, grids = shared_out(cast)
    return {
        "one_by_one": one_by_one(cast, port, single, limit, meter),
        "in_grids": in_grids(cast, port, grids, limit, meter),
        "in_files": in_files(cast, port, limit, meter),
    }


def shared_out(cast: Cast) -> tuple[list, list]:
    """Communes whose teams send one by one, and communes that send in grids."""
    with_work = [commune for commune in cast.communes if cast.unsent(commune)]
    return with_work[::3], [c for number, c in enumerate(with_work) if number % 3]


@dataclass
class Tally:
    """What the clients got done, and when they had to stop."""

    end: float
    sent: int = 0
    requests: int = 0
    spent: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, sent: int, answers) -> None:
        with self.lock:
            self.sent += sent
            self.requests += len(answers)
            self.spent += [answer.seconds for answer in answers]


def four_at_once(tasks: list[Callable[[Tally], None]], limit: float, meter: Meter) -> dict:
    """Four clients take the tasks in turn until none is left or the time is over."""
    before = meter.cpu()
    tally, waiting = Tally(time.monotonic() + limit), iter(tasks)
    taking = threading.Lock()

    def work():
        while time.monotonic() < tally.end:
            with taking:
                task = next(waiting, None)
            if task is None:
                return
            try:
                task(tally)
            except Exception as error:
                tally.errors.append(repr(error)[:500])

    threads = [threading.Thread(target=work) for _client in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    spent = {name: after - before[name] for name, after in meter.cpu().items()}
    each = {name: round(1000 * used / max(tally.sent, 1), 1) for name, used in spent.items()}
    return {
        "per_second": round(tally.sent / seconds, 1),
        "cpu_ms_each": each,
        "per_second_were_all_cores_ours": round(1000 * os.cpu_count() / sum(each.values())),
        "sent": tally.sent,
        "requests": tally.requests,
        "seconds": round(seconds, 2),
        "errors": tally.errors[:3],
    } | percentiles(tally.spent)


def one_by_one(cast: Cast, port: int, communes, limit: float, meter: Meter) -> dict:
    """Each team's leader sends the team's report; the filled-in pages stand ready before."""
    ready = []
    for team in [team for commune in communes for team in cast.unsent(commune)]:
        browser = known(on_port(port), cast.leaders[team])
        ready.append((browser, *paper.report_form(browser, team, cast.period.code)))

    def task(browser, address, fields):
        return lambda tally: tally.add(1, paper.send(browser, address, fields))

    return four_at_once([task(*each) for each in ready], limit, meter)


def in_grids(cast: Cast, port: int, communes, limit: float, meter: Meter) -> dict:
    """Each commune's officer sends all teams of the commune with one form."""
    ready = []
    for commune in communes:
        teams = cast.unsent(commune)
        browser = known(on_port(port), cast.officers[commune.pk])
        ready.append((browser, paper.grid_form(browser, teams), len(teams)))

    def task(browser, fields, teams):
        def send(tally):
            answer = browser.post("/reports/entry/", fields)
            if not answer.is_done:
                raise RuntimeError(f"The grid was not taken: {answer.text[:3000]}")
            tally.add(teams, [answer])

        return send

    found = four_at_once([task(*each) for each in ready], limit, meter)
    return found | {"teams_each": round(sum(each[2] for each in ready) / max(len(ready), 1), 1)}


def in_files(cast: Cast, port: int, limit: float, meter: Meter) -> dict:
    """Each district's officer takes over old reports of all its teams from one Excel file.

    Uploaded, looked at and confirmed: three requests for a file; then a second, corrected file.
    """
    ready, teams = [], 0
    for salt, (place, officer) in product((0, 7), cast.district_officers.items()):
        browser = known(on_port(port), officer)
        codes = cast.imported_codes(place)
        teams += len(codes)
        fields, file = paper.old_reports(browser, cast.oldest, codes, salt)
        ready.append((browser, fields, file, len(codes)))

    def task(browser, fields, file, teams):
        return lambda tally: tally.add(teams, paper.take_over(browser, fields, file))

    found = four_at_once([task(*each) for each in ready], limit, meter)
    return found | {"teams_each": round(teams / max(len(ready), 1), 1)}
