"""What a team says it did, and the ground it is judged on: no database, no clock."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.utils.formats import date_format

from cncd.foundation.kit.text import nfc, tidy


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What a team says it did: codes, ids and whole numbers, as every version keeps it."""

    kind: str
    happened_on: dt.date
    ended_on: dt.date | None = None  # a summary log: the last day of its range
    times: int = 1  # a summary log stands for this many activities
    people: int = 0
    elderly: int = 0
    households: int = 0
    visited: tuple[str, ...] = ()  # codes on the hamlet's list; as typed until it is settled
    contents: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    place: int | None = None  # None: the only hamlet the team covers
    venue: str = ""
    co_organisers: str = ""
    joint_teams: tuple[int, ...] = ()
    participants: tuple[int, ...] = ()
    note: str = ""
    photos: tuple[str, ...] = ()

    @property
    def is_summary(self) -> bool:
        return self.ended_on is not None

    @property
    def last_day(self) -> dt.date:
        return self.ended_on or self.happened_on

    def as_content(self) -> dict:
        """The same in plain JSON values."""
        content = {name: getattr(self, name) for name in self.__slots__}
        return content | {
            "happened_on": self.happened_on.isoformat(),
            "ended_on": self.ended_on and self.ended_on.isoformat(),
            **{name: dict(content[name]) for name in ("contents", "languages")},
            **{name: list(content[name]) for name in LISTS},
        }

    @classmethod
    def from_content(cls, content: dict) -> "Done":
        """What `as_content` made, read back; names it does not know are left."""
        content = {name: content[name] for name in cls.__slots__ if name in content}
        days = {
            name: content[name] and dt.date.fromisoformat(content[name])
            for name in ("happened_on", "ended_on")
        }
        return cls(**content | days | {name: tuple(content.get(name, ())) for name in LISTS})


LISTS = ("visited", "joint_teams", "participants", "photos")


class Days(NamedTuple):
    """From `since` up to, but not on, `until`; None is open."""

    since: dt.date
    until: dt.date | None = None

    def touch(self, first: dt.date, last: dt.date) -> bool:
        return self.since <= last and (self.until is None or first < self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What holds for one team: against it an entry is judged."""

    team: Days
    hamlets: Mapping[int, tuple[Days, ...]]
    members: Mapping[int, tuple[Days, ...]]
    kinds: Mapping[str, Days]
    contents: Mapping[str, Days]
    languages: frozenset[str] = frozenset()
    # Hamlet → key of a code → (id, code, until) of the household; read when an entry names any.
    households: Mapping[int, Mapping[str, tuple]] = field(default_factory=dict)
    other_teams: Mapping[int, Days] = field(default_factory=dict)
    period_ends: tuple[dt.date, ...] = ()
    summaries: tuple[tuple[dt.date, dt.date], ...] = ()  # ranges already summed up
    logged_on: tuple[dt.date, ...] = ()  # days that have entries of their own

    def also_written(self, *, summaries, logged_on) -> "Ground":
        """The same, knowing what the team wrote already in the days of the entry."""
        return replace(self, summaries=summaries, logged_on=logged_on)


class Fault(NamedTuple):
    """What is wrong, at which field; one that only `asks` passes once it is confirmed."""

    field: str
    message: str
    asks: bool = False


def tidied(done: Done) -> Done:
    """The same with its texts composed (NFC) and trimmed."""
    return replace(
        done,
        venue=tidy(done.venue),
        co_organisers=tidy(done.co_organisers),
        note=nfc(done.note).replace("\r\n", "\n").strip(),
    )


def only_hamlet(ground: Ground, first: dt.date, last: dt.date) -> int | None:
    """The hamlet the team covers in those days when there is exactly one, else None."""
    held = [place for place, spans in ground.hamlets.items() if is_held(spans, first, last)]
    return held[0] if len(held) == 1 else None


def is_held(spans: tuple[Days, ...] | None, first: dt.date, last: dt.date) -> bool:
    """Whether one of the spans touches the days."""
    return any(days.touch(first, last) for days in spans or ())


def shown(day: dt.date) -> str:
    """dd/mm/yyyy."""
    return date_format(day, "d/m/Y")
