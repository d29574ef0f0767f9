"""Whom we may call at all, and how much of an address may be shown."""

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, urlsplit

# What an address of Apprise may ask beyond who it is for; other things read files or change hosts.
HARMLESS = {"topic", "thread", "silent", "preview", "from", "token"}
MAILBOX = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.I)


def is_push_service(endpoint: str, services: Collection[str]) -> bool:
    """Whether the address belongs to one of the push services, so that nobody has us call others.

    `services` holds host names for https ("fcm.googleapis.com"; ".push.apple.com" for all below),
    or whole origins ("http://127.0.0.1:9999").
    """
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or not endpoint.isascii() or set(endpoint) & set(" \\\r\n\t"):
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    if parts.scheme != "https" or port not in (None, 443):
        return False
    return any(host == each or (each[0] == "." and host.endswith(each)) for each in services)


def is_mailbox(address: str) -> bool:
    """Whether it looks like one mailbox: plain letters, one @, a domain with a dot."""
    return len(address) <= 254 and MAILBOX.fullmatch(address) is not None


def is_service(address: str, services: Collection[str]) -> bool:
    """Whether it is one Apprise address of a service in `services`, and asks for nothing else.

    `services` holds schemas whose hosts are the service's own ("tgram"), or a schema with the one
    host it may call ("json://127.0.0.1:9999"), so that nobody has us call a machine of theirs or a
    machine inside (SSRF), read a file of ours, or name several addresses in one.
    """
    if not address.isascii() or set(address) & set(" \\,;\r\n\t") or len(address) > 500:
        return False
    try:
        parts = urlsplit(address)
        asked = {name.lower() for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.fragment or not asked <= HARMLESS:
        return False
    return parts.scheme in services or f"{parts.scheme}://{parts.netloc}" in services


def masked_mailbox(address: str) -> str:
    """l…n@soctrang.gov.vn: enough to know one's own by."""
    name, _at, domain = address.partition("@")
    return f"{name[0]}…{name[-1] if len(name) > 2 else ''}@{domain}"


def masked_service(address: str) -> str:
    """tgram://…3456: the service and the last four signs."""
    schema, _sep, rest = address.partition("://")
    return f"{schema}://…{rest.rstrip('/').split('?')[0][-4:]}"
