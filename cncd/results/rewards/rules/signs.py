"""Signs often seen where counts were padded: each is a question to the team, never a verdict.

What an honest team does as well is left out as far as it can be told: paper sheets and what the
commune types in, estimates of a month, meetings with many people, stocks that stay the same, small
numbers that agree by chance.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LAST_MONTH, NEIGHBOUR, LAST_EVENING = "last_month", "neighbour", "last_evening"
HOUSEHOLDS, PEOPLE, ROUND, SAME_NUMBER = "households", "people", "round", "same_number"


@dataclass(frozen=True)
class Thresholds:
    """From where on a month gives a sign; the packaged values, a province may state others."""

    same_figures: int = 4  # how many figures at least are compared
    same_least: int = 5  # figures smaller than this agree by chance
    same_share: int = 80  # percent of them that are the same
    evening_logs: int = 8
    evening_share: int = 60  # percent of the month's logs
    evening_hours: int = 3
    evening_days: int = 4  # on how many days they are said to have happened
    households_over: int = 105  # percent of the households of the hamlets
    minutes_a_person: int = 10
    hours_a_day: int = 8
    round_numbers: int = 8
    round_share: int = 90
    repeated_logs: int = 8
    repeated_share: int = 70


@dataclass(frozen=True)
class Log:
    """What the rules need of an activity. `is_mass`: a meeting or event, where one speaks to many;
    `is_copied`: read from a paper sheet or typed in by the commune.
    """

    happened_on: dt.date
    made_at: dt.datetime  # local time of the device that wrote it
    people: int
    hands: int = 0  # members who took part, when they were named
    is_mass: bool = False
    is_copied: bool = False


@dataclass(frozen=True)
class Month:
    """A team's month as it was sent. Figures are flows only, of what the team itself did."""

    figures: Mapping[str, int]
    last: Mapping[str, int] = field(default_factory=dict)  # of the month before
    neighbours: Mapping[object, Mapping[str, int]] = field(default_factory=dict)  # sent earlier
    logs: tuple[Log, ...] = ()  # no estimates of a month
    reached: int | None = None  # households reached
    households: int | None = None  # the hamlets have so many
    members: int = 0
    sent_at: dt.datetime | None = None


@dataclass(frozen=True)
class Found:
    """A sign and the numbers behind it."""

    kind: str
    behind: Mapping[str, object]
    other: object = None  # NEIGHBOUR: whose figures are the same


def signs_of(month: Month, limits: Thresholds) -> list[Found]:
    """Every sign of the month, in a fixed order."""
    found = (
        _like_last_month(month, limits),
        _like_a_neighbour(month, limits),
        _in_one_evening(month, limits),
        _too_many_households(month, limits),
        _too_many_people(month, limits),
        _round_only(month, limits),
        _always_the_same(month, limits),
    )
    return [each for each in found if each is not None]


def alike(one: Mapping[str, int], other: Mapping[str, int], least: int) -> tuple[list, list]:
    """(codes that are the same, codes compared): figures of at least that size on either side."""
    codes = [
        code
        for code in sorted(set(one) | set(other))
        if max(one.get(code, 0), other.get(code, 0)) >= least
    ]
    return [code for code in codes if one.get(code) == other.get(code)], codes


def _is_copy(month: Month, other: Mapping[str, int], limits: Thresholds) -> tuple | None:
    same, compared = alike(month.figures, other, limits.same_least)
    enough = len(compared) >= limits.same_figures
    return (same, compared) if enough and _reaches(same, compared, limits.same_share) else None


def _reaches(part, whole, percent: int) -> bool:
    return len(part) * 100 >= percent * len(whole)


def _like_last_month(month: Month, limits: Thresholds) -> Found | None:
    pair = _is_copy(month, month.last, limits) if month.last else None
    return pair and Found(LAST_MONTH, {"same": len(pair[0]), "of": len(pair[1]), "codes": pair[0]})


def _like_a_neighbour(month: Month, limits: Thresholds) -> Found | None:
    for other, figures in month.neighbours.items():
        if pair := _is_copy(month, figures, limits):
            behind = {"same": len(pair[0]), "of": len(pair[1]), "codes": pair[0]}
            return Found(NEIGHBOUR, behind, other)
    return None


def _in_one_evening(month: Month, limits: Thresholds) -> Found | None:
    """Most of the month's logs were written within a few hours before it was sent."""
    logs = [log for log in month.logs if not log.is_copied]
    if month.sent_at is None or len(logs) < limits.evening_logs:
        return None
    last = max(log.made_at for log in logs)
    if month.sent_at - last > dt.timedelta(hours=36):
        return None
    begun = last - dt.timedelta(hours=limits.evening_hours)
    late = [
        log
        for log in logs
        if log.made_at >= begun and (log.made_at.date() - log.happened_on).days >= 2
    ]
    days = {log.happened_on for log in late}
    if (
        len(late) < limits.evening_logs
        or len(days) < limits.evening_days
        or not _reaches(late, logs, limits.evening_share)
    ):
        return None
    first = min(log.made_at for log in late)
    behind = {"logs": len(late), "of": len(logs), "days": len(days),
              "from": first.isoformat(timespec="minutes"),
              "to": last.isoformat(timespec="minutes")}  # fmt: skip
    return Found(LAST_EVENING, behind)


def _too_many_households(month: Month, limits: Thresholds) -> Found | None:
    if not month.households or month.reached is None:
        return None
    if month.reached * 100 <= month.households * limits.households_over:
        return None
    return Found(HOUSEHOLDS, {"reached": month.reached, "households": month.households})


def _too_many_people(month: Month, limits: Thresholds) -> Found | None:
    """More people guided one by one on a day than those present have minutes for."""
    people, hands = defaultdict(int), defaultdict(int)
    for log in month.logs:
        if not log.is_mass:
            people[log.happened_on] += log.people
            hands[log.happened_on] = max(hands[log.happened_on], log.hands or month.members or 1)
    each = limits.hours_a_day * 60 // max(1, limits.minutes_a_person)
    over = [day for day in people if people[day] > hands[day] * each]
    if not over:
        return None
    worst = max(over, key=lambda day: (people[day], day))
    behind = {"day": worst.isoformat(), "people": people[worst], "hands": hands[worst],
              "most": hands[worst] * each, "minutes": limits.minutes_a_person,
              "hours": limits.hours_a_day, "days": len(over)}  # fmt: skip
    return Found(PEOPLE, behind)


def _small_talks(logs: Iterable[Log], least: int) -> list[int]:
    return [log.people for log in logs if not log.is_mass and log.people >= least]


def _round_only(month: Month, limits: Thresholds) -> Found | None:
    numbers = _small_talks(month.logs, limits.same_least)
    if len(numbers) < limits.round_numbers:
        numbers = [value for value in month.figures.values() if value >= 2 * limits.same_least]
    rounded = [value for value in numbers if value % 5 == 0]
    if len(numbers) < limits.round_numbers or not _reaches(rounded, numbers, limits.round_share):
        return None
    return Found(ROUND, {"round": len(rounded), "of": len(numbers), "numbers": numbers[:12]})


def _always_the_same(month: Month, limits: Thresholds) -> Found | None:
    numbers = _small_talks(month.logs, limits.same_least)
    if len(numbers) < limits.repeated_logs:
        return None
    value, times = Counter(numbers).most_common(1)[0]
    if times * 100 < limits.repeated_share * len(numbers):
        return None
    return Found(SAME_NUMBER, {"number": value, "times": times, "of": len(numbers)})
