"""Which hamlets a pilot is compared with: by rules stated beforehand, the same for everybody."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

TAKEN = "taken"
# Why a hamlet is left out, the first that holds; `not_needed` fits, but nearer ones were taken.
PILOT, OTHER_KIND, UNKNOWN, TOO_FAR, NO_BASELINE, NOT_NEEDED = (
    "pilot",
    "other_kind",
    "unknown",
    "too_far",
    "no_baseline",
    "not_needed",
)


@dataclass(frozen=True)
class Candidate:
    """A hamlet that might be compared: its kind, commune, households (None: nobody counted)."""

    place: int
    kind: str
    commune: int | None
    households: int | None
    sort_key: str
    has_baseline: bool
    is_pilot: bool = False


@dataclass(frozen=True)
class Considered:
    """A candidate beside a pilot hamlet, and what became of it."""

    beside: int  # the pilot hamlet
    place: int
    outcome: str
    households: int | None
    apart: int | None  # percent more (+) or fewer (−) households than the pilot hamlet

    def as_content(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Terms:
    """How near a comparison hamlet has to be."""

    same_kind: bool
    spread: int  # percent
    per_unit: int
    with_team: bool = True  # a team served it before, so that records state values from before


def apart(one: int | None, other: int | None) -> int | None:
    """By how many whole percent `other` has more households than `one`; None when unknown."""
    if not one or other is None:
        return None
    return round((other - one) * 100 / one)


def chosen(
    pilots: Iterable[Candidate], around: dict[int, list[Candidate]], terms: Terms
) -> list[Considered]:
    """What becomes of every candidate around each pilot hamlet (its id → candidates).

    Those that fit are taken nearest in households first, the same commune before others, then by
    name; each for one pilot hamlet only. The same input gives the same choice, in any order.
    """
    found, used = [], set()
    for pilot in sorted(pilots, key=lambda row: (row.sort_key, row.place)):
        fitting, rest = [], []
        for row in around.get(pilot.place, ()):
            why = _left_out(row, pilot, terms, used)
            (rest if why else fitting).append((row, why))
        fitting.sort(key=lambda pair: _nearness(pair[0], pilot))
        for number, (row, _why) in enumerate(fitting):
            is_taken = number < terms.per_unit
            rest.append((row, TAKEN if is_taken else NOT_NEEDED))
            if is_taken:
                used.add(row.place)
        rest.sort(key=lambda pair: (pair[1] != TAKEN, *_nearness(pair[0], pilot)))
        found += [_considered(pilot, row, outcome) for row, outcome in rest]
    return found


def _left_out(row: Candidate, pilot: Candidate, terms: Terms, used: set[int]) -> str:
    distance = apart(pilot.households, row.households)
    checks = (
        (row.is_pilot, PILOT),
        (terms.same_kind and row.kind != pilot.kind, OTHER_KIND),
        (distance is None, UNKNOWN),
        (distance is not None and abs(distance) > terms.spread, TOO_FAR),
        (terms.with_team and not row.has_baseline, NO_BASELINE),
        (row.place in used, NOT_NEEDED),
    )
    return next((why for holds, why in checks if holds), "")


def _nearness(row: Candidate, pilot: Candidate) -> tuple:
    distance = apart(pilot.households, row.households)
    unknown = distance is None
    gap = 0 if unknown else abs(row.households - pilot.households)
    return unknown, gap, row.commune != pilot.commune, row.sort_key, row.place


def _considered(pilot: Candidate, row: Candidate, outcome: str) -> Considered:
    distance = apart(pilot.households, row.households)
    return Considered(pilot.place, row.place, outcome, row.households, distance)
