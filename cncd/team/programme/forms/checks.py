"""A check between two figures, or of a figure against its own past."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, WholeNumberField
from cncd.team.programme.models import Check, Measure


class CheckForm(forms.Form):
    kind = forms.ChoiceField(label=_("Rule"), choices=Check.Kind.choices)
    left = forms.ModelChoiceField(
        label=_("Figure that is looked at"),
        queryset=Measure.objects.none(),
        required=False,
        help_text=_("Leave empty with the second rule: then every figure that adds up is meant."),
    )
    factor = WholeNumberField(label=_("Factor"), min_value=1, max_value=1000, initial=1)
    right = forms.ModelChoiceField(
        label=_("Figure it is compared with"), queryset=Measure.objects.none(), required=False
    )
    floor = WholeNumberField(
        label=_("Warn only from this number on"),
        initial=0,
        help_text=_("Small numbers jump without meaning anything; 0 warns always."),
    )
    message = NFCCharField(
        label=_("Words of the warning"),
        max_length=300,
        help_text=_(
            "Words in braces are replaced by what was reported: {left} by the name of the figure "
            "looked at, {value} by its number, {right} by the name of the figure it is compared "
            "with, {limit} by the highest number allowed, {factor} by the factor. The example "
            "below then reads: Online stalls (12) more than OCOP products (9)."
        ),
        initial="{left} ({value}) nhiều hơn {right} ({limit}).",
    )
    last_day = DayField(
        label=_("Last day in force"), required=False, help_text=_("Empty: open-ended.")
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("left", "right"):
            self.fields[name].queryset = Measure.objects.filter(until_on=None).order_by("code")

    @staticmethod
    def values_of(check: Check) -> dict:
        names = ("kind", "left", "right", "factor", "floor", "message", "last_day")
        return {name: getattr(check, name) for name in names}

    def values(self) -> dict:
        """What the actions take."""
        data = dict(self.cleaned_data)
        last = data.pop("last_day")
        return data | {"until_on": last and last + dt.timedelta(days=1)}
