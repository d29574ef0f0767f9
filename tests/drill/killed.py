"""Server processes killed for good (kill -9) while phones send; only `make drill` runs it.

The three phones repeat what got no answer, as the outbox does; at the end all of it counts once.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from bench.machine import descendants
from bench.outbox import DOOR, envelope
from cncd.config.serving import server_command
from scripts.postgres import free_port
from tests.installation import installation, run

EACH, TOGETHER = 160, 8  # entries of a phone, in one request
SEEDS = [int(os.environ["SEED"])] if os.environ.get("SEED") else [1, 2]
PAUSE = (7.0, 8.0)  # seconds between two kills: sooner, the server believes in a fault of its own
REST = 1.0  # seconds between two requests of a phone
LIMIT = 120.0  # seconds for all of it

BUILD = """
import django, json
django.setup()
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from cncd.team.programme.actions import ensure_period, seed_programme
from cncd.team.programme.models import PeriodScheme
from tests.cast import country
cast = country()
seed_programme()
ensure_period(scheme=PeriodScheme.objects.get(in_use=True), day=timezone.localdate())
found = []
for user, team in ((cast.tu, cast.team), (cast.nhan, cast.team), (cast.liem, cast.team_my_hoa)):
    client = Client()
    client.force_login(user)
    found.append((team.pk, client.cookies["sessionid"].value))
print(json.dumps(found))
"""
LOOK = """
import django, json
django.setup()
from cncd.foundation.envelopes.models import Envelope
from cncd.results.totals.actions import rebuild, recount_noted
from cncd.results.totals.models import TeamTotal
from cncd.work.activities.models import Activity
def totals():
    return list(TeamTotal.objects.order_by("period", "team").values_list("team", "figures"))
noted = recount_noted()
left = totals()
rebuild()
print(json.dumps({
    "ids": sorted(str(row.pk) for row in Envelope.objects.all()),
    "activities": Activity.objects.count(),
    "people": sum(Activity.objects.values_list("people", flat=True)),
    "counted": sum(figures.get("TC08", 0) for _team, figures in left),
    "as_rebuilt": left == totals(),
    "noted": noted,
}))
"""


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_or_doubled_when_processes_are_killed(tmp_path: Path, seed):
    with installation(tmp_path) as environment:
        phones = json.loads(run(environment, "-c", BUILD).splitlines()[-1])
        made = [[envelope(team, number) for number in range(EACH)] for team, _session in phones]
        kills = send_under_fire(environment, phones, made, random.Random(seed))
        found = json.loads(run(environment, "-c", LOOK).splitlines()[-1])
    everything = [each for entries in made for each in entries]
    people = sum(3 + number % 5 for _phone in phones for number in range(EACH))
    assert kills > 1, "nobody was killed: the drill proved nothing"
    assert found["ids"] == sorted(each["id"] for each in everything)
    assert found["activities"] == len(everything)
    assert found["people"] == found["counted"] == people
    assert found["as_rebuilt"]


def send_under_fire(environment: dict, phones, made, chance: random.Random) -> int:
    """All phones send all they have, while workers are killed; returns how often."""
    port, sending = free_port(), threading.Event()
    command = server_command("127.0.0.1", port, 2)
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        wait_for(port)
        threads = [
            threading.Thread(target=send, args=(port, session, entries, sending), daemon=True)
            for (_team, session), entries in zip(phones, made, strict=True)
        ]
        for thread in threads:
            thread.start()
        return kill_until_done(server.pid, threads, sending, chance)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def kill_until_done(server: int, threads, sending: threading.Event, chance) -> int:
    """All workers at once, in the middle of a request; then they get time to come back."""
    kills, end = 0, time.monotonic() + LIMIT
    while any(thread.is_alive() for thread in threads):
        assert time.monotonic() < end, "the phones never came to an end"
        time.sleep(chance.uniform(*PAUSE))
        sending.clear()
        if sending.wait(2):
            time.sleep(chance.uniform(0, 0.1))
            for worker in descendants(server):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            kills += 1
    return kills


def send(port: int, session: str, entries: list[dict], sending: threading.Event) -> None:
    """As the outbox does: the same ids again until there is an answer."""
    waiting = list(entries)
    while waiting:
        batch = waiting[:TOGETHER]
        sending.set()
        try:
            answers = ask(port, session, batch)
        except (OSError, http.client.HTTPException, ValueError):
            answers = []
        done = {each["id"] for each in answers if each["state"] == "recorded"}
        waiting = [each for each in waiting if each["id"] not in done]
        time.sleep(REST)


def ask(port: int, session: str, batch: list[dict]) -> list[dict]:
    headers = {"Host": f"localhost:{port}", "Content-Type": "application/json", "X-Outbox": "1"}
    body = json.dumps({"sent_at": round(1000 * time.time()), "envelopes": batch})
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request("POST", DOOR, body, headers | {"Cookie": f"sessionid={session}"})
        return json.loads(line.getresponse().read())["answers"]


def wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.2)
    raise AssertionError("the server did not start")
