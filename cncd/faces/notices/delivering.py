"""Carries what waits to devices, mailboxes and chats: several at once, each by one worker."""

from concurrent.futures import ThreadPoolExecutor

from django.utils import timezone

from cncd.faces.notices import composing
from cncd.faces.notices.actions import claim_deliveries, drop_deliveries, note_tries
from cncd.faces.notices.models import Delivery
from cncd.faces.notices.sending import chat, mail, push
from cncd.faces.notices.sending.answers import Answer
from cncd.foundation.people.news import EMAIL, PUSH, SERVICE

AT_ONCE = 8  # whoever carries answers in a tenth of a second or not at all
LOTS = 8  # before other jobs have their turn
WAYS = {PUSH: push, EMAIL: mail, SERVICE: chat}
State = Delivery.State


def deliver_waiting() -> bool:
    """Tries what is ready; True when some may be left for another round."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for _lot in range(LOTS):
                claimed = claim_deliveries(now=timezone.now())
                if not claimed:
                    return False
                _carry(claimed, pool)
        finally:
            mail.hang_up()
    return True


def _carry(claimed: list[Delivery], pool: ThreadPoolExecutor) -> None:
    ended = [(each, state) for each in claimed if (state := _ended(each))]
    drop_deliveries(ended=ended, now=timezone.now())
    closed = {each.pk for each, _state in ended}
    useful = [each for each in claimed if each.pk not in closed]
    packed = [(each, WAYS[each.channel], composing.packed(each)) for each in useful]
    answers: list[Answer] = list(pool.map(lambda each: each[1].send(each[2]), packed))
    tried = [
        (delivery, way.service_of(said), answer)
        for (delivery, way, said), answer in zip(packed, answers, strict=True)
    ]
    note_tries(tried=tried, now=timezone.now())


def _ended(delivery: Delivery) -> str:
    """Why it needs no try: read meanwhile, too late, or the device or address is gone."""
    now = timezone.now()
    if delivery.slot:
        if all(each.notice.is_read for each in delivery.gathered.all()):
            return State.LEFT
    elif delivery.notice.until_at <= now or (delivery.notice.is_read and not delivery.place_id):
        return State.LEFT
    if delivery.channel == PUSH:
        return "" if _is_allowed(delivery.subscription) else State.GONE
    return "" if delivery.address and delivery.address.is_in_use else State.GONE


def _is_allowed(allowed) -> bool:
    """allauth deletes the record of an ended session, and the permission of its device with it."""
    if allowed is None or allowed.session.user_id != allowed.user_id:
        return False
    return not allowed.session.purge()
