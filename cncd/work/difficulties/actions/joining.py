"""Several difficulties that are one: put together, answered once, set apart again."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.work.difficulties.actions import turning
from cncd.work.difficulties.actions.answering import ANSWER
from cncd.work.difficulties.actions.errors import NotJoined, NotOpen
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case, Raising, Step, Turn


@transaction.atomic
def join_cases(*, into: Case, cases: list[Case], by, now=None) -> Case:
    """Puts open cases into one, open or answered: its answer reaches the origins of all.

    Each keeps what it was, and can be set apart. Raises PermissionDenied unless all are in reach,
    NotOpen when one of them waits no more.
    """
    now = now or timezone.now()
    ids = sorted({case.pk for case in cases} - {into.pk})
    rows = Case.objects.select_for_update(of=("self",)).select_related("owner__level")
    held = {row.pk: row for row in rows.filter(pk__in=[*ids, into.pk]).order_by("pk")}
    into = held.pop(into.pk)
    joined = [held[pk] for pk in ids if pk in held]
    for case in [into, *joined]:
        authority.require(by, ANSWER, place=case.owner)
    is_right = into.state in (Case.State.OPEN, Case.State.ANSWERED)
    if not joined or not is_right or not all(case.is_open for case in joined):
        raise NotOpen
    turning.end_turns(joined, Turn.End.JOINED, now)
    for case in joined:
        case.state, case.into, case.assignee = Case.State.JOINED, into, None
        case.version += 1
        case.save(update_fields=["state", "into", "assignee", "version"])
    Raising.objects.filter(case__in=joined).update(case=into)
    Step.objects.bulk_create(
        turning.step(into, Step.What.JOINED, by=by, now=now, other=str(case.pk), text=case.text)
        for case in joined
    )
    _gathered(into)
    _told(into, joined, "difficulty.joined", by=by, now=now)
    return into


@transaction.atomic
def part_cases(*, cases: list[Case], by, now=None) -> list[Case]:
    """Sets cases apart again: each goes on alone, at its owner of before, with all its days.

    What was put into one of them before stays with it. Raises PermissionDenied, NotJoined.
    """
    now = now or timezone.now()
    rows = Case.objects.select_for_update(of=("self",)).select_related("owner__level", "into")
    found = list(rows.filter(pk__in=[case.pk for case in cases]).order_by("pk"))
    if not found or any(case.into_id is None for case in found):
        raise NotJoined
    ground = Ground(timezone.localdate(now))
    for case in found:
        authority.require(by, ANSWER, place=case.owner)
        _set_apart(case, ground, by=by, now=now)
    return found


def _set_apart(case: Case, ground: Ground, *, by, now) -> None:
    into = turning.locked(case.into, open_only=False)
    family = _family(case)
    Raising.objects.filter(case=into, first_case__in=family).update(case=case)
    target = turning.Target(ground.today(case.owner_id), case.with_leaders)
    turning.come_to(case, target, ground, now)
    case.state, case.into = Case.State.OPEN, None
    turning.gather(case)
    case.save()
    turning.begin(case).save()
    _gathered(into)
    steps = [
        turning.step(into, Step.What.PARTED, by=by, now=now, other=str(case.pk), text=case.text),
        turning.step(case, Step.What.PARTED, by=by, now=now, other=str(into.pk), text=into.text),
    ]
    Step.objects.bulk_create(steps)
    _told(into, [case], "difficulty.parted", by=by, now=now)


def _family(case: Case) -> list:
    """The case and all that was put into it, at whatever step."""
    found, new = [case.pk], [case.pk]
    while new:
        new = list(Case.objects.filter(into__in=new).values_list("pk", flat=True))
        found += new
    return found


def _gathered(case: Case) -> None:
    turning.gather(case)
    case.version += 1
    case.save(update_fields=["origins", "search_key", "version"])


def _told(into: Case, cases: list[Case], event: str, *, by, now) -> None:
    record(
        event=event,
        subject=into,
        by=by,
        place=into.place_id,
        after={"count": len(cases), "on": turning.told_on(now, *(c.due_at for c in cases))},
        rows=[{"case": str(case.pk), "place": case.place_id} for case in cases],
        now=now,
    )
