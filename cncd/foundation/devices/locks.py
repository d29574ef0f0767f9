"""Whether a signed-in device is locked. Its session keeps what is needed, so no page asks the
database: hours until it locks, when it was used last, and the mark of the running browser.

Locked, a device gets no page but the one that asks for the PIN; what was entered on it before is
still taken at the door of envelopes, since sending does no harm and nothing may be lost.
"""

import secrets
import time
from urllib.parse import urlencode

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as RECORDS
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from cncd.foundation.devices.forms import PinForm
from cncd.foundation.devices.options import LOCK_HOURS
from cncd.foundation.places import queries as places

KEY = "lock"
CHOOSE = "choose_pin"  # in the session of somebody who must set a PIN before going on
AWAKE = "cncd_awake"  # a cookie that ends with the browser; lock.js reads it too
KEPT_RECORDS = 10
STALE = 600  # seconds between two notes of use


def has_pin(request) -> bool:
    return KEY in request.session


def is_locked(request) -> bool:
    """Whether the PIN is due: unused for too long, or the browser was closed since."""
    held = request.session.get(KEY)
    if not held:
        return False
    awake = constant_time_compare(request.COOKIES.get(AWAKE, ""), held["awake"])
    return not awake or time.time() - held["used"] > held["hours"] * 3600


def touch(request) -> None:
    """Writes down, now and then, that the unlocked device is in use."""
    held = request.session.get(KEY)
    if held and time.time() - held["used"] > STALE:
        request.session[KEY] = held | {"used": time.time()}


def unlock(request) -> None:
    """Lets the device be used until it lies unused, or its browser is closed, again."""
    awake = secrets.token_urlsafe(12)
    hours = places.setting(LOCK_HOURS)
    request.session[KEY] = {"used": time.time(), "awake": awake, "hours": hours}
    request.session.pop(CHOOSE, None)
    request.mark_awake, request.is_locked = awake, False
    record_authentication(request, request.user, method="pin", reauthenticated=True)
    # One more every day would fill the session.
    request.session[RECORDS] = request.session[RECORDS][-KEPT_RECORDS:]


def mark(request, response) -> None:
    """Gives the browser its mark after the device was unlocked."""
    if awake := getattr(request, "mark_awake", ""):
        options = {"secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
        response.set_cookie(AWAKE, awake, **options)


def lift(request) -> None:
    """The device has no PIN any more."""
    request.session.pop(KEY, None)


def confirmed_since(request, moment: float) -> bool:
    """Whether the person proved who they are since then, by passkey or password."""
    records = get_authentication_records(request, request.user)
    return any(each.get("reauthenticated") and each["at"] >= moment for each in records)


def must_confirm(request) -> bool:
    """Whether a device with a PIN is to ask for it before something that concerns safety."""
    return has_pin(request) and not confirmed_since(request, time.time() - 300)


def pin_address(back: str) -> str:
    return f"{reverse('devices:pin')}?{urlencode({'next': back})}"


def refusal(request):
    """What a locked device gets in place of the page it asked for."""
    if request.method != "GET":
        # What was typed is still in the browser's form, one step back.
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"state": "locked"}, status=423)
        return render(request, "devices/pin.html", {"form": PinForm(), "typed": True}, status=423)
    address = pin_address(request.get_full_path())
    if "HX-Request" in request.headers:
        return HttpResponse(status=423, headers={"HX-Redirect": pin_address("/")})
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"state": "locked"}, status=423)
    return HttpResponseRedirect(address)
