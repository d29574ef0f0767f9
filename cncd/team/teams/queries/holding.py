"""Which team a record of a place counts for, on a day: one, or none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from cncd.foundation.places.models import PlaceIndex, Succession
from cncd.team.teams.models import Coverage
from cncd.team.teams.queries.counted import covering


class Claim(NamedTuple):
    """A team covers the place, or what the place passed into; the least claim is the nearest."""

    height: int  # how far above the place what it covers stands: 0 is the place's own level
    is_inherited: bool
    lesser_share: float  # 0 when the place passed into it whole
    heir: int
    team: int


def holders(day: dt.date, places: Iterable[int]) -> dict[int, int]:
    """{place id: id of the team that its records count for}; places of no team are left out.

    The team in force that covers the place itself, before one that covers the commune; what has
    ended counts for the team of its (largest) successor. At most three queries.
    """
    covered = covering(day)
    rows = PlaceIndex.objects.on(day).filter(
        place__in=list(places), ancestor__in=covered.values("place")
    )
    rows = list(
        rows.values_list("place", "ancestor", "inherited", "ancestor__level__rank",
                         "place__level__rank")
    )  # fmt: skip
    teams = defaultdict(list)
    wanted = {ancestor for _place, ancestor, *_rest in rows}
    for place, team in covered.filter(place__in=wanted).values_list("place", "team"):
        teams[place].append(team)
    shares = _shares({place for place, _above, inherited, *_ranks in rows if inherited})
    claims = defaultdict(list)
    for place, above, inherited, rank, own in rows:
        lesser = 1 - shares.get((place, above), 1) if inherited else 0
        for team in teams[above]:
            claims[place].append(Claim(own - rank, inherited, lesser, above, team))
    return {place: min(found).team for place, found in claims.items()}


def _shares(places: set[int]) -> dict[tuple[int, int], float]:
    """{(old, new): share} of what these places passed into."""
    if not places:
        return {}
    rows = Succession.objects.filter(old__in=places)
    return {(old, new): float(share) for old, new, share in rows.values_list("old", "new", "share")}


def places_held(teams: Iterable[int], day: dt.date) -> dict[int, int]:
    """{place id: team id}: every place whose records count for one of these teams that day."""
    wanted = set(teams)
    covered = covering(day).filter(team__in=wanted)
    below = PlaceIndex.objects.on(day).filter(ancestor__in=covered.values("place"))
    found = holders(day, set(below.values_list("place", flat=True)))
    return {place: team for place, team in found.items() if team in wanted}


def may_hold(places: Iterable[int]) -> set[int]:
    """Ids of every team that these places' records count for on some day; one query."""
    above = PlaceIndex.objects.filter(place__in=list(places)).values("ancestor")
    covered = Coverage.objects.filter(place__in=above).order_by()
    return set(covered.values_list("team", flat=True).distinct())


def sharing(teams: Iterable[int], day: dt.date) -> set[int]:
    """Ids of the teams in force among which records pass when one of these comes or goes.

    Those that cover the same places, what these passed into, or what stands above or below.
    """
    covered = Coverage.objects.filter(team__in=list(teams)).values("place")
    below = PlaceIndex.objects.on(day).filter(ancestor__in=covered).values("place")
    above = PlaceIndex.objects.on(day).filter(place__in=below).values("ancestor")
    return set(covering(day).filter(place__in=above).values_list("team", flat=True))
