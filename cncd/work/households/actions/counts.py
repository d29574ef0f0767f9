"""What ratios divide by: how many households, business households and adults a hamlet has."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.places.models import Place
from cncd.work.households.actions.errors import HouseholdRefused, held, require
from cncd.work.households.models import HouseholdCount

FIGURES = ("households", "businesses", "adults")
FIRST_YEAR = 2015


class CountLine(NamedTuple):
    """A hamlet's figures of a year; one that is None is not known."""

    place: Place
    households: int | None = None
    businesses: int | None = None
    adults: int | None = None
    source: str = ""  # of this line, when it has one of its own


@transaction.atomic
def state_counts(
    *,
    year: int,
    lines: Sequence[CountLine],
    source: str,
    by,
    under: Place | None = None,
    file_name: str = "",
    seen: int | None = None,
    now=None,
) -> list[HouseholdCount]:
    """States the yearly counts of hamlets (I.1), with who says so; returns the rows added.

    A hamlet whose figures stay as they are gets no new row; otherwise the new row replaces the one
    before, which stays readable. `seen` is the id of the newest row the page showed. Raises
    PermissionDenied, and HouseholdRefused without a source, for a year to come, for more business
    households than households, or when somebody else stated figures since the page was opened.
    """
    now = now or timezone.now()
    places = {line.place.pk: line.place for line in lines}
    require(by, places.values())
    _check_year(year, now)
    held(places.values())
    standing = _standing(year, places, seen)
    rows = []
    for line in lines:
        row, old = _row(line, year, tidy(line.source or source)), standing.get(line.place.pk)
        if not _differs(row, old) and not (old and line.source and row.source != old.source):
            continue
        _check(row)
        row.recorded_at, row.recorded_by = now, by
        standing[line.place.pk] = _lay_down(row, old)
        rows.append(row)
    if rows:
        _write_down(rows, under or rows[0].place, file_name, by=by, now=now)
    return rows


def _standing(year: int, places, seen: int | None) -> dict[int, HouseholdCount]:
    """{hamlet id: its current row of the year}; refused when one is newer than what was seen."""
    current = HouseholdCount.objects.current().filter(place__in=places, year=year)
    found = {row.place_id: row for row in current}
    if seen is not None and any(row.pk > seen for row in found.values()):
        message = _("Somebody else stated figures meanwhile. Open the page anew, then go on.")
        raise HouseholdRefused("page", message)
    return found


def _write_down(rows: list[HouseholdCount], about: Place, file_name: str, *, by, now) -> None:
    first = rows[0]
    said = {"unit": str(about), "year": first.year, "count": len(rows), "source": first.source}
    said |= {"file_name": file_name} if file_name else {}
    record(
        event="household_count.imported" if file_name else "household_count.stated",
        subject=first,
        by=by,
        place=about,
        after=said | {"on": f"{first.year}-01-01"},
        rows=[_journal_row(row) for row in rows],
        now=now,
    )


def _check_year(year: int, now) -> None:
    last = timezone.localdate(now).year
    if not FIRST_YEAR <= year <= last:
        message = _("Choose a year from {first} to {last}.")
        raise HouseholdRefused("year", format_lazy(message, first=FIRST_YEAR, last=last))


def _row(line: CountLine, year: int, source: str) -> HouseholdCount:
    figures = {name: getattr(line, name) for name in FIGURES}
    return HouseholdCount(place=line.place, year=year, source=source, **figures)


def _differs(row: HouseholdCount, old: HouseholdCount | None) -> bool:
    """Whether the row's figures are others than those before."""
    values = [getattr(row, name) for name in FIGURES]
    if old is None:
        return any(value is not None for value in values)
    return values != [getattr(old, name) for name in FIGURES]


def _check(row: HouseholdCount) -> None:
    if not row.source:
        raise HouseholdRefused("source", _("Say where the figures come from."))
    if None not in (row.businesses, row.households) and row.businesses > row.households:
        message = _("{place}: more business households ({some}) than households ({all}).")
        told = {"place": row.place, "some": row.businesses, "all": row.households}
        raise HouseholdRefused("businesses", format_lazy(message, **told))


def _lay_down(row: HouseholdCount, old: HouseholdCount | None) -> HouseholdCount:
    """Saves the row in place of the old one; one of a year and hamlet is current at a time."""
    if old is None:
        row.save(force_insert=True)
        return row
    # One current row of a hamlet and year: the old one makes room before the new one is there.
    for successor in (old, row):
        if successor is row:
            row.save(force_insert=True)
        old.replaced_by = successor
        old.save(update_fields=["replaced_by"])
    return row


def _journal_row(row: HouseholdCount) -> dict:
    figures = {name: getattr(row, name) for name in FIGURES}
    return {"place": row.place_id} | {k: v for k, v in figures.items() if v is not None}
