"""Who of the required members is in a common group (II.2.9)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.work.channels.actions import writing
from cncd.work.channels.actions.errors import ChannelRefused
from cncd.work.channels.actions.registering import locked
from cncd.work.channels.models import Channel, Presence
from cncd.work.channels.queries.members import fits


@transaction.atomic
def tick_presence(
    *, channel: Channel, required, posting, on: dt.date, by, made_at=None, now=None
) -> Presence:
    """Notes that the holder of a posting is in the group since that day, for that kind of member.

    Ticking twice changes nothing. Raises PermissionDenied, NotStanding, and ChannelRefused for a
    group that is not common, a posting not in force, or one that does not fit the kind.
    """
    now = now or timezone.now()
    channel = locked(channel, by, min(made_at or now, now))
    standing = Presence.objects.on(on).filter(channel=channel, required=required, posting=posting)
    if found := standing.first():
        return found
    if not channel.is_common:
        raise ChannelRefused("channel", _("Only a common group has required members (II.2.9)."))
    if not posting.holds_on(on) or not fits(required, posting, channel, on):
        raise ChannelRefused("posting", _("This person does not hold such a post on that day."))
    presence = Presence.objects.create(
        channel=channel, required=required, posting=posting, since_on=on, by=by, at=now
    )
    _follow("presence.ticked", channel, presence, on, by, now)
    return presence


@transaction.atomic
def clear_presence(*, presence: Presence, on: dt.date, by, made_at=None, now=None) -> None:
    """Notes that somebody is no longer in the group from that day on.

    Cleared on the day it was ticked, it was a slip and leaves no span. Raises PermissionDenied.
    """
    now = now or timezone.now()
    channel = locked(presence.channel, by, min(made_at or now, now))
    presence = Presence.objects.filter(pk=presence.pk, until_on=None).first()
    if presence is None:
        return
    if presence.since_on >= on:
        Presence.objects.filter(pk=presence.pk).delete()
    else:
        Presence.objects.filter(pk=presence.pk).update(until_on=on)
    _follow("presence.cleared", channel, presence, min(on, presence.since_on), by, now)


@transaction.atomic
def hand_over_presence(
    *, presence: Presence, posting, on: dt.date, by, made_at=None, now=None
) -> Presence:
    """Puts the successor of somebody who left office in their place, in one step.

    Raises what `tick_presence` raises.
    """
    clear_presence(presence=presence, on=on, by=by, made_at=made_at, now=now)
    return tick_presence(
        channel=presence.channel,
        required=presence.required,
        posting=posting,
        on=on,
        by=by,
        made_at=made_at,
        now=now,
    )


def _follow(event: str, channel: Channel, presence: Presence, on, by, now) -> None:
    """Gives the group a new version: reports freeze which one they counted."""
    channel.version += 1
    channel.save(update_fields=["version"])
    present = Presence.objects.filter(channel=channel, until_on=None).order_by("pk")
    pairs = [list(pair) for pair in present.values_list("required__code", "posting")]
    content = writing.content_of(channel) | {"present": pairs}
    writing.add_version(channel, by=by, at=now, content=content)
    after = {"required": presence.required.name}
    personal = {"member": ("", str(presence.posting.person))}
    writing.tell(event, channel, by=by, on=on, after=after, personal=personal, now=now)
