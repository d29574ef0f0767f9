"""What a list shows of each team, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cncd.foundation.places import queries as place_queries
from cncd.team.teams.models import Coverage, Membership
from cncd.team.teams.queries.composition import findings_of
from cncd.team.teams.queries.standing import unit_of


def with_figures(teams, day: dt.date):
    """Adds to a QuerySet of teams: size (members that day), leader and leader_key (their name)."""
    held = Membership.objects.on(day).filter(team=OuterRef("pk")).order_by()
    size = held.values("team").annotate(n=Count("pk")).values("n")
    leader = held.filter(position="leader").order_by("since_on", "pk")
    return teams.select_related("formed_by", "level").annotate(
        size=Coalesce(Subquery(size), 0),
        leader=Subquery(leader.values("person__full_name")[:1]),
        leader_key=Subquery(leader.values("person__sort_key")[:1]),
    )


def described(teams: list, day: dt.date) -> list:
    """The same teams, each with hamlets and commune (names that day) and findings."""
    ids = [team.pk for team in teams]
    communes = unit_of(ids, "commune", day)
    covered = defaultdict(list)
    # A dissolved team is told by what it covered last, one to come by what it will cover.
    rows = Coverage.objects.of_teams_not_in_force(day) | Coverage.objects.on(day)
    for team, place in rows.filter(team__in=ids).order_by("pk").values_list("team", "place"):
        covered[team].append(place)
    places = {place for found in covered.values() for place in found} | set(communes.values())
    names, findings = place_queries.names(places, day), findings_of(ids, day)
    for team in teams:
        team.hamlets = [names[place].full_name for place in covered[team.pk]]
        team.commune = names[communes[team.pk]].full_name if team.pk in communes else ""
        team.findings = findings.get(team.pk, [])
    return teams
