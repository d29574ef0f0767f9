"""Open cases that tell of one difficulty, in the words of many hamlets: suggested, never joined."""

from collections import defaultdict
from dataclasses import dataclass

from cncd.work.difficulties.likeness import ASKED_FROM, text_keys, text_likeness
from cncd.work.difficulties.models import Case

COMPARED = 300  # newest open cases looked at
COMMON = 40  # cases that share a word: then it tells nothing
SHOWN = 5


@dataclass
class Suggestion:
    """Cases that may be one: the earliest, and those like it, likeliest first."""

    first: Case
    others: list[Case]
    score: float  # of the least like of them

    @property
    def cases(self) -> list[Case]:
        return [self.first, *self.others]

    @property
    def origins(self) -> int:
        return sum(case.origins for case in self.cases)


def suggestions(cases, *, most: int = SHOWN) -> list[Suggestion]:
    """Groups of open cases that may be one, the largest first; `cases` is a QuerySet of them.

    Every case of a group is like its first: two that are only linked by a third are not one. One
    query; at most COMPARED cases are looked at, and only those that share a telling word.
    """
    rows = list(cases.listed().order_by("-opened_at")[:COMPARED])
    rows.reverse()
    return grouped(rows)[:most]


def grouped(rows: list[Case]) -> list[Suggestion]:
    """The groups among these cases, earliest first in each."""
    near, found, taken = _near(rows), [], set()
    for number, case in enumerate(rows):
        others = () if number in taken else near[number] - taken
        scored = [(text_likeness(case.text, rows[other].text).score, other) for other in others]
        alike = sorted((each for each in scored if each[0] >= ASKED_FROM), reverse=True)
        if alike:
            taken |= {number, *(other for _score, other in alike)}
            found.append(Suggestion(case, [rows[other] for _score, other in alike], alike[-1][0]))
    return sorted(found, key=lambda each: -each.origins)


def _near(rows: list[Case]) -> dict[int, set[int]]:
    """Row → later rows that share a telling word with it."""
    by_key = defaultdict(list)
    for number, case in enumerate(rows):
        for key in text_keys(case.text):
            by_key[key].append(number)
    near: dict[int, set[int]] = defaultdict(set)
    for numbers in by_key.values():
        if len(numbers) <= COMMON:
            for place, number in enumerate(numbers):
                near[number].update(numbers[place + 1 :])
    return near


def like(case: Case, cases, *, most: int = SHOWN) -> list[tuple[Case, int]]:
    """Open cases like this one, with how like they are in percent, likeliest first; one query."""
    rows = cases.exclude(pk=case.pk).listed().order_by("-opened_at")[:COMPARED]
    scored = [(text_likeness(case.text, other.text).score, other) for other in rows]
    found = [(other, round(score * 100)) for score, other in scored if score >= ASKED_FROM]
    return sorted(found, key=lambda each: -each[1])[:most]
