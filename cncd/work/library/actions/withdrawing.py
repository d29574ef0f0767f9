"""Taking a text out of the library, and bringing it back."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.library.actions import checks
from cncd.work.library.models import Item


@transaction.atomic
def withdraw_item(*, item: Item, version: int, reason: str, by, now=None) -> Item:
    """Takes the text off the shelf with all its editions: nobody finds it, its link says why.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    now, item = now or timezone.now(), checks.held(item, by, version)
    item.withdrawn_at, item.withdrawn_reason = now, tidy(reason)
    item.version += 1
    item.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(
        event="library_item.withdrawn", subject=item, by=by, place=item.place_id,
        reason=item.withdrawn_reason, now=now,
    )  # fmt: skip
    return item


@transaction.atomic
def restore_item(*, item: Item, by, now=None) -> Item:
    """Brings a withdrawn text back as it was; nothing happens to one that stands."""
    about = {"agency": item.agency, "from_enterprise": item.from_enterprise}
    checks.require(by, place=item.place, **about)
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.withdrawn_at is None:
        return item
    item.withdrawn_at, item.withdrawn_reason = None, ""
    item.version += 1
    item.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(event="library_item.restored", subject=item, by=by, place=item.place_id, now=now)
    return item
