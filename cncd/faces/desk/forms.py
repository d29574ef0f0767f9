"""Forms of the desk's frame."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField


def is_ours(address: str) -> bool:
    """Whether it is a path of this site and nothing else."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)


class ViewNameForm(forms.Form):
    name = NFCCharField(label=_("Name of the view"), max_length=80)


class SaveViewForm(ViewNameForm):
    address = forms.CharField(max_length=500, widget=forms.HiddenInput)

    def clean_address(self):
        address = self.cleaned_data["address"]
        if not is_ours(address):
            raise forms.ValidationError(_("Only pages of this program can be saved."))
        return address


class PreferencesForm(forms.Form):
    large_text = forms.TypedChoiceField(
        choices=[("1", ""), ("0", "")], coerce=lambda v: v == "1", required=False, empty_value=None
    )
    language = forms.ChoiceField(choices=[("vi", ""), ("en", "")], required=False)
