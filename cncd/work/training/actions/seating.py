"""Seats of a session: who waits moves up when one is free. Part of other actions."""

from cncd.work.training.models import Invitation, Session
from cncd.work.training.rules.seats import moving_up


def taken(session: Session) -> int:
    return Invitation.objects.seated().filter(session=session).count()


def seat_who_wait(session: Session, *, now=None) -> list[dict]:
    """Gives free seats to those who wait, in the order in which they said they would come.

    The session is under lock. Returns rows of an entry: {"moved_up": account person}.
    """
    waiting = Invitation.objects.select_for_update(of=("self",)).filter(
        session=session, state=Invitation.State.WAITING
    )
    rows = moving_up(session.capacity, taken(session), waiting.order_by("answered_at", "pk"))
    for row in rows:
        row.state = Invitation.State.ACCEPTED
    Invitation.objects.bulk_update(rows, ["state"])
    return [{"moved_up": row.person_id} for row in rows]
