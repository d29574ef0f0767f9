"""What the room counts when a report or a total asks: commendations a unit decided (TC20)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.kit import figures
from cncd.foundation.kit.counting import Counted
from cncd.results.rewards.models import Commendation

GIVEN, TEAMS, MEMBERS = "given", "teams", "members"
WORDS = {GIVEN, TEAMS, MEMBERS}


def counted_places(places, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Place id → counter id → how many teams and members its own decisions of these days name.

    Each unit counts what it decided itself, by the date of the decision; what was withdrawn counts
    nowhere. Of a unit that never recorded any, nothing is kept. Raises KeyError for another word.
    """
    unknown = {counter.counts for counter in counters} - WORDS
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    ids = [getattr(place, "pk", place) for place in places]
    rows = Commendation.objects.standing().filter(place__in=ids, given_on__lte=last_day)
    mine, begun = defaultdict(list), set()
    for place, pk, version, given_on, person in rows.order_by("pk").values_list(
        "place", "pk", "version", "given_on", "person"
    ):
        begun.add(place)
        if given_on >= first_day:
            mine[place].append((person, ("commendations", str(pk), version)))
    return {
        pk: {each.pk: _counted(mine[pk], each.counts, pk in begun) for each in counters}
        for pk in ids
    }


def _counted(rows: list[tuple], word: str, is_kept: bool) -> Counted:
    fit = [
        record for person, record in rows if word == GIVEN or (person is None) == (word == TEAMS)
    ]
    return Counted(len(fit), tuple(fit), is_kept)


def told(records: Iterable[tuple[str, str, int]]) -> list[dict]:
    """The commendations behind a figure, as the page “Số này từ đâu?” names them."""
    versions = {str(pk): version for _room, pk, version in records}
    rows = Commendation.objects.filter(pk__in=versions).select_related(
        "team", "person", "form", "document"
    )
    return [
        {
            "title": f"{row.person or row.team} · {row.form}",
            "detail": f"{row.document} · {figures.day(row.given_on)}",
            "kind": "commendation",
            "key": row.pk,
            "changed": row.version != versions[str(row.pk)] or row.withdrawn_at is not None,
        }
        for row in rows
    ]
