"""States in words, with their tones."""

from django.utils.translation import gettext_lazy as _

from cncd.work.inspections.models import Finding, Inspection
from cncd.work.inspections.rules import ANSWER, DONE, JUDGE

STATES = dict(Inspection.State.choices)
STATE_TONES = {"planned": "info", "open": "soon", "closed": "good", "withdrawn": "quiet"}
TURNS = {
    ANSWER: _("Findings to put right"),
    JUDGE: _("Answer waits to be looked at"),
    DONE: _("It is put right"),
    "late": _("Overdue"),
}
TURN_TONES = {ANSWER: "soon", JUDGE: "info", DONE: "good", "late": "late"}
RESULT_TONES = {"met": "good", "unmet": "late", "na": "quiet", "": "soon"}
RESULTS = dict(Finding.Result.choices)


def state_of(row: Inspection) -> str:
    return row.state


def whom(row: Inspection, commune: str = "") -> str:
    """The team or the unit inspected; the list's rows carry the unit's name."""
    return row.team.name if row.team_id else commune or row.commune
