"""Writing down what is found, and concluding."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.files.actions import store_file
from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.inspections.actions.checks import grown, held, moment, own_page
from cncd.work.inspections.actions.errors import NotFinished, WrongState
from cncd.work.inspections.models import Finding, Inspection, Settlement
from cncd.work.inspections.rules import missing_of, share_met

State, Result = Inspection.State, Finding.Result


@dataclass(frozen=True)
class Line:
    """One item as looked at on site."""

    result: str
    note: str = ""


@transaction.atomic
def note_findings(
    *, inspection: Inspection, lines: dict[int, Line], by, version: int, now=None
) -> Inspection:
    """Writes down the results of several items at once; what is not named stays. No change, no
    entry.

    Raises WrongState, ChangedMeanwhile, PermissionDenied.
    """
    found = held(inspection, by, version, State.OPEN)
    changed = []
    for row in found.findings.filter(pk__in=lines):
        line = lines[row.pk]
        if (row.result, row.note) != (line.result, line.note):
            row.result, row.note = line.result, line.note
            changed.append(row)
    if not changed:
        return found
    Finding.objects.bulk_update(changed, ["result", "note"])
    grown(found)
    _tell("finding.made", found, by, now, rows=_rows(changed), after={"count": len(changed)})
    return found


@transaction.atomic
def change_finding(
    *,
    finding: Finding,
    result: str,
    by,
    note: str = "",
    link: str = "",
    remedy: str = "",
    answerable=None,
    due_on: dt.date | None = None,
    upload=None,
    now=None,
) -> Finding:
    """Writes one finding whole: result, note, photo or file, what must follow, by whom, by when.

    Raises WrongState once concluded, BadLink, PermissionDenied.
    """
    found = held(finding.inspection, by, None, State.OPEN)
    row = Finding.objects.get(pk=finding.pk)
    row.result, row.note, row.link = result, note, own_page(link)
    row.remedy, row.answerable, row.due_on = tidy(remedy), answerable, due_on
    if upload:
        row.file = store_file(upload=upload, by=by, now=now)
    row.save()
    grown(found)
    _tell("finding.made", found, by, now, rows=_rows([row]), after={"count": 1})
    return row


@transaction.atomic
def add_finding(*, inspection: Inspection, text: str, by, now=None) -> Finding:
    """Adds something that no item of the checklist names; what must follow is written next.

    Raises WrongState, PermissionDenied.
    """
    found = held(inspection, by, None, State.OPEN)
    last = found.findings.order_by("-order").values_list("order", flat=True).first() or 0
    row = found.findings.create(text=tidy(text), order=last + 10, result=Result.UNMET)
    grown(found)
    _tell("finding.made", found, by, now, rows=_rows([row]), after={"count": 1})
    return row


@transaction.atomic
def close_inspection(
    *, inspection: Inspection, conclusion: str, by, version: int, now=None
) -> Inspection:
    """Concludes: what is to be put right is asked of the inspected from now on.

    Raises NotFinished while an item was not looked at, or a finding lacks what, who or by when;
    WrongState, ChangedMeanwhile, PermissionDenied.
    """
    found = held(inspection, by, version, State.OPEN)
    rows = list(found.findings.all())
    _require_finished(rows)
    found.closed_at, found.conclusion = moment(now), conclusion.strip()
    grown(found, "closed_at", "conclusion")
    met, of = share_met(row.result for row in rows)
    after = {"met": met, "looked_at": of, "conclusion": found.conclusion}
    _tell("inspection.closed", found, by, now, after=after, rows=_rows(rows))
    return found


def _require_finished(rows: list[Finding]) -> None:
    open_items = [row.text for row in rows if not row.result]
    if open_items:
        text = _("Not looked at yet: %(items)s.") % {"items": "; ".join(open_items)}
        raise NotFinished(text, code="open")
    lacking = [
        row.text
        for row in rows
        if missing_of(row.result, row.remedy, row.answerable_id, row.due_on)
    ]
    if lacking:
        text = _("Say what is to be done, by whom and by when: %(items)s.")
        raise NotFinished(text % {"items": "; ".join(lacking)}, code="lacking")


@transaction.atomic
def reopen_inspection(*, inspection: Inspection, reason: str, by, now=None) -> Inspection:
    """Opens a concluded inspection again, while nobody has answered a finding yet.

    Raises WrongState, PermissionDenied.
    """
    found = held(inspection, by, None, State.CLOSED)
    if Settlement.objects.filter(finding__inspection=found).exists():
        raise WrongState(_("A finding was answered already: judge the answer instead."))
    found.closed_at = None
    grown(found, "closed_at")
    _tell("inspection.reopened", found, by, now, reason=tidy(reason))
    return found


def _rows(rows: list[Finding]) -> list[dict]:
    return [{"finding": row.pk, "result": row.result} for row in rows]


def _tell(event: str, row: Inspection, by, now, **more) -> None:
    record(event=event, subject=row, by=by, place=row.place_id, team=row.team_id, now=now, **more)
