"""Passing a returned figure on to those it came from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField


class PassForm(forms.Form):
    """To whom, and what they should look at."""

    reports = forms.MultipleChoiceField(
        label=_("To whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whom to pass the figure on to.")},
    )
    note = NFCCharField(
        label=_("What should they look at?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, choices, **options):
        super().__init__(*args, **options)
        self.fields["reports"].choices = choices
