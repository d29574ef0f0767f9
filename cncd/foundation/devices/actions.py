"""Every change to signed-in devices: noted, seen, given a PIN, ended."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.devices import rules
from cncd.foundation.devices.models import Device
from cncd.foundation.journal import actions as journal
from cncd.foundation.people import standing
from cncd.foundation.people.models import User


class WeakPin(Exception):
    """The PIN is not taken; says why and what would do."""


@transaction.atomic
def note_device(*, session_key: str, model: str = "") -> None:
    """Keeps what is told of a device that has just signed in, and only the network it came from.

    The sign-in itself is in the journal already.
    """
    session = UserSession.objects.filter(session_key=session_key).first()
    if not session:
        return
    session.ip = rules.network(session.ip)
    session.save(update_fields=["ip"])
    Device.objects.update_or_create(session=session, defaults={"model": model[:60]})


def note_visit(*, session_key: str, now: dt.datetime | None = None) -> None:
    """Writes down that the device was here; asked for at most once an hour."""
    here = UserSession.objects.filter(session_key=session_key)
    here.update(last_seen_at=now or timezone.now())


@transaction.atomic
def follow_device(*, old_key: str, new_key: str) -> None:
    """Lets a device stay itself when its session gets another key, as after a new password."""
    UserSession.objects.filter(session_key=new_key).delete()
    UserSession.objects.filter(session_key=old_key).update(session_key=new_key)


def forget_device(*, session_key: str) -> None:
    """Lets go of what was known of a device that has signed out."""
    UserSession.objects.filter(session_key=session_key).delete()


@transaction.atomic
def set_pin(*, session: UserSession, pin: str, by: User, now: dt.datetime | None = None) -> Device:
    """Gives the device a PIN of 4 to 6 digits, in place of an earlier one.

    Raises WeakPin.
    """
    if not rules.PIN.fullmatch(pin):
        raise WeakPin(_("A PIN has 4 to 6 digits."))
    if rules.is_weak(pin, by.phone or "", by.person.contact_phone):
        raise WeakPin(
            _(
                "This PIN is guessed too easily: no repeated digits, no 1234, no year, not the end"
                " of your phone number. Choose another one."
            )
        )
    keep = {"pin": make_password(pin), "wrong": 0}
    device, _new = Device.objects.update_or_create(session=session, defaults=keep)
    _record("device.pin_set", device, by, now)
    return device


@transaction.atomic
def remove_pin(*, session: UserSession, by: User, now: dt.datetime | None = None) -> None:
    """Takes the PIN off the device."""
    device = Device.objects.get(session=session)
    device.pin, device.wrong = "", 0
    device.save(update_fields=["pin", "wrong"])
    _record("device.pin_removed", device, by, now)


def tries_left(*, session: UserSession, pin: str, now: dt.datetime | None = None) -> int | None:
    """None when the PIN is right; else how many tries are left. At 0 the device is signed out.

    A try is counted before it is looked at, so that many at once are no more than five; and the
    slow comparison keeps no lock. What waits on the phone stays there.
    """
    device = Device.objects.filter(session=session).select_related("session__user").get()
    mine = Device.objects.filter(session=session)
    counted = mine.filter(wrong__lt=rules.MOST_WRONG).update(wrong=F("wrong") + 1)
    if counted and check_password(pin, device.pin):
        mine.update(wrong=0)
        return None
    device.refresh_from_db(fields=["wrong"])
    left = rules.MOST_WRONG - device.wrong
    if left <= 0:
        lock_out(device=device, now=now)
    return max(left, 0)


@transaction.atomic
def lock_out(*, device: Device, now: dt.datetime | None = None) -> None:
    """Signs out a device on which the PIN was wrong five times."""
    _record("device.locked_out", device, device.session.user, now)
    device.session.end()


@transaction.atomic
def end_device(*, session: UserSession, by: User, now: dt.datetime | None = None) -> None:
    """Signs one device out; what waits on it stays there until its owner signs in again.

    Raises PermissionDenied for a device of somebody this officer may not let in.
    """
    if by.pk != session.user_id:
        standing.require_other(by, standing.ADMIT, session.user)
    device = Device.objects.filter(session=session).first() or Device(session=session)
    _record("device.ended", device, by, now)
    session.end()


@transaction.atomic
def end_devices(
    *,
    user: User,
    by: User,
    reason: str = "",
    but: str = "",
    remove_factors: bool = False,
    now: dt.datetime | None = None,
) -> int:
    """Signs the account out everywhere (but in the session of that key) and takes back open links.

    With `remove_factors` passkeys and codes go too. Returns how many devices were ended. Raises
    PermissionDenied as `end_device`.
    """
    if by.pk != user.pk:
        standing.require_other(by, standing.ADMIT, user)
    user.sign_in_links.open(now).update(revoked_at=now or timezone.now())
    if remove_factors:
        user.authenticator_set.all().delete()
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    journal.record(
        event="devices.ended",
        subject=user,
        by=by,
        place=user.person.home_id,
        after={"count": len(sessions)},
        reason=reason,
        now=now,
    )
    for session in sessions:
        session.end()
    return len(sessions)


def _record(event: str, device: Device, by: User, now) -> None:
    user = device.session.user
    after = {"device": str(device)}
    journal.record(
        event=event, subject=user, by=by, place=user.person.home_id, after=after, now=now
    )
