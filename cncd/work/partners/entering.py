"""From a valid form to the action: the same for the desk, the phone and its outbox."""

from django.utils import timezone

from cncd.foundation.envelopes.actions import once
from cncd.work.partners import actions
from cncd.work.partners.models import Gap

NOTING, REPORTING = "connectivity.note", "connectivity.gap"


def note(form, *, by) -> dict:
    """Notes what a valid form says, once however often it is sent."""
    return once(**form.envelope_of(kind=NOTING, sender=by), run=lambda: noted(form, by=by))


def report(form, *, by) -> dict:
    """Reports the dead spot of a valid form, once."""
    return once(**form.envelope_of(kind=REPORTING, sender=by), run=lambda: reported(form, by=by))


def noted(form, *, by, as_of=None) -> dict:
    made = actions.note_hamlet(by=by, as_of=as_of, **form.said)
    return {"noting": str(made.pk)}


def reported(form, *, by, as_of=None) -> dict:
    made = actions.report_gap(by=by, as_of=as_of, **form.said)
    return {"gap": str(made.pk)}


def check(form, gap: Gap, *, by, on=None) -> Gap:
    """Writes down what was seen of a dead spot."""
    said = {"covered": form.is_covered, "note": form.cleaned_data["note"]}
    return actions.check_gap(gap=gap, by=by, on=on or timezone.localdate(), **said)
