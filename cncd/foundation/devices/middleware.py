"""What is known of the device a request comes from, on every request."""

import time

from django.conf import settings
from django.shortcuts import redirect

from cncd.foundation.devices import actions, locks

SEEN = "seen"
HOUR = 3600
# Where somebody may go who has yet to set a PIN.
OPEN_BEFORE_PIN = {*settings.OPEN_WHILE_LOCKED, "devices:first", "devices:set_pin"}
OPEN_BEFORE_PIN |= {"mfa_add_webauthn"}


class KnownDevice:
    """Notes that a device is in use, and lets a locked one see nothing but the PIN page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            response = self.get_response(request)
            # So that a phone that signs in here next says which it is.
            response.headers.setdefault("Accept-CH", "Sec-CH-UA-Model")
            return response
        began, key = time.time(), request.session.session_key
        request.is_locked = locks.is_locked(request)
        if not request.is_locked:
            locks.touch(request)
            self.see(request, began)
        response = self.get_response(request)
        if request.user.is_authenticated:
            self.follow(request, key)
            if request.is_locked and locks.confirmed_since(request, began):
                locks.unlock(request)  # by passkey, on a page of allauth's
            locks.mark(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        if getattr(view, "is_public", False) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        if request.is_locked and name not in settings.OPEN_WHILE_LOCKED:
            return locks.refusal(request)
        if locks.CHOOSE in request.session and name not in OPEN_BEFORE_PIN:
            return redirect("devices:first")
        return None

    def see(self, request, now: float) -> None:
        """Once an hour: this device was here."""
        if now - request.session.get(SEEN, now) > HOUR:
            request.session[SEEN] = now
            actions.note_visit(session_key=request.session.session_key)

    def follow(self, request, before: str | None) -> None:
        """A new password gives the session another key; the device is the same."""
        after = request.session.session_key
        if before and after and before != after:
            actions.follow_device(old_key=before, new_key=after)
