"""Deliveries on their way: claimed by one worker, tried, noted."""

import datetime as dt
import logging
import uuid
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from cncd.faces.notices.models import Delivery, Try
from cncd.faces.notices.rules import wait_after

LOT = 25
LEASE = dt.timedelta(minutes=3)  # after which another worker may try what this one left

logger = logging.getLogger("cncd.notices")
State = Delivery.State


@transaction.atomic
def claim_deliveries(*, now: dt.datetime, most: int = LOT) -> list[Delivery]:
    """Takes deliveries that are ready, so that no other worker does; an empty list when none is.

    Of two workers who see the same row, the second finds its moment moved and leaves it.
    """
    token = uuid.uuid4()
    ready = list(
        Delivery.objects.ready(now).order_by("next_at").values_list("pk", flat=True)[:most]
    )
    mine = Delivery.objects.ready(now).filter(pk__in=ready)
    if not ready or not mine.update(claim=token, next_at=now + LEASE, tries=F("tries") + 1):
        return []
    rows = Delivery.objects.filter(claim=token)
    return list(rows.select_related("notice", "subscription__session", "subscription__user"))


@transaction.atomic
def drop_delivery(*, delivery: Delivery, state: str, now: dt.datetime) -> None:
    """Closes a delivery without a try: its device is signed out, or nobody needs it any more."""
    _close(delivery, state, now)


@transaction.atomic
def note_try(*, delivery: Delivery, answer, now: dt.datetime) -> None:
    """Writes down what the push service answered, and what follows.

    Handed over: done. Gone (404, 410): the device is forgotten. Anything else, and no answer at
    all: tried again, later each time, until the notice is of no use.
    """
    endpoint = delivery.subscription.endpoint
    service = urlsplit(endpoint).hostname or ""
    Try.objects.create(
        delivery=delivery,
        at=now,
        service=service[:100],
        status=answer.status,
        told=answer.told[:200],
    )
    if answer.is_sent:
        _close(delivery, State.SENT, now)
        return
    if answer.is_gone:
        _close(delivery, State.GONE, now)
        delivery.subscription.delete()
        return
    logger.warning("Push by %s: %s %s", service, answer.status or "no answer", answer.told)
    next_at = now + wait_after(delivery.tries, answer.retry_after)
    if next_at >= delivery.notice.until_at:
        _close(delivery, State.LEFT, now)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(next_at=next_at, claim=None)


def _close(delivery: Delivery, state: str, now: dt.datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, done_at=now, claim=None)
