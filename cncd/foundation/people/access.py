"""Who may open an address: every view says `@allow("…")` or `@public` on the line above it."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

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

        entered = login_required(guarded)
        entered.permission = permission
        return entered

    return decorate


def public(view):
    """Open to strangers; says so, because silence fails a test."""
    view.permission = None
    view.is_public = True
    return view
