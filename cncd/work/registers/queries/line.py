"""All that the page of the 100% line says of a unit: today, by month, by unit, what changed."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures
from cncd.foundation.people import authority
from cncd.foundation.places import queries as places_room
from cncd.foundation.places.models import Level, Place
from cncd.team.programme import queries as programme
from cncd.team.programme.models import Indicator, Period, Target
from cncd.team.programme.rules import month_span, show_percent
from cncd.team.teams.authority import places_in_reach
from cncd.team.teams.queries import holders
from cncd.work.registers.models import Listing, Product
from cncd.work.registers.queries.course import Line, by_place, course
from cncd.work.registers.queries.shelf import NEAREST, NONE, Changes, Item, changes, shelf
from cncd.work.registers.queries.units import units_of

INDICATOR = "KT03"  # the one share the plan itself sets: 100% (II.2.3)
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One step of the course; `period` where it was opened, so that the page can go there."""

    day: dt.date
    label: str
    code: str
    line: Line

    @property
    def words(self) -> str:
        """ "81% (212/263)"."""
        share = share_in_words(self.line)
        if self.line.share is None:
            return share
        parts = (figures.number(self.line.on_floor), figures.number(self.line.recognised))
        return f"{share} ({parts[0]}/{parts[1]})"

    @property
    def value(self) -> str:
        """The share from 0 to 1 as a chart reads it; empty where there is none."""
        return "" if self.line.share is None else f"{float(self.line.share):.4f}"


@dataclass(frozen=True)
class Step:
    """So many products stand so near to the line."""

    state: str
    label: str
    number: int


@dataclass(frozen=True)
class UnitRow:
    """One unit directly below, with its line now and at the end of the month before."""

    name: str
    sort_key: str
    address: str
    line: Line
    before: Line

    on_floor = property(lambda self: self.line.on_floor)
    recognised = property(lambda self: self.line.recognised)
    missing = property(lambda self: self.line.missing)
    share = property(lambda self: _number(self.line))
    share_before = property(lambda self: _number(self.before))

    @property
    def share_words(self) -> str:
        return share_in_words(self.line)

    @property
    def share_words_before(self) -> str:
        return share_in_words(self.before)


def _number(line: Line) -> float | None:
    return None if line.share is None else float(line.share)


def state_in_words(state: str) -> str:
    """How near a product is to being on a floor, as its best listing says."""
    return _("On no floor yet") if state == NONE else str(Listing.State(state).label)


def share_in_words(line: Line) -> str:
    """ "81%"; "không phát sinh" where no product is recognised."""
    return _("nothing arose") if line.share is None else show_percent(line.share)


