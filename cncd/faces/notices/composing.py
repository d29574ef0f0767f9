"""What a notice says on its way: to a device, in a letter, in a chat. Never a person's name."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.faces.notices.models import Address, Delivery, Notice
from cncd.faces.notices.rules import seconds_to_live, topic
from cncd.faces.notices.sealing import Unreadable, unseal
from cncd.faces.notices.sending.chat import Message
from cncd.faces.notices.sending.mail import Letter
from cncd.faces.notices.sending.push import Parcel
from cncd.faces.notices.stopping import stop_address_of
from cncd.foundation.people.news import EMAIL, PUSH, kinds


def origin() -> str:
    """Where this installation stands, as others must call it."""
    return settings.ORIGINS[0] if settings.ORIGINS else settings.LOCAL_ORIGIN


def packed(delivery: Delivery) -> Parcel | Letter | Message:
    """Ready for whoever carries it, in the language of the person."""
    if delivery.channel == PUSH:
        return _parcel(delivery)
    reader = delivery.user or delivery.notice.user
    with translation.override(reader.language):
        title, lines, path = _digest(delivery) if delivery.slot else _alone(delivery.notice)
        if delivery.channel == EMAIL:
            return letter(delivery.address, title, lines, path, f"delivery-{delivery.pk}")
        text = "\n".join([*lines, "", origin() + path])
        return Message(_opened(delivery.address), title, text)


def _parcel(delivery: Delivery) -> Parcel:
    notice, allowed = delivery.notice, delivery.subscription
    return Parcel(
        endpoint=allowed.endpoint,
        p256dh=allowed.p256dh,
        auth=allowed.auth,
        said={
            "title": notice.title,
            "body": notice.text,
            "address": notice.get_absolute_url(),
            "tag": notice.what,
        },
        ttl=seconds_to_live(notice.until_at, timezone.now()),
        urgency=kinds()[notice.kind].urgency,
        topic=topic(notice.what),
    )


def _alone(notice: Notice) -> tuple[str, list[str], str]:
    return notice.title, [notice.text], notice.get_absolute_url()


def _digest(delivery: Delivery) -> tuple[str, list[str], str]:
    """What was not read meanwhile, the oldest first."""
    notices = [each.notice for each in delivery.gathered.all() if not each.notice.is_read]
    notices.sort(key=lambda notice: notice.made_at)
    title = ngettext("%(n)d notice for you", "%(n)d notices for you", len(notices))
    lines = [f"• {notice.title}. {notice.text}" for notice in notices]
    return title % {"n": len(notices)}, lines, reverse("notices:list")


def letter(address: Address, title: str, lines: list[str], path: str, id: str) -> Letter:
    """Plain text and HTML with one link; `path` may be empty."""
    said = {"title": title, "lines": lines, "link": origin() + path if path else ""}
    return Letter(
        to=_opened(address),
        subject=title,
        plain=render_to_string("notices/letter.txt", said),
        html=render_to_string("notices/letter.html", said),
        id=id,
        stop=origin() + stop_address_of(address) if address.confirmed_at else "",
    )


def _opened(address: Address) -> str:
    """What it really is; nothing, which no service takes, when the secret key has changed."""
    try:
        return unseal(address.sealed)
    except Unreadable:
        return ""


def code_for(address: Address, code: str, language: str) -> Letter | Message:
    """The code that confirms an address."""
    with translation.override(language):
        title = _("%(code)s is your code for notices of CNCĐ") % {"code": code}
        line = _("Type %(code)s on the page where you entered this address, within 15 minutes.")
        ignore = _("If it was not you, do nothing: without the code nothing is sent here.")
        lines = [line % {"code": code}, ignore]
        if address.channel == EMAIL:
            return letter(
                address, title, lines, "", f"code-{address.pk}-{address.made_at.timestamp():.0f}"
            )
        return Message(_opened(address), title, "\n".join(lines))
