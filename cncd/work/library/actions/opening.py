"""Counting how often a text is opened: per day and unit, never by whom."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cncd.work.library.models import Item, Opening


def count_opening(*, item: Item, place, by_teams: bool, now: dt.datetime | None = None) -> None:
    """Adds one to the openings of that day at that unit; no journal entry, since nobody did it.

    `place` is the commune, district or province the reader belongs to.
    """
    row = {
        "item": item,
        "day": timezone.localdate(now or timezone.now()),
        "place": place,
        "by_teams": by_teams,
    }
    rows = Opening.objects.filter(**row)
    if rows.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Opening.objects.create(**row, count=1)
    except IntegrityError:  # another reader came first
        rows.update(count=F("count") + 1)
