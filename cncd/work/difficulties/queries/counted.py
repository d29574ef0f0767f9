"""What the difficulties count when a report or a total asks (TC16, TC17)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.kit.counting import Counted
from cncd.foundation.places.models import PlaceIndex
from cncd.work.difficulties.models import Case, Raising, Turn

RAISED, DUE, IN_TIME = "raised", "due", "in_time"


def counted(teams, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Team id → counter id → figure, for counters of the room "difficulties".

    `raised`: what the team raised on these days and has not taken back (TC16); one more day of it
    is one more, whatever it was put together with. Where there is none the register states nothing
    before the report. Raises KeyError for another word. One query.
    """
    _refuse_unknown(counters, {RAISED})
    ids = {getattr(team, "pk", team) for team in teams}
    rows = Raising.objects.standing().filter(
        team__in=ids, raised_on__gte=first_day, raised_on__lte=last_day
    )
    found = defaultdict(list)
    for team, pk, version in rows.order_by().values_list("team", "pk", "version"):
        found[team].append(("raisings", str(pk), version))
    return {
        pk: {
            counter.pk: Counted(len(found[pk]), tuple(sorted(found[pk])), kept=bool(found[pk]))
            for counter in counters
        }
        for pk in ids
    }


def counted_places(places, first_day: dt.date, last_day: dt.date, counters) -> dict[int, dict]:
    """Place id → counter id → figure of difficulties raised there or below (TC17).

    `due`: moments to answer by that fell on these days, of whatever level had the case then;
    `in_time`: those of them kept. What was passed on, put together or taken back before its moment
    counts in neither. Raises KeyError for another word. Two queries.
    """
    _refuse_unknown(counters, {DUE, IN_TIME})
    ids = {getattr(place, "pk", place) for place in places}
    turns = Turn.objects.due_between(first_day, last_day).order_by("pk")
    rows = list(turns.values_list("case", "case__place", "ended"))
    where = _units({place for _case, place, _ended in rows}, ids, last_day)
    due, kept = defaultdict(list), defaultdict(list)
    for case, place, ended in rows:
        for unit in where[place]:
            due[unit].append(str(case))
            if ended == Turn.End.ANSWERED:
                kept[unit].append(str(case))
    sides = {DUE: due, IN_TIME: kept}
    return {
        pk: {counter.pk: _figure(sides[counter.counts][pk], pk in due) for counter in counters}
        for pk in ids
    }


def _figure(cases: list[str], is_kept: bool) -> Counted:
    records = tuple(("cases", case, 1) for case in sorted(set(cases)))
    return Counted(len(cases), records, kept=is_kept)


def _units(places: set[int], ids: set[int], day: dt.date) -> dict[int, set[int]]:
    rows = PlaceIndex.objects.on(day).filter(place__in=places, ancestor__in=ids)
    found = defaultdict(set)
    for place, unit in rows.values_list("place", "ancestor"):
        found[place].add(unit)
    return found


def _refuse_unknown(counters, known: set[str]) -> None:
    unknown = {counter.counts for counter in counters} - known
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))


def told(records: Iterable[tuple]) -> list[tuple[Case, bool]]:
    """The cases that frozen records name (by a raising, or themselves), each with whether the
    raising was put right or taken back since."""
    versions = {str(pk): number for kind, pk, number in records if kind == "raisings"}
    raisings = Raising.objects.filter(pk__in=versions).select_related("case__category")
    found = [
        (each.case, each.version != versions[str(each.pk)] or each.withdrawn_at is not None)
        for each in raisings
    ]
    named = [pk for kind, pk, _number in records if kind == "cases"]
    cases = Case.objects.filter(pk__in=named).select_related("category")
    return found + [(case, False) for case in cases]
