"""The dates of a pilot, as they follow from the day its plan was issued."""

import calendar
import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where there is none (31/01 → 28/02)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class PilotDays:
    """Issue date, months, days of a window, days for the synthesis: everything else follows."""

    first_day: dt.date
    months: int
    window: int
    for_synthesis: int

    @property
    def last_day(self) -> dt.date:
        """The day before the same day some months later: three months from 15/08 end on 14/11."""
        return months_later(self.first_day, self.months) - DAY

    @property
    def mid_day(self) -> dt.date:
        return self.first_day + (self.last_day - self.first_day) // 2

    @property
    def synthesis_due_on(self) -> dt.date:
        return self.last_day + self.for_synthesis * DAY

    def window_of(self, moment: str) -> tuple[dt.date, dt.date]:
        """The days a figure of that moment stands for: equally many each time, so they compare.

        Before: those that end the day before the issue. Middle and end: those that end that day.
        """
        last = {
            "baseline": self.first_day - DAY,
            "mid": self.mid_day,
            "end": self.last_day,
        }[moment]
        return last - (self.window - 1) * DAY, last

    def stage(self, day: dt.date) -> str:
        """coming, running, or ended."""
        if day < self.first_day:
            return "coming"
        return "running" if day <= self.last_day else "ended"

    def number_of(self, day: dt.date) -> int:
        """Which day of the pilot it is, from 1."""
        return (day - self.first_day).days + 1

    @property
    def length(self) -> int:
        """How many days the pilot has."""
        return (self.last_day - self.first_day).days + 1
