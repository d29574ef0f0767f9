"""Addresses and secrets of people, encrypted as they are kept."""

import hashlib
from base64 import urlsafe_b64encode
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(Exception):
    """Sealed with another secret key than the one here; whoever gave it must give it again."""


@cache
def _key(secret: str) -> Fernet:
    digest = hashlib.sha256(b"notices: addresses" + secret.encode()).digest()
    return Fernet(urlsafe_b64encode(digest))


def seal(text: str) -> str:
    """Encrypted with a key that follows from the installation's secret key."""
    return _key(settings.SECRET_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed; raises Unreadable."""
    try:
        return _key(settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None
