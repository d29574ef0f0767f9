"""Coming in by a one-time link, and what one is offered right after."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cncd.foundation.people import actions, protection, queries
from cncd.foundation.people.access import allow, public
from cncd.foundation.people.rules import app_around


def next_of(request, otherwise: str = "/") -> str:
    """`?next=` when it is an address of ours."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise


@public
@never_cache
@rate_limit(action="login")
def enter(request, token):
    """Shows whom the link lets in; only the button uses it up, so previews of links do no harm."""
    try:
        link = actions.link_of(token)
        if not protection.may_enter_here(request, link.user):
            text = _("Demonstration accounts open only on the computer that runs the program.")
            messages.error(request, text)
            return redirect("account_login")
        if request.method == "POST":
            user = actions.sign_in_by_token(token=token)
            if request.user.is_authenticated:
                logout(request)
            response = perform_login(request, user, redirect_url=reverse(settings.FIRST_PAGE))
            # Whoever just used the link need not prove once more that it is they.
            record_authentication(request, request.user, method="link", reauthenticated=True)
            return response
    except actions.LinkRefused as refusal:
        context = {"refusal": refusal, "contact": queries.contact_for(refusal.link)}
        return render(request, "people/link_refused.html", context, status=410)
    inside = app_around(request.headers.get("User-Agent", ""))
    context = {"link": link, "contact": queries.contact_of(link.made_by), "inside": inside}
    return render(request, "people/enter.html", context)


@allow("account.own")
def protect(request):
    """Why an officer needs a second factor, how to add one, and whether it can wait."""
    day = protection.needed_from(request.user)
    due = bool(day and day <= timezone.localdate())
    if protection.has_second_factor(request.user):
        return redirect(next_of(request))
    context = {"needed_from": day, "is_due": due, "next": next_of(request)}
    return render(request, "people/protect.html", context)
