"""The gap of a team in a topic, made so that an official can work it out again on paper.

need = of everything the team was asked for in twelve full months, the part that belongs to the
       topic, in whole percent; for one of the basic skills never less than the floor
lack = of the members the team has today, the part who have not finished the topic, in whole percent
gap  = need × lack ÷ 100, in points from 0 to 100

A unit above is worked out from the sums of its teams, never from an average of their points.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

FLOOR = 20  # percent: five basic skills share 100 percent equally
MANY, SOME, FEW = 15, 5, 1  # points from which a gap is called so


class Grade(StrEnum):
    LARGE = "large"
    MIDDLE = "middle"
    SMALL = "small"
    NONE = "none"
    UNASKED = "unasked"  # nobody asked for it, so nothing is lacking
    NOBODY = "nobody"  # no members: nothing to train yet


@dataclass(frozen=True)
class Gap:
    """The numbers behind a gap; `asked` of `asked_in_all` turns of help, `lacking` of `members`."""

    asked: int
    asked_in_all: int
    lacking: int
    members: int
    is_basic: bool = False

    @property
    def share(self) -> int:
        """The topic's part of what was asked for, in whole percent; 0 when nothing was asked."""
        return part(self.asked, self.asked_in_all)

    @property
    def is_floored(self) -> bool:
        """Whether the floor of the basic skills stands in place of the share."""
        return self.is_basic and self.share < FLOOR

    @property
    def need(self) -> int:
        return FLOOR if self.is_floored else self.share

    @property
    def lack(self) -> int:
        """Members who have not finished the topic, in whole percent of all."""
        return part(self.lacking, self.members)

    @property
    def points(self) -> int:
        return part(self.need * self.lack, 100 * 100)

    @property
    def grade(self) -> Grade:
        if not self.members:
            return Grade.NOBODY
        if not self.need:
            return Grade.UNASKED
        steps = ((MANY, Grade.LARGE), (SOME, Grade.MIDDLE), (FEW, Grade.SMALL))
        return next((grade for least, grade in steps if self.points >= least), Grade.NONE)

    def __add__(self, other: "Gap") -> "Gap":
        """Two teams together: every number is added, and the formula used once more."""
        return Gap(
            self.asked + other.asked,
            self.asked_in_all + other.asked_in_all,
            self.lacking + other.lacking,
            self.members + other.members,
            self.is_basic,
        )


def part(number: int, whole: int) -> int:
    """`number` of `whole` in whole percent, a half rounded up as people do; 0 of nothing is 0."""
    return (2 * 100 * number + whole) // (2 * whole) if whole else 0


def twelve_months(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the twelve full months before the month of the day."""
    last = day.replace(day=1) - dt.timedelta(days=1)
    return day.replace(year=day.year - 1, day=1), last
