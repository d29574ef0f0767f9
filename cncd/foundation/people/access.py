"""Who may open an address: every view says `@allow("…")` or `@public` on the line above it."""

from functools import wraps
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from cncd.foundation.people.permissions import PERMISSIONS


def allow(permission: str):
    """Lets in those who hold the permission somewhere; others get 403, strangers the sign-in page.

    What they then see is narrowed by `visible_to`: an object outside their reach is a 404.
    """
    assert permission in PERMISSIONS, permission

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.can(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        signed_in = login_required(guarded)

        @wraps(view)
        def entered(request, *args, **kwargs):
            if request.user.is_anonymous and _is_form(request):
                return render(request, "people/signed_out.html", _written(request), status=403)
            return signed_in(request, *args, **kwargs)

        entered.permission = permission
        return entered

    return decorate


def _is_form(request) -> bool:
    """Whether somebody pressed a button of a page, after the session had ended meanwhile."""
    asked = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return asked and request.method == "POST" and "csrfmiddlewaretoken" in request.POST


def _written(request) -> dict:
    """What they had written, to be copied: sentences only, so no password and no number of ours."""
    texts = [
        text.strip()
        for name in request.POST
        if "pass" not in name
        for text in request.POST.getlist(name)
        if " " in text.strip()
    ]
    referrer = urlsplit(request.headers.get("Referer", ""))
    back = urlunsplit(("", "", referrer.path, referrer.query, ""))
    return {"texts": texts, "back": back if back.startswith("/") else "/"}


def public(view):
    """Open to strangers; says so, because silence fails a test."""
    view.permission = None
    view.is_public = True
    return view
