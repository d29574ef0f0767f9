"""What makes teams comparable: how many households they serve, and since when they work."""

import datetime as dt
from collections import defaultdict
from dataclasses import asdict, dataclass

from cncd.team.teams.models import Coverage
from cncd.work.evaluations.models import Evaluation, Round
from cncd.work.households.queries import latest_counts


@dataclass(frozen=True)
class Ground:
    """Households of the team's hamlets (None: nobody counted), days in force within the round."""

    households: int | None
    since_on: str
    days: int
    of_days: int

    @property
    def began_within(self) -> bool:
        return self.days < self.of_days

    def as_content(self) -> dict:
        return asdict(self)


def ground_of(evaluations: list[Evaluation], held: Round) -> dict[int, Ground]:
    """Evaluation id → the ground of its team in the round; two queries for any number."""
    counts = households_of([row.team_id for row in evaluations], held.last_day)
    whole = (held.last_day - held.first_day).days + 1
    return {
        row.pk: Ground(
            counts.get(row.team_id),
            row.team.since_on.isoformat(),
            max(0, (held.last_day - max(held.first_day, row.team.since_on)).days + 1),
            whole,
        )
        for row in evaluations
    }


def households_of(teams: list[int], day: dt.date) -> dict[int, int]:
    """Team id → households of the hamlets it covers that day, as last counted for the year."""
    covered = defaultdict(list)
    rows = Coverage.objects.on(day).filter(team__in=teams)
    for team, place in rows.values_list("team", "place"):
        covered[team].append(place)
    counts = latest_counts({place for places in covered.values() for place in places}, day.year)
    found = {}
    for team, places in covered.items():
        known = [
            counts[place]["households"].households
            for place in places
            if "households" in counts.get(place, {})
        ]
        if known:
            found[team] = sum(known)
    return found
