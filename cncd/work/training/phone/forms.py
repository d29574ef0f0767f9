"""Forms of the phone: I am here, these came, I will come, and the class we held."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField
from cncd.work.training.forms.classes import ClassForm


class ScanForm(forms.Form):
    """The code that is shown at the session: scanned, or typed."""

    session = forms.IntegerField(
        label=_("Session"),
        widget=forms.HiddenInput({"data-from": "s"}),
        min_value=1,
        required=False,
    )
    code = NFCCharField(
        label=_("Code shown at the session"), max_length=12,
        widget=forms.TextInput({"data-from": "c", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return self.cleaned_data["code"].replace(" ", "").upper()


class TickForm(forms.Form):
    """Who came, of those on the list."""

    came = forms.MultipleChoiceField(
        required=True, error_messages={"required": _("Tick at least one person who came.")}
    )

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        self.rows = rows
        self.fields["came"].choices = [(str(row.person.pk), str(row.person)) for row in rows]

    @property
    def people(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["came"]]


class AnswerForm(forms.Form):
    """I will come, or I cannot and why."""

    comes = forms.ChoiceField(choices=[("yes", _("I will come")), ("no", _("I cannot come"))])
    reason = NFCCharField(label=_("Reason"), max_length=200, required=False)


class TeamClassForm(ClassForm):
    """The team's class; without a day it is the day on which it is written down."""

    def __init__(self, *args, day, **options):
        super().__init__(*args, day=day, **options)
        self.day = day
        self.fields["held_on"].required = False
        self.fields["held_on"].initial = None
        self.fields["held_on"].help_text = _("Leave empty if it was today.")

    def clean_held_on(self):
        return self.cleaned_data["held_on"] or self.day
