"""The checklists: items begin, are replaced and end on days; past inspections keep theirs."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.work.inspections.actions.errors import BadItem
from cncd.work.inspections.models import Item
from cncd.work.inspections.packaged import ITEMS

RULES = "inspections.rules"


@transaction.atomic
def set_item(
    *,
    subject: str,
    text: str,
    since_on: dt.date,
    by,
    hint: str = "",
    clause: str = "",
    order: int = 0,
    replaces: Item | None = None,
    now=None,
) -> Item:
    """Adds an item from a day on, or replaces one by it; what was looked at before stays as it was.

    Raises BadItem when the day lies before the old one began, PermissionDenied.
    """
    authority.require(by, RULES)
    row = Item(
        subject=subject, code=_code(subject, text, replaces), text=tidy(text), hint=tidy(hint),
        clause=tidy(clause), order=order, since_on=since_on,
    )  # fmt: skip
    if replaces:
        _stop(replaces, since_on)
    row.save(force_insert=True)
    before = {"text": replaces.text} if replaces else {}
    record(
        event="checklist.changed" if replaces else "checklist.grown",
        subject=row,
        by=by,
        before=before,
        after={"text": row.text, "since_on": since_on.isoformat()},
        now=now,
    )
    return row


def _code(subject: str, text: str, replaces: Item | None) -> str:
    if replaces:
        return replaces.code
    known = Item.objects.filter(subject=subject).count()
    return f"{'-'.join(fold(text).split()[:4])[:30]}-{known + 1}"


@transaction.atomic
def end_item(*, item: Item, until_on: dt.date, by, now=None) -> None:
    """Takes an item off the checklist from a day on. Raises BadItem, PermissionDenied."""
    authority.require(by, RULES)
    after = {"text": item.text, "until_on": until_on.isoformat()}
    record(event="checklist.shortened", subject=item, by=by, after=after, now=now)
    _stop(item, until_on)


def _stop(item: Item, day: dt.date) -> None:
    row = Item.objects.select_for_update().get(pk=item.pk)
    if row.until_on is not None and row.until_on <= day:
        raise BadItem({"since_on": _("This item has ended already.")})
    if day > row.since_on:
        row.until_on = day
        row.save(update_fields=["until_on"])
    elif row.findings.exists() or day < row.since_on:
        since = f"{row.since_on:%d/%m/%Y}"
        text = _("The item holds since %(day)s: choose a later day.") % {"day": since}
        raise BadItem({"since_on": text})
    else:
        row.delete()


@transaction.atomic
def take_packaged(*, by, since_on: dt.date | None = None, now=None) -> int:
    """Takes the packaged checklists where there is none; returns how many items were added.

    Raises PermissionDenied.
    """
    authority.require(by, RULES)
    rows = _missing(since_on or timezone.localdate(now))
    if rows:
        Item.objects.bulk_create(rows)
        record(
            event="checklist.taken", subject=Item.objects.first(), by=by,
            after={"count": len(rows)}, now=now,
        )  # fmt: skip
    return len(rows)


def seed_items(since: dt.date) -> dict[str, int]:
    """Adds the packaged checklists where there is none, in the entry of the programme (IV.1)."""
    rows = _missing(since)
    Item.objects.bulk_create(rows)
    return {"item": len(rows)} if rows else {}


def _missing(since: dt.date) -> list[Item]:
    known = set(Item.objects.values_list("subject", flat=True))
    return [
        Item(
            subject=subject, code=code, text=text, hint=hint, clause=clause,
            order=number * 10, since_on=since,
        )
        for subject, items in ITEMS.items()
        if subject not in known
        for number, (code, text, hint, clause) in enumerate(items, 1)
    ]  # fmt: skip
