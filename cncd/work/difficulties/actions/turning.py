"""How a case comes to an owner and leaves it; the verbs beside this file call it."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from cncd.foundation.kit.bulk import rewrite
from cncd.foundation.kit.text import fold
from cncd.work.difficulties import rules
from cncd.work.difficulties.actions.errors import ChangedMeanwhile, NotOpen
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case, Step, Turn

MOVED = "owner with_leaders assignee since_at due_at climbs version".split()


class Target(NamedTuple):
    """To whom a case goes: a place, at the top its office or its leaders."""

    owner: int
    with_leaders: bool = False


def locked(case: Case, version: int | None = None, *, open_only: bool = True) -> Case:
    """The case as it stands, held until the transaction ends.

    Raises ChangedMeanwhile when it is not as the page showed it, NotOpen when it waits no more.
    """
    rows = Case.objects.select_for_update(of=("self",)).select_related("owner__level", "team")
    case = rows.get(pk=case.pk)
    if version is not None and case.version != version:
        raise ChangedMeanwhile
    if open_only and not case.is_open:
        raise NotOpen
    return case


def begin(case: Case) -> Turn:
    """The turn that starts as the case says."""
    return Turn(
        case=case,
        owner_id=case.owner_id,
        with_leaders=case.with_leaders,
        since_at=case.since_at,
        due_at=case.due_at,
        due_on=timezone.localdate(case.due_at),
    )


def end_turns(cases: list[Case], how: str, now: dt.datetime) -> None:
    """The turns that run end so; one that began this very moment lasts a moment."""
    running = Turn.objects.filter(case__in=[case.pk for case in cases], until_at=None)
    running.update(until_at=now, ended=how)


def end_answered(case: Case, now: dt.datetime) -> None:
    """The turn ends with an answer: in time, or late."""
    in_time = rules.is_in_time(now, case.due_at)
    end_turns([case], Turn.End.ANSWERED if in_time else Turn.End.LATE, now)


def come_to(case: Case, target: Target, ground: Ground, now: dt.datetime) -> None:
    """The case belongs to the target from now on, with all the days that level has."""
    case.owner_id, case.with_leaders = target
    case.assignee = None
    case.since_at = now
    case.due_at = ground.due(target.owner, with_leaders=target.with_leaders, since_at=now)
    case.version += 1


def step(case: Case, what: str, *, by, now, text: str = "", **details) -> Step:
    """A line of the timeline, as things stand afterwards."""
    return Step(
        case=case, what=what, at=now, by=by, owner_id=case.owner_id,
        with_leaders=case.with_leaders, text=text, details=details,
    )  # fmt: skip


def hand_on(
    cases: list[Case], targets: dict, ground: Ground, *, what: str, ended: str, by, now, text=""
) -> None:
    """Many cases leave their owners for others, with a turn and a line each; a few statements."""
    before = {case.pk: (case.owner_id, case.with_leaders) for case in cases}
    end_turns(cases, ended, now)
    for case in cases:
        come_to(case, targets[case.pk], ground, now)
        case.climbs += what == Step.What.CLIMBED
    rewrite(cases, MOVED)
    Turn.objects.bulk_create([begin(case) for case in cases], batch_size=500)
    Step.objects.bulk_create(
        [
            step(case, what, by=by, now=now, text=text, owner=before[case.pk][0],
                 with_leaders=before[case.pk][1])
            for case in cases
        ],
        batch_size=500,
    )  # fmt: skip


def gather(case: Case) -> None:
    """What the case holds of its origins: how many, and the words they are found by."""
    rows = list(case.raisings.standing().values_list("text", "place", "team"))
    case.origins = max(1, len({(place, team) for _text, place, team in rows}))
    said = dict.fromkeys([case.text, *(text for text, _place, _team in rows)])
    case.search_key = fold(" ".join(said))


def told_on(*days: dt.date | dt.datetime) -> str:
    """The first day from which figures differ, for `after["on"]`."""
    plain = [timezone.localdate(day) if isinstance(day, dt.datetime) else day for day in days]
    return min(plain).isoformat()
