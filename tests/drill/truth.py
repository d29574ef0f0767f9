"""What must be true, whatever happens on the way: told from the rules, not from the program.

An entry counts exactly once when its receipt stands; only what the rules allow gets a receipt, and
only what they forbid is refused, in words. All the rest follows from the receipts.
"""

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from django.utils import timezone

from cncd.foundation.envelopes.models import Envelope
from cncd.results.reports.models import Report
from cncd.work.activities.models import Activity

DRAWER = dt.timedelta(days=90)
UNDER_WAY = dt.timedelta(minutes=2)
DAY = dt.timedelta(days=1)
UNTOLD = "nobody told the model whether it may"
COUNTED = {"TC07": lambda entry: 1, "TC08": lambda entry: entry.people,
           "CQ10": lambda entry: entry.vneid}  # fmt: skip


@dataclass
class Entry:
    """A recorded activity as the rules say it stands."""

    pk: str
    team: int
    author: int
    made_at: dt.datetime
    day: dt.date
    people: int
    vneid: int
    version: int = 1
    standing: bool = True


@dataclass
class Rules:
    """Who belongs to which team, how long, and what is in force."""

    members: dict  # (team, user) → last day, None: open
    leaders: set  # (team, user)
    ends: dict  # team → its first day no more in force, None: open
    retired_on: dt.date | None = None

    def belongs(self, team: int, user: int, day: dt.date) -> bool:
        if (team, user) not in self.members:
            return False
        until = self.members[team, user]
        return until is None or day < until

    def is_retired(self, day: dt.date) -> bool:
        return self.retired_on is not None and day >= self.retired_on


