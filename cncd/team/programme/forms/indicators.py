"""Forms about one indicator that stands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField
from cncd.team.programme.forms.fields import FirstDayField
from cncd.team.programme.models import Indicator

DIRECTIONS = [(1, _("More is better")), (-1, _("Less is better")), (0, _("Neither"))]


class Words(forms.Form):
    """What people read about an indicator."""

    name = NFCCharField(label=_("Full name of the indicator"), max_length=300)
    short_name = NFCCharField(
        label=_("Name on the phone"),
        max_length=40,
        help_text=_("At most 40 letters, in words a farmer would use."),
    )
    definition = NFCCharField(
        label=_("How it is counted"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("Two or three sentences for the card: what counts, what does not, when."),
    )
    clause = NFCCharField(
        label=_("Clause of the plan"), max_length=60, required=False, help_text=_("E.g. II.2.4")
    )
    goal = NFCCharField(
        label=_("Goal in words"), max_length=80, required=False, help_text=_("E.g. 100%")
    )
    direction = forms.TypedChoiceField(
        label=_("Which way is better"), choices=DIRECTIONS, coerce=int, initial=1
    )
    is_core = forms.BooleanField(label=_("Belongs to the core set"), required=False)


class IndicatorForm(Words):
    is_headline = forms.BooleanField(
        label=_("Shown first on desks and phones"),
        required=False,
    )

    @classmethod
    def values_of(cls, indicator: Indicator) -> dict:
        return {name: getattr(indicator, name) for name in cls.base_fields}


class EndForm(forms.Form):
    until_on = FirstDayField(label=_("The first period without it"))
    reason = NFCCharField(label=_("Reason"), max_length=300)
