"""How allauth signs people in here: by login name or phone; officers hand out the accounts."""

import time
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cncd.foundation.devices import locks
from cncd.foundation.devices.actions import forget_device, note_device
from cncd.foundation.devices.middleware import SEEN
from cncd.foundation.devices.options import PIN
from cncd.foundation.people import actions, protection
from cncd.foundation.people.models import User
from cncd.foundation.places import queries as places

# allauth tells people by mail what happened to their account; here the journal keeps it.
PROTECTION_EVENTS = {
    "mfa/email/totp_activated": "account.app_added",
    "mfa/email/totp_deactivated": "account.app_removed",
    "mfa/email/webauthn_added": "account.passkey_added",
    "mfa/email/webauthn_removed": "account.passkey_removed",
    "mfa/email/recovery_codes_generated": "account.codes_renewed",
}


class NameOrPhone(AuthenticationBackend):
    """Knows an account by its login name or its phone number, however they are written."""

    def authenticate(self, request, **credentials):
        typed = credentials.get("username")
        account = User.objects.known_as(typed).first() if typed else None
        if account:
            credentials["username"] = account.login
        return super().authenticate(request, **credentials)

    def get_user(self, user_id):
        """The account with its person, in one query; None when it is closed."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class ClosedDoor(DefaultAccountAdapter):
    """Sign-in as allauth does it, sign-up closed."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "The login name or the password is not right. Check both and try again; if you have"
            " forgotten the password, ask your commune officer to reset it."
        ),
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
        "enter_current_password": gettext_lazy("This is not your present password. Try again."),
        "incorrect_code": gettext_lazy("This code is not right, or it has expired. Try again."),
        "rate_limited": gettext_lazy("Too many attempts. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request) -> bool:
        """Never: an officer makes the account and hands over the first way in."""
        return False

    def validation_error(self, code, *args) -> ValidationError:
        """In our words; a lock-out says when to try again and whom to ask."""
        if code != "too_many_login_attempts":
            return super().validation_error(code, *args)
        again = timezone.localtime() + timedelta(minutes=settings.LOCKOUT_MINUTES, seconds=59)
        text = _(
            "Too many wrong attempts. Try again after %(time)s, or ask your commune officer for a"
            " new way in."
        )
        return ValidationError(text % {"time": f"{again:%H:%M}"}, code=code)

    def pre_authenticate(self, request, **credentials) -> None:
        """Counts wrong attempts per account, whichever of its names was typed."""
        account = User.objects.known_as(credentials.get("username", "")).first()
        if account:
            credentials["username"] = account.login
        super().pre_authenticate(request, **credentials)

    def pre_login(self, request, user, **options):
        """Sends away closed accounts, and demonstration accounts from afar."""
        if not protection.may_enter_here(request, user):
            text = _("Demonstration accounts open only on the computer that runs the program.")
            messages.error(request, text)
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **options)

    def login(self, request, user) -> None:
        """Starts the session: long for teams, shorter for desks; each visit renews it."""
        super().login(request, user)
        at_desk = user.can("desk.open") or not user.can("phone.open")
        life = settings.SESSION_LIFE["desk" if at_desk else "team"]
        request.session["lasts"] = int(life.total_seconds())
        request.session.set_expiry(request.session["lasts"])
        request.session["renewed_on"] = timezone.localdate().isoformat()
        request.session.pop(locks.KEY, None)  # signing in anew, on this device or another
        request.session[SEEN] = time.time()
        if not at_desk and places.setting(PIN) == "yes":
            request.session[locks.CHOOSE] = True

    def post_login(self, request, user, **options):
        """Writes the journal; officers without a second factor are shown how to add one."""
        response = super().post_login(request, user, **options)
        actions.note_sign_in(user=user, by=user)
        model = request.headers.get("Sec-CH-UA-Model", "").strip('" ')
        note_device(session_key=request.session.session_key, model=model)
        if user.is_demo or not protection.is_officer(user) or protection.has_second_factor(user):
            return response
        day = protection.needed_from(user)
        request.session[protection.SESSION_KEY] = day.isoformat() if day else ""
        if response["Location"] == reverse(settings.FIRST_PAGE):
            return response  # offers the same
        query = urlencode({"next": response["Location"]})
        return HttpResponseRedirect(f"{reverse('people:protect')}?{query}")

    def logout(self, request) -> None:
        """Signs out; what was known of the device goes too."""
        forget_device(session_key=request.session.session_key)
        super().logout(request)

    def set_password(self, user, password) -> None:
        actions.set_password(user=user, password=password, by=user)

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("people:account")

    def get_reauthentication_methods(self, user) -> list[dict]:
        """allauth's, in our words."""
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found = super().get_reauthentication_methods(user)
        found = [method | {"description": words[method["id"]]} for method in found]
        if locks.has_pin(self.request):
            pin = {"id": "pin", "url": reverse("devices:pin")}
            found = [pin | {"description": _("Use the PIN of this device")}, *found]
        return found

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """No mail: the change goes into the journal."""
        if event := PROTECTION_EVENTS.get(template_prefix):
            actions.note_protection(user=user, event=event, by=user)


class SecondFactors(DefaultMFAAdapter):
    """Passkeys and code apps, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": ClosedDoor.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": gettext_lazy(
            "Add a passkey or an authenticator app first; recovery codes replace them when lost."
        ),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user, kind) -> str:
        number = user.authenticator_set.filter(type=kind).count() + 1
        return _("Passkey %(number)s") % {"number": number}
