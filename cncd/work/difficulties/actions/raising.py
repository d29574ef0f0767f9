"""Raising a difficulty, and taking it back (II.2.8)."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.team.programme.models import DifficultyCategory
from cncd.team.teams.models import Team
from cncd.work.difficulties import rules
from cncd.work.difficulties.actions import turning
from cncd.work.difficulties.actions.errors import NothingSaid
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.likeness import ASKED_FROM, text_likeness
from cncd.work.difficulties.models import Case, Raising, Step, Turn
from cncd.work.difficulties.sorting import guessed

RAISE = "difficulties.raise"
MOST = 500  # characters
Source = Raising.Source


@dataclass(frozen=True)
class Said:
    """What a person says is difficult; without a kind, the words decide which it is."""

    text: str
    category: DifficultyCategory | None = None
    photo: object = None
    source: str = Source.ALONE
    source_id: str = ""
    on: dt.date | None = None  # the day it counts on; None: the day it was made


@transaction.atomic
def raise_difficulty(
    *, said: Said, by, team=None, place=None, made_at: dt.datetime | None = None, now=None
) -> Raising:
    """Raises a difficulty of a team, or of a place; a case of its own goes to the unit above.

    `made_at` is when it was written on the device: whoever belonged to the team then may raise it.
    The days to answer run from `now`. Raises NothingSaid, PermissionDenied.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    made_on = timezone.localdate(made_at)
    _may_raise(by, team, place, made_on)
    if not tidy(said.text):
        raise NothingSaid
    place_id = place.pk if place else _hamlet_of(team, made_on)
    ground = Ground(timezone.localdate(now))
    case = _opened(said, team, place_id, ground, made_at, now)
    raising = Raising(
        case=case, first_case=case, team=team, place_id=place_id, category=case.category,
        text=case.text, photo=said.photo, source=said.source, source_id=said.source_id,
        raised_on=said.on or made_on, raised_at=made_at, recorded_at=now, raised_by=by,
    )  # fmt: skip
    raising.save(force_insert=True)
    turning.begin(case).save()
    turning.step(case, Step.What.RAISED, by=by, now=now, raising=str(raising.pk)).save()
    record(
        event="difficulty.raised",
        subject=case,
        by=by,
        place=place_id,
        team=team,
        after={"category": str(case.category), "on": turning.told_on(raising.raised_on)},
        now=now,
    )
    return raising


def _may_raise(by, team, place, day: dt.date) -> None:
    if by is None:
        return
    if team is not None:
        if team.pk in authority.team_ids(by, RAISE, day):
            return
        for on in dict.fromkeys([None, day]):
            if Team.objects.visible_to(by, RAISE, on).filter(pk=team.pk).exists():
                return
        raise PermissionDenied(RAISE)
    authority.require(by, RAISE, place=place)


def _hamlet_of(team, day: dt.date) -> int:
    """A hamlet of the team that day, or the last it had."""
    rows = team.coverages.on(day).order_by("pk").values_list("place", flat=True)
    last = team.coverages.order_by("-since_on", "pk").values_list("place", flat=True)
    return rows.first() or last.first()


def _opened(said: Said, team, place: int, ground: Ground, made_at, now) -> Case:
    """A case of its own, at its first owner."""
    text = tidy(said.text)[:MOST]
    owner = ground.first_owner(place, has_team=team is not None)
    leaders = ground.above(place) is None  # the top raised it: only its leaders stand above
    case = Case(
        category=said.category or guessed(text), text=text, search_key=fold(text),
        place_id=place, team=team, owner_id=owner, with_leaders=leaders, opened_at=made_at,
        since_at=now, due_at=ground.due(owner, with_leaders=leaders, since_at=now),
    )  # fmt: skip
    case.save(force_insert=True)
    return case


@transaction.atomic
def raise_reported(
    *, team, report: str, said: list[tuple[int, str]], by, on: dt.date, made_at=None, now=None
) -> list[Raising]:
    """Raises what a report says that was not raised from it before; takes back what it no longer
    says. Sent again unchanged it does nothing; a text put right stays the same difficulty.

    `said` holds (category id, text), `on` is the day they count on. Returns what was raised.
    """
    now = now or timezone.now()
    rows = Raising.objects.standing().filter(source=Source.REPORT, source_id=report, team=team)
    held = list(rows.select_related("case").order_by("raised_at", "pk"))
    if not (held or said):
        return []
    texts = {(category, fold(text)): tidy(text) for category, text in said}
    keys = [(category, fold(text)) for category, text in said if fold(text)]
    gone, new = rules.taken_out_and_new([(r.category_id, fold(r.text)) for r in held], keys)
    left = []
    for key in gone:
        raising = next(r for r in held if (r.category_id, fold(r.text)) == key and r not in left)
        left.append(raising)
    for raising in left:
        if again := _put_right(raising, new, texts):
            new.remove(again)
            _say_anew(raising, texts[again], now)
        else:
            _take_back(_locked(raising), by=by, reason="", now=now)
    categories = DifficultyCategory.objects.in_bulk([category for category, _folded in new])
    about = {"source": Source.REPORT, "source_id": report, "on": on}
    return [
        raise_difficulty(
            said=Said(texts[key], categories[key[0]], **about),
            by=by, team=team, made_at=made_at, now=now,
        )
        for key in new
    ]  # fmt: skip


