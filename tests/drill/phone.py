"""The rules of the phone's outbox (outbox.js, sending.js), small enough to be seen to be right."""

import json
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

TOGETHER = 20
RANKS = {"report.save": 8, "report.send": 9, "report.supplement": 9}
LONGEST = 15 * 60_000
STOPS = {"waiting", "signed_out"}


class Full(Exception):
    """There is no room on the phone; its owner is told so, and nothing is kept."""


class Lost(Exception):
    """No answer came."""


@dataclass
class Envelope:
    id: str
    kind: str
    about: dict
    fields: dict
    made: int  # milliseconds on the phone's clock
    edition: int = 0
    state: str = "waiting"
    outcome: str = ""
    tries: int = 0
    next: int = 0
    why: dict = field(default_factory=dict)
    answer: dict = field(default_factory=dict)

    @property
    def rank(self) -> int:
        return RANKS.get(self.kind, 1)

    @property
    def turn(self) -> tuple:
        return (self.rank, self.made, self.id)

    def plain(self) -> dict:
        content = urlencode(self.fields, doseq=True)
        about = json.dumps(self.about)
        said = {"id": self.id, "kind": self.kind, "about": about, "content": content}
        return said | {"made_at": self.made}


class Phone:
    """One person's phone: a clock that may be wrong, room that may end, an outbox."""

    def __init__(self, user, client, chance, wire):
        self.user, self.client, self.chance, self.wire = user, client, chance, wire
        self.held: dict[str, Envelope] = {}
        self.skew = 0  # milliseconds its clock is ahead
        self.online, self.full = True, False

    def now(self) -> int:
        return round(timezone.now().timestamp() * 1000) + self.skew

    # -- outbox.js ----------------------------------------------------------------------------

    def keep(self, kind: str, about: dict, fields: dict) -> Envelope:
        return self._put(
            Envelope(str(UUID(int=self.chance.getrandbits(128))), kind, about, fields, self.now())
        )

    def alter(self, held: Envelope, fields: dict) -> Envelope:
        """What waits is opened again and saved: the same id and moment, an edition of its own."""
        anew = replace(held, fields=fields, edition=held.edition + 1, tries=0, next=0, outcome="")
        return self._put(anew)

    def _put(self, envelope: Envelope) -> Envelope:
        if self.full:
            raise Full
        self.held[envelope.id] = envelope
        return envelope

    def change(self, seen: Envelope, **changes) -> None:
        held = self.held.get(seen.id)
        if held is None or (held.state, held.edition) != (seen.state, seen.edition):
            return
        if not self.full:
            self.held[seen.id] = replace(held, **changes)
        elif changes.get("state") == "recorded":
            del self.held[seen.id]

    def waiting(self, after: tuple | None = None) -> Envelope | None:
        turns = [each for each in self.held.values() if each.state == "waiting"]
        turns = [each for each in turns if after is None or each.turn > after]
        return min(turns, key=lambda each: each.turn, default=None)

    # -- sending.js ---------------------------------------------------------------------------

    def flush(self, now: bool = False) -> None:
        turn, last = None, 99
        while self.online:
            batch, turn, last = self._together(turn, last, now)
            found = self.send(batch) if batch else ["waiting"]
            if STOPS & set(found):
                return
            if "failed" in found:
                last = batch[0].rank

    def _together(self, turn, last: int, now: bool):
        """What goes in one request; behind one that failed, later ranks stay."""
        batch: list[Envelope] = []
        while len(batch) < TOGETHER and (seen := self.waiting(turn)):
            if seen.rank > last or (batch and seen.rank != batch[0].rank):
                break
            if now or seen.next <= self.now():
                batch.append(seen)
            elif seen.outcome == "failed":
                last = seen.rank
            else:
                break
            turn = seen.turn
        return batch, turn, last

    def send(self, batch: list[Envelope]) -> list[str]:
        body = {"sent_at": self.now(), "envelopes": [each.plain() for each in batch]}
        body["truly"] = (timezone.now(), self.skew)  # for the drill; the server does not look at it
        try:
            said = self.wire.post(self, body)
        except Lost:
            return [self._later(each, "waiting") for each in batch]
        if said is None:
            return [self._later(each, "signed_out") for each in batch]
        by_id = {each["id"]: each for each in said["answers"]}
        return [self._settle(each, by_id[each.id]) for each in batch]

    def _settle(self, seen: Envelope, said: dict) -> str:
        if said["state"] == "recorded":
            self.change(seen, state="recorded", answer=said["answer"])
            return "recorded"
        if said["state"] in ("refused", "different", "malformed"):
            self.change(seen, state="refused", why=said)
            return "refused"
        return self._later(seen, "failed" if said["state"] == "failed" else "waiting")

    def _later(self, seen: Envelope, outcome: str) -> str:
        pause = min(5000 * 2**seen.tries, LONGEST) * (0.75 + self.chance.random() / 2)
        self.change(seen, tries=seen.tries + 1, next=self.now() + pause, outcome=outcome)
        return outcome
