"""How long to wait before another try, and how long a push may live."""

import datetime as dt
import hashlib
from base64 import urlsafe_b64encode

LONGEST_WAIT = dt.timedelta(hours=1)
LONGEST_LIFE = dt.timedelta(days=28)  # what push services keep at most


def wait_after(tries: int, asked: dt.timedelta | None = None) -> dt.timedelta:
    """How long to wait after so many tries: 1, 5, 25 minutes, then an hour; longer when asked."""
    usual = min(dt.timedelta(minutes=5 ** min(max(tries, 1) - 1, 5)), LONGEST_WAIT)
    return max(usual, min(asked, dt.timedelta(days=1))) if asked else usual


def seconds_to_live(until_at: dt.datetime, now: dt.datetime) -> int:
    """How long a push service keeps it for a phone that is off."""
    return max(0, int(min(until_at - now, LONGEST_LIFE).total_seconds()))


def topic(what: str) -> str:
    """The same for the same thing, 32 characters: a newer push takes the place of an older one."""
    return urlsafe_b64encode(hashlib.sha256(what.encode()).digest()[:24]).decode()
