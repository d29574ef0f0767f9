"""Deliveries on their way: claimed by one worker, tried, noted."""

import datetime as dt
import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from cncd.faces.notices.actions.addressing import stop_address
from cncd.faces.notices.models import Delivery, Try
from cncd.faces.notices.rules import wait_after
from cncd.faces.notices.sending.answers import Answer

LOT = 100
PATIENCE = dt.timedelta(days=2)  # a digest is tried so long
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
    known = rows.select_related("notice__user", "user", "address", "subscription__session")
    return list(known.prefetch_related("gathered__notice"))


@transaction.atomic
def drop_deliveries(*, ended: Iterable[tuple[Delivery, str]], now: dt.datetime) -> None:
    """Closes deliveries without a try, each in its state: the device or address is gone, or nobody
    needs it any more.
    """
    by_state = defaultdict(list)
    for delivery, state in ended:
        by_state[state].append(delivery.pk)
    for state, ids in by_state.items():
        _close(ids, state, now)


@transaction.atomic
def note_tries(*, tried: list[tuple[Delivery, str, Answer]], now: dt.datetime) -> None:
    """Writes down what each service answered, and what follows: (delivery, service, answer).

    Handed over: done. Gone: the device is forgotten, the address not used any more. Anything else,
    and no answer at all: tried again, later each time, until the notice is of no use.
    """
    Try.objects.bulk_create(
        Try(
            delivery=delivery,
            at=now,
            service=service[:100],
            status=answer.status,
            told=answer.told[:200],
        )
        for delivery, service, answer in tried
    )
    _close([each.pk for each, _service, answer in tried if answer.is_sent], State.SENT, now)
    for delivery, service, answer in tried:
        if answer.is_gone:
            _give_up(delivery, answer, now)
        elif not answer.is_sent:
            _try_again(delivery, service, answer, now)


def _give_up(delivery: Delivery, answer: Answer, now: dt.datetime) -> None:
    _close([delivery.pk], State.GONE, now)
    if delivery.subscription:
        delivery.subscription.delete()
    if delivery.address:
        stop_address(address=delivery.address, why=answer.told, now=now)


def _try_again(delivery: Delivery, service: str, answer: Answer, now: dt.datetime) -> None:
    logger.warning(
        "%s by %s: %s %s", delivery.channel, service, answer.status or "no answer", answer.told
    )
    next_at = now + wait_after(delivery.tries, answer.retry_after)
    if next_at >= useful_until(delivery):
        _close([delivery.pk], State.LEFT, now)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(next_at=next_at, claim=None)


def useful_until(delivery: Delivery) -> dt.datetime:
    """What is told alone as long as it may be told in time; a digest for two days."""
    return delivery.slot + PATIENCE if delivery.slot else delivery.notice.until_at


def _close(ids: list[int], state: str, now: dt.datetime) -> None:
    if ids:
        Delivery.objects.filter(pk__in=ids).update(state=state, done_at=now, claim=None)
