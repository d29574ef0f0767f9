"""Forms about the PIN of a device."""

from django import forms
from django.utils.translation import gettext_lazy as _


def pin_field(label, help_text="") -> forms.CharField:
    """Digits only on the phone's keys; hidden while they are typed."""
    attributes = {
        "inputmode": "numeric",
        "autocomplete": "off",
        "maxlength": "6",
        "class": "pin",
        "data-showable": True,
    }
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, help_text=help_text, max_length=6, widget=widget)


class PinForm(forms.Form):
    pin = pin_field(_("PIN of this device"))


class NewPinForm(forms.Form):
    pin = pin_field(_("New PIN"), _("4 to 6 digits; not 1234, not a year, not your phone number."))
    again = pin_field(_("The new PIN once more"))

    def clean(self):
        data = super().clean()
        if data.get("pin") and data.get("again") and data["pin"] != data["again"]:
            self.add_error("again", _("The two are not the same. Type them once more."))
        return data


class LostForm(forms.Form):
    remove_factors = forms.BooleanField(
        label=_("Passkeys and the authenticator app were on that phone too: remove them"),
        required=False,
    )

    def __init__(self, *args, protected: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not protected:
            self.fields["remove_factors"].widget = forms.HiddenInput()