@dataclass
class Truth:
    rules: Rules
    entries: dict[str, Entry] = field(default_factory=dict)  # by envelope id
    receipts: dict[str, tuple] = field(default_factory=dict)  # id → what was recorded under it
    made: dict[str, tuple] = field(default_factory=dict)  # id → (true moment, skew)
    reported: dict = field(default_factory=dict)  # (team, month) → the version its figures rest in

    def written(self, phone, envelope) -> None:
        """Somebody pressed save: this is when it was, whatever the phone's clock said."""
        self.made[envelope.id] = (timezone.now(), phone.skew)

    # -- what reaches the server ----------------------------------------------------------------

    def arrived(self, phone, body: dict, answers: list | None, stumbled: bool) -> None:
        """Looks at the receipts after a request, finished or not, and at what was answered."""
        ids = [each["id"] for each in body["envelopes"]]
        found = {str(row.pk): row for row in Envelope.objects.filter(pk__in=ids)}
        for place, each in enumerate(body["envelopes"]):
            answer = answers[place] if answers else None
            if each["id"] in self.receipts:
                self._repeated(phone, each, answer, stumbled)
            elif each["id"] in found:
                why = self.forbids(phone, each, body["sent_at"])
                assert why in ("", UNTOLD), f"taken, though {why}: {each}"
                told = {"recorded", "failed"} if stumbled else {"recorded"}  # after the commit
                assert answer is None or answer["state"] in told, answer
                self._apply(phone, each, found[each["id"]], body["truly"])
            elif answer:
                self._not_taken(phone, each, body["sent_at"], answer, stumbled)
        assert Activity.objects.count() == len(self.entries), "an entry too many or too few"

    def _repeated(self, phone, each: dict, answer: dict | None, stumbled: bool) -> None:
        same = self.receipts[each["id"]] == _content(phone, each)
        told = {"recorded"} if same else {"different"}
        told |= {"failed"} if stumbled else set()
        assert answer is None or answer["state"] in told, (answer, each)

    def _not_taken(self, phone, each, sent_at, answer, stumbled: bool) -> None:
        if answer["state"] == "failed":
            assert stumbled, answer
            return
        why = self.forbids(phone, each, sent_at)
        assert answer["state"] == "refused", answer
        assert why, f"refused without a reason in the rules: {answer} {each}"
        assert answer["told"], "refused in silence"

    # -- the rules ------------------------------------------------------------------------------

    def made_at(self, phone, id: str, sent_at: int) -> dt.datetime:
        """The moment on the server's clock: the phone's, less how far it was ahead when sending."""
        moment, skew = self.made[id]
        here = timezone.now()
        ahead = dt.datetime.fromtimestamp(sent_at / 1000, dt.UTC) - here
        if not -UNDER_WAY < ahead <= dt.timedelta(0):
            moment -= ahead
        return min(moment + dt.timedelta(milliseconds=skew), here)

    def forbids(self, phone, each: dict, sent_at: int) -> str:
        """Why the rules forbid it; empty when they don't."""
        made_at = self.made_at(phone, each["id"], sent_at)
        if timezone.now() - made_at > DRAWER:
            return "it lay for more than 90 days"
        if each["kind"].startswith("report."):
            return UNTOLD
        said, about = _fields(each), json.loads(each["about"])
        if each["kind"] == "activity.log":
            return self._forbids_log(phone, said, about, timezone.localdate(made_at))
        return self._forbids_change(phone, each["kind"], said, about, timezone.localdate(made_at))

    def _forbids_log(self, phone, said, about, today: dt.date) -> str:
        team, day = about["team"], _day(said, today)
        end = self.rules.ends[team]
        if not self.rules.belongs(team, phone.user.pk, today):
            return "its author was not in the team"
        if end and day >= end:
            return "the team was no more"
        if self.rules.is_retired(day) and about["tile"] == "c-vneid":
            return "the content was retired"
        return ""

    def _forbids_change(self, phone, kind: str, said, about, today: dt.date) -> str:
        entry = self.entry(about["activity"])
        team, me = entry.team, phone.user.pk
        mine = entry.author == me or (team, me) in self.rules.leaders
        if not (mine and self.rules.belongs(team, me, today)):
            return "who changed it had no right to"
        if kind == "activity.restore" or (kind == "activity.withdraw" and not entry.standing):
            return ""
        if int(said["version"]) != entry.version:
            return "it was changed meanwhile"
        if "content_vneid" in said and self.rules.is_retired(entry.day):
            return "the content was retired"
        return "" if entry.standing else "it was withdrawn"

    def entry(self, pk: str) -> Entry:
        return next(entry for entry in self.entries.values() if entry.pk == pk)

    # -- what a receipt means -------------------------------------------------------------------

    def _require_near(self, id: str, receipt: Envelope, left: dt.datetime, skew: int) -> None:
        """The moment kept is the true one, but for what no clock could know.

        That is a jump of the phone's clock between saving and sending, and time spent on the way.
        """
        moment, skew_then = self.made[id]
        jump = abs(dt.timedelta(milliseconds=skew - skew_then))
        under_way = timezone.now() - left
        assert abs(receipt.made_at - moment) <= jump + max(under_way, UNDER_WAY), "a wrong moment"

    def _apply(self, phone, each: dict, receipt: Envelope, truly: tuple) -> None:
        self.receipts[each["id"]] = _content(phone, each)
        self._require_near(each["id"], receipt, *truly)
        said, about = _fields(each), json.loads(each["about"])
        people = int(said.get("people", 0))
        if each["kind"] == "activity.log":
            today = timezone.localdate(receipt.made_at)
            vneid = people if about["tile"] == "c-vneid" else 0
            pk, author = receipt.answer["activity"], phone.user.pk
            day = _day(said, today)
            entry = Entry(pk, about["team"], author, receipt.made_at, day, people, vneid)
            self.entries[each["id"]] = entry
            return
        if each["kind"].startswith("report."):
            self._reported(about["team"], about["period"])
            return
        entry = self.entry(about["activity"])
        if each["kind"] == "activity.edit":
            entry.people, entry.version = people, entry.version + 1
        else:
            entry.standing = each["kind"] == "activity.restore"

    def _reported(self, team: int, month: str) -> None:
        """A report carries what its sender saw: just what was recorded before it; then it rests."""
        sent = Report.objects.get(team=team, period__code=month).sent
        if self.reported.get((team, month)) == sent.pk:
            return  # sent once more from an earlier page, it said nothing else
        self.reported[team, month], figures = sent.pk, sent.figures
        counted = self.sums().get((team, month), {})
        for code in COUNTED:
            said = figures.get(code, {}).get("value", 0)
            assert (0 if said == "none" else said) == counted.get(code, 0), (code, said, counted)

    def sums(self) -> dict[tuple, dict[str, int]]:
        """{(team, month): {measure: figure}} of what stands; zeros are left out."""
        found: dict[tuple, Counter] = {}
        for entry in self.entries.values():
            figures = found.setdefault((entry.team, f"{entry.day:%Y-%m}"), Counter())
            for code, count in COUNTED.items():
                figures[code] += count(entry) if entry.standing else 0
        held = {key: {c: n for c, n in each.items() if n} for key, each in found.items()}
        return {key: figures for key, figures in held.items() if figures}


def _day(said: dict, today: dt.date) -> dt.date:
    return today - DAY if said["day"] == "yesterday" else today


def _fields(each: dict) -> dict:
    return {name: values[0] for name, values in parse_qs(each["content"]).items()}


def _content(phone, each: dict) -> tuple:
    fields = {name: values for name, values in parse_qs(each["content"], True).items()}
    return (phone.user.pk, each["kind"], json.loads(each["about"]), fields)
