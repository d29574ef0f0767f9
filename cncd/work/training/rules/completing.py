"""When somebody has finished a course: there often enough, and past the quiz where one is asked."""

import datetime as dt
from collections.abc import Iterable, Mapping


def completed_on(
    *, came: Iterable[dt.date], needed: int, quiz_required: bool, passed: Iterable[dt.date] = ()
) -> dt.date | None:
    """The day on which the last thing needed was done; None while something is missing.

    `came` are the days of the sessions attended, `passed` those of tries at the quiz with enough
    right answers: the best try counts, so one is enough, and the first of them gives the day.
    """
    days, tries = sorted(came), sorted(passed)
    if len(days) < max(needed, 1) or (quiz_required and not tries):
        return None
    there = days[max(needed, 1) - 1]
    return max(there, tries[0]) if quiz_required else there


def right_answers(answers: Mapping[int, int], right: Mapping[int, int]) -> int:
    """Questions answered rightly, by their ids; a question left out is answered wrongly."""
    return sum(answers.get(question) == choice for question, choice in right.items())
