"""The PIN of this device: asked for, set, removed; and the page after the first sign-in."""

import ipaddress

from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.devices import actions, locks, queries
from cncd.foundation.devices.forms import NewPinForm, PinForm
from cncd.foundation.devices.options import LOCK_HOURS, PIN
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import protection
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.entering import next_of
from cncd.foundation.places import queries as places


def told(request, state: str, address: str, text: str = "") -> JsonResponse:
    """For pin.js, which then keeps on the phone what it needs to ask without a network."""
    after = request.session.get(locks.KEY, {}).get("hours", 0) * 3600_000
    return JsonResponse({"state": state, "next": address, "told": text, "after": after})


def by_script(request) -> bool:
    return request.headers.get("Accept") == "application/json"


@allow("account.own")
def pin(request):
    """Asks for the PIN of this device; names nobody, so that a phone may keep the page."""
    session = queries.device_with_pin(request.session.session_key)
    if not locks.has_pin(request):
        return redirect("devices:set_pin")
    if not session:  # the device was ended while this request was under way
        return out(request)
    form = PinForm(request.POST or None)
    if form.is_valid():
        left = actions.tries_left(session=session, pin=form.cleaned_data["pin"])
        if left is None:
            locks.unlock(request)
            address = next_of(request)
            return told(request, "open", address) if by_script(request) else redirect(address)
        if not left:
            return out(request)
        form.add_error("pin", wrong(left))
    if request.method == "POST" and by_script(request):
        return told(request, "wrong", "", " ".join(form.errors["pin"]))
    return render(request, "devices/pin.html", {"form": form})


def wrong(left: int) -> str:
    return ngettext(
        "This is not the PIN. %(left)s try is left, then this device is signed out.",
        "This is not the PIN. %(left)s tries are left, then this device is signed out.",
        left,
    ) % {"left": left}


def out(request):
    """Signed out after too many wrong PINs."""
    logout(request)
    text = _(
        "Five wrong PINs: this device is signed out. What you entered and did not send is still on"
        " it. Ask the commune officer for a new slip, or sign in another way."
    )
    messages.error(request, text)
    door = reverse("account_login")
    return told(request, "ended", door) if by_script(request) else redirect(door)


@allow("account.own")
def set_pin(request):
    """Sets the PIN of this device, or changes it."""
    if locks.must_confirm(request):
        return redirect(locks.pin_address(request.get_full_path()))
    form = NewPinForm(request.POST or None)
    if form.is_valid():
        session = queries.alive(request.user).get(session_key=request.session.session_key)
        try:
            actions.set_pin(session=session, pin=form.cleaned_data["pin"], by=request.user)
        except actions.WeakPin as refusal:
            form.add_error("pin", str(refusal))
        else:
            locks.unlock(request)
            say_done(request, _("This device now has a PIN."))
            address = next_of(request, reverse("people:account"))
            return told(request, "set", address) if by_script(request) else redirect(address)
    if request.method == "POST" and by_script(request):
        return told(request, "refused", "")
    return render(request, "devices/set_pin.html", setting_up(request, form))


def setting_up(request, form) -> dict:
    has_pin = locks.has_pin(request)
    must = places.setting(PIN) == "yes" and not request.user.can("desk.open")
    return {"form": form, "has_pin": has_pin, "hours": places.setting(LOCK_HOURS),
            "may_remove": has_pin and not must, "next": next_of(request, "/account/")}  # fmt: skip


@allow("account.own")
@require_POST
def remove_pin(request):
    """Takes the PIN off this device."""
    if locks.must_confirm(request):
        return redirect(locks.pin_address(reverse("devices:set_pin")))
    if session := queries.device_with_pin(request.session.session_key):
        actions.remove_pin(session=session, by=request.user)
    locks.lift(request)
    say_done(request, _("This device no longer asks for a PIN."))
    return redirect("people:account")


@allow("account.own")
def first(request):
    """After a link: how this phone is protected; no password is needed."""
    context = {
        "days": request.session.get_expiry_age() // (24 * 3600),
        "next": next_of(request),
        "is_officer": protection.is_officer(request.user),
        "must_set": locks.CHOOSE in request.session,
        "passkeys": passkeys_work(request),
        "hours": places.setting(LOCK_HOURS),
    }
    return render(request, "devices/first.html", context)


def passkeys_work(request) -> bool:
    """Passkeys belong to a name: at an address of numbers there are none."""
    try:
        ipaddress.ip_address(request.get_host().rsplit(":", 1)[0].strip("[]"))
    except ValueError:
        return True
    return False
