"""Findings of many teams at once, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count

from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place, Setting
from cncd.foundation.places.options import option
from cncd.team.teams import rules
from cncd.team.teams.models import Coverage, FindingNote, Membership, Team, TeamIndex

MAXIMUM = "team.max_members"
MEMBER = (
    "person__full_name",
    "position",
    "hamlet_post",
    "tie",
    "component",
    "person__user__is_active",
)


def findings_of(teams, day: dt.date) -> dict[int, list[rules.Finding]]:
    """Team id → findings of its composition on that day (II.1.1), gravest first.

    A team that is not in force that day has none.
    """
    return {team: rules.findings(roster) for team, roster in rosters(teams, day).items()}


def rosters(teams, day: dt.date) -> dict[int, rules.Roster]:
    """Team id → what the rules look at, for the teams (ids or objects) in force that day."""
    ids = {getattr(team, "pk", team) for team in teams}
    rows = Team.objects.on(day).filter(pk__in=ids).order_by()
    members, hamlets, maximum = _members(ids, day), _hamlets(ids, day), Maximum(ids, day)
    return {
        team: rules.Roster(
            members=tuple(members[team]),
            hamlets=tuple(hamlets[team]),
            maximum=maximum.of(team),
            is_of_hamlets=level == "hamlet",
            in_force_on=since,
            issued_on=issued,
        )
        for team, level, since, issued in rows.values_list(
            "pk", "level__code", "since_on", "formed_by__issued_on"
        )
    }


def reasons(team: Team) -> dict[str, FindingNote]:
    """Rule → why its finding stands, as an officer wrote it."""
    return {note.rule: note for note in team.finding_notes.select_related("by__person")}


def _members(ids: set[int], day) -> dict[int, list[rules.Member]]:
    rows = Membership.objects.on(day).filter(team__in=ids)
    elsewhere = _teams_of_people_in_several(rows, day)
    found = defaultdict(list)
    # Plain values: thousands of objects would take longer than all queries together.
    for team, person, *values in rows.values_list("team", "person", *MEMBER):
        name, position, post, tie, component, has_account = values
        others = tuple(name for other, name in elsewhere[person] if other != team)
        found[team].append(
            rules.Member(
                name, position, post, tie, component is not None, bool(has_account), others
            )
        )
    return found


def _teams_of_people_in_several(rows, day) -> dict[int, list[tuple[int, str]]]:
    """Person id → teams (id, name), only of people who are in more than one team that day."""
    held = Membership.objects.on(day).in_teams_in_force(day).order_by()
    several = (
        held.filter(person__in=rows.order_by().values("person"))
        .values("person")
        .annotate(teams=Count("team", distinct=True))
        .filter(teams__gt=1)
        .values("person")
    )
    found = defaultdict(list)
    pairs = held.filter(person__in=several).order_by("team__sort_key")
    for person, team, name in pairs.values_list("person", "team", "team__name"):
        found[person].append((team, name))
    return found


def _hamlets(ids: set[int], day) -> dict[int, list[rules.Hamlet]]:
    rows = list(
        Coverage.objects.on(day).filter(team__in=ids).order_by("pk").values_list("team", "place")
    )
    covered = {place for _team, place in rows}
    alive = set(Place.objects.filter(pk__in=covered).alive(day).values_list("pk", flat=True))
    names, shared = place_queries.names(covered, day), _teams_of_shared_places(covered, day)
    found = defaultdict(list)
    for team, place in rows:
        others = tuple(name for other, name in shared[place] if other != team)
        found[team].append(rules.Hamlet(names[place].full_name, place in alive, others))
    return found


def _teams_of_shared_places(covered: set[int], day) -> dict[int, list[tuple[int, str]]]:
    """Place id → teams (id, name), only of places that more than one team covers that day."""
    held = Coverage.objects.on(day).in_teams_in_force(day).order_by()
    several = (
        held.filter(place__in=covered)
        .values("place")
        .annotate(teams=Count("team", distinct=True))
        .filter(teams__gt=1)
        .values("place")
    )
    found = defaultdict(list)
    rows = held.filter(place__in=several).order_by("team__sort_key")
    for place, team, name in rows.values_list("place", "team", "team__name"):
        found[place].append((team, name))
    return found


class Maximum:
    """The largest allowed number of members, the same everywhere or set by a place above."""

    def __init__(self, ids: set[int], day: dt.date):
        rows = Setting.objects.on(day).filter(key=MAXIMUM).values_list("place", "value")
        local = {place: int(value) for place, value in rows}
        self.everywhere = local.pop(None, option(MAXIMUM).default)
        self.of_team: dict[int, int] = {}
        if local:
            rows = TeamIndex.objects.on(day).filter(team__in=ids, place__in=local)
            for team, place in rows.order_by("level__rank").values_list("team", "place"):
                self.of_team[team] = local[place]  # the lowest level comes last and wins

    def of(self, team: int) -> int:
        return self.of_team.get(team, self.everywhere)
