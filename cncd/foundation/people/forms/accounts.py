"""Forms about accounts: one's own, and those of people in reach."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import NFCCharField, PhoneField
from cncd.foundation.people import actions

LOGIN_HELP = _("Letters a–z without marks, digits, dot, dash. This is what the person types.")
PHONE_HELP = _("May be typed instead of the login name. One number opens one account.")


class OwnNumbersForm(forms.Form):
    contact_phone = PhoneField(
        label=_("Contact phone"), required=False, help_text=_("Seen by the officers above you.")
    )
    phone = PhoneField(label=_("Phone for signing in"), required=False, help_text=PHONE_HELP)

    @classmethod
    def of(cls, request):
        user = request.user
        now = {"contact_phone": user.person.contact_phone, "phone": user.phone or ""}
        form = cls(request.POST or None, initial=now)
        form.user = user
        return form

    def save(self):
        data = self.cleaned_data
        actions.change_account(user=self.user, phone=data["phone"], by=self.user)
        actions.change_person(
            person=self.user.person, contact_phone=data["contact_phone"], by=self.user
        )


class OpenAccountForm(forms.Form):
    login = NFCCharField(label=_("Login name"), max_length=60, help_text=LOGIN_HELP)
    phone = PhoneField(label=_("Phone for signing in"), required=False, help_text=PHONE_HELP)


class ReasonForm(forms.Form):
    reason = NFCCharField(label=_("Reason"), max_length=300)


class ResetForm(forms.Form):
    remove_factors = forms.BooleanField(
        label=_("The phone or key is lost: remove passkeys and the authenticator app too"),
        required=False,
    )
