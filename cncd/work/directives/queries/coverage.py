"""How far a directive has come, unit by unit, at each level."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.queries import unit_of
from cncd.work.directives.models import Directive, Obligation
from cncd.work.directives.wording import IN_TIME, LATE, OVERDUE, standing

Status = Obligation.Status


@dataclass
class Coverage:
    """One unit and all that is owed in it, counted by how it stands that day."""

    place: int
    name: str
    sort_key: str
    level: str
    counts: Counter = field(default_factory=Counter)
    acknowledged: int = 0  # taken on, whatever came of it

    @property
    def given(self) -> int:
        """All but what passed on: that is counted where it went."""
        return self.counts.total() - self.counts[Status.PASSED]

    @property
    def working(self) -> int:
        return self.counts[Status.WORKING]

    @property
    def waiting(self) -> int:
        """Answered, and not checked yet."""
        return self.counts[Status.WAITING]

    @property
    def in_time(self) -> int:
        return self.counts[IN_TIME]

    @property
    def late(self) -> int:
        return self.counts[LATE]

    @property
    def overdue(self) -> int:
        return self.counts[OVERDUE]

    @property
    def exempt(self) -> int:
        return self.counts[Status.EXEMPT]

    @property
    def done(self) -> int:
        return self.in_time + self.late

    @property
    def share(self) -> float | None:
        """Done ÷ owed; None where nothing is owed."""
        owed = self.given - self.exempt
        return self.done / owed if owed else None


def coverage(directive: Directive, seen, at: Place | None, today: dt.date) -> list[Coverage]:
    """One row per unit directly below the place (the giver when None) in which the directive asks
    something the person sees (`seen`: obligations), and one for what is asked of the place itself.
    Six queries.
    """
    rows = list(seen.filter(directive=directive).select_related("directive", "above"))
    top = at.pk if at else directive.place_id
    bases = bases_of(rows, today)
    paths = _below(top, set(bases.values()), today)
    units: dict[int, Counter] = defaultdict(Counter)
    taken_on: Counter = Counter()
    for row in rows:
        unit = paths.get(bases[row.pk])
        if unit is not None:
            units[unit][standing(row, today)] += 1
            if row.acknowledged_at and row.status != Status.PASSED:
                taken_on[unit] += 1
    names = places.names(units, today)
    found = [
        Coverage(pk, names[pk].full_name, names[pk].sort_key, names[pk].level, units[pk],
                 taken_on[pk])
        for pk in units
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.place != top, each.sort_key))


def tally(rows, today: dt.date) -> Counter:
    """How many of the obligations stand how."""
    return Counter(standing(row, today) for row in rows)


def bases_of(rows: list[Obligation], today: dt.date) -> dict[int, int]:
    """Obligation id → the unit it belongs to: its own, or of a team its commune, the one it was
    asked under when the team is no more.
    """
    communes = unit_of({row.team_id for row in rows if row.team_id}, "commune", today)
    found = {}
    for row in rows:
        above = row.above.place_id if row.above else row.directive.place_id
        found[row.pk] = row.place_id or communes.get(row.team_id, above)
    return found


def _below(top: int, bases: set[int], today: dt.date) -> dict[int, int]:
    """Place → the unit directly below the top that it is or stands in; the top is in itself."""
    children = set(
        Place.objects.filter(versions__parent=top, versions__is_last=True).values_list(
            "pk", flat=True
        )
    )
    rows = PlaceIndex.objects.on(today).filter(place__in=bases, ancestor__in=children)
    found = dict(rows.values_list("place", "ancestor"))
    ended = bases - found.keys() - {top}
    found |= {place: place for place in ended & children}
    return found | ({top: top} if top in bases else {})
