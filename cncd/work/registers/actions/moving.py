"""What a merge moves, written down so that it can be put back: rows changed and rows made."""

import datetime as dt
import uuid
from typing import Any

from django.apps import apps
from django.db import models

from cncd.work.registers.actions import writing
from cncd.work.registers.contents import KINDS
from cncd.work.registers.models import Merge, Origin, Owner

CONTACT = ("contact_name", "contact_phone", "consented_on", "consent_how", "consent_by_id")
NO_CONTACT = dict.fromkeys(CONTACT, "") | {"consented_on": None, "consent_by_id": None}


class Ledger:
    """Changes rows and remembers what they said; never given a contact."""

    def __init__(self) -> None:
        self.moves: list[list] = []
        self.versioned: dict[Any, Any] = {}

    def change(self, row: models.Model, **fields) -> None:
        """Sets the fields that differ (by the name of their column) and saves them."""
        differ = {name: value for name, value in fields.items() if getattr(row, name) != value}
        if not differ:
            return
        told = {name: [_plain(getattr(row, name)), _plain(v)] for name, v in differ.items()}
        self.moves.append([row._meta.model_name, str(row.pk), told])
        for name, value in differ.items():
            setattr(row, name, value)
        row.save(update_fields=[*differ])
        if type(row) in KINDS:
            self.versioned[row.pk] = row

    def make(self, row: models.Model) -> None:
        row.save(force_insert=True)
        self.moves.append([row._meta.model_name, str(row.pk), None])

    def pass_contact(self, kept: Owner, merged: Owner) -> None:
        """The one contact goes where none is; of two the kept owner's stays, the other is erased.

        A consent was given for one business, and no record keeps a contact that nobody sees. What
        is remembered is that it went, and the day of the consent, not what it says.
        """
        if merged.consented_on is None:
            return
        if kept.consented_on is None:
            self.moves.append(["contact", str(merged.pk), merged.consented_on.isoformat()])
            _set(kept, {name: getattr(merged, name) for name in CONTACT})
        _set(merged, NO_CONTACT)

    def keep_versions(self, *, by, now, reason: str) -> None:
        """Every record that changed gets one new version, whatever changed in it."""
        for row in self.versioned.values():
            fresh = type(row)._default_manager.get(pk=row.pk)
            writing.next_version(fresh, by=by, now=now, reason=reason)


def copy_origins(ledger: Ledger, kept: models.Model, merged: models.Model) -> None:
    """The kept record has the origins of both; those of the other say where they came along."""
    for origin in Origin.objects.filter(record=merged.pk):
        came_with = origin.merged_from or merged.pk
        origin.pk, origin.record, origin.merged_from = None, kept.pk, came_with
        origin._state.adding = True
        ledger.make(origin)


def put_back(merge: Merge, *, by, now, reason: str) -> list[str]:
    """Undoes the moves, last first; what was changed again since stays as it is now.

    Returns the fields that stayed.
    """
    undone, stayed = Ledger(), []
    for table, pk, told in reversed(merge.moved):
        if table == "contact":
            _give_contact_back(merge, told)
            continue
        model = apps.get_model("registers", table)
        row = model._default_manager.filter(pk=pk).first()
        if row is None:
            continue
        if told is None:
            row.delete()
            continue
        fields = {
            name: [_read(model, name, value) for value in pair] for name, pair in told.items()
        }
        stayed += [name for name, (_old, new) in fields.items() if getattr(row, name) != new]
        undone.change(
            row, **{name: old for name, (old, new) in fields.items() if getattr(row, name) == new}
        )
    undone.keep_versions(by=by, now=now, reason=reason)
    return stayed


def _give_contact_back(merge: Merge, consented_on: str) -> None:
    """Only if it is the same consent still: a later one was given to the kept owner."""
    kept, merged = (Owner.objects.get(pk=pk) for pk in (merge.kept, merge.merged))
    if kept.consented_on and kept.consented_on.isoformat() == consented_on:
        _set(merged, {name: getattr(kept, name) for name in CONTACT})
        _set(kept, NO_CONTACT)


def _set(owner: Owner, fields: dict) -> None:
    for name, value in fields.items():
        setattr(owner, name, value)
    owner.save(update_fields=fields)


def _plain(value):
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _read(model, name: str, value):
    """A value of that column, as it was written down."""
    found = next(f for f in model._meta.concrete_fields if f.attname == name)
    found = getattr(found, "target_field", found)
    return None if value is None else found.to_python(value)
