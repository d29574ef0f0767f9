"""The index of who stands at or above whom: derived, rebuilt whole or for what a change touches."""

from collections.abc import Iterable

from django.db import transaction

from cncd.foundation.places.models import Level, PlaceIndex, PlaceVersion, Succession
from cncd.foundation.places.rules import IndexRow, Passing, Standing, Tree

PART = Succession.Kind.TRANSFER


def lock_tree() -> None:
    """Lets one change to the tree happen at a time, on both databases."""
    list(Level.objects.select_for_update().order_by("rank"))


@transaction.atomic
def rebuild_index(*, places: Iterable[int] | None = None) -> int:
    """Rewrites the index (for the places given and all that depends on them; everything when None)
    and returns how many rows changed.

    Derived data only, so it leaves no journal entry; running it again changes nothing.
    """
    if places is None:
        return _write(_whole_tree().index(), None)
    touched = set(places)
    # Whatever depends on a place, below it or before it, has a row that names it.
    touched |= set(_column(PlaceIndex.objects, touched, "ancestor", "place"))
    return _write(_tree_around(touched).index(touched), touched)


def _whole_tree() -> Tree:
    return Tree(_standings(PlaceVersion.objects.all()), _passings(Succession.objects.all()))


def _tree_around(touched: set[int]) -> Tree:
    """The places, all their heirs, and all above them: what their rows are computed from."""
    standings, passings, new = set(), set(), set(touched)
    known: set[int] = set()
    while new:
        known |= new
        found = set(_standings(_some(PlaceVersion.objects, "place", new)))
        onward = set(_passings(_some(Succession.objects, "old", new)))
        standings |= found
        passings |= onward
        new = ({s.parent for s in found if s.parent} | {p.new for p in onward}) - known
    return Tree(standings, passings)


def _some(manager, field: str, ids: set[int]):
    """Rows whose field is one of the ids; a large set is not worth a condition."""
    return manager.filter(**{f"{field}__in": ids}) if len(ids) < 5_000 else manager.all()


def _column(manager, ids: set[int], field: str, wanted: str) -> list[int]:
    rows = _some(manager, field, ids).values_list(f"{field}_id", f"{wanted}_id").distinct()
    return [value for key, value in rows if key in ids]


def _standings(versions) -> list[Standing]:
    return [
        Standing(*row) for row in versions.values_list("place", "parent", "since_on", "until_on")
    ]


def _passings(successions) -> list[Passing]:
    rows = successions.values_list("old", "new", "on", "kind")
    return [Passing(old, new, on, kind != PART) for old, new, on, kind in rows]


def _write(wanted: set[IndexRow], places: set[int] | None) -> int:
    """Makes the rows of the places those wanted; rows that are right already stay as they are."""
    kept = (
        PlaceIndex.objects.all() if places is None else _some(PlaceIndex.objects, "place", places)
    )
    known, stale = set(), []
    fields = ("pk", "place", "ancestor", "inherited", "since_on", "until_on")
    for pk, *values in kept.values_list(*fields):
        row = IndexRow(*values)
        if row in wanted:
            known.add(row)
        elif places is None or row.place in places:
            stale.append(pk)
    for start in range(0, len(stale), 5_000):
        PlaceIndex.objects.filter(pk__in=stale[start : start + 5_000]).delete()
    missing = sorted(wanted - known, key=lambda row: row[:3] + (row.since,))
    PlaceIndex.objects.bulk_create((_row(row) for row in missing), batch_size=2_000)
    return len(stale) + len(missing)


def _row(row: IndexRow) -> PlaceIndex:
    return PlaceIndex(
        place_id=row.place,
        ancestor_id=row.ancestor,
        inherited=row.inherited,
        since_on=row.since,
        until_on=row.until,
    )
