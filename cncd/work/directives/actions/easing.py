"""Later due days and exemptions, each with its reason, for one obligation or several at once."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.work.directives.actions.deriving import derive
from cncd.work.directives.actions.doing import about, held, is_asked
from cncd.work.directives.actions.errors import NotLater, NotOpen, ReasonMissing
from cncd.work.directives.models import OPEN, Extension, Obligation
from cncd.work.directives.queries.rights import require_giver


@transaction.atomic
def extend(*, obligations, due_on: dt.date, reason: str, by, now=None) -> list[Obligation]:
    """Gives these obligations, and of a unit those of its teams, a later due day.

    Those that are done or due later already are left as they are; returns the extended. Raises
    ReasonMissing, NotOpen or NotLater when none is left, PermissionDenied unless the giver.
    """
    now = now or timezone.now()
    rows = [row for row in _given(obligations, by) if row.status in OPEN and is_asked(row)]
    reason = _reason(reason)
    if not rows:
        raise NotOpen
    extended = [row for row in rows if row.due_on < due_on]
    if not extended:
        raise NotLater(day=f"{max(row.due_on for row in rows):%d/%m/%Y}")
    Extension.objects.bulk_create(
        [
            Extension(obligation=row, before_on=row.due_on, due_on=due_on, reason=reason, by=by,
                      at=now)
            for row in extended
        ]
    )  # fmt: skip
    before = {"due_on": min(row.due_on for row in extended).isoformat()}
    for row in extended:
        row.due_on = due_on
    Obligation.objects.filter(pk__in=[row.pk for row in extended]).update(due_on=due_on)
    record(
        event="obligation.extended",
        **about(extended, now),
        by=by,
        before=before,
        after={"due_on": due_on.isoformat()} | _how_many(extended),
        reason=reason,
        now=now,
    )
    return extended


@transaction.atomic
def exempt(*, obligations, reason: str, by, now=None) -> list[Obligation]:
    """Relieves these obligations, and of a unit those of its teams; shown with the reason.

    Those that are done are left as they are; returns the exempted. Raises ReasonMissing, NotOpen,
    PermissionDenied unless the giver.
    """
    now = now or timezone.now()
    rows = [row for row in _given(obligations, by) if row.status in OPEN and is_asked(row)]
    reason = _reason(reason)
    if not rows:
        raise NotOpen
    mark_exempt(rows, reason, by, now)
    after = _how_many(rows)
    record(event="obligation.exempted", **about(rows, now), by=by, after=after, reason=reason,
           now=now)  # fmt: skip
    return rows


def mark_exempt(rows: list[Obligation], reason: str, by, now: dt.datetime) -> None:
    """Relieves them and derives what follows; tells nobody."""
    Obligation.objects.filter(pk__in=[row.pk for row in rows]).update(
        exempted_at=now, exempted_by=by, exempt_reason=reason
    )
    derive(obligations=[row.pk for row in rows], now=now)


@transaction.atomic
def lift_exemption(*, obligations, by, now=None) -> list[Obligation]:
    """Asks again what these were exempt from. Raises NotOpen, PermissionDenied unless the giver."""
    now = now or timezone.now()
    rows = [row for row in _given(obligations, by) if row.exempted_at and not row.passed_on]
    if not rows or not rows[0].directive.is_in_force:
        raise NotOpen
    Obligation.objects.filter(pk__in=[row.pk for row in rows]).update(
        exempted_at=None, exempted_by=None, exempt_reason=""
    )
    derive(obligations=[row.pk for row in rows], now=now)
    after = _how_many(rows)
    record(event="obligation.asked_again", **about(rows, now), by=by, after=after, now=now)
    return rows


def _given(obligations, by) -> list[Obligation]:
    """They and what stands below them, under lock; raises unless the person gave them all."""
    ids = [row.pk for row in obligations]
    below = Obligation.objects.filter(above__in=ids).values_list("pk", flat=True)
    rows = held([*ids, *below])
    for directive in {row.directive for row in rows}:
        require_giver(by, directive)
    return rows


def _how_many(rows) -> dict:
    return {"count": len(rows)} if len(rows) > 1 else {}


def _reason(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()[:300]
