"""What is true of places without a database: spans of days, who reaches whom, how codes look."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

HAMLET = "hamlet"  # the level whose units officers of a commune keep themselves
CODE = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.\-]{0,18}[0-9A-Za-z])?")
HAMLET_CODE = re.compile(r"(?P<commune>.+)\.(?P<number>\d{3})")
NUMBERED = re.compile(r"(\d+\w?|[IVX]+|[A-Z])")
ALL_TIME = dt.date.max  # an open end, while computing


def says_little(name: str) -> bool:
    """A number names a unit only together with its type: "Phường 1", "Khóm 8A", "Ấp 2"."""
    return NUMBERED.fullmatch(name) is not None


class Span(NamedTuple):
    """Days from `since` up to, but not on, `until`."""

    since: dt.date
    until: dt.date

    def clipped(self, since: dt.date, until: dt.date = ALL_TIME) -> "Span | None":
        """What of it lies in [since, until)."""
        found = Span(max(self.since, since), min(self.until, until))
        return found if found.since < found.until else None


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in the fewest spans."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.since <= found[-1].until:
            found[-1] = Span(found[-1].since, max(found[-1].until, span.until))
        else:
            found.append(span)
    return found


class Standing(NamedTuple):
    """A version, as far as the tree is concerned."""

    place: int
    parent: int | None
    since: dt.date
    until: dt.date | None


class Passing(NamedTuple):
    """From that day the new place answers for what the old one did."""

    old: int
    new: int
    on: dt.date
    whole: bool = True  # False: a part only, the old place goes on


class IndexRow(NamedTuple):
    place: int
    ancestor: int
    inherited: bool
    since: dt.date
    until: dt.date | None


class Tree:
    """Versions and successions of places, and the index they give.

    A place that ended passes to its successors; without any, to the parent it stood under.
    """

    def __init__(self, standings: Iterable[Standing], passings: Iterable[Passing]):
        self.standings: dict[int, list[Standing]] = defaultdict(list)
        for standing in standings:
            self.standings[standing.place].append(standing)
        self.heirs: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
        has_successor = set()
        for passing in passings:
            self.heirs[passing.old].append((passing.on, passing.new))
            if passing.whole:
                has_successor.add(passing.old)
        for place in list(self.standings):
            last = max(self.standings[place], key=lambda each: each.since)
            if last.until and last.parent and place not in has_successor:
                self.heirs[place].append((last.until, last.parent))
        self._above: dict[int, dict[int, list[Span]]] = {}

    def above(self, place: int) -> dict[int, list[Span]]:
        """Who stands at or above the place, and on which days."""
        if place not in self._above:
            spans: dict[int, list[Span]] = defaultdict(list)
            for standing in self.standings[place]:
                days = Span(standing.since, standing.until or ALL_TIME)
                spans[place].append(days)
                parents = self.above(standing.parent) if standing.parent else {}
                for ancestor, held in parents.items():
                    spans[ancestor] += filter(None, (span.clipped(*days) for span in held))
            self._above[place] = {a: joined(found) for a, found in spans.items() if found}
        return self._above[place]

    def lives_on(self, place: int, day: dt.date) -> bool:
        return any(span.since <= day < span.until for span in self.above(place).get(place, ()))

    def inherited(self, place: int) -> dict[int, list[Span]]:
        """Who reaches the place through its heirs, and on which days."""
        spans: dict[int, list[Span]] = defaultdict(list)
        for heir, since in self._heirs_of(place).items():
            for ancestor, held in self.above(heir).items():
                spans[ancestor] += filter(None, (span.clipped(since) for span in held))
        return {ancestor: joined(found) for ancestor, found in spans.items() if found}

    def _heirs_of(self, place: int) -> dict[int, dt.date]:
        """Each heir, direct or later, with the first day it answers for the place."""
        since = {place: dt.date.min}
        open_ends = [place]
        while open_ends:
            current = min(open_ends, key=lambda each: since[each])
            open_ends.remove(current)
            for on, heir in self.heirs.get(current, ()):
                # What had been passed on before this place came in did not carry it along.
                if on < since[current] or (on == since[current] and self.lives_on(current, on)):
                    continue
                if heir not in since or on < since[heir]:
                    since[heir] = on
                    open_ends.append(heir)
        del since[place]
        return since

    def index(self, places: Iterable[int] | None = None) -> set[IndexRow]:
        """The rows of the index for these places (all when None)."""
        return {
            IndexRow(
                place, ancestor, inherited, span.since, None if open_ended(span) else span.until
            )
            for place in (list(self.standings) if places is None else places)
            for inherited, found in ((False, self.above(place)), (True, self.inherited(place)))
            for ancestor, spans in found.items()
            for span in spans
        }


def open_ended(span: Span) -> bool:
    return span.until == ALL_TIME


def next_hamlet_code(commune_code: str, taken: Iterable[str]) -> str:
    """The next free local code "<commune code>.<three digits>": hamlets have no official one."""
    numbers = [
        int(found["number"])
        for found in map(HAMLET_CODE.fullmatch, taken)
        if found and found["commune"] == commune_code
    ]
    return f"{commune_code}.{max(numbers, default=0) + 1:03d}"
