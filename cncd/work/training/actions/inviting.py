"""Inviting people to a session, and their answers (II.2.6)."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.training.actions.errors import AlreadyBegun, NoNames, NoSuchInvitation
from cncd.work.training.actions.locking import locked_session, require_hold
from cncd.work.training.actions.seating import seat_who_wait, taken
from cncd.work.training.models import Invitation, Session
from cncd.work.training.rules.seats import is_free

State = Invitation.State


@transaction.atomic
def invite(
    *, session: Session, people: Iterable[tuple[int, int | None]], by, now=None
) -> list[Invitation]:
    """Invites each (person id, team id or None) who is not invited yet; returns the new ones.

    Whoever was struck off is invited again. Inviting takes no seat: accepting does. Raises
    SessionOver, NoNames, PermissionDenied.
    """
    require_hold(by, session)
    session, now = locked_session(session), now or timezone.now()
    if session.course.is_for_citizens:
        raise NoNames
    wanted = dict(people)
    held = {row.person_id: row for row in session.invitations.filter(person__in=wanted)}
    again = [row for row in held.values() if row.state == State.WITHDRAWN]
    for row in again:
        row.state, row.answered_at, row.invited_at, row.invited_by = State.INVITED, None, now, by
    Invitation.objects.bulk_update(again, ["state", "answered_at", "invited_at", "invited_by"])
    made = Invitation.objects.bulk_create(
        Invitation(session=session, person_id=person, team_id=team, invited_at=now, invited_by=by)
        for person, team in wanted.items()
        if person not in held
    )
    if made or again:
        rows = [{"person": row.person_id} for row in (*made, *again)]
        record(
            event="session.invited", subject=session, by=by, place=session.course.place_id,
            after={"people": len(rows)}, rows=rows, now=now,
        )  # fmt: skip
    return [*made, *again]


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, comes: bool, by, reason: str = "",
    made_at: dt.datetime | None = None, now: dt.datetime | None = None,
) -> Invitation:  # fmt: skip
    """Says whether one comes: takes a seat, or waits for one when none is free.

    Who declines frees the seat for the first who waits. The same answer again changes nothing.
    Raises NoSuchInvitation, AlreadyBegun, SessionOver; PermissionDenied for somebody else's.
    """
    if by is not None and invitation.person_id != by.person_id:
        require_hold(by, invitation.session)
    session, now = locked_session(invitation.session), now or timezone.now()
    made_at = min(made_at or now, now)
    if made_at > session.ends_at:
        raise AlreadyBegun
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.state == State.WITHDRAWN:
        raise NoSuchInvitation
    if comes == (row.state in (State.ACCEPTED, State.WAITING)) and row.answered_at:
        return row
    free = is_free(session.capacity, taken(session))
    row.state = (State.ACCEPTED if free else State.WAITING) if comes else State.DECLINED
    row.answered_at, row.reason = made_at, tidy(reason)[:200]
    row.save(update_fields=["state", "answered_at", "reason"])
    moved_up = [] if comes else seat_who_wait(session, now=now)
    record(
        event="session.answered", subject=session, by=by, place=session.course.place_id,
        after={"answer": str(row.state), "person": str(row.person)}, reason=row.reason,
        rows=moved_up, now=now,
    )  # fmt: skip
    return row


@transaction.atomic
def strike_off(*, invitation: Invitation, by, reason: str = "", now=None) -> Invitation:
    """Withdraws an invitation; the seat passes to the first who waits.

    Raises SessionOver, PermissionDenied; one that was struck off stays so.
    """
    require_hold(by, invitation.session)
    session = locked_session(invitation.session)
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.session_id != session.pk:
        raise PermissionDenied
    if row.state == State.WITHDRAWN:
        return row
    row.state, row.reason = State.WITHDRAWN, tidy(reason)[:200]
    row.save(update_fields=["state", "reason"])
    record(
        event="session.struck_off", subject=session, by=by, place=session.course.place_id,
        after={"person": str(row.person)}, reason=row.reason,
        rows=seat_who_wait(session, now=now), now=now,
    )  # fmt: skip
    return row
