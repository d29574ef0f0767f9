"""Completions follow from attendance and quizzes: made over whenever one of these changes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from cncd.team.teams.models import Membership
from cncd.work.training.models import Attendance, Completion, Course, QuizResult
from cncd.work.training.rules.completing import completed_on


def follow(course: Course, people: Iterable[int], *, now: dt.datetime | None = None) -> list[int]:
    """Makes the completions of these people (ids) true again; returns those that changed.

    Part of the action that calls it: derived, so without an entry of its own. Whoever calls it
    holds the course or the session under lock.
    """
    people, now = set(people), now or timezone.now()
    came, passed = defaultdict(list), defaultdict(list)
    rows = Attendance.objects.counting().filter(session__course=course, person__in=people)
    for person, day in rows.order_by().values_list("person", "session__held_on"):
        came[person].append(day)
    if course.quiz_required:
        tries = QuizResult.objects.filter(course=course, quiz=course.quiz_id, passed=True)
        for person, at in tries.filter(person__in=people).values_list("person", "made_at"):
            passed[person].append(timezone.localdate(at))
    known = Completion.objects.select_for_update(of=("self",)).filter(course=course)
    held = {row.person_id: row for row in known.filter(person__in=people).order_by("pk")}
    return [
        person for person in sorted(people)
        if _settle(course, person, held.get(person), completed_on(
            came=came[person], needed=course.sessions_needed,
            quiz_required=course.quiz_required, passed=passed[person],
        ), now)
    ]  # fmt: skip


def _settle(course, person: int, row: Completion | None, day: dt.date | None, now) -> bool:
    if row is None:
        if day:
            Completion.objects.create(course=course, person_id=person, completed_on=day)
        return day is not None
    if day is None:
        if row.withdrawn_at:
            return False
        row.withdrawn_at = now
    elif row.withdrawn_at is None and row.completed_on == day:
        return False
    else:
        row.withdrawn_at, row.completed_on = None, day
    row.version += 1
    row.save(update_fields=["withdrawn_at", "completed_on", "version"])
    return True


def teams_of(people: Iterable[int], since_on: dt.date) -> list[dict]:
    """Rows of an entry, {"team": id}: every team these people belong to on that day or later."""
    rows = Membership.objects.overlapping(since_on, None).filter(person__in=list(people))
    teams = rows.order_by("team").values_list("team", flat=True).distinct()
    return [{"team": team} for team in teams]
