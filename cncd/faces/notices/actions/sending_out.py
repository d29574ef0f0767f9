"""From notices to deliveries: to which devices and addresses, when, and in which digest."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable

from cncd.faces.notices import queries
from cncd.faces.notices.models import Address, Delivery, Gathered, Manner, Notice, Subscription
from cncd.faces.notices.rules import digest_at, opens_at
from cncd.foundation.people.news import EMAIL, PUSH, SERVICE, kinds

Channels = dict[tuple[int, str], set[str]]


def send_out(*, given: list[Notice], channels: Channels, now: dt.datetime) -> None:
    """Sets on their way, within the caller's transaction, the notices that go beyond the page.

    A digest gathers what its channel would have carried; hours of quiet hold back the rest. An
    office's chat hears once what several of its officers are told. Ten queries for any number.
    """
    loud = [row for row in given if row.until_at > now]
    users = {row.user_id for row in loud}
    if not users:
        return
    manners = queries.manners_of(users)
    rows = [*_to_devices(loud, users, channels, manners, now)]
    gathered: dict[tuple[int, dt.datetime], list[Notice]] = defaultdict(list)
    by_pk = {}
    for notice, address in _addressed(loud, users, channels):
        manner = manners[notice.user_id]
        by_pk[address.pk] = address
        if address.user_id and _is_gathered(notice, address, manner):
            gathered[address.pk, _slot(manner, now)].append(notice)
        else:
            at = now if address.place_id else _opens(notice, manner, now)
            rows.append(_to_address(notice, address, at, now))
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    if gathered:
        _gather(gathered, by_pk, now)


def _to_devices(loud, users, channels: Channels, manners, now) -> Iterable[Delivery]:
    allowed = defaultdict(list)
    for pk, user in Subscription.objects.filter(user__in=users).values_list("pk", "user"):
        allowed[user].append(pk)
    for notice in loud:
        if PUSH in channels[notice.user_id, notice.kind]:
            at = _opens(notice, manners[notice.user_id], now)
            common = {"notice": notice, "user_id": notice.user_id, "channel": PUSH}
            for pk in allowed[notice.user_id]:
                yield Delivery(subscription_id=pk, next_at=at, made_at=now, **common)


def _addressed(loud, users, channels: Channels) -> Iterable[tuple[Notice, Address]]:
    """Each notice with the mailboxes and chats it goes to; those of offices get what is loud."""
    own, offices = queries.addresses_of(users)
    for notice in loud:
        wanted = channels[notice.user_id, notice.kind]
        for address in own.get(notice.user_id, ()):
            if address.channel in wanted:
                yield notice, address
        if {EMAIL, SERVICE} & kinds()[notice.kind].usual:
            for address in offices.get(notice.user_id, ()):
                yield notice, address


def _to_address(notice: Notice, address: Address, at: dt.datetime, now: dt.datetime) -> Delivery:
    said = f"{notice.kind} {notice.what} {notice.moment}"
    return Delivery(
        notice=notice,
        address=address,
        user_id=address.user_id,
        place_id=address.place_id,
        shown=address.shown,
        channel=address.channel,
        once=hashlib.sha256(said.encode()).hexdigest(),
        next_at=at,
        made_at=now,
    )


def _is_gathered(notice: Notice, address: Address, manner: Manner) -> bool:
    gathers = manner.digest != Manner.Digest.NONE and address.channel == manner.digest_channel
    return gathers and not _passes(notice, manner)


def _passes(notice: Notice, manner: Manner) -> bool:
    return manner.urgent_passes and kinds()[notice.kind].urgency == "high"


def _opens(notice: Notice, manner: Manner, now: dt.datetime) -> dt.datetime:
    if not manner.has_quiet or _passes(notice, manner):
        return now
    return opens_at(now, manner.quiet_from, manner.quiet_until)


def _slot(manner: Manner, now: dt.datetime) -> dt.datetime:
    """The next digest; one that is about to leave is not joined any more."""
    weekday = manner.digest_weekday if manner.digest == Manner.Digest.WEEKLY else None
    return digest_at(now + dt.timedelta(minutes=1), manner.digest_at, weekday)


def _gather(gathered, by_pk: dict[int, Address], now: dt.datetime) -> None:
    """One delivery for an address and moment, made by whoever comes first."""
    rows = [
        Delivery(
            address=by_pk[pk],
            user_id=by_pk[pk].user_id,
            shown=by_pk[pk].shown,
            channel=by_pk[pk].channel,
            slot=slot,
            next_at=slot,
            made_at=now,
        )
        for pk, slot in gathered
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    slots = {slot for _pk, slot in gathered}
    found = Delivery.objects.filter(address__in=by_pk, slot__in=slots)
    made = {(address, slot): pk for pk, address, slot in found.values_list("pk", "address", "slot")}
    Gathered.objects.bulk_create(
        (
            Gathered(delivery_id=made[key], notice=notice)
            for key, notices in gathered.items()
            for notice in notices
        ),
        ignore_conflicts=True,
    )
