"""Days and times of a broadcast; pure."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

MOST_DAYS, MOST_TIMES = 366, 48


class Days(NamedTuple):
    """From the first to the last day, on all days or on some weekdays ("135": 1 is Monday)."""

    since_on: dt.date
    last_on: dt.date
    weekdays: str = ""

    def between(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The days of it from the first to the last one given, both included."""
        day, end = max(self.since_on, first), min(self.last_on, last)
        while day <= end:
            if not self.weekdays or str(day.isoweekday()) in self.weekdays:
                yield day
            day += dt.timedelta(days=1)

    def count(self, first: dt.date, last: dt.date) -> int:
        """How many there are, without walking through them."""
        day, end = max(self.since_on, first), min(self.last_on, last)
        length = (end - day).days + 1
        if length <= 0 or not self.weekdays:
            return max(length, 0)
        weeks, rest = divmod(length, 7)
        begun = {str((day.isoweekday() - 1 + each) % 7 + 1) for each in range(rest)}
        return weeks * len(set(self.weekdays)) + len(begun & set(self.weekdays))

    @property
    def all(self) -> int:
        return self.count(self.since_on, self.last_on)


def tidy_weekdays(days) -> str:
    """ "531" becomes "135"; all seven are none in particular."""
    found = "".join(sorted({str(day) for day in days} & set("1234567")))
    return "" if len(found) == 7 else found
