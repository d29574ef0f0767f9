"""What the room counts when a report or a total asks: how often a unit itself broadcast (CQ03)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.kit.counting import Counted
from cncd.work.broadcasts.models import Broadcast
from cncd.work.broadcasts.rules import Days

TIMES = "times"


def counted_places(places, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Place id → counter id → how often it broadcast in these days, each time on each day one.

    Only what the place itself recorded: what a unit below broadcast is its own, what came from
    above counts where it was repeated. Of a place that never recorded any, nothing is kept.
    Filters: {"medium": [code…]}. Raises KeyError for another word.
    """
    unknown = {counter.counts for counter in counters} - {TIMES}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    ids = [getattr(place, "pk", place) for place in places]
    standing = Broadcast.objects.standing().filter(place__in=ids)
    begun = set(
        standing.filter(since_on__lte=last_day)
        .order_by()
        .values_list("place", flat=True)
        .distinct()
    )
    rows = standing.between(first_day, last_day).order_by("pk").values_list(
        "place", "pk", "version", "since_on", "last_on", "weekdays", "times", "medium__code"
    )  # fmt: skip
    mine = defaultdict(list)
    for place, pk, version, since, last, weekdays, times, medium in rows:
        amount = Days(since, last, weekdays).count(first_day, last_day) * times
        if amount:
            mine[place].append((medium, amount, ("broadcasts", str(pk), version)))
    return {
        pk: {counter.pk: _counted(mine[pk], counter, pk in begun) for counter in counters}
        for pk in ids
    }


def _counted(rows: list[tuple], counter, is_kept: bool) -> Counted:
    wanted = counter.filters.get("medium")
    fit = [row for row in rows if not wanted or row[0] in wanted]
    return Counted(sum(row[1] for row in fit), tuple(row[2] for row in fit), kept=is_kept)


def told(records: Iterable[tuple]) -> list[tuple[Broadcast, bool]]:
    """The broadcasts that frozen records name, each with whether it was changed since."""
    versions = {str(pk): number for _room, pk, number in records}
    rows = Broadcast.objects.filter(pk__in=versions).select_related("medium", "place")
    return [(each, each.version != versions[str(each.pk)] or each.withdrawn_at is not None)
            for each in rows]  # fmt: skip
