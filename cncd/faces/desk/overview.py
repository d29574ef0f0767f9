"""What a desk shows of a unit in a month: how complete, the headline figures, the units below."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number, percent
from cncd.foundation.people.permissions import (
    AGRICULTURE_OFFICER,
    ENTERPRISE,
    HELPER,
    TRADE_OFFICER,
)
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Level, Place
from cncd.results.totals import queries as totals
from cncd.results.totals.models import PlaceTotal
from cncd.results.totals.queries import Reading
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Indicator, Period, Target
from cncd.team.programme.rules import (
    OverTime,
    Progress,
    is_stated,
    progress,
    show,
    show_over_time,
    show_percent,
)

MONTHS = 12
ECONOMY_DESKS = {TRADE_OFFICER, AGRICULTURE_OFFICER, ENTERPRISE, HELPER}


def words_of(reading: Reading) -> str:
    """The figure in words: "1.234 lượt", "81%", "không phát sinh", "chưa báo cáo"."""
    if reading.reason:
        stated = OverTime(reading.value, reading.reason, reading.stated, reading.expected)
        return show_over_time(stated)
    if reading.indicator.is_ratio:
        return show_percent(reading.value)
    return show(reading.value, reading.factor, reading.indicator.unit)


def plain(reading: Reading) -> float | int | None:
    """The figure as a number in its shown unit (a ratio in percent), for charts and Excel."""
    value = reading.value
    if value is None or value == "none":
        return None
    if reading.indicator.is_ratio:
        return round(float(value) * 100, 1)
    return value / reading.factor if reading.factor > 1 else value


@dataclass(frozen=True)
class Tile:
    """One indicator of the unit: this month, its course, and what was asked."""

    reading: Reading
    course: tuple[Reading, ...]  # months, oldest first, this one last
    target: Target | None

    @property
    def indicator(self) -> Indicator:
        return self.reading.indicator

    @property
    def words(self) -> str:
        return words_of(self.reading)

    @property
    def before(self) -> Reading | None:
        return self.course[-2] if len(self.course) > 1 else None

    @property
    def change(self) -> str:
        """Against last month: "▲ 24%", "▼ 91%", a share in points: "▲ 2,6 điểm %"; "" for none."""
        now, then = plain(self.reading), self.before and plain(self.before)
        if now is None or then is None or (not then and not self.indicator.is_ratio):
            return ""
        sign = "=" if now == then else "▲" if now > then else "▼"
        if self.indicator.is_ratio:
            points = number(round(abs(now - then), 1))
            return f"{sign} " + _("%(points)s percentage points") % {"points": points}
        return f"{sign} {percent(abs(now - then) / then)}"

    @property
    def progress(self) -> Progress | None:
        if self.target is None or not is_stated(self.reading.value):
            return None
        kind = "ratio" if self.indicator.is_ratio else self.indicator.measure.kind
        return progress(self.reading.value, self.target.value, kind, self.indicator.direction)


@dataclass(frozen=True)
class Standing:
    """How many teams reported, and how: late, missing and not yet due are kept apart."""

    due: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    returned: int = 0
    accepted: int = 0
    is_past_due: bool = False

    @property
    def sent(self) -> int:
        return self.on_time + self.late

    @property
    def unsent(self) -> int:
        return max(self.due - self.sent, 0)

    @property
    def share(self) -> float | None:
        return self.sent / self.due if self.due else None


def standing_of(total: PlaceTotal | None, is_past_due: bool) -> Standing:
    counts = total.counts if total else {}
    names = ("due", "on_time", "late", "waiting", "returned", "accepted")
    return Standing(*(counts.get(name, 0) for name in names), is_past_due=is_past_due)


@dataclass
class Overview:
    """A unit in a month, read from at most a year of its own rows and one month of those below."""

    place: Place
    period: Period
    now: dt.datetime
    pillar: str = ""  # a sector desk looks at one pillar first

    @cached_property
    def is_running(self) -> bool:
        return totals.is_running(self.period, self.now.date())

    @cached_property
    def reader(self) -> totals.Reader:
        """Reads rows of this month."""
        return totals.Reader(running=self.is_running)

    @cached_property
    def past(self) -> totals.Reader:
        """Reads rows of ended months."""
        return totals.Reader()

    @cached_property
    def lowest(self) -> Level:
        return totals.lowest_level()

    @cached_property
    def on_team_sheet(self) -> set[str]:
        """Codes of the measures a team's own report holds this month."""
        return {row.measure.code for row in programme.sheet_for(self.lowest.code, self.period)}

    @cached_property
    def periods(self) -> list[Period]:
        return programme.series(self.period, MONTHS + 1)

    @cached_property
    def rows(self) -> dict[tuple[int, int], PlaceTotal]:
        return totals.of_places([self.place.pk], self.periods)

    def row(self, period: Period) -> PlaceTotal | None:
        return self.rows.get((self.place.pk, period.pk))

    @property
    def total(self) -> PlaceTotal | None:
        return self.row(self.period)

    @cached_property
    def indicators(self) -> list[Indicator]:
        return list(programme.indicators_on(self.period.last_day))

    @cached_property
    def targets(self) -> dict[int, Target]:
        found = programme.targets_of_places([self.place.pk], self.period.last_day)
        return found.get(self.place.pk, {})

    @cached_property
    def headline(self) -> list[Tile]:
        chosen = [i for i in self.indicators if i.is_headline]
        if self.pillar:
            own = [i for i in self.indicators if i.pillar == self.pillar and i.is_core]
            chosen = [i for i in own if i.is_headline] + [i for i in own if not i.is_headline]
        return [self.tile(indicator) for indicator in chosen[:8]]

    def tile(self, indicator: Indicator) -> Tile:
        *before, now = self.periods[-MONTHS:]
        course = [self.past.read(self.row(period), indicator) for period in before]
        reading = self.reader.read(self.row(now), indicator)
        return Tile(reading, (*course, reading), self.targets.get(indicator.pk))

    @cached_property
    def due_at(self) -> dt.datetime | None:
        return programme.due_at(self.period, self.lowest.code)

    @cached_property
    def is_past_due(self) -> bool:
        return self.due_at is not None and self.now > self.due_at

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.total, self.is_past_due)

    @cached_property
    def children(self) -> list[Place]:
        """The units one level below, in Vietnamese order; teams are not among them."""
        below = places.children(self.place, self.period.last_day)
        return [child for child in below if child.level.rank < self.lowest.rank]

    @cached_property
    def child_rows(self) -> dict[int, PlaceTotal]:
        found = totals.of_places([child.pk for child in self.children], [self.period])
        return {place: row for (place, _period), row in found.items()}

    @cached_property
    def child_standings(self) -> list[tuple[Place, Standing]]:
        return [
            (child, standing_of(self.child_rows.get(child.pk), self.is_past_due))
            for child in self.children
        ]

    def read_child(self, child: Place, indicator: Indicator) -> Reading:
        return self.reader.read(self.child_rows.get(child.pk), indicator)


def pillar_of(user) -> str:
    """The pillar a sector desk opens on: the digital economy for trade, farming, enterprises."""
    from cncd.foundation.people import authority

    roles = {grant.role for grant in authority.grants(user)}
    return "KT" if roles and roles <= ECONOMY_DESKS else ""
