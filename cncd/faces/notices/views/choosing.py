"""What one chose to be told, when, and on which devices."""

from allauth.usersessions.models import UserSession
from django.conf import settings as installation
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.faces.notices import actions, queries
from cncd.faces.notices.forms import ChannelsForm, HoursForm
from cncd.faces.notices.models import Subscription
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow


@allow("account.own")
def settings(request):
    """Which notices I get, and on which devices."""
    from cncd.faces.notices.sending.push import (
        public_key,
    )  # cryptography is loaded when first needed

    form = ChannelsForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        say_done(request, _("Your choice is saved."))
        return redirect("notices:settings")
    allowed = queries.devices(request.user)
    here = request.session.session_key
    context = {
        "form": form,
        "key": public_key(),
        "others": [each for each in allowed if each.session_key != here],
        "is_stuck": bool(allowed) and queries.is_stuck(),
        "ways": queries.ways_of(request.user),
        "has_mail": installation.MAIL is not None,
        "offices": request.user.can("notices.office"),
        "logs": request.user.can("notices.log"),
        "manner": queries.manner_of(request.user),
    }
    return render(request, "notices/settings.html", context)


@allow("account.own")
def hours(request):
    """When I am left in peace, and whether many notices come in one message."""
    form = HoursForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        say_done(request, _("Your choice is saved."))
        return redirect("notices:settings")
    return render(request, "notices/hours.html", {"form": form})


@allow("account.own")
@require_POST
def device(request):
    """Lets this device be woken; asked by the page's script once the browser agreed."""
    UserSession.objects.create_from_request(request)  # allauth's record of this very session
    session = UserSession.objects.get(session_key=request.session.session_key)
    said = {name: request.POST.get(name, "")[:1000] for name in ("endpoint", "p256dh", "auth")}
    try:
        actions.allow_device(by=request.user, session=session, **said)
    except actions.NotADevice as error:
        return JsonResponse({"told": error.messages[0]}, status=400)
    return JsonResponse({})


@allow("account.own")
@require_POST
def end_device(request):
    """A device of mine is not woken any more: this one (by its address) or another (by its row)."""
    mine = Subscription.objects.filter(user=request.user)
    if endpoint := request.POST.get("endpoint"):
        for found in mine.filter(endpoint=endpoint):
            actions.silence_device(subscription=found, by=request.user)
        return JsonResponse({})
    row = request.POST.get("device", "")
    found = get_object_or_404(mine, pk=row if row.isdecimal() and len(row) < 19 else 0)
    actions.silence_device(subscription=found, by=request.user)
    say_done(request, _("That device is not woken any more."))
    return redirect("notices:settings")
