"""From a valid form to the action: the same for the desk, the phone and its outbox."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.text import fold
from cncd.work.partners import actions
from cncd.work.partners.models import Gap, Noting
from cncd.work.partners.queries import of_hamlets

WHOLE = _("The whole hamlet")
NOTING, REPORTING = "connectivity.note", "connectivity.gap"


def note(form, *, by) -> dict:
    """Notes what a valid form says, once however often it is sent."""
    return once(**form.envelope_of(kind=NOTING, sender=by), run=lambda: noted(form, by=by))


def report(form, *, by) -> dict:
    """Reports the dead spot of a valid form, once."""
    return once(**form.envelope_of(kind=REPORTING, sender=by), run=lambda: reported(form, by=by))


def noted(form, *, by, as_of=None) -> dict:
    made = actions.note_hamlet(by=by, as_of=as_of, **form.said)
    _follow(made, by=by, as_of=as_of)
    return {"noting": str(made.pk)}


def _follow(noting: Noting, *, by, as_of) -> None:
    """A whole hamlet without a signal or without fibre is a dead spot; noted as there, it was."""
    day = as_of or timezone.localdate()
    known = of_hamlets([noting.place_id], day)[noting.place_id]
    said = {
        Gap.Missing.SIGNAL: known.best if noting.signals.exists() else "",
        Gap.Missing.FIBRE: noting.fibre,
    }
    open_ = Gap.objects.open().filter(place=noting.place)
    for missing, how in said.items():
        same = open_.filter(missing=missing)
        if how in ("none", "no") and not same.exists():
            actions.report_gap(place=noting.place, where=str(WHOLE), missing=missing,
                               found_on=noting.noted_on, by=by, as_of=as_of)  # fmt: skip
        elif how in ("good", "weak", "yes"):
            for gap in same.filter(search_key=fold(WHOLE)):
                actions.check_gap(gap=gap, covered=True, on=noting.noted_on, by=by)


def reported(form, *, by, as_of=None) -> dict:
    made = actions.report_gap(by=by, as_of=as_of, **form.said)
    return {"gap": str(made.pk)}


def check(form, gap: Gap, *, by, on=None) -> Gap:
    """Writes down what was seen of a dead spot."""
    said = {"covered": form.is_covered, "note": form.cleaned_data["note"]}
    return actions.check_gap(gap=gap, by=by, on=on or timezone.localdate(), **said)
