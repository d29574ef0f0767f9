"""What the room counts when a report or a total asks (TC11, TC12.num, XH04, XH05)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Q
from django.utils.functional import cached_property

from cncd.foundation.kit.counting import Counted
from cncd.team.teams.models import Membership
from cncd.team.teams.queries import places_held
from cncd.work.training.models import Attendance, Audience, Completion, Session

Record = tuple[str, str, int]
Part = tuple[int, int, Record]  # the team it counts for, how much, and what shows it


def counted(
    teams, first_day: dt.date, last_day: dt.date, counters: Iterable
) -> dict[int, dict[int, Counted]]:
    """Team id → counter id → figure, for counters of the room "training".

    `attended`: members by courses, each once a course, on the day of the first session of it that
    they came to, for the team they belonged to that day (TC11). `trained`: members on the last day
    who had completed a course by then (TC12). `classes`: classes for citizens begun within the
    days, for the team that held them, else the team that holds the hamlet (XH04); `learners`: who
    came to them for the first time (XH05). A team of which nobody's attendance was ever recorded
    is left out of `trained`: it is asked. Raises KeyError for another word. At most 9 queries for
    any number of teams.
    """
    ids = {getattr(team, "pk", team) for team in teams}
    books = _Books(ids, first_day, last_day)
    found: dict[int, dict[int, Counted]] = {pk: {} for pk in ids}
    for counter in counters:
        count, kept = COUNTS[counter.counts]
        values, records = defaultdict(int), defaultdict(list)
        for team, value, record in count(books):
            values[team] += value
            records[team].append(record)
        known = kept(books)
        # Who was trained before the book was begun is not known: then the team itself says it.
        for pk in ids & known if counter.counts == "trained" else ids:
            cited = tuple(sorted(records[pk]))
            found[pk][counter.pk] = Counted(values[pk], cited, pk in known)
    return found


class _Stay(NamedTuple):
    """A person in a team, from a day up to another, the team being in force."""

    since_on: dt.date
    until_on: dt.date
    team: int
    rank: int

    def holds_on(self, day: dt.date) -> bool:
        return self.since_on <= day < self.until_on


class _Books:
    """What is counted, read once for all counters, each kind when one first needs it."""

    def __init__(self, teams: set[int], first_day: dt.date, last_day: dt.date):
        self.teams, self.first_day, self.last_day = teams, first_day, last_day

    @cached_property
    def stays(self) -> dict[int, list[_Stay]]:
        """Person → their time in every team, of those who were in one of these by the last day."""
        mine = Membership.objects.filter(team__in=self.teams, since_on__lte=self.last_day)
        rows = Membership.objects.filter(person__in=mine.values("person")).order_by()
        fields = ("person", "team", "position", "since_on", "until_on", "team__since_on",
                  "team__until_on")  # fmt: skip
        found = defaultdict(list)
        for person, team, position, since, until, formed, dissolved in rows.values_list(*fields):
            ends = min(until or dt.date.max, dissolved or dt.date.max)
            rank = 0 if position == Membership.Position.LEADER else 1
            found[person].append(_Stay(max(since, formed), ends, team, rank))
        return found

    def team_on(self, person: int, day: dt.date) -> int | None:
        """The team of that day; of several the one led, then the one joined first."""
        held = [stay for stay in self.stays[person] if stay.holds_on(day)]
        best = min(held, key=lambda stay: (stay.rank, stay.since_on, stay.team), default=None)
        return best and best.team

    @cached_property
    def came(self) -> dict[tuple[int, int], tuple[dt.date, Record]]:
        """(Person, course) → the first day they came by the last day, and the attendance."""
        rows = Attendance.objects.counting().filter(
            person__in=list(self.stays), session__held_on__lte=self.last_day
        )
        fields = ("person", "session__course", "session__held_on", "pk", "version")
        found: dict = {}
        for person, course, day, pk, version in rows.order_by().values_list(*fields):
            said = (day, ("attendances", str(pk), version))
            held = found.get((person, course))
            if held is None or (day, pk) < (held[0], int(held[1][1])):
                found[person, course] = said
        return found

    @cached_property
    def completed(self) -> dict[int, Record]:
        """Person → the first course completed by the last day."""
        rows = Completion.objects.standing().filter(
            person__in=list(self.stays), completed_on__lte=self.last_day
        )
        rows = rows.order_by("completed_on", "pk").values_list("person", "pk", "version")
        found: dict = {}
        for person, pk, version in rows:
            found.setdefault(person, ("completions", str(pk), version))
        return found

    @cached_property
    def held(self) -> list[tuple[int, dt.date, bool, int, Record]]:
        """(team, day, begins a class, newcomers, record) of classes held by the last day."""
        places = places_held(self.teams, self.last_day)
        own = Q(team__in=self.teams) | Q(team=None, place__in=list(places))
        rows = Session.objects.standing().filter(
            own, course__audience=Audience.CITIZENS, state=Session.State.HELD,
            held_on__lte=self.last_day, people__isnull=False,
        )  # fmt: skip
        fields = ("team", "place", "held_on", "continues", "newcomers", "pk", "version")
        rows = rows.order_by().values_list(*fields)
        return [
            (team or places[place], day, continues is None, new or 0,
             ("sessions", str(pk), version))
            for team, place, day, continues, new, pk, version in rows
        ]  # fmt: skip

    # -- what the words of counters mean -----------------------------------------------------

    def attended(self) -> Iterator[Part]:
        for (person, _course), (day, record) in self.came.items():
            if day >= self.first_day and (team := self.team_on(person, day)) in self.teams:
                yield team, 1, record

    def trained(self) -> Iterator[Part]:
        """Every current membership of who completed something: as TC04 counts members."""
        for person, record in self.completed.items():
            for stay in self.stays[person]:
                if stay.team in self.teams and stay.holds_on(self.last_day):
                    yield stay.team, 1, record

    def classes(self) -> Iterator[Part]:
        for team, day, begins, _new, record in self.held:
            if begins and day >= self.first_day:
                yield team, 1, record

    def learners(self) -> Iterator[Part]:
        for team, day, _begins, new, record in self.held:
            if day >= self.first_day:
                yield team, new, record

    def with_courses(self) -> set[int]:
        """Teams of which somebody came to a course by the last day."""
        people = {person for person, _course in self.came}
        return {stay.team for person in people for stay in self.stays[person]}

    def with_classes(self) -> set[int]:
        return {team for team, *_rest in self.held}


COUNTS = {
    "attended": (_Books.attended, _Books.with_courses),
    "trained": (_Books.trained, _Books.with_courses),
    "classes": (_Books.classes, _Books.with_classes),
    "learners": (_Books.learners, _Books.with_classes),
}
