"""The forms of signing in, in our words; what they check stays allauth's."""

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cncd.foundation.people.rules import what_was_typed

ENOUGH = lazy(
    lambda length: (
        ngettext(
            "At least %(length)s letter or digit. A short sentence you will remember is best.",
            "At least %(length)s letters or digits. A short sentence you will remember is best.",
            length,
        )
        % {"length": length}
    ),
    str,
)(8)


def reword(form, name: str, label, help_text="", **attributes) -> None:
    """Gives a field our label and help; a placeholder would only repeat the label."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self,
            "login",
            _("Login name or phone number"),
            autocomplete="username webauthn",
            autocapitalize="none",
            autocorrect="off",
            spellcheck="false",
            enterkeyhint="next",
        )
        reword(self, "password", _("Password"), enterkeyhint="go", **{"data-showable": True})

    def clean_login(self) -> str:
        """What was typed, as it is kept: a phone number in digits, a name in lower case."""
        login, phone = what_was_typed(self.cleaned_data["login"])
        return phone or login

    def login(self, request, redirect_url=None):
        """Signs in; how long that lasts is decided where all ways in meet, not by this form."""
        response = super().login(request, redirect_url)
        if "lasts" in request.session:
            request.session.set_expiry(request.session["lasts"])
        return response


class ReauthenticateForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, "password", _("Your password"), **{"data-showable": True})


class SetPasswordForm(account.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, "password1", _("New password"), ENOUGH, **{"data-showable": True})
        reword(self, "password2", _("The new password once more"), **{"data-showable": True})


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, "oldpassword", _("Your present password"), **{"data-showable": True})
        reword(self, "password1", _("New password"), ENOUGH, **{"data-showable": True})
        reword(self, "password2", _("The new password once more"), **{"data-showable": True})


APP_OR_RECOVERY = _("6 digits from the app on your phone, or one of your recovery codes.")


def _ask_for_code(form, help_text) -> None:
    reword(form, "code", _("Code"), help_text, autocomplete="one-time-code", spellcheck="false")


class CodeForm(codes.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, APP_OR_RECOVERY)


class ReauthenticateCodeForm(codes.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, APP_OR_RECOVERY)


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("6 digits that the app shows now."))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A passkey signs in by itself: fingerprint or screen lock in place of a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = _("Name of this device")
        reword(self, "name", name, _("So that you tell it apart later: my phone, office computer."))
        self.fields["name"].required = False
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, "name", _("Name of this device"))
