"""One-time ways in: made for somebody, used once, or taken back. Only a digest of each is kept."""

import datetime as dt
import hashlib
import secrets

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.people import standing
from cncd.foundation.people.actions.refusals import LinkRefused
from cncd.foundation.people.models import SignInLink, User

TOKEN_BYTES = 18  # 24 letters in the address: short enough for a QR code on a slip of paper


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_link(user: User, purpose: str, by: User | None, now: dt.datetime):
    """The link and its token; earlier links of that purpose stop."""
    user.sign_in_links.filter(purpose=purpose).open(now).update(revoked_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = SignInLink.objects.create(
        user=user,
        purpose=purpose,
        token_digest=digest(token),
        made_by=by,
        made_at=now,
        expires_at=now + settings.SIGN_IN_LINK_LIFE[purpose],
    )
    return link, token


@transaction.atomic
def make_sign_in_link(
    *, user: User, purpose: str, by: User | None, now: dt.datetime | None = None
) -> tuple[SignInLink, str]:
    """Makes a one-time way in: invite (7 days), slip (30 days) or reset (1 hour), by settings.

    An earlier link of the same purpose stops. Raises PermissionDenied outside the officer's reach,
    LinkRefused for a closed account.
    """
    now = now or timezone.now()
    standing.require_other(by, "people.admit", user)
    if not user.is_active:
        raise LinkRefused(
            _("The account of %(name)s is closed. Reopen it first.") % {"name": user},
            state="closed",
        )
    link, token = _new_link(user, purpose, by, now)
    journal.record(
        event="link.made",
        subject=user,
        by=by,
        place=user.person.home_id,
        after={"purpose": purpose, "expires_at": link.expires_at.isoformat()},
        now=now,
    )
    return link, token


@transaction.atomic
def make_own_link(*, user: User, now: dt.datetime | None = None) -> tuple[SignInLink, str]:
    """Makes a way in for another phone of the same person: once, within ten minutes.

    The caller has made sure that it is its owner who holds the device.
    """
    now = now or timezone.now()
    link, token = _new_link(user, SignInLink.Purpose.OWN, user, now)
    journal.record(
        event="link.made",
        subject=user,
        by=user,
        place=user.person.home_id,
        after={"purpose": link.purpose, "expires_at": link.expires_at.isoformat()},
        now=now,
    )
    return link, token


@transaction.atomic
def make_sign_in_slips(
    *, users: list[User], by: User | None, now: dt.datetime | None = None
) -> list[tuple[SignInLink, str]]:
    """Slips for many accounts at once, to print; one journal entry lists whose."""
    now = now or timezone.now()
    if by in users:
        raise PermissionDenied("people.admit")
    standing.require_people(by, "people.admit", [user.person for user in users])
    made = [_new_link(user, SignInLink.Purpose.SLIP, by, now) for user in users if user.is_active]
    if made:
        journal.record(
            event="slips.printed",
            subject=made[0][0],
            by=by,
            after={"count": len(made)},
            rows=[{"user": link.user_id, "login": link.user.login} for link, _token in made],
            now=now,
        )
    return made


def _refusal(link: SignInLink | None, now: dt.datetime) -> LinkRefused | None:
    """Why this link lets nobody in, or None when it does."""
    if link is None:
        return LinkRefused(_("This link is not known here. Check the address."), state="unknown")
    reasons = {
        "used": _("This link has been used already: each one works once."),
        "expired": _("This link has expired."),
        "revoked": _("This link was replaced by a newer one or taken back."),
        "closed": _("This account is closed."),
    }
    state = link.state(now)
    state = "closed" if state == "open" and not link.user.is_active else state
    return LinkRefused(reasons[state], state=state, link=link) if state in reasons else None


def link_of(token: str, *, now: dt.datetime | None = None) -> SignInLink:
    """The open link a token stands for, without using it; raises LinkRefused."""
    links = SignInLink.objects.select_related("user__person", "made_by__person")
    link = links.filter(token_digest=digest(token)).first()
    if refusal := _refusal(link, now or timezone.now()):
        raise refusal
    return link


@transaction.atomic
def sign_in_by_token(*, token: str, now: dt.datetime | None = None) -> User:
    """Uses the link up and returns whose account it opens; a reset also ends the old password.

    Of two that come at once with the same token, one gets in. Raises LinkRefused.
    """
    now = now or timezone.now()
    link = link_of(token, now=now)
    if not SignInLink.objects.open(now).filter(pk=link.pk).update(used_at=now):
        link.refresh_from_db()
        raise _refusal(link, now)
    user = link.user
    if link.purpose == SignInLink.Purpose.RESET:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    journal.record(
        event="link.used",
        subject=user,
        by=user,
        place=user.person.home_id,
        after={"purpose": link.purpose},
        now=now,
    )
    return user


def forget_old_visits(*, now: dt.datetime | None = None) -> int:
    """Deletes what nobody can use any more: devices signed out, ways in expired a year ago.

    Nothing a person did is lost, so the journal stays silent. Returns how many rows went.
    """
    now = now or timezone.now()
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    _rows, gone = UserSession.objects.exclude(session_key__in=alive).delete()
    old = SignInLink.objects.filter(expires_at__lt=now - dt.timedelta(days=365))
    return gone.get("usersessions.UserSession", 0) + old.delete()[0]


@transaction.atomic
def revoke_sign_in_link(
    *, link: SignInLink, by: User | None, now: dt.datetime | None = None
) -> SignInLink:
    """Takes back a link that nobody has used yet; does nothing to one that is closed already."""
    now = now or timezone.now()
    standing.require_other(by, "people.admit", link.user)
    if SignInLink.objects.open(now).filter(pk=link.pk).update(revoked_at=now):
        journal.record(
            event="link.revoked",
            subject=link.user,
            by=by,
            place=link.user.person.home_id,
            after={"purpose": link.purpose},
            now=now,
        )
    link.refresh_from_db()
    return link
