"""A component of teams, added or put right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, WholeNumberField


class ComponentForm(forms.Form):
    name = NFCCharField(
        label=_("Name"), max_length=120, help_text=_("E.g. Hội Người cao tuổi khóm, ấp")
    )
    order = WholeNumberField(
        label=_("Place in the list"), max_value=999, required=False, help_text=_("Empty: last.")
    )
