"""Closing a directive, withdrawing it, and taking that back."""

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.work.directives.actions.deriving import rebuild
from cncd.work.directives.actions.errors import NotOpen, ReasonMissing
from cncd.work.directives.models import Directive
from cncd.work.directives.queries.rights import require_giver

State = Directive.State


@transaction.atomic
def close_directive(*, directive: Directive, reason: str, by, now=None) -> Directive:
    """Ends a directive whose time is over: what is not done stays so, and nobody is asked on.

    Evidence of later days does not count. Raises NotOpen, ReasonMissing, PermissionDenied.
    """
    return _ended(directive, State.CLOSED, reason, by, now)


@transaction.atomic
def withdraw_directive(*, directive: Directive, reason: str, by, now=None) -> Directive:
    """Takes a directive back: nobody owes it, and it counts nowhere; it stays readable.

    Raises NotOpen, ReasonMissing, PermissionDenied.
    """
    return _ended(directive, State.WITHDRAWN, reason, by, now)


@transaction.atomic
def reopen_directive(*, directive: Directive, by, now=None) -> Directive:
    """Brings back a directive closed or withdrawn by mistake, with the evidence of all days since.

    Raises NotOpen, PermissionDenied.
    """
    directive = _held(directive, by)
    if directive.state not in (State.CLOSED, State.WITHDRAWN):
        raise NotOpen
    directive.state, directive.end_reason = State.ISSUED, ""
    directive.ended_at = directive.ended_on = directive.ended_by = None
    directive.save()
    rebuild(directives=[directive.pk], now=now)
    event = "directive.reopened"
    record(event=event, subject=directive, by=by, place=directive.place_id, now=now)
    return directive


def _ended(directive: Directive, state: str, reason: str, by, now) -> Directive:
    now = now or timezone.now()
    directive = _held(directive, by)
    if not directive.is_in_force:
        raise NotOpen
    if not reason.strip():
        raise ReasonMissing
    directive.state, directive.end_reason = state, reason.strip()[:300]
    directive.ended_at, directive.ended_by = now, by
    directive.ended_on = timezone.localdate(now)
    directive.save()
    record(
        event=f"directive.{state}",
        subject=directive,
        by=by,
        place=directive.place_id,
        reason=directive.end_reason,
        now=now,
    )
    return directive


def _held(directive: Directive, by) -> Directive:
    require_giver(by, directive)
    return Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
