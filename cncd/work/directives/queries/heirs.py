"""Who takes over from a team, a unit or an agency that is no more on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.people.models import AgencySuccession, AgencyVersion
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.models import Coverage, Team
from cncd.team.teams.queries import holders


def gone_teams(teams: Iterable[int], day: dt.date) -> set[int]:
    """Those dissolved by that day; one that has not begun yet is not gone."""
    rows = Team.objects.filter(pk__in=list(teams), until_on__lte=day)
    return set(rows.values_list("pk", flat=True))


def gone_places(places: Iterable[int], day: dt.date) -> set[int]:
    """Those that have ended by that day."""
    wanted = set(places)
    alive = Place.objects.alive(day).filter(pk__in=wanted)
    return wanted - set(alive.values_list("pk", flat=True))


def gone_agencies(agencies: Iterable[int], day: dt.date) -> set[int]:
    """Those without a name in force that day."""
    wanted = set(agencies)
    rows = AgencyVersion.objects.on(day).filter(agency__in=wanted)
    return wanted - set(rows.values_list("agency", flat=True))


def heirs_of_teams(teams: Iterable[int], day: dt.date) -> dict[int, set[int]]:
    """Dissolved team → the teams that serve, that day, the hamlets it covered last."""
    rows = Coverage.objects.of_teams_not_in_force(day).filter(team__in=list(teams))
    covered = defaultdict(set)
    for team, place in rows.values_list("team", "place"):
        covered[team].add(place)
    holding = holders(day, set().union(*covered.values(), ()))
    return {
        team: {holding[place] for place in places if place in holding} - {team}
        for team, places in covered.items()
    }


def heirs_of_places(places: Iterable[int], day: dt.date) -> dict[int, set[int]]:
    """Ended unit → the units of its level into which it passed."""
    rows = PlaceIndex.objects.on(day).filter(place__in=list(places), inherited=True)
    rows = rows.values_list("place", "ancestor", "place__level", "ancestor__level")
    found = defaultdict(set)
    for place, ancestor, level, level_above in rows:
        if level == level_above:
            found[place].add(ancestor)
    return found


def heirs_of_agencies(agencies: Iterable[int], day: dt.date) -> dict[int, set[tuple[int, int]]]:
    """Ended agency → (agency, its place) that took over its duties by that day."""
    rows = AgencySuccession.objects.filter(old__in=list(agencies), on__lte=day)
    found = defaultdict(set)
    for old, new, place in rows.values_list("old", "new", "new__place"):
        found[old].add((new, place))
    return found
