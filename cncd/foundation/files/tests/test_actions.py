"""Stored files lie under their id, leave a journal entry, and go when nothing owns them."""

import datetime as dt
import os
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cncd.foundation.documents.models import Document
from cncd.foundation.files.actions import delete_strays, forget_unowned, store_file
from cncd.foundation.files.jobs import tidy_files
from cncd.foundation.files.models import StoredFile
from cncd.foundation.files.rules import FileRefused
from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.import_store import folder

from .pictures import pdf, photo


def on_disk() -> set[str]:
    root = Path(settings.MEDIA_ROOT)
    return {str(p.relative_to(root)) for p in (root / "files").rglob("*") if p.is_file()}


def test_a_file_is_stored_under_its_id_with_one_journal_entry(cast):
    stored = store_file(upload=pdf("Quyết định 12.pdf"), by=cast.lan)
    assert stored.name == "Quyết định 12.pdf"
    assert stored.content.name.endswith(f"/{stored.pk}.pdf")
    assert len(stored.sha256) == 64
    entry = Entry.objects.get()
    assert (entry.event, entry.actor_id) == ("file.stored", cast.lan.pk)


def test_a_refused_file_leaves_nothing(cast):
    before = on_disk()
    with pytest.raises(FileRefused):
        store_file(upload=photo(64, 64), by=cast.lan, allow=("pdf",))
    assert on_disk() == before
    assert not StoredFile.objects.exists()


def test_files_nothing_refers_to_go_after_two_days(cast, django_capture_on_commit_callbacks):
    with time_machine.travel("2026-11-20 08:00+07:00", tick=False):
        owned = store_file(upload=pdf("giữ.pdf"), by=cast.lan)
        unowned = store_file(upload=pdf("bỏ.pdf"), by=cast.lan)
    Document.objects.create(
        number="1/QĐ", issued_on=dt.date(2026, 11, 1), issuer="UBND xã", file=owned
    )
    later = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unowned(now=later - dt.timedelta(days=1)) == 0
        assert forget_unowned(now=later) == 1
    assert list(StoredFile.objects.all()) == [owned]
    assert unowned.content.name not in on_disk()
    assert owned.content.name in on_disk()
    assert Entry.objects.filter(event="files.forgotten").count() == 1


def test_what_an_undone_transaction_left_on_disk_is_swept(cast):
    kept = store_file(upload=pdf(), by=cast.lan)
    with transaction.atomic():
        stray = store_file(upload=pdf(), by=cast.lan).content
        transaction.set_rollback(True)
    for name in (stray.name, kept.content.name):
        os.utime(stray.storage.path(name), (0, 0))
    assert stray.name in on_disk()
    assert delete_strays(now=timezone.now()) == 1
    assert stray.name not in on_disk()
    assert kept.content.name in on_disk()


def test_the_nightly_job_tidies_all_three_places(cast, django_capture_on_commit_callbacks):
    with time_machine.travel("2026-11-01 08:00+07:00", tick=False):
        store_file(upload=pdf(), by=cast.lan)
    kept = folder() / "bỏ-quên"
    kept.write_bytes(b"1")
    os.utime(kept, (0, 0))
    with django_capture_on_commit_callbacks(execute=True):
        tidy_files.call()
    assert not StoredFile.objects.exists()
    assert not kept.exists()
