"""Where connection is poor, as far as the register of hamlets knows it."""

import datetime as dt
from collections import defaultdict

from cncd.team.teams.models import Coverage
from cncd.work.partners.queries import of_hamlets

POOR = {"weak", "none"}


def gaps_of(teams: list[int], day: dt.date) -> dict[int, bool]:
    """Team id → whether a hamlet it covers has a dead spot, no good signal, or no fibre.

    A team is absent where nobody noted anything.
    """
    covered = defaultdict(set)
    rows = Coverage.objects.on(day).filter(team__in=teams)
    for team, place in rows.values_list("team", "place"):
        covered[team].add(place)
    known = of_hamlets({place for places in covered.values() for place in places}, day)
    found: dict[int, bool] = {}
    for team, places in covered.items():
        noted = [known[place] for place in places if known[place].noted_on or known[place].gaps]
        if noted:
            found[team] = any(
                each.gaps or each.best in POOR or each.fibre == "no" for each in noted
            )
    return found
