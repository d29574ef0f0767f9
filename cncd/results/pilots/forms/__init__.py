"""The forms of this room."""

from cncd.results.pilots.forms.fields import (
    ReasonForm,
    TakeBackForm,
    VersionForm,
    hamlets_in_words,
)
from cncd.results.pilots.forms.pilots import PilotForm, UnitForm
from cncd.results.pilots.forms.plans import AnswerForm, PlanForm, TermsForm, WaveForm
from cncd.results.pilots.forms.values import LessonForm, SynthesisForm, ValuesForm

__all__ = [
    "AnswerForm",
    "LessonForm",
    "PilotForm",
    "PlanForm",
    "ReasonForm",
    "SynthesisForm",
    "TakeBackForm",
    "TermsForm",
    "UnitForm",
    "ValuesForm",
    "VersionForm",
    "WaveForm",
    "hamlets_in_words",
]
