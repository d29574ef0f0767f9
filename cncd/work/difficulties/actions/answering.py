"""Answering a case, hearing whether it helped, and giving it to somebody by name."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.people.coordination import officers_at
from cncd.work.difficulties.actions import turning
from cncd.work.difficulties.actions.errors import NotAnswered, NothingSaid, NotInOffice
from cncd.work.difficulties.actions.raising import may_take_back
from cncd.work.difficulties.ground import Ground
from cncd.work.difficulties.models import Case, Raising, Step

ANSWER = "difficulties.answer"


@transaction.atomic
def answer_case(
    *, case: Case, text: str, by, link: str = "", document=None, version=None, now=None
) -> Case:
    """Answers once for all its origins; each can say whether it helped.

    Raises PermissionDenied unless the owner is in reach, NothingSaid, NotOpen, ChangedMeanwhile.
    """
    authority.require(by, ANSWER, place=case.owner)
    now = now or timezone.now()
    if not text.strip():
        raise NothingSaid("answer")
    case = turning.locked(case, version)
    turning.end_answered(case, now)
    _answered(case, text, link, document, by, now)
    case.raisings.filter(helped=False).update(helped=None)
    _told(case, "difficulty.answered", by=by, now=now)
    return case


@transaction.atomic
def correct_answer(*, case: Case, text: str, by, link: str = "", version=None, now=None) -> Case:
    """Puts another answer in place of the one that was given; every origin is told anew.

    The earlier words stay in the course of things, and so does whether it was answered in time.
    Raises PermissionDenied, NothingSaid, NotAnswered, ChangedMeanwhile.
    """
    authority.require(by, ANSWER, place=case.owner)
    if not text.strip():
        raise NothingSaid("answer")
    case = turning.locked(case, version, open_only=False)
    if case.state != Case.State.ANSWERED:
        raise NotAnswered
    now = now or timezone.now()
    _answered(case, text, link, case.answer_document, by, now)
    _told(case, "difficulty.answer_corrected", by=by, now=now)
    return case


def _answered(case: Case, text: str, link: str, document, by, now) -> None:
    case.state, case.answer = Case.State.ANSWERED, text.strip()
    case.answer_link, case.answer_document = link, document
    case.answered_at, case.answered_by, case.answered_for_id = now, by, case.owner_id
    case.version += 1
    case.save()
    details = {"link": link, "document": document.pk if document else None}
    turning.step(case, Step.What.ANSWERED, by=by, now=now, text=case.answer, **details).save()


@transaction.atomic
def assign_case(*, case: Case, to, by, version=None, now=None) -> Case:
    """Gives an open case to one officer of its owner by name, or to nobody (None).

    Raises PermissionDenied, NotInOffice, NotOpen, ChangedMeanwhile.
    """
    authority.require(by, ANSWER, place=case.owner)
    now = now or timezone.now()
    case = turning.locked(case, version)
    if to is not None:
        there = officers_at([case.owner_id], ANSWER, timezone.localdate(now))
        if to not in there.get(case.owner_id, []):
            raise NotInOffice
    before, case.assignee = case.assignee, to
    case.version += 1
    case.save(update_fields=["assignee", "version"])
    turning.step(case, Step.What.ASSIGNED, by=by, now=now, to=str(to or "")).save()
    record(
        event="difficulty.assigned",
        subject=case,
        by=by,
        place=case.owner_id,
        before={"assignee": str(before)} if before else {},
        after={"assignee": str(to)} if to else {},
        now=now,
    )
    return case


@transaction.atomic
def say_helped(
    *, raising: Raising, helped: bool, by, note: str = "", made_at: dt.datetime | None = None,
    now=None,
) -> Raising:  # fmt: skip
    """An origin says whether the answer helped; what did not help is open again, at once.

    One of several origins is set apart with its own case, at the unit that answered; the answer
    stands for the others. Saying the same twice changes nothing.
    Raises PermissionDenied, NotAnswered; NothingSaid when it did not help and nothing says why.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    rows = Raising.objects.select_for_update(of=("self",)).select_related("team", "place", "case")
    raising = rows.get(pk=raising.pk)
    if not may_take_back(by, raising, timezone.localdate(made_at)):
        raise PermissionDenied("difficulties.raise")
    case = turning.locked(raising.case, open_only=False)
    if raising.helped is helped and raising.helped_note == tidy(note)[:300]:
        return raising
    if case.state != Case.State.ANSWERED:
        raise NotAnswered
    if not helped and not tidy(note):
        raise NothingSaid("note")
    raising.helped, raising.helped_note = helped, tidy(note)[:300]
    raising.helped_at, raising.helped_by = made_at, by
    raising.save(update_fields=["helped", "helped_note", "helped_at", "helped_by"])
    if helped:
        turning.step(case, Step.What.HELPED, by=by, now=now, raising=str(raising.pk)).save()
        _told(case, "difficulty.helped", by=by, now=now, raising=raising)
    else:
        opened = _opened_again(case, raising, by=by, now=now)
        _told(opened, "difficulty.reopened", by=by, now=now, raising=raising)
    return raising


def _opened_again(case: Case, raising: Raising, *, by, now) -> Case:
    """The case open anew where it was answered: the origin's own, when it was one of several."""
    owner, answer = case.owner_id, case.answer
    if raising.first_case_id != case.pk:
        case = _set_apart(raising, case)
    ground = Ground(timezone.localdate(now))
    turning.come_to(case, turning.Target(ground.today(owner), case.with_leaders), ground, now)
    case.state, case.answer, case.answer_link, case.answer_document = Case.State.OPEN, "", "", None
    case.answered_at = case.answered_by = case.answered_for = None
    turning.gather(case)
    case.save()
    turning.begin(case).save()
    note = raising.helped_note
    turning.step(case, Step.What.REOPENED, by=by, now=now, text=note, answer=answer).save()
    return case


def _set_apart(raising: Raising, answered: Case) -> Case:
    """The origin's own case, out of the one it was answered with."""
    own = turning.locked(raising.first_case, open_only=False)
    own.with_leaders, own.into = answered.with_leaders, None
    raising.case = own
    raising.save(update_fields=["case"])
    turning.gather(answered)
    answered.version += 1
    answered.save(update_fields=["origins", "search_key", "version"])
    return own


def _told(case: Case, event: str, *, by, now, raising: Raising | None = None) -> None:
    record(
        event=event,
        subject=case,
        by=by,
        place=raising.place_id if raising else case.place_id,
        team=raising.team_id if raising else case.team_id,
        after={"on": turning.told_on(case.due_at, now)},
        reason=raising.helped_note if raising else "",
        rows=[{"raising": str(raising.pk)}] if raising else [],
        now=now,
    )
