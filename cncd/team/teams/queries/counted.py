"""What the room counts when a report or a total asks: teams, members, hamlets (TC01 to TC05)."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F
from django.utils.functional import cached_property

from cncd.foundation.kit.counting import Counted
from cncd.foundation.places.models import PlaceIndex
from cncd.team.teams import rules
from cncd.team.teams.models import Coverage, Membership, Team
from cncd.team.teams.queries.composition import Maximum

FILTERS = ("component", "gender", "union", "position")
YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Standing:
    """A membership in force, as far as counters look at it."""

    pk: int
    version: int
    position: str
    hamlet_post: str
    component: str | None
    gender: str
    union: bool

    def passes(self, filters: dict) -> bool:
        """Whether it fits every filter: word → values of which it has one."""
        return all(getattr(self, word) in wanted for word, wanted in filters.items())


def counted(teams, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Team id → counter id → what stands on the last day, for counters of the room "teams".

    `self` is 1 while the decision is in force (TC02), `members` counts people, filtered by
    component, gender, union or position (TC04), `complete` is 1 when the composition is as the
    plan says (TC05). Raises KeyError for a word that is none of these.
    """
    ids = {getattr(team, "pk", team) for team in teams}
    in_force = _Counting(ids, last_day)
    return {
        pk: {
            counter.pk: COUNTS[counter.counts](in_force, pk, _checked(counter.filters or {}))
            for counter in counters
        }
        for pk in ids
    }


def _checked(filters: dict) -> dict[str, list]:
    """The filters with their values in a list, yes and no as truth; KeyError for another word."""
    found = {}
    for word, wanted in filters.items():
        if word not in FILTERS:
            raise KeyError(word)
        values = wanted if isinstance(wanted, list) else [wanted]
        found[word] = [YES_OR_NO.get(value, value) for value in values]
    return found


class _Counting:
    """What is counted, read once for all counters (at most 4 queries)."""

    def __init__(self, ids: set[int], day: dt.date):
        self.ids, self.day = ids, day
        rows = Team.objects.on(day).filter(pk__in=ids)
        self.levels = dict(rows.order_by().values_list("pk", "level__code"))

    @cached_property
    def members(self) -> dict[int, list[Standing]]:
        rows = Membership.objects.on(self.day).filter(team__in=self.levels).order_by("pk")
        fields = ("pk", "version", "position", "hamlet_post", "component__code",
                  "person__gender", "union_member")  # fmt: skip
        found = defaultdict(list)
        for team, *values in rows.values_list("team", *fields):
            found[team].append(Standing(*values))
        return found

    @cached_property
    def maximum(self) -> Maximum:
        return Maximum(self.ids, self.day)

    def one(self, team: int, filters) -> Counted:
        """1 while the team is in force."""
        return Counted(1, [("teams", team, 1)]) if team in self.levels else Counted(0, [])

    def of_members(self, team: int, filters) -> Counted:
        found = [row for row in self.members[team] if row.passes(filters)]
        return Counted(len(found), [("memberships", row.pk, row.version) for row in found])

    def of_complete(self, team: int, filters) -> Counted:
        """1 while the team is in force and composed as the plan says."""
        if team not in self.levels:
            return Counted(0, [])
        roster = rules.Roster(
            members=tuple(
                rules.Member("", row.position, row.hamlet_post) for row in self.members[team]
            ),
            hamlets=(),
            maximum=self.maximum.of(team),
            is_of_hamlets=self.levels[team] == "hamlet",
        )
        return self.one(team, filters) if rules.is_complete(roster) else Counted(0, [])


COUNTS = {
    "self": _Counting.one,
    "members": _Counting.of_members,
    "complete": _Counting.of_complete,
}


def counted_places(communes, _first_day, day: dt.date, counters) -> dict[int, dict]:
    """Commune id → counter id → what stands that day: itself, its hamlets, those with a team.

    `self` is 1 while the commune is in force; `hamlets` are those in force (TC01);
    `hamlets_with_team` those that a team in force covers itself, not through a hamlet that ended
    (TC03). Raises KeyError for another word.
    """
    ids = [getattr(place, "pk", place) for place in communes]
    alive = PlaceIndex.objects.on(day).filter(place__in=ids, ancestor=F("place"), inherited=False)
    below = hamlets_below(ids, day).order_by("place")
    covered = set(covering(day).values_list("place", flat=True))
    hamlets = list(below.values_list("ancestor", "place"))
    rows = {
        "self": [(pk, pk) for pk in alive.values_list("place", flat=True)],
        "hamlets": hamlets,
        "hamlets_with_team": [pair for pair in hamlets if pair[1] in covered],
    }
    found: dict[int, dict] = {pk: {} for pk in ids}
    for counter in counters:
        records: dict[int, list] = defaultdict(list)
        for commune, place in rows[counter.counts]:
            records[commune].append(("places", place, 1))
        for pk in ids:
            found[pk][counter.pk] = Counted(len(records[pk]), records[pk])
    return found


def hamlets_below(ids, day: dt.date):
    """Rows of the place index: hamlets in force that day under each of the places."""
    return PlaceIndex.objects.on(day).filter(
        ancestor__in=ids, inherited=False, place__level__code="hamlet"
    )


def covering(day: dt.date):
    """Coverages in force that day of teams in force."""
    return Coverage.objects.on(day).in_teams_in_force(day)
