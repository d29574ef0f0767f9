"""Devices of people in reach: an officer ends one, or all when the phone is lost."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cncd.foundation.devices import actions, queries
from cncd.foundation.devices.forms import LostForm
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import actions as people
from cncd.foundation.people import protection
from cncd.foundation.people.access import allow
from cncd.foundation.people.models import SignInLink
from cncd.foundation.people.views.accounts import account_of, show_way_in


@allow("people.admit")
@require_POST
def end(request, pk, device):
    """Signs a person out on one device."""
    session = get_object_or_404(queries.alive(account_of(request, pk)), pk=device)
    actions.end_device(session=session, by=request.user)
    say_done(request, _("That device is signed out. What waits on it stays there, unsent."))
    return redirect("people:person", pk)


@allow("people.admit")
@never_cache
def lost(request, pk):
    """The phone is lost: every device and open link ends, and a new way in stands on the screen."""
    user = account_of(request, pk)
    protected = protection.has_second_factor(user)
    form = LostForm(request.POST or None, protected=protected)
    if request.method == "POST" and form.is_valid():
        given = {"reason": _("lost phone"), "remove_factors": form.cleaned_data["remove_factors"]}
        count = actions.end_devices(user=user, by=request.user, **given)
        kind = SignInLink.Purpose.RESET
        link, token = people.make_sign_in_link(user=user, purpose=kind, by=request.user)
        return show_way_in(request, link, token, ended(count))
    return render(request, "kit/confirm.html", asking(user, form))


def ended(count: int) -> str:
    return ngettext(
        "%(count)s device is signed out. Here is a new way in.",
        "%(count)s devices are signed out. Here is a new way in.",
        count,
    ) % {"count": count}


def asking(user, form) -> dict:
    return {
        "title": _("The phone is lost"),
        "question": _("Sign %(name)s out everywhere?") % {"name": user},
        "consequences": [
            _("Whoever found the phone sees nothing more as soon as it reaches the network."),
            _(
                "What was entered there and not yet sent stays on it, and is sent after its owner"
                " signs in on it again. It can't be fetched from here."
            ),
            _("What was sent is safe: nothing is deleted."),
            _("Ways in made before stop working; a new one is shown at once."),
        ],
        "form": form,
        "danger": True,
        "submit": _("Sign out everywhere"),
        "back": f"/people/{user.person_id}/",
    }
