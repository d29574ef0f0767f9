"""When to remind, when to try again, and whom to hand a push to: without a database or a clock."""

import datetime as dt
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Collection
from urllib.parse import urlsplit

from django.utils.timezone import localtime, make_aware

AFTER = -1  # the step after the due day
LATEST = dt.timedelta(days=2)  # after which the step after the due day is left out
LONGEST_WAIT = dt.timedelta(hours=1)
LONGEST_LIFE = dt.timedelta(days=28)  # what push services keep at most


def due_step(
    due_at: dt.datetime, now: dt.datetime, days: Collection[int] = (3, 1), hour: int = 8
) -> int | None:
    """The reminder whose turn it is: so many days before the due day, 0 on it, AFTER it; or None.

    Each begins at the hour of its day (Vietnamese time), if that is before the due moment. Of
    several the latest counts, so that a server that stood still does not tell three at once.
    """
    due_day = localtime(due_at).date()
    if now > due_at:
        morning = _at(due_day - dt.timedelta(days=AFTER), hour)
        return AFTER if morning <= now < morning + LATEST else None
    steps = [
        step for step in {*days, 0} if (at := _at(due_day - dt.timedelta(days=step), hour)) <= now
        and at < due_at
    ]  # fmt: skip
    return min(steps, default=None)


def is_evening(due_at: dt.datetime, now: dt.datetime, hour: int) -> bool:
    """Whether it is the evening of the due day, from the hour on."""
    due_day = localtime(due_at).date()
    return localtime(now).date() == due_day and now >= _at(due_day, hour)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return make_aware(dt.datetime.combine(day, dt.time(hour)))


def days_left(due_at: dt.datetime, now: dt.datetime) -> int:
    """Calendar days in Vietnam to the due day."""
    return (localtime(due_at).date() - localtime(now).date()).days


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
