"""Closing a group, taking one out of the register, and bringing it back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.work.channels.actions import writing
from cncd.work.channels.actions.errors import ChannelRefused
from cncd.work.channels.actions.registering import locked
from cncd.work.channels.models import Channel


@transaction.atomic
def close_channel(
    *, channel: Channel, on: dt.date, by, reason: str = "", made_at=None, now=None
) -> Channel:
    """Ends a group from that day on; it stays readable, and past figures stay.

    Raises PermissionDenied, NotStanding, and ChannelRefused for a day before it was opened.
    """
    now = now or timezone.now()
    channel = locked(channel, by, min(made_at or now, now))
    if channel.closed_on == on:
        return channel
    if on < channel.opened_on:
        raise ChannelRefused("on", _("The group was opened later than this day."))
    if on > timezone.localdate(now):
        raise ChannelRefused("on", _("This day has not come yet. Choose today or earlier."))
    first = min(filter(None, [on, channel.closed_on]))
    _end(channel, on, by, now)
    after = {"closed_on": on.isoformat()}
    writing.tell("channel.closed", channel, by=by, on=first, after=after, reason=reason, now=now)
    return channel


@transaction.atomic
def reopen_channel(*, channel: Channel, by, made_at=None, now=None) -> Channel:
    """Opens a closed group again: the undo of `close_channel`."""
    now = now or timezone.now()
    channel = locked(channel, by, min(made_at or now, now))
    first = channel.closed_on
    if first is None:
        return channel
    _end(channel, None, by, now)
    writing.tell("channel.reopened", channel, by=by, on=first, now=now)
    return channel


def _end(channel: Channel, on: dt.date | None, by, now) -> None:
    channel.closed_on = on
    channel.version += 1
    channel.save(update_fields=["closed_on", "version"])
    writing.add_version(channel, by=by, at=now)


@transaction.atomic
def withdraw_channel(*, channel: Channel, by, reason: str = "", made_at=None, now=None) -> Channel:
    """Takes out a group that should never have been entered; twice changes nothing.

    Raises PermissionDenied.
    """
    now = now or timezone.now()
    channel = locked(channel, by, min(made_at or now, now), standing=False)
    if channel.withdrawn_at:
        return channel
    channel.withdrawn_at, channel.withdrawn_reason = now, reason.strip()[:200]
    channel.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    on = channel.opened_on
    writing.tell("channel.withdrawn", channel, by=by, on=on, reason=reason, now=now)
    return channel


@transaction.atomic
def restore_channel(*, channel: Channel, by, made_at=None, now=None) -> Channel:
    """Brings a group that was taken out back as it was: the undo of `withdraw_channel`."""
    now = now or timezone.now()
    channel = locked(channel, by, min(made_at or now, now), standing=False)
    if not channel.withdrawn_at:
        return channel
    channel.withdrawn_at, channel.withdrawn_reason = None, ""
    channel.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    writing.tell("channel.restored", channel, by=by, on=channel.opened_on, now=now)
    return channel
