"""Where somebody is signed in."""

import datetime as dt
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.devices.models import Device
from cncd.foundation.devices.names import device_name
from cncd.foundation.people.own_data import Part


@dataclass(frozen=True)
class SignedIn:
    """A device as its owner and the officer see it."""

    pk: int
    name: str
    since: dt.datetime
    last_seen: dt.datetime
    has_pin: bool
    session_key: str


def alive(user):
    """The sessions of the account that still hold, the one used last first."""
    held = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    found = UserSession.objects.filter(user=user, session_key__in=held)
    return found.order_by("-last_seen_at", "-pk")


def devices_of(user) -> list[SignedIn]:
    """Where the account is signed in now."""
    known = Device.objects.filter(session__user=user).in_bulk()
    return [
        SignedIn(
            each.pk,
            device_name(each.user_agent, known[each.pk].model if each.pk in known else ""),
            each.created_at,
            each.last_seen_at,
            bool(each.pk in known and known[each.pk].pin),
            each.session_key,
        )
        for each in alive(user)
    ]


def device_with_pin(session_key: str) -> UserSession | None:
    """The session of that key, when its device has a PIN."""
    return UserSession.objects.filter(session_key=session_key).exclude(device__pin="").filter(
        device__isnull=False
    ).select_related("user__person").first()  # fmt: skip


def own_devices(person) -> list[Part]:
    """What is kept of the devices of a person, for that person."""
    user = getattr(person, "user", None)
    rows = [
        [each.name, each.since, each.last_seen, _("yes") if each.has_pin else _("no")]
        for each in (devices_of(user) if user else ())
    ]
    headings = [_("Device"), _("Signed in at"), _("Last seen"), _("Has a PIN")]
    return [Part(_("Devices"), headings, rows)]


def devices_part(account) -> tuple[str, dict]:
    """For the page of a person: template and what it shows, for an officer who may let them in."""
    return "devices/person_part.html", {"devices": devices_of(account)}
