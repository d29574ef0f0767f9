"""Whether a link looks like the invitation of a group on its platform; nothing is opened."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

# platform code → (hosts, what path and query must look like, an example)
GROUPS = {
    "zalo": ({"zalo.me", "chat.zalo.me"}, r"/(g|group)/\w+.*", "https://zalo.me/g/abcdef123"),
    "viber": (
        {"invite.viber.com", "chats.viber.com"},
        r"/?\?g2?=[\w%+/=-]+.*|/\w+",
        "https://invite.viber.com/?g2=AQAx…",
    ),
    "facebook": (
        {"facebook.com", "www.facebook.com", "m.facebook.com", "web.facebook.com", "fb.com"},
        r"/(groups|share/g)/[\w.]+.*",
        "https://www.facebook.com/groups/123456789",
    ),
}


def tidy_link(text: str) -> str:
    """The link trimmed, with https in front when only the host was pasted."""
    text = text.strip()
    return text if not text or "://" in text else f"https://{text}"


def link_fault(platform: str, link: str) -> str:
    """What is wrong with the form of a link, in a sentence; "" when nothing is."""
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in link:
        return _("This is not a link. Copy it from the group: it begins with https://.")
    if platform not in GROUPS:
        return ""
    hosts, path, example = GROUPS[platform]
    asked = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.netloc.lower() in hosts and re.fullmatch(path, asked):
        return ""
    return _("The link of a group there looks like %(example)s.") % {"example": example}
