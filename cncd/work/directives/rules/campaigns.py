"""When a campaign runs, and how it stands on a day; pure."""

import calendar
import datetime as dt
from typing import NamedTuple

PLANNED, RUNNING, ENDED, CANCELLED = "planned", "running", "ended", "cancelled"
MONTHS = {"": 0, "month": 1, "quarter": 3, "year": 12}
DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    """The days of one time: from `since` up to, but not on, `until`."""

    since: dt.date
    until: dt.date

    @property
    def last_day(self) -> dt.date:
        return self.until - DAY

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day < self.until


class Course(NamedTuple):
    """The first time, how often it comes again, and the day before which it last begins."""

    first: Span
    repeats: str = ""
    ends: dt.date | None = None

    def nth(self, number: int) -> Span | None:
        """The time of that number, from 0; None when there is none any more.

        Moved on by whole months; a day that the month lacks is its last one. What filled its month
        fills every month.
        """
        step = MONTHS[self.repeats] * number
        if number and not step:
            return None
        since = months_later(self.first.since, step)
        if self.ends and since >= self.ends:
            return None
        return Span(since, max(months_later(self.first.until, step), since + DAY))

    def latest(self, day: dt.date) -> tuple[int, Span] | None:
        """The time that runs on the day, or the last one before it; None before the first."""
        if day < self.first.since:
            return None
        step = MONTHS[self.repeats]
        till = min(day, self.ends) if self.ends else day
        number = (_months(till) - _months(self.first.since)) // step if step else 0
        while number >= 0:
            span = self.nth(number)
            if span and span.since <= day:
                return number, span
            number -= 1
        return None

    def next(self, day: dt.date) -> Span | None:
        """The first time that begins after the day."""
        found = self.latest(day)
        return self.nth(found[0] + 1) if found else self.first


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of that month."""
    year, month = divmod(_months(day) + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def state(course: Course, day: dt.date, *, is_cancelled: bool = False) -> str:
    """planned, running, ended or cancelled, by the days alone; planned between two times."""
    if is_cancelled:
        return CANCELLED
    now = course.latest(day)
    if now and now[1].holds_on(day):
        return RUNNING
    return PLANNED if course.next(day) else ENDED
