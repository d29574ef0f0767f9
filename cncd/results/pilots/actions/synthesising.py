"""The synthesis of a pilot: an officer's words beside the facts; confirmed, it stays as it was."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.results.pilots.actions.beginning import held
from cncd.results.pilots.actions.errors import ChangedMeanwhile, NothingSaid, StillRunning
from cncd.results.pilots.freezing import frozen
from cncd.results.pilots.models import Pilot, SynthesisText
from cncd.results.pilots.queries.synthesis import assembled

TEXTS = ("assessment", "proposals")


@transaction.atomic
def write_synthesis(
    *, pilot: Pilot, assessment: str, proposals: str, by, version: int = 0, now=None
) -> SynthesisText:
    """Writes the officer's words of the next synthesis; no change, no entry (IV.3).

    `version` is the one of the draft the writer saw, 0 when there was none. Raises
    ChangedMeanwhile, PermissionDenied.
    """
    row, now = held(pilot, by), now or timezone.now()
    draft = row.syntheses.filter(confirmed_at=None).first()
    if (draft.version if draft else 0) != version:
        raise ChangedMeanwhile
    text = {"assessment": assessment.strip(), "proposals": proposals.strip()}
    if draft is None:
        last = row.syntheses.aggregate(n=Max("number"))["n"] or 0
        draft = SynthesisText(pilot=row, number=last + 1, version=0)
    elif all(getattr(draft, name) == text[name] for name in TEXTS):
        return draft
    for name in TEXTS:
        setattr(draft, name, text[name])
    draft.written_at, draft.written_by, draft.version = now, by, draft.version + 1
    draft.save()
    record(
        event="pilot.synthesis_written",
        subject=row,
        by=by,
        place=row.place_id,
        after={"number": draft.number},
        now=now,
    )
    return draft


@transaction.atomic
def confirm_synthesis(*, pilot: Pilot, by, version: int, now=None) -> SynthesisText:
    """Freezes the facts of this moment with the officer's words; a later one is a new version.

    Raises StillRunning before the pilot is over, NothingSaid without an assessment,
    ChangedMeanwhile; PermissionDenied.
    """
    row, now = held(pilot, by), now or timezone.now()
    day = timezone.localdate(now)
    if day <= row.days.last_day:
        raise StillRunning(row.days.last_day)
    draft = row.syntheses.select_for_update(of=("self",)).filter(confirmed_at=None).first()
    if draft is None or not draft.assessment:
        raise NothingSaid
    if draft.version != version:
        raise ChangedMeanwhile
    draft.confirmed_at, draft.confirmed_by = now, by
    draft.content = frozen(assembled(row, day, draft))
    draft.save(update_fields=["confirmed_at", "confirmed_by", "content"])
    record(
        event="pilot.synthesis_confirmed",
        subject=row,
        by=by,
        place=row.place_id,
        after={"number": draft.number},
        now=now,
    )
    return draft
