"""Cases on their way: passed on by hand, climbing by the clock, never without an owner."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.people.coordination import officers_at
from cncd.foundation.places.models import Place
from cncd.work.difficulties.actions import turning
from cncd.work.difficulties.actions.answering import ANSWER
from cncd.work.difficulties.actions.errors import NothingSaid, NowhereToPass
from cncd.work.difficulties.actions.turning import Target
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case, Step, Turn

AT_ONCE = 2_000  # in one transaction


@transaction.atomic
def pass_case(
    *, case: Case, reason: str, by, to: Place | None = None, version=None, now=None
) -> Case:
    """Passes a case one level up (`to` None), or to another unit that can answer it better.

    It gets all the days of that level. Raises PermissionDenied, NothingSaid, NowhereToPass,
    NotOpen, ChangedMeanwhile.
    """
    authority.require(by, ANSWER, place=case.owner)
    now = now or timezone.now()
    if not tidy(reason):
        raise NothingSaid("reason")
    case = turning.locked(case, version)
    ground = Ground(timezone.localdate(now))
    target = Target(to.pk) if to else _up(case, ground)
    if target is None or target == (case.owner_id, case.with_leaders) or _is_hamlet(to):
        raise NowhereToPass
    how = {"what": Step.What.PASSED, "ended": Turn.End.PASSED, "text": tidy(reason)}
    turning.hand_on([case], {case.pk: target}, ground, by=by, now=now, **how)
    record(
        event="difficulty.passed",
        subject=case,
        by=by,
        place=case.place_id,
        team=case.team_id,
        after={"owner": str(Place.objects.get(pk=case.owner_id)), "on": turning.told_on(now)},
        reason=tidy(reason),
        now=now,
    )
    return case


def _is_hamlet(place: Place | None) -> bool:
    return place is not None and place.level.code == "hamlet"


def _up(case: Case, ground: Ground) -> Target | None:
    """One level up; at the top from the office to the leaders; None above them."""
    above = ground.above(case.owner_id)
    if above is not None:
        return Target(above)
    return None if case.with_leaders else Target(ground.today(case.owner_id), with_leaders=True)


def climb_overdue(*, by=None, now=None, at_once: int = AT_ONCE) -> int:
    """What nobody answered in time goes one level up, to UBND tỉnh at last (II.2.8, IV.1).

    Each level has all its days from the moment it comes there, however long the clock stood still.
    Run twice, or by two at once, each case climbs once. Returns how many climbed.
    """
    now = now or timezone.now()
    done = 0
    while many := _climb_some(by, now, at_once):
        done += many
    return done


@transaction.atomic
def _climb_some(by, now: dt.datetime, at_once: int) -> int:
    rows = Case.objects.climbable().filter(due_at__lte=now).order_by("due_at", "pk")
    cases = list(rows.select_for_update(of=("self",), skip_locked=True)[:at_once])
    if not cases:
        return 0
    ground = Ground(timezone.localdate(now))
    ground.learn({case.owner_id for case in cases})
    targets = {case.pk: _up(case, ground) for case in cases}
    how = {"what": Step.What.CLIMBED, "ended": Turn.End.CLIMBED}
    turning.hand_on(cases, targets, ground, by=by, now=now, **how)
    _tell_each_owner(cases, "difficulty.climbed", by=by, now=now)
    return len(cases)


@transaction.atomic
def keep_owned(*, by=None, now=None) -> int:
    """Open cases follow when their unit has passed into another, or nobody there can answer.

    They go to the successor, else one level up, until somebody in office is found; whoever was
    named and has left is no longer. Returns how many cases went on or lost their name.
    """
    now = now or timezone.now()
    day = timezone.localdate(now)
    rows = Case.objects.open()
    ground, there = Ground(day), _Offices(day)
    owners = set(rows.order_by().values_list("owner", flat=True).distinct())
    ground.learn(owners)
    there.learn({ground.today(pk) for pk in owners})
    goes = {pk: to for pk in owners if (to := _somebody(pk, ground, there)) != pk}
    cases = list(rows.filter(owner__in=goes).select_for_update(of=("self",)))
    targets = {c.pk: Target(goes[c.owner_id], c.with_leaders) for c in cases}
    if cases:
        how = {"what": Step.What.MOVED, "ended": Turn.End.PASSED}
        turning.hand_on(cases, targets, ground, by=by, now=now, **how)
        _tell_each_owner(cases, "difficulty.moved", by=by, now=now)
    return len(cases) + _unname(rows, there, by=by, now=now)


class _Offices:
    """Who may answer at which place that day, asked for many places at once."""

    def __init__(self, day: dt.date):
        self.day, self.found = day, {}

    def learn(self, places: set[int]) -> None:
        if new := places - self.found.keys():
            held = officers_at(new, ANSWER, self.day)
            self.found |= {pk: held.get(pk, []) for pk in new}

    def at(self, place: int) -> list:
        self.learn({place})
        return self.found[place]


def _somebody(owner: int, ground: Ground, there: _Offices) -> int:
    """The owner's successor, or the nearest above where somebody can answer; the top at last."""
    place = ground.today(owner)
    while not there.at(place) and (above := ground.above(place)):
        place = above
    return place


def _unname(rows, there: _Offices, *, by, now) -> int:
    """Those named who no longer answer there: the case is the unit's again."""
    named = rows.exclude(assignee=None).select_related("assignee")
    gone = [case for case in named if case.assignee not in there.at(case.owner_id)]
    for case in gone:
        left, case.assignee = str(case.assignee), None
        case.version += 1
        case.save(update_fields=["assignee", "version"])
        turning.step(case, Step.What.ASSIGNED, by=by, now=now, left=left).save()
        record(event="difficulty.assigned", subject=case, by=by, place=case.owner_id,
               before={"assignee": left}, now=now)  # fmt: skip
    return len(gone)


def _tell_each_owner(cases: list[Case], event: str, *, by, now) -> None:
    """One entry for each unit that something came to, listing what."""
    by_owner = defaultdict(list)
    for case in cases:
        by_owner[case.owner_id].append(case)
    names = Place.objects.named(timezone.localdate(now)).in_bulk(list(by_owner))
    for owner, found in by_owner.items():
        record(
            event=event,
            subject=found[0],
            by=by,
            place=owner,
            after={
                "count": len(found),
                "owner": names[owner].full_name or str(names[owner]),
                "on": turning.told_on(now),
            },
            rows=[{"case": str(case.pk), "place": case.place_id} for case in found],
            now=now,
        )
