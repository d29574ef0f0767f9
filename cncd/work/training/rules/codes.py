"""The code shown at a session: another one every half minute, bound to the session's secret."""

import datetime as dt
import hashlib
import hmac
from base64 import b32encode

WINDOW = 30  # seconds a code is shown
# After that: the camera, a slow network, a login. Before: a phone whose clock is a little slow.
LATE, EARLY = dt.timedelta(seconds=150), dt.timedelta(seconds=30)
BEFORE, AFTER = dt.timedelta(hours=1), dt.timedelta(hours=2)  # around a session


def slot_of(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // WINDOW


def code_of(secret: str, slot: int) -> str:
    """Eight signs that are easily read aloud, too."""
    digest = hmac.new(secret.encode(), str(slot).encode(), hashlib.sha256).digest()
    return b32encode(digest)[:8].decode()


def seconds_left(moment: dt.datetime) -> int:
    """Until the next code is shown."""
    return WINDOW - int(moment.timestamp()) % WINDOW


def fits(secret: str, code: str, made_at: dt.datetime) -> bool:
    """Whether the code was shown about the moment at which it was scanned, on the true clock."""
    given = code.strip().upper().encode()
    slots = range(slot_of(made_at - LATE), slot_of(made_at + EARLY) + 1)
    return any(hmac.compare_digest(code_of(secret, slot).encode(), given) for slot in slots)


def is_open(starts_at: dt.datetime, ends_at: dt.datetime, moment: dt.datetime) -> bool:
    """Whether codes of a session count at that moment: an hour before it to two hours after."""
    return starts_at - BEFORE <= moment <= ends_at + AFTER
