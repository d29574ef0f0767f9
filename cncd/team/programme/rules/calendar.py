"""Periods and due moments, in Vietnamese days."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone


class MixedSchemes(ValueError):
    """Calendar months and 15th-to-14th months were put in one series."""


class Span(NamedTuple):
    code: str  # "2026-11": the month in which the period ends
    first_day: dt.date
    last_day: dt.date  # inclusive


def month_span(begins_on: int, day: dt.date) -> Span:
    """Finds the period that holds the day, for periods beginning on that day of each month (1–28).

    1 is the calendar month (II.2.8); 15 is 15th to 14th (Nghị định 09/2019/NĐ-CP).
    """
    month = day.year * 12 + day.month - 1 - (day.day < begins_on)
    first = dt.date(month // 12, month % 12 + 1, begins_on)
    month += 1
    last = dt.date(month // 12, month % 12 + 1, begins_on) - dt.timedelta(days=1)
    return Span(f"{last:%Y-%m}", first, last)


def due_moment(last_day: dt.date, days_after_end: int, at_time: dt.time) -> dt.datetime:
    """Gives the moment a report is due; 23:59 means to the very end of that minute."""
    day = last_day + dt.timedelta(days=days_after_end)
    naive = dt.datetime.combine(day, at_time)
    if (at_time.hour, at_time.minute) == (23, 59):
        naive = naive.replace(second=59)
    return timezone.make_aware(naive)


def one_scheme(periods: Iterable) -> int | None:
    """Gives the scheme id all the periods share; raises MixedSchemes when there are two."""
    found = {period.scheme_id for period in periods}
    if len(found) > 1:
        raise MixedSchemes(sorted(found))
    return found.pop() if found else None
