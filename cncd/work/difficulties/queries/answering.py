"""Who answers a case on a day: never nobody while anybody above is in office (II.2.9, IV.1)."""

import datetime as dt
from collections.abc import Iterable

from cncd.foundation.people.coordination import guides_at, officers_at
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case

ANSWER = "difficulties.answer"
DECIDE = "difficulties.decide"  # who answers when even the office at the top has not


def answerable(case: Case, day: dt.date) -> list:
    """The accounts that answer this case that day, the one named alone."""
    return guides_of_cases([case], day)[case.pk]


def guides_of_cases(cases: Iterable[Case], day: dt.date) -> dict:
    """Case id → the accounts asked for it that day, by coordination: the one who was named; else
    who guides at its owner, at the top its leaders; where nobody is, one level up.

    A fixed number of queries for each level that has to be looked at.
    """
    cases = list(cases)
    ground = Ground(day)
    ground.learn({case.owner_id for case in cases})
    found: dict = {}
    waiting = {case.pk: (ground.today(case.owner_id), case.with_leaders) for case in cases}
    named = {case.pk: case.assignee for case in cases if case.assignee_id}
    while waiting:
        there = _asked_at(set(waiting.values()), day)
        for pk, (place, leaders) in list(waiting.items()):
            people = there.get((place, leaders), [])
            above = ground.above(place)
            if people or (above is None and not leaders):
                found[pk] = people
                del waiting[pk]
            else:
                waiting[pk] = (place, False) if above is None else (above, False)
    for pk, user in named.items():
        if user in found[pk] or user.can(ANSWER, place=ground.places[_owner(cases, pk)], on=day):
            found[pk] = [user]
    return found


def _owner(cases: list[Case], pk) -> int:
    return next(case.owner_id for case in cases if case.pk == pk)


def _asked_at(targets: set[tuple[int, bool]], day: dt.date) -> dict:
    offices = {place for place, leaders in targets if not leaders}
    tops = {place for place, leaders in targets if leaders}
    found = {}
    if offices:
        found |= {(pk, False): who for pk, who in guides_at(offices, ANSWER, day).items()}
    if tops:
        found |= {(pk, True): who for pk, who in officers_at(tops, DECIDE, day).items()}
    return found
