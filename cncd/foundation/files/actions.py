"""Storing files, and forgetting those that nothing came to own."""

import datetime as dt
import hashlib
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from cncd.foundation.files.models import StoredFile
from cncd.foundation.files.rules import Prepared, prepare
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.undoing import when_undone

UNOWNED_FOR = dt.timedelta(days=2)  # a form may stay open that long


@transaction.atomic
def store_file(*, upload, by, allow=("pdf", "image", "excel"), now=None) -> StoredFile:
    """Checks the upload by its content and stores it; photos lose place data and shrink.

    `upload` is an uploaded file, or what a CheckedFileField made of one. Raises FileRefused.
    """
    ready = upload if isinstance(upload, Prepared) else prepare(upload, allow)
    now = now or timezone.now()
    stored = StoredFile(
        name=ready.name,
        media_type=ready.media_type,
        size=ready.size,
        sha256=hashlib.sha256(ready.content).hexdigest(),
        uploaded_by=by,
        uploaded_at=now,
    )
    stored.content.save(ready.name, ContentFile(ready.content), save=False)
    when_undone(partial(_delete_contents, [stored.content.name]))
    stored.save(force_insert=True)
    record(event="file.stored", subject=stored, by=by, after={"size": stored.size}, now=now)
    return stored


@transaction.atomic
def forget_unowned(*, now=None) -> int:
    """Deletes files uploaded more than two days ago that nothing refers to; returns how many."""
    now = now or timezone.now()
    old = list(StoredFile.objects.filter(uploaded_at__lt=now - UNOWNED_FOR).unowned())
    if old:
        rows = [{"name": stored.name, "size": stored.size} for stored in old]
        record(
            event="files.forgotten", subject=old[0], after={"count": len(old)}, rows=rows, now=now
        )
        StoredFile.objects.filter(pk__in=[stored.pk for stored in old]).delete()
        names = [stored.content.name for stored in old]
        transaction.on_commit(lambda: _delete_contents(names))
    return len(old)


def delete_strays(*, now=None) -> int:
    """Deletes contents on disk, two days old, whose row was never kept; returns how many.

    They come from uploads whose transaction was undone. No row changes, so no journal entry.
    """
    limit = ((now or timezone.now()) - UNOWNED_FOR).timestamp()
    root = Path(settings.MEDIA_ROOT)
    strays = [
        str(path.relative_to(root))
        for path in (root / "files").rglob("*")
        if path.is_file() and path.stat().st_mtime < limit
    ]
    known = set(StoredFile.objects.filter(content__in=strays).values_list("content", flat=True))
    names = [name for name in strays if name not in known]
    _delete_contents(names)
    return len(names)


def _delete_contents(names: list[str]) -> None:
    for name in names:
        StoredFile._meta.get_field("content").storage.delete(name)
