"""The Sở lets an enterprise's text appear, or returns it with a note (IV.5)."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.work.library.actions import checks
from cncd.work.library.actions.errors import NoteMissing
from cncd.work.library.actions.writing import hand
from cncd.work.library.models import Edition, Item

State = Edition.State


@transaction.atomic
def approve_item(*, item: Item, version: int, by, note: str = "", now=None) -> Item:
    """Lets the edition that waits appear; the one before stays in the list of editions.

    Raises NotWaiting, ChangedMeanwhile, PermissionDenied.
    """
    return _decided(item, version, State.PUBLISHED, note, by, now)


@transaction.atomic
def refuse_item(*, item: Item, version: int, note: str, by, now=None) -> Item:
    """Returns the edition that waits to its writer, saying what has to be put right.

    Raises NoteMissing, NotWaiting, ChangedMeanwhile, PermissionDenied.
    """
    if not note.strip():
        raise NoteMissing
    return _decided(item, version, State.RETURNED, note, by, now)


def _decided(item: Item, version: int, state: str, note: str, by, now) -> Item:
    authority.require(by, checks.APPROVE, place=item.place)
    now, item = now or timezone.now(), checks.locked(item, version)
    edition = checks.waiting_edition(item)
    edition.decided_at, edition.decided_by, edition.note = now, by, tidy(note)
    hand(item, edition, state, by, now)
    event = "library_item.approved" if state == State.PUBLISHED else "library_item.refused"
    after = {"number": edition.number, "note": edition.note}
    record(event=event, subject=item, by=by, place=item.place_id, after=after, now=now)
    return item
