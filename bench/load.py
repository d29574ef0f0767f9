"""Over HTTP on loopback: a real server, four clients, memory, and how soon the province sees it."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connections

from bench import paper
from bench.browser import Browser, on_port
from bench.machine import cpu_of, memory_of, parent_of, percentiles
from bench.people import Cast, known, signed_in
from cncd.config.serving import server_command, worker_command

CLIENTS = 4
WORKERS = 2
LOGS_SEEN = 20
START_LIMIT = 60.0  # seconds


def measure(cast: Cast, port: int, limit: float) -> dict:
    """Serves as `cncd serve` does, and puts load on it; everything ends by itself."""
    on_sqlite = connections["default"].vendor == "sqlite"
    postmaster = None if on_sqlite else database_server()
    with serving(port, with_worker=on_sqlite) as server:
        meter = Meter(server.pid, postmaster)
        with meter:
            found = {"log_to_province": delays(cast, port, limit)}
            single, grids = shared_out(cast)
            found["reports_one_by_one"] = one_by_one(cast, port, single, limit, meter)
            found["reports_in_grids"] = in_grids(cast, port, grids, limit, meter)
            found["reading"] = reading(cast, port, min(limit, 10))
    return found | {"workers": WORKERS, "clients": CLIENTS, "memory": meter.peaks}


@contextmanager
def serving(port: int, *, with_worker: bool):
    """The supervisor with granian, and on SQLite the worker of background jobs, as in real life."""
    commands = [server_command("127.0.0.1", port, WORKERS)]
    commands += [worker_command()] if with_worker else []
    arguments = [sys.executable, "-m", "cncd.config.supervisor", json.dumps(commands)]
    connections.close_all()
    server = subprocess.Popen(arguments, stdout=sys.stderr, start_new_session=True)
    try:
        wait_for(port, server)
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def wait_for(port: int, server: subprocess.Popen) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end and server.poll() is None:
        try:
            if Browser(on_port(port)).get("/account/login/").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start")


def database_server() -> int:
    """Id of the process that starts PostgreSQL's others."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


class Meter:
    """What server and database use: processor time so far, and the most memory they ever held."""

    def __init__(self, server: int, postmaster: int | None):
        self.roots = {"server": server} | ({"database": postmaster} if postmaster else {})
        self.peaks = {name: {"pss_mb": 0.0} for name in self.roots}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def cpu(self) -> dict[str, float]:
        """Processor seconds so far: server, database and ourselves, the clients."""
        found = {name: cpu_of(root) for name, root in self.roots.items()}
        return found | {"clients": time.process_time()}

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.over.wait(0.5):
            for name, root in self.roots.items():
                held = memory_of(root)
                self.peaks[name] = max(self.peaks[name], held, key=lambda each: each["pss_mb"])


def shared_out(cast: Cast) -> tuple[list, list]:
    """Communes whose teams send one by one, and communes that send in grids."""
    with_work = [commune for commune in cast.communes if cast.unsent(commune)]
    return with_work[::3], [c for number, c in enumerate(with_work) if number % 3]


# -- how soon the province sees it ---------------------------------------------------------------


def delays(cast: Cast, port: int, limit: float) -> dict:
    """From the moment a log is sent until a page of the province shows it, opened again and again.

    The page's own time is in it.
    """
    province = signed_in(on_port(port), "canbotinh")
    team = known(on_port(port), next(iter(cast.leaders.values())))
    address, page = paper.tile_of(team), indicator_page(province)
    end, spent = time.monotonic() + limit, []
    for number in range(LOGS_SEEN):
        fields = paper.log_form(team, address, 3 + number % 5)
        before = province.get(page).text
        stop = time.monotonic() + 10
        start = time.perf_counter()
        sender = threading.Thread(target=team.post, args=(address, fields))
        sender.start()
        while shown(province.get(page).text) == shown(before):
            if time.monotonic() > stop:
                raise RuntimeError("The province never saw the log")
        spent.append(time.perf_counter() - start)
        sender.join()
        if time.monotonic() > end:
            break
    return percentiles(spent)


def indicator_page(browser: Browser) -> str:
    """The page of the first indicator that counts people or logs."""
    return "/desk/indicators/"


def shown(text: str) -> list[str]:
    """The numbers of the page's table."""
    return re.findall(r"<td[^>]*>(.*?)</td>", text, re.DOTALL)


# -- reports sent per second ---------------------------------------------------------------------


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


def reading(cast: Cast, port: int, seconds: float) -> dict:
    """Four officers of the province open the desk as fast as it comes."""
    first = signed_in(on_port(port), "canbotinh")
    end, spent, lock = time.monotonic() + seconds, [], threading.Lock()

    def work():
        browser = Browser(on_port(port))
        browser.cookies |= first.cookies
        while time.monotonic() < end:
            answer = browser.get("/desk/")
            with lock:
                spent.append(answer.seconds)

    threads = [threading.Thread(target=work) for _client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"pages_per_second": round(len(spent) / seconds, 1)} | percentiles(spent)
