"""The catalogues: rows are added, corrected and ended; nothing is ever deleted."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold
from cncd.team.programme.models import (
    ActivityKind,
    Content,
    DifficultyCategory,
    Language,
    Platform,
)

from .errors import Refused
from .rights import may_change

CATALOGUES = (Content, Platform, ActivityKind, Language, DifficultyCategory)
CODE_LENGTH = 40


def code_for(model, name: str) -> str:
    """A code nobody has yet, made from the name: "Họp dân" → "hop-dan", then "hop-dan-2"."""
    longest = model._meta.get_field("code").max_length
    letters = (c if c.isascii() and c.isalnum() else "-" for c in fold(name))
    stem = "-".join(filter(None, "".join(letters).split("-")))[: longest - 3].strip("-") or "moi"
    taken = set(model.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


def searched_by(model, values: dict) -> dict:
    """The search key of a row whose model keeps one."""
    names = {field.name for field in model._meta.fields}
    if "search_key" not in names:
        return {}
    longest = model._meta.get_field("search_key").max_length
    words = f"{values.get('name', '')} {values.get('short_name', '')}"
    return {"search_key": fold(words)[:longest].strip()}


@transaction.atomic
def add_catalogue_row(*, model, by, now=None, **values):
    """Adds a content, platform, kind, language or category; its code is made from the name."""
    may_change(by)
    last = model.objects.order_by("-order").first() if hasattr(model, "order") else None
    if last is not None:
        values.setdefault("order", last.order + 1)
    values["code"] = values.get("code") or code_for(model, values["name"])
    row = model.objects.create(**values, **searched_by(model, values))
    after = {"catalogue": str(model._meta.model_name), "name": row.name}
    record(event="catalogue_row.added", subject=row, by=by, after=after, now=now)
    return row


@transaction.atomic
def change_catalogue_row(*, row, by, now=None, **values):
    """Corrects a row's words; a row that means something else from a day on is ended instead."""
    may_change(by)
    row = type(row).objects.select_for_update().get(pk=row.pk)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    before = {name: _plain(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    both = {"name": row.name, "short_name": getattr(row, "short_name", "")}
    for name, value in searched_by(type(row), both).items():
        setattr(row, name, value)
    row.save()
    if changed:
        record(
            event="catalogue_row.changed",
            subject=row,
            by=by,
            before=before,
            after={name: _plain(value) for name, value in changed.items()},
            now=now,
        )
    return row


def _plain(value):
    """A value as the journal keeps it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, int | bool) else str(value or "")


@transaction.atomic
def end_catalogue_row(*, row, until_on: dt.date | None, by, now=None):
    """Says from which day the row is no longer offered (None: open-ended again).

    What was logged with it stays. Raises Refused when the end lies before the beginning.
    """
    may_change(by)
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if until_on and until_on <= row.since_on:
        raise Refused(_("The last day lies before the first day."), field="last_day")
    before = row.until_on
    row.until_on = until_on
    row.save(update_fields=["until_on"])
    record(
        event="catalogue_row.ended" if until_on else "catalogue_row.reopened",
        subject=row,
        by=by,
        before={"last_day": before and (before - dt.timedelta(days=1)).isoformat()},
        after={"last_day": row.last_day and row.last_day.isoformat()},
        now=now,
    )
    return row
