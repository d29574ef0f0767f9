"""Difficulties of many reports at once, as they were raised and answered: for demo data."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold
from cncd.team.teams.models import Coverage
from cncd.work.difficulties.actions.turning import begin
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case, Raising, Step, Turn

AT_ONCE = 500


class PastDifficulty(NamedTuple):
    """One difficulty of a sent report, and what was answered, if it was."""

    team: object
    report: str
    category: int
    text: str
    author: object
    made_at: dt.datetime
    on: dt.date
    answer: str = ""
    answered_by: object | None = None
    answered_at: dt.datetime | None = None


@transaction.atomic
def keep_past_difficulties(*, lines: list[PastDifficulty], by=None, now=None) -> int:
    """Raises them as they were, each at the unit above its team; rights are not asked.

    One journal entry for all; returns how many.
    """
    if not lines:
        return 0
    now = now or timezone.now()
    hamlets = dict(
        Coverage.objects.filter(team__in={line.team.pk for line in lines})
        .order_by("-since_on", "-pk")
        .values_list("team", "place")
    )
    ground = Ground(timezone.localdate(now))
    ground.learn(hamlets.values())
    ground.learn({ground.above(pk) for pk in hamlets.values()} - {None})
    cases = [_case(line, hamlets[line.team.pk], ground) for line in lines]
    Case.objects.bulk_create(cases, batch_size=AT_ONCE)
    pairs = list(zip(lines, cases, strict=True))
    Raising.objects.bulk_create([_raising(*pair) for pair in pairs], batch_size=AT_ONCE)
    Turn.objects.bulk_create([_turn(case) for case in cases], batch_size=AT_ONCE)
    Step.objects.bulk_create([s for pair in pairs for s in _steps(*pair)], batch_size=AT_ONCE)
    record(
        event="difficulty.kept",
        subject=cases[0],
        by=by,
        now=now,
        after={"count": len(cases), "on": min(line.on for line in lines).isoformat()},
        rows=[{"team": line.team.pk, "place": case.place_id} for line, case in pairs],
    )
    return len(cases)


def _case(line: PastDifficulty, place: int, ground: Ground) -> Case:
    owner = ground.first_owner(place, has_team=True)
    case = Case(
        category_id=line.category, text=line.text, search_key=fold(line.text), place_id=place,
        team=line.team, owner_id=owner, opened_at=line.made_at, since_at=line.made_at,
        due_at=ground.due(owner, with_leaders=False, since_at=line.made_at),
    )  # fmt: skip
    if line.answer and line.answered_at:
        case.state, case.answer = Case.State.ANSWERED, line.answer
        case.answered_by, case.answered_at = line.answered_by, line.answered_at
        case.answered_for_id = owner
    return case


def _raising(line: PastDifficulty, case: Case) -> Raising:
    return Raising(
        case=case, first_case=case, team=line.team, place_id=case.place_id,
        category_id=line.category, text=line.text, source=Raising.Source.REPORT,
        source_id=line.report, raised_on=line.on, raised_at=line.made_at,
        recorded_at=line.made_at, raised_by=line.author,
    )  # fmt: skip


def _turn(case: Case) -> Turn:
    turn = begin(case)
    if case.answered_at:
        in_time = case.answered_at <= case.due_at
        turn.until_at = case.answered_at
        turn.ended = Turn.End.ANSWERED if in_time else Turn.End.LATE
    return turn


def _steps(line: PastDifficulty, case: Case) -> list[Step]:
    about = {"case": case, "owner_id": case.owner_id}
    found = [Step(what=Step.What.RAISED, at=line.made_at, by=line.author, **about)]
    if case.answered_at:
        said = {"at": case.answered_at, "by": line.answered_by, "text": case.answer}
        found.append(Step(what=Step.What.ANSWERED, **said, **about))
    return found
