"""How hard the places of teams are: connection as the register knows it, the way to a town."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from cncd.foundation.places.models import PlaceVersion
from cncd.results.rewards.rules.comparing import km_between
from cncd.team.teams.models import Coverage
from cncd.work.partners.queries import of_hamlets

POOR = {"weak", "none"}
TOWNS = {"phuong", "thi_tran"}  # kinds of commune with shops, a bank, a post office


class Grounds:
    """`gaps`: team id → whether a hamlet it covers has a dead spot, no good signal, or no fibre;
    `km`: team id → whole km to the nearest town as the crow flies, of the hamlet farthest from one.

    A team is absent where nobody noted anything, or no position is known. Six queries.
    """

    def __init__(self, teams: Iterable[int], day: dt.date):
        covered = defaultdict(set)
        rows = Coverage.objects.on(day).filter(team__in=teams)
        for team, place in rows.values_list("team", "place"):
            covered[team].add(place)
        hamlets = {place for places in covered.values() for place in places}
        self.gaps = dict(_gaps(covered, of_hamlets(hamlets, day)))
        self.km = dict(_farthest(covered, _ways(hamlets, day)))


def _gaps(covered: dict[int, set[int]], known: dict):
    for team, places in covered.items():
        noted = [known[place] for place in places if known[place].noted_on or known[place].gaps]
        if noted:
            yield team, any(each.gaps or each.best in POOR or each.fibre == "no" for each in noted)


def _farthest(covered: dict[int, set[int]], ways: dict[int, int]):
    for team, places in covered.items():
        known = [ways[place] for place in places if place in ways]
        if known:
            yield team, max(known)


def _ways(hamlets: set[int], day: dt.date) -> dict[int, int]:
    """Hamlet → whole km to the nearest town: from itself, else from the middle of its commune."""
    rows = PlaceVersion.objects.on(day).filter(place__level__code="commune")
    communes = {
        pk: (kind in TOWNS, point)
        for pk, kind, *point in rows.values_list("place", "kind__code", "latitude", "longitude")
    }
    towns = [point for is_town, point in communes.values() if is_town and None not in point]

    @cache
    def nearest(*point: float) -> int:
        return int(min(km_between(point, town) for town in towns))

    found = {}
    rows = PlaceVersion.objects.on(day).filter(place__in=hamlets)
    for pk, parent, *own in rows.values_list("place", "parent", "latitude", "longitude"):
        is_town, middle = communes.get(parent, (False, (None, None)))
        point = middle if None in own else own
        if is_town:
            found[pk] = 0
        elif towns and None not in point:
            found[pk] = nearest(*point)
    return found
