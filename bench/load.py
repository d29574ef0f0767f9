"""Over HTTP on loopback: a real server, four clients, memory, and how soon the province sees it."""

import json
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

from django.db import connections

from bench import entries, paper, sending
from bench.browser import Browser, on_port
from bench.machine import Meter, parent_of, percentiles
from bench.people import Cast, known, signed_in
from bench.sending import CLIENTS
from cncd.config.serving import server_command, worker_command

WORKERS = 2
LOGS_SEEN = 20
START_LIMIT = 60.0  # seconds


def measure(cast: Cast, port: int, limit: float) -> dict:
    """Puts load on a server; everything ends by itself."""
    with metered(port) as meter:
        found = {"log_to_province": delays(cast, port, limit)}
        found["reports"] = sending.measure(cast, port, limit, meter)
        found["reading"] = reading(cast, port, min(limit, 10))
    return found | {"workers": WORKERS, "clients": CLIENTS, "memory": meter.peaks}


def measure_entries(cast: Cast, port: int, limit: float) -> dict:
    """What phones send that were away, as fast as a server takes it."""
    with metered(port) as meter:
        found = entries.measure(cast, port, min(limit, 15), meter)
    return found | {"workers": WORKERS, "clients": CLIENTS, "memory": meter.peaks}


@contextmanager
def metered(port: int):
    """A server as `cncd serve` starts it, and what it and its database use meanwhile."""
    on_sqlite = connections["default"].vendor == "sqlite"
    postmaster = None if on_sqlite else database_server()
    with serving(port, with_worker=on_sqlite) as server, Meter(server.pid, postmaster) as meter:
        yield meter


@contextmanager
def serving(port: int, *, with_worker: bool):
    """The supervisor with granian, and on SQLite the worker of background jobs, as in real life."""
    commands = [server_command("127.0.0.1", port, WORKERS)]
    commands += [worker_command()] if with_worker else []
    arguments = [
        sys.executable,
        "-m",
        "cncd.config.supervisor",
        json.dumps({"commands": commands, "look": None}),
    ]
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
