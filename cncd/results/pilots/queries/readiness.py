"""What is in place in each commune before there are teams in every hamlet; fixed queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from cncd.foundation.people.coordination import officers_at
from cncd.foundation.people.models import Person
from cncd.foundation.places import queries as places_room
from cncd.results.pilots.queries.ground import households_of
from cncd.results.pilots.rules.readiness import (
    ACCOUNTS,
    BUDGET,
    CHANNEL,
    CONDITIONS,
    CONNECTED,
    HOUSEHOLDS,
    LEADERS,
    OFFICER,
    TRAINED,
    WITHOUT,
    Cell,
    added,
    met,
)
from cncd.team.teams.models import Membership
from cncd.team.teams.queries.counted import covering, hamlets_below
from cncd.work.channels.models import Channel
from cncd.work.money.queries import budgeted
from cncd.work.partners.models import Gap, Noting
from cncd.work.training.models import Attendance

PAGES = {
    WITHOUT: "teams:uncovered",
    LEADERS: "teams:members",
    ACCOUNTS: "teams:members",
    TRAINED: "training:untrained",
    CHANNEL: "channels:list",
    HOUSEHOLDS: "households:counts",
    CONNECTED: "partners:connectivity",
    BUDGET: "money:list",
    OFFICER: "people:list",
}
LEADS = (Membership.Position.LEADER, Membership.Position.DEPUTY)


@dataclass
class Ready:
    """One commune (or district): the cells by condition, and how many conditions are met."""

    place: int
    name: str
    parent: int | None
    above: str
    sort_key: str
    cells: dict[str, Cell]
    units: int = 1
    ready: int = field(init=False)  # units of which every condition is met

    def __post_init__(self):
        self.ready = int(self.met == self.of)

    @property
    def met(self) -> int:
        return met(self.cells)

    @property
    def of(self) -> int:
        return len(CONDITIONS)

    @property
    def hamlets(self) -> int:
        return self.cells[WITHOUT].of

    @property
    def without(self) -> int:
        return self.cells[WITHOUT].of - self.cells[WITHOUT].have


@dataclass
class _Ground:
    """What is read once for all communes."""

    communes: list[int]
    day: dt.date

    def __post_init__(self):
        below = hamlets_below(self.communes, self.day).order_by("place")
        self.hamlets: dict[int, list[int]] = defaultdict(list)
        for commune, place in below.values_list("ancestor", "place"):
            self.hamlets[commune].append(place)
        self.every = {place for places in self.hamlets.values() for place in places}
        rows = covering(self.day).filter(place__in=self.every).order_by("pk")
        self.teams: dict[int, int] = dict(rows.values_list("place", "team"))
        self._members()
        homes = Person.objects.filter(home__in=self.every).order_by()
        self.homes = set(homes.values_list("home", flat=True).distinct())
        self.known = households_of(self.every, self.day).keys()
        self.noted = _places(Noting.objects.standing(), self.every)
        self.gaps = _places(Gap.objects.open(), self.every)
        self.groups = _places(
            Channel.objects.open_on(self.day).filter(is_common=True), self.communes
        )
        self.money = budgeted(self.communes, self.day.year, self.day.year)
        self.officers = officers_at(self.communes, "teams.form", self.day)

    def _members(self) -> None:
        rows = Membership.objects.on(self.day).filter(team__in=set(self.teams.values()))
        rows = rows.values_list("team", "position", "person", "person__user__is_active")
        self.members, self.leads = defaultdict(set), defaultdict(list)
        for team, position, person, is_active in rows:
            self.members[team].add(person)
            if position in LEADS:
                self.leads[team].append((position, bool(is_active)))
        people = set().union(*self.members.values()) if self.members else set()
        there = Attendance.objects.counting().filter(person__in=people).order_by()
        self.trained = set(there.values_list("person", flat=True).distinct())

    def cells(self, commune: int) -> dict[str, Cell]:
        hamlets = self.hamlets.get(commune, [])
        teams = {self.teams[pk] for pk in hamlets if pk in self.teams}
        leads = [each for team in teams for each in self.leads[team]]
        members = set().union(*(self.members[team] for team in teams)) if teams else set()
        n = len(hamlets)
        counts = {
            WITHOUT: (sum(pk in self.teams for pk in hamlets), n),
            LEADERS: (sum(self._has_leads(pk) for pk in hamlets), n),
            ACCOUNTS: (sum(active for _position, active in leads), len(leads)),
            TRAINED: (len(members & self.trained), len(members)),
            CHANNEL: (int(commune in self.groups), 1),
            HOUSEHOLDS: (sum(pk in self.known for pk in hamlets), n),
            CONNECTED: (sum(pk in self.noted and pk not in self.gaps for pk in hamlets), n),
            BUDGET: (int(self.money.get(commune, 0) > 0), 1),
            OFFICER: (int(bool(self.officers.get(commune))), 1),
        }
        return {name: Cell(*counts[name], _page(name, commune)) for name in counts}

    def _has_leads(self, hamlet: int) -> bool:
        """A team with leader and deputy, or, without a team, somebody who lives there is known."""
        team = self.teams.get(hamlet)
        if team is None:
            return hamlet in self.homes
        return {position for position, _active in self.leads[team]} == set(LEADS)


def _places(rows, wanted: Iterable[int]) -> set[int]:
    rows = rows.filter(place__in=list(wanted)).order_by()
    return set(rows.values_list("place", flat=True).distinct())


def _page(name: str, place: int) -> str:
    return f"{reverse(PAGES[name])}?u={place}"


def ready_communes(communes: Iterable[int], day: dt.date) -> list[Ready]:
    """One row for each commune in force, by name; the same number of queries for any number."""
    ids = list(communes)
    names = places_room.names(ids, day)
    above = places_room.names({n.parent_id for n in names.values()} - {None}, day)
    ground = _Ground(ids, day)
    rows = [
        Ready(
            pk, names[pk].full_name, names[pk].parent_id,
            above[names[pk].parent_id].full_name if names[pk].parent_id in above else "",
            names[pk].sort_key, ground.cells(pk),
        )
        for pk in ids
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.above, row.sort_key))


def ready_districts(rows: list[Ready], day: dt.date) -> list[Ready]:
    """The communes added up under the unit above them: have and need are sums."""
    below = defaultdict(list)
    for row in rows:
        if row.parent:
            below[row.parent].append(row)
    names = places_room.names(below, day)
    found = []
    for pk, communes in below.items():
        cells = added([row.cells for row in communes])
        cells = {name: Cell(cell.have, cell.of, _page(name, pk)) for name, cell in cells.items()}
        name = names[pk]
        district = Ready(pk, name.full_name, name.parent_id, "", name.sort_key, cells)
        district.units, district.ready = len(communes), sum(row.ready for row in communes)
        found.append(district)
    return sorted(found, key=lambda row: row.sort_key)
