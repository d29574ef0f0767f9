"""Whole lists at once: taken over from Excel, made from nothing, and taken away again."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.places.models import Place
from cncd.work.households.actions.errors import HouseholdRefused, code_or_refused, held, require
from cncd.work.households.models import Household
from cncd.work.households.queries import with_visits
from cncd.work.households.rules import NotACode, code_key, numbered


class HouseholdLine(NamedTuple):
    """A household as a file says it; a flag that is None is not spoken of."""

    place: Place
    code: str
    is_producing: bool | None = None
    is_business: bool | None = None


@transaction.atomic
def import_households(
    *,
    lines: Sequence[HouseholdLine],
    by,
    under: Place | None = None,
    file_name: str = "",
    since_on: dt.date | None = None,
    now=None,
) -> dict[str, int]:
    """Takes over a list: new codes are added, known ones updated and ended ones brought back.

    What the file does not name stays. Returns {"new", "changed"}. `under` is the unit the file is
    about. Raises PermissionDenied, and HouseholdRefused when one line is wrong: then none is taken.
    """
    if not lines:
        return {"new": 0, "changed": 0}
    places = {line.place.pk: line.place for line in lines}
    require(by, places.values())
    held(places.values())
    day = since_on or timezone.localdate(now)
    found = {
        (row.place_id, row.sort_key): row for row in Household.objects.filter(place__in=places)
    }
    new, changed = _sorted_out(lines, found, day)
    Household.objects.bulk_create(new, batch_size=500)
    rewrite(changed, ["is_producing", "is_business", "until_on"])
    if new or changed:
        about = under or next(iter(places.values()))
        record(
            event="households.imported",
            subject=[*new, *changed][0],
            by=by,
            place=about,
            after={"unit": str(about)} | _counts(new, changed, file_name, day),
            rows=[_journal_row(row) for row in [*new, *changed]],
            now=now,
        )
    return {"new": len(new), "changed": len(changed)}


@transaction.atomic
def number_households(
    *, place: Place, first: str, last: str, by, since_on: dt.date | None = None, now=None
) -> list[Household]:
    """Makes a list from nothing: the codes from first to last, “001” to “250”.

    Codes that the hamlet has are left as they are; returns those made. Raises PermissionDenied,
    and HouseholdRefused when the codes cannot be counted or all exist.
    """
    require(by, [place])
    try:
        codes = numbered(first, last)
    except NotACode as refused:
        raise HouseholdRefused("last", refused.message) from None
    held([place])
    day = since_on or timezone.localdate(now)
    taken = set(Household.objects.filter(place=place).values_list("sort_key", flat=True))
    rows = [
        Household(place=place, code=code, sort_key=code_key(code), since_on=day)
        for code in codes
        if code_key(code) not in taken
    ]
    if not rows:
        raise HouseholdRefused("last", _("The hamlet has all these codes already."))
    Household.objects.bulk_create(rows, batch_size=500)
    said = {"first": rows[0].code, "last": rows[-1].code, "count": len(rows)}
    record(
        event="households.numbered",
        subject=rows[0],
        by=by,
        place=place,
        after=said | {"unit": str(place), "since_on": day.isoformat()},
        rows=[_journal_row(row) for row in rows],
        now=now,
    )
    return rows


@transaction.atomic
def remove_households(*, households: Sequence[Household], by, now=None) -> int:
    """Takes households off as if never written: for codes entered by mistake.

    Raises PermissionDenied, and HouseholdRefused (nothing is removed) when an entry of the log or
    a register names one of them: that one can only be ended.
    """
    places = {row.place_id: row.place for row in households}
    require(by, places.values())
    held(places.values())
    rows = Household.objects.filter(pk__in=[row.pk for row in households])
    gone = list(rows.select_related("place"))
    if not gone:
        return 0
    if used := with_visits(rows).filter(visits__gt=0).first():
        raise _named_elsewhere(used)
    try:
        rows.delete()
    except ProtectedError as refused:
        raise _named_elsewhere(gone[0]) from refused
    record(
        event="households.removed",
        subject=gone[0],
        by=by,
        place=gone[0].place_id,
        before={"first": gone[0].code, "last": gone[-1].code, "since_on": _first_day(gone)},
        after={"unit": str(gone[0].place), "count": len(gone)},
        rows=[{"place": row.place_id, "code": row.code} for row in gone],
        now=now,
    )
    return len(gone)


def _first_day(households: list[Household]) -> str:
    return min(row.since_on for row in households).isoformat()


def _named_elsewhere(household: Household) -> HouseholdRefused:
    message = _(
        "Household {code} is named by other entries already. End it instead of removing it."
    )
    return HouseholdRefused("code", format_lazy(message, code=household.code))


def _sorted_out(lines, found: dict, day: dt.date) -> tuple[list[Household], list[Household]]:
    """The rows to add and the rows that change, each once."""
    new, changed, seen = [], [], set()
    for line in lines:
        code = code_or_refused(line.code)
        key = (line.place.pk, code_key(code))
        if key in seen:
            message = _("The code {code} stands twice in the list.")
            raise HouseholdRefused("code", format_lazy(message, code=code))
        seen.add(key)
        row = found.get(key)
        if row is None:
            row = Household(place=line.place, code=code, sort_key=key[1], since_on=day)
            new.append(row)
            _take(row, line)
        elif _take(row, line):
            changed.append(row)
    return new, changed


def _take(row: Household, line: HouseholdLine) -> bool:
    """Writes what the line says into the row; whether anything differs."""
    before = (row.is_producing, row.is_business, row.until_on)
    row.is_producing = row.is_producing if line.is_producing is None else line.is_producing
    row.is_business = row.is_business if line.is_business is None else line.is_business
    row.until_on = None
    return before != (row.is_producing, row.is_business, row.until_on)


def _counts(new, changed, file_name: str, day: dt.date) -> dict:
    said = {"new": len(new), "changed": len(changed), "since_on": day.isoformat()}
    return said | ({"file_name": file_name} if file_name else {})


def _journal_row(row: Household) -> dict:
    return {"place": row.place_id, "household": row.pk, "code": row.code}
