"""What a phone's outbox sends, as fast as it is answered; knows no Django."""

import json
import time
import uuid
from urllib.parse import urlencode

from bench.browser import on_port

DOOR = "/envelopes/"
MULTIPART = "multipart/form-data; boundary=edge"


def send(senders, port: int, size: int, limit: float) -> dict:
    """One client: goes round its teams until the time is over."""
    door, cpu, start = on_port(port), time.process_time(), time.perf_counter()
    spent, other, taken, number = [], [], 0, 0
    while time.perf_counter() - start < limit:
        team, session = senders[number % len(senders)]
        made = [envelope(team, number + each) for each in range(size)]
        number += 1
        clock = time.perf_counter()
        answers = (in_a_list if size > 1 else as_a_form)(door, session, made)
        spent.append(time.perf_counter() - clock)
        taken += sum(answer["state"] == "recorded" for answer in answers)
        other += [answer for answer in answers if answer["state"] != "recorded"][:3]
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    return {"taken": taken, "other": other, "spent": spent, "seconds": seconds, "cpu": cpu}


def envelope(team: int, number: int) -> dict[str, str]:
    """What the phone keeps of an entry of an hour ago."""
    said = {"day": "today", "kind": "huong-dan", "people": 3 + number % 5, "elderly": 1}
    said |= dict.fromkeys(("happened_on", "households", "venue", "co_organisers", "note"), "")
    return {
        "id": str(uuid.uuid4()),
        "kind": "activity.log",
        "about": json.dumps({"team": team, "tile": "c-vneid"}),
        "content": urlencode(said),
        "made_at": str(round(1000 * (time.time() - 3600))),
    }


def in_a_list(door, session: str, envelopes: list[dict]) -> list[dict]:
    body = json.dumps({"sent_at": round(1000 * time.time()), "envelopes": envelopes})
    return ask(door, session, body.encode(), "application/json")["answers"]


def as_a_form(door, session: str, envelopes: list[dict]) -> list[dict]:
    [said] = envelopes
    lines = []
    for name, value in (said | {"sent_at": str(round(1000 * time.time()))}).items():
        lines += ["--edge", f'Content-Disposition: form-data; name="{name}"', "", value]
    return [ask(door, session, "\r\n".join([*lines, "--edge--", ""]).encode(), MULTIPART)]


def ask(door, session: str, body: bytes, kind: str) -> dict:
    headers = {"Cookie": f"sessionid={session}", "Content-Type": kind, "X-Outbox": "1"}
    return json.loads(door("POST", DOOR, headers, body)[2])
