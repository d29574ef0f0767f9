"""One's own devices: where I am signed in, ending one, and coming in on another phone."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cncd.foundation.devices import actions, locks, queries
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions as people
from cncd.foundation.people.access import allow


@allow("account.own")
def own(request):
    """Where I am signed in."""
    devices = queries.devices_of(request.user)
    context = {"devices": devices, "here": request.session.session_key}
    return render(request, "devices/own.html", context)


@allow("account.own")
@require_POST
def end_own(request, pk):
    """Signs one of my other devices out."""
    session = get_object_or_404(queries.alive(request.user), pk=pk)
    actions.end_device(session=session, by=request.user)
    say_done(request, _("That device is signed out."))
    return redirect("devices:own")


@allow("account.own")
@require_POST
def end_others(request):
    """Signs me out everywhere but here."""
    here = request.session.session_key
    actions.end_devices(user=request.user, by=request.user, but=here)
    say_done(request, _("You are signed in only here now."))
    return redirect("devices:own")


@allow("account.own")
@never_cache
def another(request):
    """A way in on another phone, made by its owner: once, within ten minutes."""
    if locks.must_confirm(request):
        return redirect(locks.pin_address(request.get_full_path()))
    if not locks.has_pin(request):
        raise_if_reauthentication_required(request, app="allauth.mfa")
    if request.method != "POST":
        return render(request, "devices/another.html")
    link, token = people.make_own_link(user=request.user)
    address = request.build_absolute_uri(reverse("people:enter", args=[token]))
    return render(request, "devices/another.html", {"link": link, "address": address})
