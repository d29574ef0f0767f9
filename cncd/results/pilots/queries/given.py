"""What this room gives those who draw up documents: plain values, each figure with what is behind.

A `Figure` is bound to (room, id, version) of every record it came from and to the page that opens
it; `shown` is how it is written for people.
"""

import datetime as dt
from dataclasses import dataclass, field

from cncd.foundation.kit.figures import percent

Record = tuple[str, str, int]  # room, id, version


@dataclass(frozen=True)
class Figure:
    """`value`: int, "none" (không phát sinh) or None (chưa báo cáo); `shown` in words."""

    value: int | str | None
    shown: str
    address: str = ""
    records: tuple[Record, ...] = ()
    source: str = ""  # "đếm từ sổ…", "báo cáo tháng…", or what was entered by hand, from where, who


@dataclass(frozen=True)
class UnitLine:
    """A hamlet of the pilot or of the comparison on the pilot's days."""

    place_id: int
    name: str  # "khóm 1"
    commune: str  # "Phường 1"
    district: str  # "thành phố Sóc Trăng"; "" where there is no such level
    kind: str  # "pilot" or "comparison"
    team: str  # "" when no team serves it
    team_id: int | None
    households: int | None
    why: str  # why it was taken
    beside: str = ""  # of a comparison hamlet: the pilot hamlet it stands beside


@dataclass(frozen=True)
class ValueLine:
    """One figure in one hamlet: before, in the middle, at the end."""

    unit: str
    kind: str
    measure: str  # code
    name: str
    unit_of_measure: str
    baseline: Figure
    mid: Figure
    end: Figure


@dataclass(frozen=True)
class Conclusion:
    """Difference in differences of one measure, per 100 households, with its 95% interval."""

    measure: str
    name: str
    pilot_change: str  # "+12,5"
    comparison_change: str
    difference: str
    interval: str  # "từ −3,1 đến 24,9", "" when none can be worked out
    verdict: str  # enough, not_enough, cannot
    text: str  # one plain sentence
    counted: str = ""  # how many hamlets and communes of each side the figure rests on
    power: str = ""  # how large an effect had to be to be seen
    caution: str = ""  # where the figure tells opposite stories
    earlier: str = ""  # whether the two sides moved apart already before the pilot


@dataclass(frozen=True)
class LessonLine:
    kind: str  # in words
    text: str
    seen_on: dt.date
    unit: str
    by: str
    record: Record


@dataclass(frozen=True)
class Trouble:
    """A difficulty raised in a pilot hamlet during the pilot, and its answer."""

    text: str
    kind: str
    place: str
    raised_on: dt.date
    state: str  # in words
    answer: str
    answered_on: dt.date | None
    answered_by: str  # the unit that answered
    address: str
    record: Record


@dataclass(frozen=True)
class Totals:
    """The whole pilot in four numbers, of the pilot hamlets in the days of the pilot."""

    activities: Figure
    people: Figure
    reports: Figure
    spent: Figure  # đồng


@dataclass(frozen=True)
class Synthesis:
    """All a synthesis of a pilot says (IV.3). `confirmed` False: a draft of what stands today."""

    pilot_id: str
    name: str
    place: str
    legal_basis: str  # "Kế hoạch số … ngày … của …", "" when no document is entered yet
    issued_on: dt.date
    last_day: dt.date
    months: int
    as_of: dt.date
    confirmed: bool
    version: int
    confirmed_at: dt.datetime | None
    confirmed_by: str
    totals: Totals
    units: tuple[UnitLine, ...]
    values: tuple[ValueLine, ...]
    conclusions: tuple[Conclusion, ...]
    cannot_say: tuple[str, ...]  # what so few hamlets do not show, in plain sentences
    lessons: tuple[LessonLine, ...]
    troubles: tuple[Trouble, ...]
    assessment: str
    proposals: str
    missing: tuple[str, ...] = field(default=())  # what is not stated yet
    summary: tuple[tuple[str, str], ...] = ()  # four questions of whoever decides, and the answers
    assumptions: tuple[str, ...] = ()  # what the comparison takes for granted


@dataclass(frozen=True)
class CommuneLine:
    """A commune of a replication plan."""

    place_id: int
    name: str
    district: str
    hamlets: int
    met: int
    of: int
    why: str
    by_hand: bool
    line: int | None = None  # the row it stands for


@dataclass(frozen=True)
class Wave:
    number: int
    first_day: dt.date
    last_day: dt.date
    communes: tuple[CommuneLine, ...]
    hamlets: int
    members: int
    sessions: int
    cost: int  # đồng
    trainers: int = 0  # needed to hold the sessions in the days of the wave
    covered_after: int = 0  # hamlets with a team once the wave is over


@dataclass(frozen=True)
class Trainers:
    """Who promised to teach: an enterprise or union, its unit, training days or people."""

    agency: str
    place: str
    what: str
    promised: int
    delivered: int
    address: str
    is_sessions: bool = False  # promises sessions; else people

    @property
    def left(self) -> int:
        """What is still to come of the promise."""
        return max(0, self.promised - self.delivered)


@dataclass(frozen=True)
class ReplicationPlan:
    """All a plan of replication says (IV.1). Amounts are whole đồng."""

    plan_id: str
    name: str
    place: str
    state: str
    state_in_words: str
    starts_on: dt.date
    last_day: dt.date
    hamlets_all: int  # hamlets in force under the unit
    hamlets_with_team: int
    hamlets: int  # without a team, in the waves
    members: int
    sessions: int
    seats: int
    members_each: int
    sessions_each: int
    waves: tuple[Wave, ...]
    trainers: tuple[Trainers, ...]
    team_cost: int
    session_cost: int
    cost: int
    cost_basis: str
    text: str
    pilot_name: str
    pilot_basis: str  # legal basis of the pilot it builds on
    version: int
    approved_at: dt.datetime | None
    approved_by: str
    answer: str
    trainers_needed: int = 0  # at once, in the fullest wave
    trainers_each: int = 0
    trainer_load: int = 0
    changed: tuple[str, ...] = ()  # what is otherwise in the hamlets than in the lines

    @property
    def communes(self) -> int:
        return sum(len(wave.communes) for wave in self.waves)

    @property
    def steps(self) -> list[tuple[Wave, str]]:
        """Each wave with the share of hamlets that have a team once it is over."""
        whole = self.hamlets_all
        return [(w, percent(w.covered_after / whole) if whole else "") for w in self.waves]
