"""Putting a finding right: the inspected say how, the inspecting unit confirms or returns."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cncd.foundation.files.actions import store_file
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.inspections.actions.checks import (
    FOLLOW_UP,
    may_answer,
    moment,
    require_inspector,
)
from cncd.work.inspections.actions.errors import OwnAnswer, WrongState
from cncd.work.inspections.models import Finding, Inspection, Settlement

Verdict = Settlement.Verdict


def _held(finding: Finding) -> Finding:
    """The finding under a lock; raises WrongState unless it is to be put right."""
    found = Finding.objects.select_for_update(of=("self",)).select_related("inspection")
    row = found.get(pk=finding.pk)
    asked = row.inspection.state == Inspection.State.CLOSED and row.is_unmet
    if not asked or row.settled_at:
        raise WrongState
    return row


@transaction.atomic
def answer_finding(*, finding: Finding, note: str, by, upload=None, now=None) -> Settlement:
    """Says how it was put right, with evidence; it waits for the inspecting unit then.

    An answer that nobody has looked at yet is replaced. Raises WrongState; PermissionDenied unless
    the person answers for the inspected.
    """
    row = _held(finding)
    if not may_answer(by, row.inspection):
        raise PermissionDenied(FOLLOW_UP)
    now = moment(now)
    file = store_file(upload=upload, by=by, now=now) if upload else None
    waiting = row.settlements.filter(verdict=Verdict.WAITING).first()
    said = waiting or Settlement(finding=row)
    said.note, said.by, said.at, said.file = note.strip(), by, now, file or said.file
    said.save()
    _tell("finding.answered", row, by, now, after={"finding": row.text})
    return said


@transaction.atomic
def judge_answer(
    *,
    settlement: Settlement,
    confirmed: bool,
    by,
    note: str = "",
    due_on: dt.date | None = None,
    now=None,
) -> Finding:
    """Confirms that a finding is put right, or returns the answer with what is missing.

    Returned, it may get a new due day. Raises WrongState, OwnAnswer, PermissionDenied.
    """
    row = _held(settlement.finding)
    require_inspector(by, row.inspection.inspecting_id)
    said = row.settlements.filter(pk=settlement.pk, verdict=Verdict.WAITING).first()
    if said is None:
        raise WrongState
    if by is not None and said.by_id == by.pk:
        raise OwnAnswer
    said.verdict = Verdict.CONFIRMED if confirmed else Verdict.RETURNED
    said.verdict_note, said.verdict_by, said.verdict_at = tidy(note), by, moment(now)
    said.save()
    if confirmed:
        row.settled_at = said.verdict_at
    elif due_on:
        row.due_on = due_on
    row.save(update_fields=["settled_at", "due_on"])
    event = "finding.settled" if confirmed else "finding.returned"
    _tell(event, row, by, now, after={"finding": row.text}, reason=said.verdict_note)
    return row


def _tell(event: str, row: Finding, by, now, **more) -> None:
    held = row.inspection
    record(
        event=event,
        subject=held,
        by=by,
        place=held.place_id,
        team=held.team_id,
        rows=[{"finding": row.pk}],
        now=now,
        **more,
    )
