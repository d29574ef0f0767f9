"""Mailboxes and chats: entered, confirmed by a code, ended; one's own and those of an office."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cncd.faces.notices import actions, jobs, stopping
from cncd.faces.notices.forms import FORM_OF, CodeForm
from cncd.faces.notices.models import Address
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow, public
from cncd.foundation.people.news import EMAIL, SERVICE
from cncd.foundation.places.models import Place


@allow("account.own")
def address(request, channel, place=None):
    """Where notices go by this channel: the address is entered, then the code that came there."""
    office = _office(request, place)
    if channel not in FORM_OF or (channel == EMAIL and settings.MAIL is None):
        raise Http404
    whose = {"place": office} if office else {"user": request.user}
    kept = Address.objects.filter(channel=channel, **whose).first()
    is_waiting = bool(kept and not kept.confirmed_at and not kept.stopped_at)
    form = FORM_OF[channel](request.POST if "text" in request.POST else None)
    code = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid() and _entered(request, form, channel, office):
        return redirect(request.path)
    if kept and code.is_valid() and _confirmed(request, code, kept):
        return redirect("notices:offices" if office else "notices:settings")
    context = {"form": form, "code": code, "kept": kept, "is_waiting": is_waiting}
    context |= {
        "channel": channel,
        "office": office,
        "usable": [each.partition("://")[0] for each in settings.SERVICES],
    }
    return render(request, "notices/address.html", context)


def _office(request, place) -> Place | None:
    """The unit whose office it is for; a unit one does not look after is not there."""
    if place is None:
        return None
    mine = authority.roots(request.user, "notices.office")
    found = Place.objects.filter(pk__in=mine).named(timezone.localdate())
    return get_object_or_404(found, pk=place)


def _entered(request, form, channel: str, office) -> bool:
    """Keeps the address; a job sends the code there."""
    said = {"channel": channel, "text": form.cleaned_data["text"], "place": office}
    try:
        entered = actions.enter_address(**said, by=request.user)
    except ValidationError as error:
        form.add_error("text", error)
        return False
    jobs.send_code.enqueue(entered.pk, request.user.language)
    say_done(request, _("The code is on its way."))
    return True


def _confirmed(request, form, kept: Address) -> bool:
    try:
        actions.confirm_address(address=kept, code=form.cleaned_data["code"], by=request.user)
    except actions.WrongCode as error:
        form.add_error("code", error)
        return False
    say_done(request, _("Confirmed: from now on notices go there."))
    return True


@allow("account.own")
@require_POST
def end_address(request, pk):
    """Nothing goes there any more."""
    found = get_object_or_404(Address, pk=pk)
    if found.place_id:
        _office(request, found.place_id)
    elif found.user_id != request.user.pk:
        raise Http404
    actions.end_address(address=found, by=request.user)
    say_done(request, _("Nothing is sent there any more."))
    return redirect("notices:offices" if found.place_id else "notices:settings")


@allow("notices.office")
def offices(request):
    """The chats and mailboxes of the units I look after."""
    mine = authority.roots(request.user, "notices.office")
    found = Place.objects.filter(pk__in=mine).named(timezone.localdate())
    if not found:
        raise PermissionDenied("notices.office")
    kept = Address.objects.filter(place__in=mine)
    by_place = {(row.place_id, row.channel): row for row in kept}
    units = [
        (place, by_place.get((place.pk, SERVICE)), by_place.get((place.pk, EMAIL)))
        for place in found
    ]
    context = {"units": units, "has_mail": settings.MAIL is not None}
    return render(request, "notices/offices.html", context)


@public
@csrf_exempt
def stop(request, token):
    """Ends e-mails to the mailbox that a letter's own header names (RFC 8058); asks first when it
    is opened by hand.
    """
    found = stopping.mailbox_of(token)
    if request.method == "POST" and found:
        actions.end_address(address=found, by=found.user)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse(status=204)
        found = None
    return render(request, "notices/stop.html", {"kept": found, "token": token})
