"""What the room counts when a report or a total asks: groups named right, complete ones."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from cncd.foundation.kit.counting import Counted
from cncd.work.channels.models import Channel, ChannelVersion
from cncd.work.channels.queries.members import checklists
from cncd.work.channels.queries.names import Names

NAMED_RIGHT, COMPLETE = "named_right", "complete_common"


def counted(teams, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Team id → counter id → what stands on the last day, for counters of the room "channels".

    `named_right` is 1 when the team has an open group whose name has no fault by the tree and the
    rules of that day (TC13), the name being the one it bore that day. Of a team without any group
    in the register nothing is kept. Raises KeyError for another word.
    """
    _refuse_unknown(counters, NAMED_RIGHT)
    ids = {getattr(team, "pk", team) for team in teams}
    entered = Channel.objects.standing().filter(team__in=ids, opened_on__lte=last_day)
    known = set(entered.order_by().values_list("team", flat=True))
    channels = list(entered.open_on(last_day).order_by("pk"))
    names, then = Names(channels, last_day), _as_of(channels, last_day)
    right = defaultdict(list)
    for channel in channels:
        number, name = then.get(channel.pk, (channel.version, channel.name))
        if names.is_right(channel, name):
            right[channel.team_id].append(("channels", str(channel.pk), number))
    return {
        pk: {
            counter.pk: Counted(int(pk in right), tuple(right[pk]), kept=pk in known)
            for counter in counters
        }
        for pk in ids
    }


def counted_places(places, _first_day, day: dt.date, counters) -> dict[int, dict]:
    """Place id → counter id → what stands that day.

    `complete_common` is 1 when the unit has an open common group in which somebody in office of
    every required kind was ticked (TC14, II.2.9). Raises KeyError for another word.
    """
    _refuse_unknown(counters, COMPLETE)
    ids = [getattr(place, "pk", place) for place in places]
    channels = list(Channel.objects.open_on(day).filter(team=None, is_common=True).order_by("pk"))
    names = Names(channels, day)
    mine = {each.pk: names.unit(each) for each in channels if names.unit(each) in set(ids)}
    channels = [each for each in channels if each.pk in mine]
    lists, then = checklists(channels, mine, day), _as_of(channels, day)
    complete = defaultdict(list)
    for channel in channels:
        if channel.pk in lists and lists[channel.pk].is_complete:
            number, _name = then.get(channel.pk, (channel.version, ""))
            complete[mine[channel.pk]].append(("channels", str(channel.pk), number))
    return {
        pk: {
            counter.pk: Counted(int(pk in complete), tuple(complete[pk]), kept=pk in mine.values())
            for counter in counters
        }
        for pk in ids
    }


def _refuse_unknown(counters, word: str) -> None:
    unknown = {counter.counts for counter in counters} - {word}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))


def _as_of(channels: list[Channel], day: dt.date) -> dict:
    """Group id → (version, name) at the end of a day past; entered later, as first entered."""
    if day >= timezone.localdate():
        return {}
    rows = ChannelVersion.objects.filter(channel__in=channels).order_by("number")
    found: dict = {}
    for channel, number, content, at in rows.values_list("channel", "number", "content", "at"):
        if channel not in found or timezone.localdate(at) <= day:
            found[channel] = (number, content["name"])
    return found


def told(records: Iterable[tuple]) -> list[tuple[Channel, bool]]:
    """The groups that frozen records name, each with whether it was changed since."""
    versions = {str(pk): number for _room, pk, number in records}
    rows = Channel.objects.filter(pk__in=versions).select_related("platform", "team", "level")
    return [(each, each.version != versions[str(each.pk)] or each.withdrawn_at is not None)
            for each in rows]  # fmt: skip
