"""How records, versions and origins are laid down; the verbs beside this file call it."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.work.registers.actions.errors import (
    ChangedMeanwhile,
    NotStanding,
    RecordRefused,
)
from cncd.work.registers.contents import content_of, kind_of
from cncd.work.registers.models import Origin, RecordVersion
from cncd.work.registers.rules import NO_NUMBERS, holds_a_number

NOT_YOURS = _("This hamlet is not one you may enter products for.")


class OriginLine(NamedTuple):
    """Where a record came from: the way in, and of a file its name, row and raw cells."""

    way: str = Origin.Way.PAGE.value
    file_name: str = ""
    row_number: int | None = None
    raw: dict | None = None


def today(now: dt.datetime) -> dt.date:
    """The day of a change that moves no figure: what counts now is enough to look at again."""
    return timezone.localdate(now)


def moments(now, made_at) -> tuple[dt.datetime, dt.datetime]:
    """(when it is recorded, when it was entered on the device): never later than now."""
    now = now or timezone.now()
    return now, min(made_at or now, now)


def begin(record, *, by, now, made_at, origin: OriginLine | None = None) -> None:
    """Saves a new record with where it came from; its first version follows by `keep_version`."""
    record.made_at, record.recorded_at, record.recorded_by = made_at, now, by
    record.save(force_insert=True)
    origin_of(record, origin or OriginLine(), by=by, now=now).save()


def origin_of(record, line: OriginLine, *, by, now) -> Origin:
    """Where the record came from, not saved yet."""
    return Origin(
        kind=kind_of(record),
        record=record.pk,
        way=line.way,
        file_name=line.file_name[:200],
        row_number=line.row_number,
        raw=line.raw or {},
        by=by,
        at=now,
    )


def where_counted(*records, also=()) -> list[dict]:
    """Rows of a journal entry: the hamlets where the records count, when it is more than one.

    A product and its listings count at home, and through their owner (who sells?) where that lives.
    """
    found = dict.fromkeys(also)
    for each in records:
        product = getattr(each, "product", each)
        owner = getattr(product, "owner", product)
        found |= dict.fromkeys([getattr(product, "place_id", owner.place_id), owner.place_id])
    return [{"place": pk} for pk in found] if len(found) > 1 else []


def keep_version(record, *, by, now, reason: str = "") -> RecordVersion:
    """Keeps what the record says now under its version number."""
    version = version_of(record, by=by, now=now, reason=reason)
    version.save(force_insert=True)
    return version


def version_of(record, *, by, now, reason: str = "") -> RecordVersion:
    """What the record says now, under its version number, not saved yet."""
    return RecordVersion(
        kind=kind_of(record),
        record=record.pk,
        number=record.version,
        content=content_of(record),
        by=by,
        at=now,
        reason=reason.strip()[:200],
    )


def next_version(record, *, by, now, reason: str = "") -> None:
    """Saves the changed record as its next version."""
    record.version += 1
    record.save()
    keep_version(record, by=by, now=now, reason=reason)


def held(record, version: int | None = None, *, also_withdrawn: bool = False):
    """The record as it stands, locked until the transaction ends.

    Raises NotStanding when it was withdrawn, ChangedMeanwhile when the page showed another version.
    """
    rows = type(record)._default_manager.select_for_update(of=("self",))
    found = rows.get(pk=record.pk)
    if found.withdrawn_at and not also_withdrawn:
        raise NotStanding
    if version is not None and found.version != version:
        raise ChangedMeanwhile(found)
    return found


def changed(record, fields: dict) -> dict:
    """Sets the fields that differ; returns {field: what stood before}."""
    before = {name: getattr(record, name) for name in fields}
    before = {name: value for name, value in before.items() if value != fields[name]}
    for name in before:
        setattr(record, name, fields[name])
    return before


def only_known(fields: dict, known: set[str]) -> None:
    """Raises TypeError for a field that the caller may not change so."""
    if unknown := set(fields) - known:
        raise TypeError(f"not to be changed here: {sorted(unknown)}")


def refuse_numbers(**texts: str) -> None:
    """Raises RecordRefused at the first field that holds what looks like an account number."""
    for field, text in texts.items():
        if text and holds_a_number(text):
            raise RecordRefused(field, NO_NUMBERS)


def not_to_come(field: str, day: dt.date | None, now) -> None:
    """Raises RecordRefused for a day that has not come yet."""
    if day and day > timezone.localdate(now):
        raise RecordRefused(field, _("This day has not come yet. Choose today or an earlier day."))


def plain(value):
    """A value as the journal keeps it: records and rows by what they are called."""
    if value is None or isinstance(value, str | int | bool | float | dt.date | dt.datetime):
        return value
    return str(value)


def plains(values: dict) -> dict:
    """The fields as the journal keeps them; a place by its name, under a word of its own."""
    return {"hamlet" if name == "place" else name: plain(value) for name, value in values.items()}
