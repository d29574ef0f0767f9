"""What holds without a database: when an answer is due, and whether it came in time."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSING = dt.time(17, 0)  # the end of a day in an office
SOON = dt.timedelta(days=3)


def due_moment(since_at: dt.datetime, days: int) -> dt.datetime:
    """The end of office hours so many days (1 or more) after the day it came."""
    day = since_at.astimezone(ZONE).date() + dt.timedelta(days=days)
    return dt.datetime.combine(day, CLOSING, ZONE)


def is_in_time(answered_at: dt.datetime, due_at: dt.datetime) -> bool:
    return answered_at <= due_at


def taken_out_and_new(
    held: Iterable[tuple[int, str]], said: Iterable[tuple[int, str]]
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """What of (category, folded text) is no longer said, and what is said anew; each counts once
    for each time it is said."""
    before, now = Counter(held), Counter(said)
    return list((before - now).elements()), list((now - before).elements())
