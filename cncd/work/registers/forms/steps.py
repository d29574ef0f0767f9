"""Small forms that many pages ask: a day, a reason, a note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, today


class DayForm(forms.Form):
    """From which day something no longer holds, and why."""

    on = DayField(label=_("From which day"), past=True, initial=today)
    reason = NFCCharField(label=_("Why"), max_length=200, required=False)


class ReasonForm(forms.Form):
    """Why a record is taken out of the register."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = NFCCharField(
        label=_("Why"),
        max_length=200,
        help_text=_("For example: written twice, another commune's product."),
    )


class VersionMixin(forms.Form):
    """A form that knows which version of the record the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
