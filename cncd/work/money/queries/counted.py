"""What the room counts when a report or a total asks: what a unit itself spent (TC19)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Min

from cncd.foundation.kit.counting import Counted
from cncd.work.money.models import Spending

SPENT = "spent"


def counted_places(places, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Place id → counter id → đồng that it spent itself in these days.

    Nothing of the units below: each level has its own book. Of a place that has recorded no
    spending up to the last day nothing is kept: it has said nothing, and is asked by hand.
    Filters: {"purpose": [code…], "source": [code…]}. Raises KeyError for another word.
    """
    unknown = {counter.counts for counter in counters} - {SPENT}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    ids = [getattr(place, "pk", place) for place in places]
    standing = Spending.objects.standing().filter(place__in=ids, spent_on__lte=last_day)
    begun = dict(standing.order_by().values_list("place").annotate(Min("spent_on")))
    rows = standing.filter(spent_on__gte=first_day).order_by("pk").values_list(
        "place", "pk", "version", "amount", "purpose__code", "source__code"
    )  # fmt: skip
    mine = defaultdict(list)
    for place, *row in rows:
        mine[place].append(row)
    return {
        pk: {counter.pk: _counted(mine[pk], counter.filters, pk in begun) for counter in counters}
        for pk in ids
    }


def _counted(rows: list, filters: dict, is_kept: bool) -> Counted:
    purposes, sources = filters.get("purpose"), filters.get("source")
    fit = [
        row
        for row in rows
        if (not purposes or row[3] in purposes) and (not sources or row[4] in sources)
    ]
    records = tuple(("spending", str(pk), version) for pk, version, *_rest in fit)
    return Counted(sum(row[2] for row in fit), records, kept=is_kept)


def told(records: Iterable[tuple]) -> list[tuple[Spending, bool]]:
    """The spending that frozen records name, each with whether it was changed since."""
    versions = {str(pk): number for _room, pk, number in records}
    rows = Spending.objects.filter(pk__in=versions).select_related("purpose", "source", "place")
    return [(each, each.version != versions[str(each.pk)] or each.withdrawn_at is not None)
            for each in rows]  # fmt: skip
