"""How far the teams reach: per commune, district and province, and what is left out."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q

from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.models import Membership, TeamIndex
from cncd.team.teams.queries.counted import covering, hamlets_below


@dataclass(frozen=True)
class Reach:
    """One unit on a day: hamlets, those with a team, teams, members, Youth Union members."""

    place: int
    name: str
    sort_key: str
    level: str
    hamlets: int
    covered: int
    teams: int
    members: int
    union_members: int
    women: int

    @property
    def uncovered(self) -> int:
        return self.hamlets - self.covered

    @property
    def share(self) -> float | None:
        """Hamlets with a team ÷ hamlets; None ("không phát sinh") where there is no hamlet."""
        return self.covered / self.hamlets if self.hamlets else None

    @property
    def union_share(self) -> float | None:
        """Youth Union members ÷ members (IV.4); None where there is no member."""
        return self.union_members / self.members if self.members else None


def reaches(units, day: dt.date) -> list[Reach]:
    """One row per unit (ids or places) in the tree of that day, in the order given."""
    ids = [getattr(unit, "pk", unit) for unit in units]
    names = place_queries.names(ids, day)
    below = hamlets_below(ids, day).order_by()
    hamlets = _per(below, "ancestor", Count("place", distinct=True))
    with_team = below.filter(place__in=covering(day).values("place"))
    covered = _per(with_team, "ancestor", Count("place", distinct=True))
    teams = _per(TeamIndex.objects.on(day).filter(place__in=ids).order_by(), "place", Count("team"))
    people = _members_per(ids, day)
    return [
        Reach(
            place=pk,
            name=names[pk].full_name,
            sort_key=names[pk].sort_key,
            level=names[pk].level,
            hamlets=hamlets.get(pk, 0),
            covered=covered.get(pk, 0),
            teams=teams.get(pk, 0),
            **people.get(pk, dict(members=0, union_members=0, women=0)),
        )
        for pk in ids
        if pk in names
    ]


def _per(rows, key: str, count) -> dict[int, int]:
    return dict(rows.values(key).annotate(n=count).values_list(key, "n"))


def _members_per(ids, day) -> dict[int, dict[str, int]]:
    """Place id → counts of memberships in force there that day."""
    rows = (
        Membership.objects.on(day)
        .filter(
            Q(team__index__until_on=None) | Q(team__index__until_on__gt=day),
            team__index__since_on__lte=day,
            team__index__place__in=ids,
        )
        .order_by()
        .values(place=F("team__index__place"))
        .annotate(
            members=Count("pk"),
            union_members=Count("pk", filter=Q(union_member=True)),
            women=Count("pk", filter=Q(person__gender="f")),
        )
    )
    return {row.pop("place"): row for row in rows}


@dataclass(frozen=True)
class HamletLine:
    """A hamlet on a day: its commune, its teams, and the teams that still follow its forerunner."""

    place: int
    name: str
    sort_key: str
    commune: int | None
    commune_name: str
    teams: list[tuple[int, str]]  # (id, name)
    old_teams: list[tuple[int, str]]


def hamlet_lines(roots, day: dt.date) -> list[HamletLine]:
    """Every hamlet in force that day under the places (ids), with and without a team."""
    ids = list(hamlets_below(roots, day).order_by().values_list("place", flat=True).distinct())
    names = place_queries.names(ids, day)
    communes = place_queries.names({names[pk].parent_id for pk in ids} - {None}, day)
    teams: dict[int, list[tuple[int, str]]] = {}
    rows = covering(day).filter(place__in=ids).order_by("team__sort_key")
    for place, team, name in rows.values_list("place", "team", "team__name"):
        teams.setdefault(place, []).append((team, name))
    old = teams_of_old_hamlets(ids, day)
    lines = [
        HamletLine(
            place=pk,
            name=names[pk].full_name,
            sort_key=names[pk].sort_key,
            commune=names[pk].parent_id,
            commune_name=communes[names[pk].parent_id].full_name if names[pk].parent_id else "",
            teams=teams.get(pk, []),
            old_teams=old.get(pk, []),
        )
        for pk in ids
    ]
    order = {pk: found.sort_key for pk, found in communes.items()}
    return sorted(lines, key=lambda line: (order.get(line.commune, ""), line.sort_key))


def hamlets_without_team(roots, day: dt.date) -> list[HamletLine]:
    """Hamlets under the places (ids) that no team covers itself that day (IV.1: toward 100%)."""
    return [line for line in hamlet_lines(roots, day) if not line.teams]


def teams_of_old_hamlets(hamlets, day: dt.date) -> dict[int, list[tuple[int, str]]]:
    """Hamlet id → teams (id, name) that still follow a hamlet which ended and passed into it."""
    passed = dict(
        PlaceIndex.objects.on(day)
        .filter(inherited=True, ancestor__in=hamlets, place__in=covering(day).values("place"))
        .values_list("place", "ancestor")
    )
    found: dict[int, list[tuple[int, str]]] = {}
    rows = covering(day).filter(place__in=passed).order_by("team__sort_key")
    for old, team, name in rows.values_list("place", "team", "team__name"):
        found.setdefault(passed[old], []).append((team, name))
    return found


def hamlets_of(commune: Place, day: dt.date) -> list[int]:
    """Ids of the hamlets in force under the commune that day, in Vietnamese order."""
    below = hamlets_below([commune.pk], day).values("place")
    places = Place.objects.filter(pk__in=below).named(day).order_by("sort_key", "pk")
    return list(places.values_list("pk", flat=True))


def covered_by(places, day: dt.date) -> dict[int, list[str]]:
    """Place id → names of the teams that cover it itself that day."""
    found: dict[int, list[str]] = {}
    rows = covering(day).filter(place__in=places).order_by("team__sort_key")
    for place, name in rows.values_list("place", "team__name"):
        found.setdefault(place, []).append(name)
    return found
