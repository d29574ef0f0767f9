"""What a person chooses: which notices, and which devices may be woken."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.notices.models import (
    Address,
    Feed,
    Manner,
    Notice,
    Preference,
    Subscription,
)
from cncd.faces.notices.queries import manner_of, wanted
from cncd.faces.notices.rules import is_push_service
from cncd.foundation.journal.actions import record
from cncd.foundation.people.models import User
from cncd.foundation.people.news import CHANNELS, kinds

FIELDS = ("has_quiet", "quiet_from", "quiet_until", "urgent_passes")
FIELDS += ("digest", "digest_channel", "digest_at", "digest_weekday")


class NotADevice(ValidationError):
    """What was sent is not what a browser gives when it lets itself be woken."""


@transaction.atomic
def choose_channels(
    *, by: User, chosen: dict[str, set[str]], now: dt.datetime | None = None
) -> None:
    """Sets by which channels the person hears of each kind, {kind: channels}; kept as differences
    from the usual ones.
    """
    before = wanted([by.pk], chosen)
    changed = {kind: own for kind, own in chosen.items() if own != before[by.pk, kind]}
    if not changed:
        return
    Preference.objects.filter(user=by, kind__in=changed).delete()
    Preference.objects.bulk_create(
        Preference(user=by, kind=kind, channel=channel, is_on=channel in own)
        for kind, own in changed.items()
        for channel in own ^ kinds()[kind].usual
    )
    sides = [
        {"notices": "; ".join(_said(kind, side[kind]) for kind in changed)}
        for side in ({kind: before[by.pk, kind] for kind in changed}, changed)
    ]
    record(event="notices.chosen", subject=by, by=by, before=sides[0], after=sides[1], now=now)


@transaction.atomic
def choose_manner(*, by: User, chosen: dict, now: dt.datetime | None = None) -> None:
    """Sets hours of quiet and the digest of the person: fields of Manner."""
    before, kept = manner_of(by), {name: chosen[name] for name in FIELDS}
    changed = [name for name in FIELDS if getattr(before, name) != kept[name]]
    if not changed and before.pk:
        return
    Manner.objects.update_or_create(user=by, defaults=kept)
    sides = [
        {name: str(side[name]) for name in changed}
        for side in ({name: getattr(before, name) for name in FIELDS}, kept)
    ]
    record(event="hours.chosen", subject=by, by=by, before=sides[0], after=sides[1], now=now)


def _said(kind: str, channels: set[str]) -> str:
    names = [str(label) for channel, label in CHANNELS.items() if channel in channels]
    return f"{kinds()[kind].label}: {', '.join(names) or _('no')}"


@transaction.atomic
def allow_device(
    *, by: User, session, endpoint: str, p256dh: str, auth: str, now: dt.datetime | None = None
) -> Subscription:
    """Lets the device of that session be woken for this person, and for nobody before on it.

    Said again, it brings keys and session up to date. Raises NotADevice for keys no browser makes,
    or an address that is no push service (`settings.PUSH_SERVICES`).
    """
    from cncd.faces.notices.sending.push import are_keys  # cryptography is loaded when first needed

    if not is_push_service(endpoint, settings.PUSH_SERVICES) or not are_keys(p256dh, auth):
        raise NotADevice(_("This browser's push service is not known here."))
    # One for a device: what its browser gave before, or gave to somebody else, ends.
    Subscription.objects.filter(endpoint=endpoint).exclude(user=by).delete()
    Subscription.objects.filter(session=session).exclude(endpoint=endpoint).delete()
    fields = {"user": by, "session": session, "p256dh": p256dh, "auth": auth}
    first = fields | {"made_at": now or timezone.now()}
    allowed, is_new = Subscription.objects.update_or_create(
        endpoint=endpoint, defaults=fields, create_defaults=first
    )
    if is_new:
        record(event="device.allowed", subject=by, by=by, now=now)
    return allowed


@transaction.atomic
def silence_device(*, subscription: Subscription, by: User, now: dt.datetime | None = None) -> None:
    """The device is not woken any more."""
    subscription.delete()
    record(event="device.silenced", subject=by, by=by, now=now)


def forget_notices_of(_entry, person) -> None:
    """Somebody's data are erased: the notices go too (reaction)."""
    for model in (Notice, Preference, Subscription, Address, Manner, Feed):
        model.objects.filter(user__person=person).delete()
