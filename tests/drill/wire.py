"""The way to the server: what is sent may get lost, come twice, come late, or end the server."""

import json
from copy import deepcopy

from tests.drill.killing import Killed, Point, dying
from tests.drill.phone import Lost

DOOR = "/envelopes/"
FATES = {
    "good": 10,
    "request lost": 3,
    "answer lost": 4,
    "twice": 2,
    "late": 2,  # the phone gives up; what it sent arrives later, perhaps after something newer
    "copy": 2,  # it arrives, and once more later
    "killed": 5,
    "stumbles": 2,
}


class Wire:
    """`truth` sees all that reaches the server, and what it says, whether or not that arrives."""

    def __init__(self, chance, truth, story):
        self.chance, self.truth, self.story = chance, truth, story
        self.late: list[tuple] = []
        self.calm = False
        self.meanwhile = lambda phone: None  # what its owner does before the answer is there

    def post(self, phone, body: dict) -> dict | None:
        """The server's answer; None when it asks to sign in. Raises Lost."""
        fate = "good" if self.calm else self.chance.choices([*FATES], [*FATES.values()])[0]
        self.story(f"  sends {len(body['envelopes'])}: {fate}")
        if fate == "request lost":
            raise Lost
        if fate in ("late", "copy"):
            self.late.append((phone, deepcopy(body)))
        if fate == "late":
            raise Lost
        if fate == "twice":
            self.deliver(phone, body)
        said = self.deliver(phone, body, self._point(fate))
        self.meanwhile(phone)
        if fate == "answer lost":
            raise Lost
        return said

    def deliver_late(self) -> None:
        """One of what is still under way arrives; nobody waits for its answer."""
        if self.late:
            phone, body = self.late.pop(self.chance.randrange(len(self.late)))
            self.story(f"  {len(body['envelopes'])} arrive late")
            self.deliver(phone, body)

    def deliver(self, phone, body: dict, point: Point | None = None) -> dict | None:
        headers = {"X-Outbox": "1", "X-Sender": str(phone.user.pk)}
        about = {"content_type": "application/json", "headers": headers}
        answer = None
        try:
            with dying(point):
                answer = phone.client.post(DOOR, json.dumps(body, default=str), **about)
        except Killed:
            self.story(f"    the server ends: {point.where} {point.number}")
            raise Lost from None
        finally:
            said = answer.json() if answer is not None and answer.status_code == 200 else None
            stumbled = point is not None and point.where == "stumble"
            self.truth.arrived(phone, body, said and said["answers"], stumbled)
        if answer.status_code not in (200, 302, 401):
            raise AssertionError(f"The door says {answer.status_code}: {answer.content[:500]}")
        return said

    def _point(self, fate: str) -> Point | None:
        if fate == "stumbles":
            return Point("stumble", self.chance.randint(8, 60))
        if fate != "killed":
            return None
        where = self.chance.choice(["statement", "before commit", "after commit"])
        return Point(where, self.chance.randint(1, 90 if where == "statement" else 6))
