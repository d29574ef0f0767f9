"""A reason, and sometimes a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField


class ReasonForm(forms.Form):
    reason = NFCCharField(
        label=_("Reason"), max_length=300, help_text=_("Those who are asked read it.")
    )


class ExtendForm(ReasonForm):
    due_on = DayField(label=_("New due day"))
    field_order = ("due_on", "reason")


class NoteForm(forms.Form):
    note = NFCCharField(
        label=_("What is missing"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
