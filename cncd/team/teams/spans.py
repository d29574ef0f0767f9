"""Spans of days, half-open, and which place wins each day: pure, no database, no clock."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import NamedTuple

Day = dt.date


class Span(NamedTuple):
    """From `since` up to, but not on, `until`; None is open."""

    since: Day
    until: Day | None

    def holds(self, day: Day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Claim(NamedTuple):
    """A place that a team may fall under during a span; the lowest rank wins the day."""

    since: Day
    until: Day | None
    place: int
    level: int
    rank: tuple


class Row(NamedTuple):
    place: int
    level: int
    since: Day
    until: Day | None


def overlap(one: Span, other: Span) -> Span | None:
    """The days both spans share, None when they share none."""
    since = max(one.since, other.since)
    ends = [day for day in (one.until, other.until) if day is not None]
    until = min(ends) if ends else None
    return None if until is not None and until <= since else Span(since, until)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as possible, in order."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.since, span.until or Day.max)):
        last = result[-1] if result else None
        if last and (last.until is None or span.since <= last.until):
            longest = None if None in (last.until, span.until) else max(last.until, span.until)
            result[-1] = Span(last.since, longest)
        else:
            result.append(span)
    return result


def borders(spans: Iterable) -> list[Day]:
    """Every day on which something begins or ends, in order."""
    return sorted({day for span in spans for day in (span.since, span.until) if day is not None})


def slices(spans: list) -> list[Span]:
    """The stretches between borders, the last one open when any span is."""
    days = borders(spans)
    cut = [Span(a, b) for a, b in itertools.pairwise(days)]
    return [*cut, Span(days[-1], None)] if any(span.until is None for span in spans) else cut


def settled(claims: list[Claim]) -> list[Row]:
    """At most one place of each level on any day, in as few rows as possible."""
    rows = []
    for level in sorted({claim.level for claim in claims}):
        rivals = [claim for claim in claims if claim.level == level]
        won: dict[int, list[Span]] = {}
        for piece in slices(rivals):
            holders = [c for c in rivals if Span(c.since, c.until).holds(piece.since)]
            if holders:
                winner = min(holders, key=lambda claim: (claim.rank, claim.place))
                won.setdefault(winner.place, []).append(piece)
        rows += [Row(place, level, *span) for place in sorted(won) for span in merged(won[place])]
    return rows
