"""Writing a group down, and putting right what is known of it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.places.models import Place
from cncd.work.channels.actions import writing
from cncd.work.channels.actions.checks import check, require
from cncd.work.channels.actions.errors import ChangedMeanwhile, ChannelRefused, NotStanding
from cncd.work.channels.models import Channel, RequiredMember
from cncd.work.channels.rules import tidy_link


@transaction.atomic
def register_channel(
    *,
    place,
    platform,
    name: str,
    opened_on: dt.date,
    by,
    team=None,
    admins=(),
    made_at: dt.datetime | None = None,
    now: dt.datetime | None = None,
    **known,
) -> Channel:
    """Writes down a group of a unit, or of a team at its hamlet (II.2.7); the name stays as pasted.

    `known` is what else is known: agency, runner, link, member_count, last_active_on, is_common.
    `is_common` left out: the first group of a unit whose level has required members is the common
    one (II.2.9). Raises PermissionDenied, and ChannelRefused at the field that is wrong.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    require(by, place=place, team=team, made_at=made_at)
    place = Place.objects.select_for_update(of=("self",)).select_related("level").get(pk=place.pk)
    if known.get("is_common") is None:
        known["is_common"] = _is_common(place, team, opened_on)
    owner = {"level": place.level, "place": place, "team": team}
    said = {"platform": platform, "name": name, "opened_on": opened_on}
    channel = Channel(**owner, **said, **known, made_at=made_at, recorded_at=now, recorded_by=by)
    channel.link = tidy_link(channel.link)
    check(channel, admins, timezone.localdate(now))
    _refuse_twice(channel)
    writing.index(channel)
    channel.save(force_insert=True)
    channel.admins.set(admins)
    writing.add_version(channel, by=by, at=now)
    after = {key: value for key, value in writing.read_aloud(channel).items() if value}
    writing.tell("channel.registered", channel, by=by, on=opened_on, after=after, now=now)
    return channel


def _is_common(place, team, day: dt.date) -> bool:
    if team or not RequiredMember.objects.on(day).filter(level=place.level_id).exists():
        return False
    return not Channel.objects.open_on(day).filter(place=place, is_common=True).exists()


def _refuse_twice(channel: Channel) -> None:
    same = Channel.objects.standing().filter(
        place=channel.place,
        team=channel.team,
        platform=channel.platform,
        name=channel.name,
        closed_on=None,
    )
    if same.exists():
        raise ChannelRefused(
            "name", _("This group is in the register already. Open it there to change it.")
        )


@transaction.atomic
def change_channel(
    *, channel: Channel, by, version: int, made_at=None, now=None, **changes
) -> Channel:
    """Puts right what is known of a group, by name of field; `admins` is a list of people.

    A changed name counts from the day of the change on (TC13). `version` is the one the page
    showed; the same change sent twice is made once. Raises PermissionDenied, NotStanding,
    ChangedMeanwhile, and ChannelRefused at the field that is wrong, or when nothing differs.
    """
    now = now or timezone.now()
    channel = locked(channel, by, min(made_at or now, now))
    before, old_day = writing.read_aloud(channel), channel.opened_on
    content = writing.content_of(channel)
    admins = changes.pop("admins", None)
    admins = list(channel.admins.all()) if admins is None else list(admins)
    unknown = changes.keys() - set(writing.CHANGEABLE)
    if unknown:
        raise TypeError(f"a group has no {', '.join(sorted(unknown))} to change")
    for field, value in changes.items():
        setattr(channel, field, tidy_link(value) if field == "link" else value)
    wanted = writing.content_of(channel, admins)
    if wanted == content:
        if channel.version != version:
            return channel
        raise ChannelRefused("__all__", _("Nothing is different from before."))
    if channel.version != version:
        raise ChangedMeanwhile(Channel.objects.get(pk=channel.pk), wanted)
    check(channel, admins, timezone.localdate(now))
    writing.index(channel)
    channel.version += 1
    channel.save()
    channel.admins.set(admins)
    writing.add_version(channel, by=by, at=now)
    days = {old_day, channel.opened_on}
    on = min(days) if len(days) > 1 or "is_common" in changes else timezone.localdate(now)
    _tell_change(channel, before, on, by, now)
    return channel


def _tell_change(channel: Channel, before: dict, on: dt.date, by, now) -> None:
    after = writing.read_aloud(channel)
    old = {key: value for key, value in before.items() if value != after[key]}
    new = {key: after[key] for key in old}
    writing.tell("channel.changed", channel, by=by, on=on, before=old, after=new, now=now)


def locked(channel: Channel, by, made_at, *, standing: bool = True) -> Channel:
    """The row as it stands, held until the transaction ends; raises NotStanding when withdrawn."""
    rows = Channel.objects.select_for_update(of=("self",))
    rows = rows.select_related("place", "team", "platform", "agency", "runner", "level")
    channel = rows.get(pk=channel.pk)
    require(by, place=channel.place, team=channel.team, made_at=made_at)
    if standing and channel.withdrawn_at:
        raise NotStanding
    return channel
