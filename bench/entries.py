"""Entries a second through the outbox's door: four client processes, one by one and in lists.

Each client speaks for a quarter of the teams, as a phone does that was away: envelope after
envelope through session, rights, form, journal and totals. Clients share the cores with the server.
"""

import multiprocessing
import os
import time

from bench.browser import on_port
from bench.machine import Meter, percentiles
from bench.outbox import envelope, in_a_list, send
from bench.people import Cast, known
from bench.sending import CLIENTS

TOGETHER = 50  # what the phone sends in one request
TEAMS = 40  # of all clients


def measure(cast: Cast, port: int, limit: float, meter: Meter) -> dict:
    senders = ready(cast, port)
    return {
        "in_lists": of_four(senders, port, TOGETHER, limit, meter) | {"together": TOGETHER},
        "one_by_one": of_four(senders, port, 1, limit, meter),
    }


def ready(cast: Cast, port: int) -> list[tuple[int, str]]:
    """(team, session) of teams whose leader's entry is taken; each has sent one."""
    found = []
    for team, user in list(cast.leaders.items())[:: len(cast.leaders) // (3 * TEAMS) or 1]:
        session = known(on_port(port), user).cookies["sessionid"]
        [answer] = in_a_list(on_port(port), session, [envelope(team, 1)])
        if answer["state"] == "recorded":  # a team of several hamlets would have to choose one
            found.append((team, session))
    return found[:TEAMS]


def of_four(senders, port: int, size: int, limit: float, meter: Meter) -> dict:
    """Four processes send as much as they can for so many seconds."""
    spawn = multiprocessing.get_context("spawn")
    tasks = [(senders[number::CLIENTS], port, size, limit) for number in range(CLIENTS)]
    with spawn.Pool(CLIENTS) as pool:
        pool.map(time.sleep, [0.5] * CLIENTS)  # all stand ready
        before = meter.cpu()
        found = pool.starmap(send, tasks, chunksize=1)
        after = meter.cpu()
    taken = sum(each["taken"] for each in found)
    spent = {name: after[name] - before[name] for name in meter.roots}
    spent["clients"] = sum(each["cpu"] for each in found)
    each = {name: round(1000 * used / max(taken, 1), 2) for name, used in spent.items()}
    return {
        "per_second": round(sum(each["taken"] / each["seconds"] for each in found), 1),
        "cpu_ms_each": each,
        "per_second_were_all_cores_ours": round(1000 * os.cpu_count() / sum(each.values())),
        "taken": taken,
        "not_taken": [said for each in found for said in each["other"]][:3],
    } | percentiles([second for each in found for second in each["spent"]])
