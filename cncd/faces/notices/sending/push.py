"""One web push: encrypted for the device (RFC 8291), signed as ours (RFC 8292), and handed over.

Nothing here asks the database, so that many can be on their way at once.
"""

import json
import secrets
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from cncd.faces.notices.rules import is_push_service
from cncd.faces.notices.sending.answers import Answer
from cncd.foundation.kit.kept_key import kept_key

CURVE = ec.SECP256R1()
RECORD = 4096  # octets; every push service takes as much
PATIENCE = 10  # seconds for one push service to answer
TOKEN_LIFE = 12 * 3600  # seconds; 24 hours are allowed


@dataclass(frozen=True)
class Parcel:
    """All that is needed to wake one device."""

    endpoint: str
    p256dh: str
    auth: str
    said: dict
    ttl: int
    urgency: str
    topic: str


# -- keys ---------------------------------------------------------------------------------------


@cache
def _own_key() -> ec.EllipticCurvePrivateKey:
    return load_pem_private_key(kept_key(settings.PUSH_KEY, _fresh_key).encode(), None)


def _fresh_key() -> str:
    made = ec.generate_private_key(CURVE)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key() -> str:
    """What a browser must be told to let us, and only us, wake it."""
    return _text(_point(_own_key()))


def _point(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def octets(text: str) -> bytes:
    """Of base64url without its padding; raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether a browser may have made them: a point of the curve, and 16 octets."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, octets(p256dh))
        return len(octets(auth)) == 16
    except ValueError:
        return False


# -- one push -----------------------------------------------------------------------------------


def encrypted(
    body: bytes,
    p256dh: str,
    auth: str,
    *,
    private: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body as only that browser can read it (aes128gcm, RFC 8291, one record).

    `private` and `salt` are fresh each time; only a test names them.
    """
    private, salt = private or ec.generate_private_key(CURVE), salt or secrets.token_bytes(16)
    theirs, ours = octets(p256dh), _point(private)
    shared = private.exchange(
        ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs)
    )
    secret = _derived(shared, octets(auth), b"WebPush: info\0" + theirs + ours, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + struct.pack("!LB", RECORD, len(ours)) + ours
    return head + AESGCM(key).encrypt(nonce, body + b"\2", None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def signature(endpoint: str) -> str:
    """The Authorization header: who we are, for that push service, for half a day."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + TOKEN_LIFE}
    token = jwt.encode(claims | {"sub": settings.PUSH_CONTACT}, _own_key(), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def service_of(parcel: Parcel) -> str:
    return urlsplit(parcel.endpoint).hostname or ""


def send(parcel: Parcel) -> Answer:
    """Hands one push over; never raises. Whoever is no push service of the settings is not called.

    A proxy named in the environment (HTTPS_PROXY) is used; a redirect is not followed.
    """
    if not is_push_service(parcel.endpoint, settings.PUSH_SERVICES):
        return Answer(410, "not a push service of the settings", is_gone=True)
    body = encrypted(json.dumps(parcel.said).encode(), parcel.p256dh, parcel.auth)
    headers = {
        "Authorization": signature(parcel.endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(parcel.ttl),
        "Urgency": parcel.urgency,
        "Topic": parcel.topic,
    }
    request = Request(parcel.endpoint, body, headers, method="POST")  # noqa: S310  checked above
    try:
        return _handed_over(request)
    except (OSError, HTTPException) as error:
        return Answer(None, str(getattr(error, "reason", error))[:200])


def _handed_over(request: Request) -> Answer:
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
            return Answer(answer.status, is_sent=200 <= answer.status < 300)
    except HTTPError as error:
        with error:
            told = error.read(200).decode("utf-8", "replace").replace("\0", "")
        # 404, 410: the browser has ended the subscription, for good.
        is_gone, wait = error.code in (404, 410), _asked(error.headers.get("Retry-After"))
        return Answer(error.code, told, is_gone=is_gone, retry_after=wait)


def _asked(seconds: str | None) -> timedelta | None:
    return timedelta(seconds=int(seconds[:6])) if seconds and seconds.isdecimal() else None