@dataclass
class LinePage:
    """The 100% line of a unit on a day; each part is read when first asked for.

    Without a unit it is that of all places in the reader's reach.
    """

    unit: Place | None
    period: Period | None
    day: dt.date
    user: object

    @cached_property
    def children(self) -> list[Place]:
        return list(places_room.children(self.unit, self.day)) if self.unit else []

    @cached_property
    def under(self) -> dict[int, int]:
        """{place in sight: the child it falls under, or the unit itself}."""
        if self.unit is None:
            mine = places_in_reach(self.user, "registers.view").values_list("pk", flat=True)
            return dict.fromkeys(mine, 0)
        found = units_of([self.unit.pk, *(child.pk for child in self.children)], self.day)
        if authority.can(self.user, "registers.view", place=self.unit):
            return found
        reach = places_in_reach(self.user, "registers.view").filter(pk__in=found)
        return {place: found[place] for place in reach.values_list("pk", flat=True)}

    @cached_property
    def places(self) -> set[int]:
        return set(self.under)

    @cached_property
    def items(self) -> list[Item]:
        """The products recognised that day, in Vietnamese order."""
        return [item for item in shelf(self.day) if item.place in self.under]

    @cached_property
    def states(self) -> Counter:
        """How many products stand how near to the line."""
        return Counter(item.state for item in self.items)

    @property
    def steps(self) -> list[Step]:
        """What the missing ones wait for, the nearest first; states nobody stands in left out."""
        found = [(state, self.states[state]) for state in (*NEAREST[1:], NONE)]
        return [Step(state, state_in_words(state), number) for state, number in found if number]

    @cached_property
    def line(self) -> Line:
        return Line(self.states[Listing.State.VERIFIED], len(self.items))

    @property
    def share_words(self) -> str:
        return share_in_words(self.line)

    @cached_property
    def knows_products(self) -> bool:
        """Whether the register holds any OCOP product here, recognised that day or not."""
        rows = Product.objects.standing().filter(kind=Product.Kind.OCOP)
        return bool(self.items) or rows.of_places(list(self.places)).exists()

    # -- by month ----------------------------------------------------------------------------

    @cached_property
    def months(self) -> list[Month]:
        """A year of month ends, oldest first; the last is the day of the page."""
        begins_on = self.period.scheme.first_day if self.period else 1
        spans = [month_span(begins_on, self.day)]
        while len(spans) < MONTHS:
            spans.append(month_span(begins_on, spans[-1].first_day - dt.timedelta(days=1)))
        spans.reverse()
        days = [*(span.last_day for span in spans[:-1]), self.day]
        opened = {p.code for p in programme.series(self.period, MONTHS)} if self.period else set()
        return [
            Month(day, f"{span.last_day:%m/%Y}", span.code if span.code in opened else "", line)
            for span, day, line in zip(spans, days, course(days, self.places), strict=True)
        ]

    @property
    def before(self) -> dt.date:
        """The last day of the month before."""
        return self.months[-2].day

    @cached_property
    def changes(self) -> Changes:
        return changes(self.before, self.day, self.places)

    @property
    def change_words(self) -> str:
        """How the share moved since the month before: "▲ 2,6 điểm %"; "" where it can't be said."""
        then, now = self.months[-2].line.share, self.line.share
        if then is None or now is None:
            return ""
        sign = "=" if now == then else "▲" if now > then else "▼"
        points = figures.number(round(float(abs(now - then)) * 100, 1))
        return f"{sign} " + _("%(points)s percentage points") % {"points": points}

    # -- by unit -----------------------------------------------------------------------------

    @cached_property
    def units(self) -> list[UnitRow]:
        """The units below that have recognised products, now or a month before."""
        now, then = self._by_unit(-1), self._by_unit(-2)
        rows = [
            UnitRow(
                child.full_name,
                child.sort_key,
                self._address(child),
                now.get(child.pk, Line()),
                then.get(child.pk, Line()),
            )
            for child in self.children
        ]
        if self.unit and self.unit.pk in now:
            own = (now[self.unit.pk], then.get(self.unit.pk, Line()))
            rows.append(UnitRow(_("Hamlet not known"), "", "", *own))
        return rows

    def _by_unit(self, at: int) -> dict[int, Line]:
        """{unit: its line} on the last but so many of the days of the course."""
        found: dict[int, Line] = {}
        for place, (on_floor, recognised) in by_place([m.day for m in self.months]).items():
            unit = self.under.get(place)
            if unit is not None and (on_floor[at] or recognised[at]):
                held = found.get(unit, Line())
                found[unit] = Line(held.on_floor + on_floor[at], held.recognised + recognised[at])
        return found

    def _address(self, child: Place) -> str:
        """This page one level down; of a hamlet, its products."""
        if child.level.rank < self._lowest:
            query = {"u": child.pk, "k": self.period.code if self.period else ""}
            return f"{reverse('registers:home')}?{urlencode(query)}"
        query = {"u": self.unit.pk, "unit": child.pk, "kind": Product.Kind.OCOP.value}
        return f"{reverse('registers:products')}?{urlencode(query)}"

    @cached_property
    def _lowest(self) -> int:
        return Level.objects.order_by("-rank").values_list("rank", flat=True)[0]

    # -- beside the reports ------------------------------------------------------------------

    @cached_property
    def held(self) -> dict[int, int]:
        """{place with products: the team it counts for}."""
        return holders(self.day, {item.place for item in self.items})

    @cached_property
    def by_team(self) -> Line:
        """As reports count it: only products at places of a team."""
        mine = [item for item in self.items if item.place in self.held]
        return Line(sum(item.is_on_floor for item in mine), len(mine))

    @property
    def without_team(self) -> int:
        """How many products no team's report counts."""
        return self.line.recognised - self.by_team.recognised

    @cached_property
    def target(self) -> Target | None:
        if self.unit is None:
            return None
        held = programme.targets_of_places([self.unit.pk], self.day).get(self.unit.pk, {})
        return next((t for t in held.values() if t.indicator.code == INDICATOR), None)

    @cached_property
    def goal(self) -> int:
        """What is to be reached, in percent: the target given, else the plan's own words."""
        if self.target:
            return self.target.value
        words = Indicator.objects.on(self.day).filter(code=INDICATOR).values_list("goal", flat=True)
        digits = "".join(sign for sign in (words.first() or "") if sign.isdigit())
        return int(digits or 100)

    @property
    def goal_value(self) -> str:
        return f"{self.goal / 100:.2f}"

    @property
    def is_met(self) -> bool:
        return self.line.share is not None and self.line.share * 100 >= self.goal
