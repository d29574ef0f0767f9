"""Carries what waits to the push services: several at once, each delivery by one worker."""

from concurrent.futures import ThreadPoolExecutor

from django.utils import timezone

from cncd.faces.notices import sending
from cncd.faces.notices.actions import claim_deliveries, drop_delivery, note_try
from cncd.faces.notices.kinds import KINDS
from cncd.faces.notices.models import Delivery
from cncd.faces.notices.rules import seconds_to_live, topic

AT_ONCE = 8  # a push service answers in a tenth of a second or not at all
LOTS = 8  # before other jobs have their turn


def deliver_waiting() -> bool:
    """Tries what is ready; True when some may be left for another round."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _lot in range(LOTS):
            claimed = claim_deliveries(now=timezone.now())
            if not claimed:
                return False
            useful = [each for each in claimed if _is_useful(each)]
            answers = pool.map(sending.send, [_parcel(each) for each in useful])
            for delivery, answer in zip(useful, answers, strict=True):
                note_try(delivery=delivery, answer=answer, now=timezone.now())
    return True


def _is_useful(delivery: Delivery) -> bool:
    """Closes what needs no try: read meanwhile, too late, or the device is signed out."""
    now, notice, allowed = timezone.now(), delivery.notice, delivery.subscription
    if notice.read_at or notice.until_at <= now:
        drop_delivery(delivery=delivery, state=Delivery.State.LEFT, now=now)
        return False
    # allauth deletes the record of a session that has ended, and the device's permission with it.
    if allowed is None or allowed.session.user_id != allowed.user_id or allowed.session.purge():
        drop_delivery(delivery=delivery, state=Delivery.State.GONE, now=now)
        return False
    return True


def _parcel(delivery: Delivery) -> sending.Parcel:
    notice, allowed = delivery.notice, delivery.subscription
    return sending.Parcel(
        endpoint=allowed.endpoint,
        p256dh=allowed.p256dh,
        auth=allowed.auth,
        said={
            "title": notice.title,
            "body": notice.text,
            "address": notice.get_absolute_url(),
            "tag": notice.what,
        },
        ttl=seconds_to_live(notice.until_at, timezone.now()),
        urgency=KINDS[notice.kind].urgency,
        topic=topic(notice.what),
    )
