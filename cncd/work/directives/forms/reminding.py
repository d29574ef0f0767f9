"""How those chosen were reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, OnceMixin
from cncd.work.directives.models import Reminder


class RemindForm(OnceMixin, forms.Form):
    how = forms.ChoiceField(
        label=_("How you remind them"),
        choices=Reminder.How.choices,
        widget=forms.RadioSelect,
        initial=Reminder.How.PROGRAM,
        help_text=_("Each of them also finds a notice in the program."),
    )
    note = NFCCharField(
        label=_("Note"), max_length=300, required=False, help_text=_("For example what was agreed.")
    )
