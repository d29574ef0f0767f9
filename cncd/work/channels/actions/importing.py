"""Many groups at once from a file: the same rules, one journal entry, a second time updates."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.bulk import made_of_lines
from cncd.work.channels.actions import writing
from cncd.work.channels.actions.checks import check, require
from cncd.work.channels.actions.errors import ChannelRefused
from cncd.work.channels.models import Channel, ChannelVersion
from cncd.work.channels.rules import tidy_link


class ChannelLine(NamedTuple):
    """One group of a file; `channel` is the one in the register that it updates, or None."""

    place: Any
    platform: Any
    name: str
    opened_on: dt.date | None = None
    team: Any = None
    link: str = ""
    member_count: int | None = None
    last_active_on: dt.date | None = None
    runner: Any = None
    channel: Channel | None = None

    def put_on(self, channel: Channel, today: dt.date) -> Channel:
        """What the file says, written over the group; what it leaves empty stays."""
        channel.name = self.name
        channel.platform = self.platform
        channel.link = tidy_link(self.link) or channel.link
        if self.member_count is not None:
            channel.member_count = self.member_count
        channel.last_active_on = self.last_active_on or channel.last_active_on
        channel.runner = self.runner or channel.runner
        channel.opened_on = self.opened_on or channel.opened_on or today
        return channel


@transaction.atomic
def import_channels(
    *, lines: Sequence[ChannelLine], unit, by, file_name: str = "", now=None
) -> list[Channel]:
    """Writes all groups of a file down or none; `unit` is the place the file was for (II.2.7).

    Raises PermissionDenied, and LinesRefused listing each line that breaks a rule.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)

    def made(line: ChannelLine) -> Channel:
        require(by, place=line.place, team=line.team)
        channel = line.put_on(line.channel or _blank(line, by, now), today)
        check(channel, (), today)
        return channel

    found = made_of_lines(lines, made, ChannelRefused)
    new = [each for each, line in zip(found, lines, strict=True) if not line.channel]
    changed = [each for each, line in zip(found, lines, strict=True) if line.channel]
    first = min([today, *(each.opened_on for each in found)])
    _lay_down(new, changed, by, now)
    _tell([*new, *changed], unit, by, file_name, first, len(new), now)
    return [*new, *changed]


def _blank(line: ChannelLine, by, now) -> Channel:
    return Channel(
        level=line.place.level,
        place=line.place,
        team=line.team,
        made_at=now,
        recorded_at=now,
        recorded_by=by,
    )


def _lay_down(new: list[Channel], changed: list[Channel], by, now) -> None:
    for channel in (*new, *changed):
        writing.index(channel)
    for channel in changed:
        channel.version += 1
    Channel.objects.bulk_create(new, batch_size=500)
    Channel.objects.bulk_update(
        changed,
        [*writing.PLAIN, *writing.DAYS, *writing.LINKS, "search_key", "sort_key", "version"],
        batch_size=200,
    )
    ChannelVersion.objects.bulk_create(
        (
            ChannelVersion(
                channel=channel,
                number=channel.version,
                content=writing.content_of(channel, () if channel in new else None),
                by=by,
                at=now,
            )
            for channel in (*new, *changed)
        ),
        batch_size=500,
    )


def _tell(channels, unit, by, file_name: str, first: dt.date, added: int, now) -> None:
    record(
        event="channels.imported",
        subject=channels[0],
        by=by,
        place=unit,
        after={
            "count": len(channels),
            "added": added,
            "file_name": file_name,
            "on": first.isoformat(),
        },
        rows=[{"channel": str(each.pk), "place": each.place_id, "name": each.name.strip()}
              for each in channels],
        now=now,
    )  # fmt: skip
