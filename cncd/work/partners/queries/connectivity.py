"""How hamlets are connected on a day, and the same added up for the units above them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.partners import rules
from cncd.work.partners.models import Gap, Noting, Signal

GOOD, WEAK, NONE = "good", "weak", "none"


@dataclass
class OfHamlet:
    """What is known of one hamlet: the newest word on each operator and on fibre."""

    signals: dict[str, str] = field(default_factory=dict)  # operator name → good, weak, none
    fibre: str = ""  # yes, no, or not known
    noted_on: dt.date | None = None
    gaps: int = 0
    households: int = 0

    @property
    def best(self) -> str:
        """good, weak or none: of the operator that reaches it best; "" where nothing is known."""
        return rules.best(self.signals.values())


@dataclass
class Connectivity:
    """The hamlets of a unit (of a hamlet: itself) on a day."""

    hamlets: int = 0
    noted: int = 0  # hamlets of which something is known
    good: int = 0  # at least one operator reaches them well
    weak: int = 0  # at best weakly
    none: int = 0  # no operator at all
    fibre: int = 0
    no_fibre: int = 0
    gaps: int = 0  # dead spots not covered yet
    households: int = 0  # affected by these, where said
    waiting: int = 0  # days the oldest of them waits
    noted_on: dt.date | None = None  # the newest noting


def connectivity_of(places: Iterable, day: dt.date) -> dict[int, Connectivity]:
    """Place id → how its hamlets are connected on the day; five queries for any number.

    Every place asked about is answered; what nobody noted is counted in `hamlets` alone.
    """
    found = {getattr(place, "pk", place): Connectivity() for place in places}
    under = _hamlets_under(found, day)
    known = of_hamlets({hamlet for each in under.values() for hamlet in each}, day)
    waiting = _waiting(known, day)
    for unit, hamlets in under.items():
        for hamlet in hamlets:
            _add(found[unit], known[hamlet], waiting.get(hamlet, 0))
    return found


def of_hamlets(hamlets: Iterable[int], day: dt.date) -> dict[int, OfHamlet]:
    """Hamlet id → what is known of it on the day; what a predecessor had is its successor's."""
    found = {pk: OfHamlet() for pk in hamlets}
    heirs = _heirs(found, day)
    rows = Noting.objects.standing().filter(place__in=heirs, noted_on__lte=day)
    notings = list(
        rows.order_by("noted_on", "recorded_at").values("pk", "place", "noted_on", "fibre")
    )
    signals = defaultdict(list)
    for row in Signal.objects.filter(noting__in=rows).values_list(
        "noting", "operator__name", "strength"
    ):
        signals[row[0]].append(row[1:])
    for row in notings:
        for hamlet in heirs[row["place"]]:
            told = found[hamlet]
            told.signals |= dict(signals[row["pk"]])
            told.fibre = row["fibre"] or told.fibre
            told.noted_on = row["noted_on"]
    for place, households in _open(heirs, day).values_list("place", "households"):
        for hamlet in heirs[place]:
            found[hamlet].gaps += 1
            found[hamlet].households += households or 0
    return found


def _open(places, day: dt.date):
    """Dead spots found by the day and not covered on it."""
    rows = Gap.objects.standing().filter(place__in=places, found_on__lte=day)
    return rows.exclude(covered_on__lte=day)


def _heirs(hamlets, day: dt.date) -> dict[int, set[int]]:
    """Hamlet of then → hamlets of today it is, or passed into."""
    rows = PlaceIndex.objects.on(day).filter(ancestor__in=hamlets)
    rows = rows.filter(place__level=F("ancestor__level"))
    found = defaultdict(set)
    for then, now in rows.values_list("place", "ancestor"):
        found[then].add(now)
    return found


def _hamlets_under(units, day: dt.date) -> dict[int, set[int]]:
    hamlets = Place.objects.at_level("hamlet").alive(day).values("pk")
    rows = PlaceIndex.objects.on(day).filter(ancestor__in=units, place__in=hamlets, inherited=False)
    found = defaultdict(set)
    for unit, hamlet in rows.values_list("ancestor", "place"):
        found[unit].add(hamlet)
    return found


def _waiting(hamlets, day: dt.date) -> dict[int, int]:
    """Hamlet → days its oldest open dead spot waits."""
    heirs = _heirs(hamlets, day)
    found: dict[int, int] = {}
    for place, since in _open(heirs, day).values_list("place", "found_on"):
        for hamlet in heirs[place]:
            found[hamlet] = max(found.get(hamlet, 0), (day - since).days)
    return found


def _add(total: Connectivity, told: OfHamlet, waiting: int) -> None:
    total.hamlets += 1
    total.noted += told.noted_on is not None
    total.good += told.best == GOOD
    total.weak += told.best == WEAK
    total.none += told.best == NONE
    total.fibre += told.fibre == "yes"
    total.no_fibre += told.fibre == "no"
    total.gaps += told.gaps
    total.households += told.households
    total.waiting = max(total.waiting, waiting)
    days = [day for day in (total.noted_on, told.noted_on) if day]
    total.noted_on = max(days, default=None)
