"""Writing down what happened, and telling the rooms that wait for it."""

import hashlib
import json
import secrets
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from cncd.foundation.journal.models import Entry, PersonalValue, Touch
from cncd.foundation.kit.reading import has_changed
from cncd.foundation.kit.text import fold


def record(
    *,
    event: str,
    subject,
    by=None,
    place=None,
    team=None,
    before: dict | None = None,
    after: dict | None = None,
    personal: dict[str, tuple[str, str]] | None = None,
    reason: str = "",
    rows: list | None = None,
    now=None,
) -> Entry:
    """Adds the one journal entry of an action, in its transaction, and calls its reactions.

    `before`/`after` hold only what changed, as plain values a person can read (names, dates as ISO
    strings, numbers; `until_on` is shown as the last day). `personal` holds {field: (before,
    after)} of personal values, kept apart and erasable. `rows` lists what a batch touched: ids of
    the subject's kind, or dicts in which a key named after a model ("team", "report") holds an id.
    `place` and `team` are objects or ids. Raises RuntimeError outside a transaction: a change and
    its entry stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change it describes")
    sides, values = _apart(before, after, personal or {})
    entry = Entry(at=now or timezone.now(), event=event, reason=reason, rows=plain(rows or []))
    entry.before, entry.after = sides
    entry.place_id, entry.team_id = getattr(place, "pk", place), getattr(team, "pk", team)
    _name(entry, subject, by)
    entry.save(force_insert=True)
    for value in values:
        value.entry = entry
    PersonalValue.objects.bulk_create(values)
    _touch(entry)
    has_changed(subject._meta.app_label)
    import_string(settings.REACTIONS)(entry, subject)
    return entry


def _name(entry: Entry, subject, by) -> None:
    """Writes down, as they are called today, whom and what the entry is about."""
    entry.actor_id, entry.actor_name = (by.pk, str(by)[:120]) if by else (None, "")
    entry.subject_kind, entry.subject_id = subject._meta.label_lower, str(subject.pk)
    with translation.override(settings.LANGUAGE_CODE):  # kept for all, whoever wrote it
        entry.subject_name = str(subject)[:200]
    entry.search_key = search_key(entry.subject_name, entry.actor_name, entry.reason)


def _apart(before, after, personal: dict) -> tuple[list[dict], list[PersonalValue]]:
    """Both sides as the entry keeps them, digests in place of personal values, and those values."""
    salt = secrets.token_hex(8)
    sides = [plain(side or {}) for side in (before, after)]
    for field, values in personal.items():
        for side, value in zip(sides, values, strict=True):
            side |= {field: {"digest": _digest(salt, value)}} if value else {}
    kept = [
        PersonalValue(field=field, before=old or "", after=new or "", salt=salt)
        for field, (old, new) in personal.items()
    ]
    return sides, kept


@transaction.atomic
def erase_personal(*, subject, by, fields=None, reason: str = "", now=None) -> int:
    """Blanks the personal values in all entries about a record; their digests stay.

    The salt goes too: a phone number could be found again by trying them all. `fields` narrows it
    to some fields. Returns how many values were blanked; one entry tells of it.
    """
    now = now or timezone.now()
    values = PersonalValue.objects.filter(entry__in=Entry.objects.about(subject), erased_at=None)
    if fields is not None:
        values = values.filter(field__in=fields)
    count = values.update(before="", after="", salt="", erased_at=now)
    if count:
        after = {"count": count}
        record(event="personal.erased", subject=subject, by=by, after=after, reason=reason, now=now)
    return count


def plain(values):
    """The values as they will be read back: days and moments as ISO strings, ids as text."""
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def search_key(*texts: str) -> str:
    """What the journal's search looks through."""
    return fold(" ".join(texts))[:400]


def _digest(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def _touch(entry: Entry) -> None:
    """Notes which records a batch touched."""
    found = {(entry.subject_kind, str(row)) for row in entry.rows if isinstance(row, int)}
    kinds = _kinds()
    for row in entry.rows:
        if isinstance(row, dict):
            found |= {(kinds[k], str(v)) for k, v in row.items() if k in kinds and is_id(v)}
    found.discard((entry.subject_kind, entry.subject_id))
    touches = [Touch(entry=entry, kind=kind, pk_text=pk) for kind, pk in sorted(found)]
    Touch.objects.bulk_create(touches, batch_size=1000)


def is_id(value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@cache
def _kinds() -> dict[str, str]:
    """Model name → kind, of the models of our rooms whose name is theirs alone."""
    labels = [apps.get_app_config(room.rpartition(".")[2]).label for room in settings.ROOMS]
    models = [model for label in labels for model in apps.get_app_config(label).get_models()]
    names = [model._meta.model_name for model in models]
    return {
        model._meta.model_name: model._meta.label_lower
        for model in models
        if names.count(model._meta.model_name) == 1
    }
