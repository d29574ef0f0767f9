"""Approving, returning, withdrawing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField

APPROVE, RETURN = "approve", "return"


class DecideForm(forms.Form):
    """Lets the text appear, or returns it with a note."""

    note = NFCCharField(
        label=_("Note to the writer"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is returned: what has to be put right."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def approves(self) -> bool:
        return self.data.get("decision") == APPROVE

    def clean(self):
        if not self.approves and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", _("Say what has to be put right."))
        return self.cleaned_data


class WithdrawForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)
