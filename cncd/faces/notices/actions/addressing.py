"""Mailboxes and chats: entered, confirmed by the code that was sent there, ended."""

import datetime as dt
import hashlib
import hmac
import secrets

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.notices.models import Address
from cncd.faces.notices.rules import is_mailbox, is_service, masked_mailbox, masked_service
from cncd.faces.notices.sealing import seal
from cncd.foundation.journal.actions import record
from cncd.foundation.people import authority
from cncd.foundation.people.models import User
from cncd.foundation.people.news import CHANNELS, EMAIL
from cncd.foundation.places.models import Place

CODE_LIFE = dt.timedelta(minutes=15)
MOST_TRIES = 5  # of one code
MOST_CODES = 6  # an hour, of one account: nobody fills a stranger's mailbox with our codes


class NotAnAddress(ValidationError):
    """Nothing can be sent there, or nothing may."""


class TooManyCodes(ValidationError):
    """This account has had enough codes sent for an hour."""


class WrongCode(ValidationError):
    """Not the code that was sent there, or too late."""


@transaction.atomic
def enter_address(
    *, channel: str, text: str, by: User, place: Place | None = None, now: dt.datetime | None = None
) -> Address:
    """Keeps a mailbox or chat of the person, or of the office of a place, in the stead of the one
    before; only the code that a job sends there lets anything else go to it.

    Raises NotAnAddress, TooManyCodes.
    """
    now, text = now or timezone.now(), text.strip()
    if place is not None:
        authority.require(by, "notices.office", place=place)
    shown = _checked(channel, text)
    _count(by)
    whose = {"place": place} if place else {"user": by}
    Address.objects.filter(channel=channel, **whose).delete()
    address = Address.objects.create(
        **whose,
        channel=channel,
        sealed=seal(text),
        shown=shown,
        made_at=now,
    )
    said = {"after": {"channel": str(CHANNELS[channel])}, "personal": {"address": ("", shown)}}
    record(event="address.entered", subject=by, by=by, place=place, now=now, **said)
    return address


def make_code(*, address: Address, now: dt.datetime | None = None) -> str:
    """The code that confirms the address, good for a quarter of an hour; only its digest is kept.

    Part of entering the address, which the journal tells.
    """
    code = f"{secrets.randbelow(10**6):06d}"
    address.code, address.code_until = _digest(code), (now or timezone.now()) + CODE_LIFE
    address.save(update_fields=["code", "code_until"])
    return code


def _checked(channel: str, text: str) -> str:
    """The address as it may be shown; raises NotAnAddress."""
    if channel == EMAIL:
        if not is_mailbox(text):
            raise NotAnAddress(_("Write one e-mail address, such as ten@gmail.com."))
        return masked_mailbox(text)
    from cncd.faces.notices.sending.chat import is_understood  # loads Apprise

    if not is_service(text, settings.SERVICES):
        usable = ", ".join(each.partition("://")[0] for each in settings.SERVICES)
        said = _("That address may not be used here. It begins with one of: %(usable)s.")
        raise NotAnAddress(said % {"usable": usable})
    if not is_understood(text):
        raise NotAnAddress(_("Something is missing in that address; copy it once more."))
    return masked_service(text)


def _count(by: User) -> None:
    key = f"notices-codes-{by.pk}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > MOST_CODES:
        raise TooManyCodes(_("Too many codes were sent. Try again in an hour."))


def _digest(code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), code.encode(), hashlib.sha256).hexdigest()


def confirm_address(*, address: Address, code: str, by: User, now: dt.datetime | None = None):
    """From now on notices go there. Raises WrongCode; after five of them a new code is needed."""
    now = now or timezone.now()
    if not _is_right(address, code, now):
        # Outside the transaction below, so that the wrong try is remembered.
        raise WrongCode(
            _("That is not the code that was sent. Look once more, or have it sent anew.")
        )
    _confirm(address, by, now)


def _is_right(address: Address, code: str, now: dt.datetime) -> bool:
    with transaction.atomic():
        kept = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
        open_ = kept.code and kept.code_until > now and kept.code_tries < MOST_TRIES
        kept.code_tries += 1
        kept.save(update_fields=["code_tries"])
    return bool(open_) and hmac.compare_digest(kept.code, _digest(code.strip().replace(" ", "")))


@transaction.atomic
def _confirm(address: Address, by: User, now: dt.datetime) -> None:
    address.confirmed_at, address.code, address.stopped_at = now, "", None
    address.save(update_fields=["confirmed_at", "code", "stopped_at"])
    said = {"after": {"channel": str(CHANNELS[address.channel])}}
    said["personal"] = {"address": ("", address.shown)}
    record(event="address.confirmed", subject=by, by=by, place=address.place, now=now, **said)


@transaction.atomic
def end_address(*, address: Address, by: User | None, now: dt.datetime | None = None) -> None:
    """Nothing goes there any more, and it is forgotten."""
    said = {"before": {"channel": str(CHANNELS[address.channel])}}
    said["personal"] = {"address": (address.shown, "")}
    subject, place = address.user or by, address.place
    address.delete()
    record(event="address.ended", subject=subject, by=by, place=place, now=now, **said)


def stop_address(*, address: Address, why: str, now: dt.datetime) -> None:
    """The other side says there is no such address: kept, said so to its owner, not used."""
    rows = Address.objects.filter(pk=address.pk, stopped_at=None)
    rows.update(stopped_at=now, stopped_why=why[:200])