def _put_right(raising: Raising, new: list, texts: dict) -> tuple | None:
    """Of what is new, that which says the same thing otherwise."""
    mine = [key for key in new if key[0] == raising.category_id]
    scored = [(text_likeness(raising.text, texts[key]).score, key) for key in mine]
    best = max(scored, default=(0, None))
    return best[1] if best[0] >= ASKED_FROM else None


def _say_anew(raising: Raising, text: str, now) -> None:
    """The words of an origin, and of its case while it is the only one."""
    raising.text = text[:MOST]
    raising.version += 1
    raising.save(update_fields=["text", "version"])
    case = turning.locked(raising.case, open_only=False)
    if case.pk == raising.first_case_id:
        case.text = raising.text
    turning.gather(case)
    case.version += 1
    case.save(update_fields=["text", "search_key", "origins", "version"])


@transaction.atomic
def withdraw_raising(*, raising: Raising, by, reason: str = "", now=None) -> Raising:
    """Takes one origin back; the case goes with its last one, unless it is answered.

    Withdrawing twice changes nothing. Raises PermissionDenied.
    """
    now = now or timezone.now()
    raising = _held(raising, by, now)
    return raising if raising.withdrawn_at else _take_back(raising, by=by, reason=reason, now=now)


def _take_back(raising: Raising, *, by, reason: str, now) -> Raising:
    raising.withdrawn_at, raising.withdrawn_reason = now, tidy(reason)[:200]
    raising.version += 1
    raising.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    case = turning.locked(raising.case, open_only=False)
    alone = not case.raisings.standing().exists()
    if alone and case.is_open:
        turning.end_turns([case], Turn.End.WITHDRAWN, now)
        case.state = Case.State.WITHDRAWN
    _told(case, raising, "difficulty.withdrawn", by=by, reason=reason, now=now)
    return raising


@transaction.atomic
def restore_raising(*, raising: Raising, by, now=None) -> Raising:
    """Brings a withdrawn origin back, and its case, with all its days to answer."""
    now = now or timezone.now()
    raising = _held(raising, by, now)
    if raising.withdrawn_at is None:
        return raising
    raising.withdrawn_at, raising.withdrawn_reason = None, ""
    raising.version += 1
    raising.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    case = turning.locked(raising.case, open_only=False)
    if case.state == Case.State.WITHDRAWN:
        ground = Ground(timezone.localdate(now))
        target = turning.Target(ground.today(case.owner_id), case.with_leaders)
        turning.come_to(case, target, ground, now)
        case.state = Case.State.OPEN
        turning.begin(case).save()
    _told(case, raising, "difficulty.restored", by=by, reason="", now=now)
    return raising


def may_take_back(user, raising: Raising, day: dt.date | None = None) -> bool:
    """The author, the leaders of the team, and whoever may raise for the place."""
    if user is None or raising.raised_by_id == user.pk:
        return True
    if raising.team_id:
        return authority.can(user, RAISE, team=raising.team, place=raising.place, on=day)
    return authority.can(user, RAISE, place=raising.place, on=day)


def _locked(raising: Raising) -> Raising:
    rows = Raising.objects.select_for_update(of=("self",)).select_related("team", "place")
    return rows.get(pk=raising.pk)


def _held(raising: Raising, by, now) -> Raising:
    raising = _locked(raising)
    if not may_take_back(by, raising, timezone.localdate(now)):
        raise PermissionDenied(RAISE)
    return raising


def _told(case: Case, raising: Raising, event: str, *, by, reason: str, now) -> None:
    turning.gather(case)
    case.version += 1
    case.save()
    what = Step.What.WITHDRAWN if raising.withdrawn_at else Step.What.RAISED
    turning.step(case, what, by=by, now=now, text=reason, raising=str(raising.pk)).save()
    record(
        event=event,
        subject=case,
        by=by,
        place=raising.place_id,
        team=raising.team_id,
        after={"on": turning.told_on(raising.raised_on, now)},
        reason=reason,
        rows=[{"place": pk} for pk in dict.fromkeys([raising.place_id, case.place_id])],
        now=now,
    )
