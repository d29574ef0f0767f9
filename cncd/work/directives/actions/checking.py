"""What the giver's side does with an answer: accept it, or return it with a note."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.work.directives.actions.deriving import derive
from cncd.work.directives.actions.doing import about, held, is_asked
from cncd.work.directives.actions.errors import AlreadyChecked, NotOpen, ReasonMissing
from cncd.work.directives.models import Answer, Obligation
from cncd.work.directives.queries.rights import require_checker

State = Answer.State


@transaction.atomic
def accept_answer(*, answer: Answer, by, note: str = "", now=None) -> Answer:
    """Finds the answer right: the obligation is done, on the day the answer was made.

    Raises AlreadyChecked, NotOpen, PermissionDenied unless on the giver's side.
    """
    now = now or timezone.now()
    row, answer = _checkable(answer, by, {State.SENT})
    _check(answer, row, State.ACCEPTED, note, by, now)
    after = {"note": answer.note} if answer.note else {}
    record(event="obligation.answer_accepted", **about([row], now), by=by, after=after, now=now)
    return answer


@transaction.atomic
def return_answer(*, answer: Answer, note: str, by, now=None) -> Answer:
    """Gives the answer back with a note on what is missing; one accepted by mistake too, and then
    the obligation is open again.

    Raises AlreadyChecked, NotOpen, ReasonMissing, PermissionDenied.
    """
    now = now or timezone.now()
    row, answer = _checkable(answer, by, {State.SENT, State.ACCEPTED})
    if not note.strip():
        raise ReasonMissing
    _check(answer, row, State.RETURNED, note, by, now)
    after = {"note": answer.note}
    record(event="obligation.answer_returned", **about([row], now), by=by, after=after, now=now)
    return answer


def _checkable(answer: Answer, by, states) -> tuple[Obligation, Answer]:
    [row] = held([answer.obligation_id])
    require_checker(by, row)
    answer = Answer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    if answer.state not in states:
        raise AlreadyChecked
    if not is_asked(row):
        raise NotOpen
    return row, answer


def _check(answer: Answer, row: Obligation, state, note: str, by, now) -> None:
    answer.state, answer.note = state, note.strip()[:500]
    answer.checked_at, answer.checked_by = now, by
    answer.save(update_fields=["state", "note", "checked_at", "checked_by"])
    derive(obligations=[row.pk], now=now)
