"""When things happen in the demo: officials keep office hours, teams write in the evening."""

import datetime as dt
from random import Random

from django.utils import timezone

HALF_DAYS = ((dt.time(7, 30), 240), (dt.time(13, 30), 210))  # begin, minutes; Monday to Friday
HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 1), (9, 2)}  # (month, day)
TET = {  # the first day of the lunar year; another year has none here
    dt.date(2025, 1, 29),
    dt.date(2026, 2, 17),
    dt.date(2027, 2, 6),
    dt.date(2028, 1, 26),
    dt.date(2029, 2, 13),
    dt.date(2030, 2, 3),
}


def moment(day: dt.date, hour: int, minute: int) -> dt.datetime:
    """A moment of that day in Vietnam."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def is_tet(day: dt.date) -> bool:
    """From two days before the new lunar year to its fifth day: everybody is at home."""
    return any(-2 <= (day - first).days <= 4 for first in TET)


def is_working(day: dt.date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS and not is_tet(day)


def working_day(day: dt.date, step: int = 1) -> dt.date:
    """That day, or the next working day; the last one before it with `step` -1."""
    while not is_working(day):
        day += dt.timedelta(days=step)
    return day


def office(random: Random, day: dt.date) -> dt.datetime:
    """A minute of the office hours of that day, or of the next working day."""
    begin, minutes = random.choice(HALF_DAYS)
    start = moment(working_day(day), begin.hour, begin.minute)
    return start + dt.timedelta(minutes=random.randrange(minutes))


def office_before(random: Random, now: dt.datetime) -> dt.datetime:
    """A minute of the last office day that has ended by now."""
    return office(random, working_day(now.date() - dt.timedelta(days=1), step=-1))


def evening(random: Random, day: dt.date, first: int = 18, last: int = 21) -> dt.datetime:
    """A minute of that evening, from the first hour to the end of the last."""
    return moment(day, random.randint(first, last), random.randrange(60))


def after_work(random: Random, day: dt.date) -> dt.datetime:
    """When a log is written: some at once during the day, most in the evening."""
    minutes = int(random.triangular(8 * 60, 22 * 60, 20 * 60))
    return moment(day, *divmod(minutes, 60))
