"""Who needs a second factor, from when, and which requests come from this very machine."""

import datetime as dt
import ipaddress

from allauth.mfa.models import Authenticator
from django.utils import timezone

from cncd.foundation.people import authority
from cncd.foundation.people.permissions import OFFICERS
from cncd.foundation.places.models import PlaceIndex, Setting

SETTING = "people.second_factor"  # see options.py
SESSION_KEY = "protect_from"
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP",
             "HTTP_VIA")  # fmt: skip


def is_officer(user) -> bool:
    """Whether the account can change things at a desk."""
    return any(g.role in OFFICERS for g in authority.grants(user))


def has_second_factor(user) -> bool:
    """Whether the account has a passkey or an authenticator app."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()


def needed_from(user) -> dt.date | None:
    """The first day from today on which the account must have a second factor; None: never.

    The setting may stand at any place at or above one of the officer's, or for all places.
    """
    if not is_officer(user):
        return None
    today = timezone.localdate()
    above = PlaceIndex.objects.filter(place__in=authority.roots(user), inherited=False)
    rows = Setting.objects.filter(key=SETTING).overlapping(today, None)
    rows = rows.filter(place=None) | rows.filter(place__in=above.values("ancestor"))
    days = [max(row.since_on, today) for row in rows if row.value == "yes"]
    return min(days, default=None)


def is_loopback(request) -> bool:
    """Whether a browser on this very machine asks: no other address, host, or proxy in between."""
    try:
        near = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    named = host in ("localhost", "127.0.0.1", "::1")
    return near and named and not any(header in request.META for header in FORWARDED)


def may_enter_here(request, user) -> bool:
    """Demonstration accounts open on loopback only; their passwords are printed for all to see."""
    return not user.is_demo or is_loopback(request)
