"""Steps and results in words, with their tones."""

from django.utils.translation import gettext_lazy as _

from cncd.work.evaluations.models import Evaluation
from cncd.work.evaluations.queries import stage_of

STAGES = {
    "self": _("Waits for the team"),
    "commune": _("Waits for the commune"),
    "decide": _("Waits for the decision"),
    "decided": _("Decided already"),
}
STAGE_TONES = {"self": "soon", "commune": "soon", "decide": "info", "decided": "good"}
STEP_NAMES = {"self": _("Team"), "commune": _("Commune"), "decide": _("Decided")}


def stage_words(row: Evaluation):
    return STAGES[stage_of(row)]


def stage_tone(row: Evaluation) -> str:
    return STAGE_TONES[stage_of(row)]
