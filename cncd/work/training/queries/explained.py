"""What stands behind a figure: who came to which course, which classes were held."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from cncd.work.training.models import Attendance, Completion, Session


class Shown(NamedTuple):
    """One record as a figure cites it."""

    title: str
    detail: str
    kind: str  # of its page: session, class or none
    key: str
    amount: int | None
    has_changed: bool


def explain(records: Iterable, *, learners: bool = False) -> list[Shown]:
    """The attendances, completions or classes behind a figure, newest first; one query a kind.

    With `learners` each class says how many came for the first time.
    """
    wanted: dict[str, dict[int, int]] = {}
    for kind, pk, version in records:
        wanted.setdefault(kind, {})[int(pk)] = version
    found = []
    for kind, numbers in wanted.items():
        found += SHOW[kind](numbers, learners)
    return found


def _attendances(numbers: dict[int, int], _learners: bool) -> list[Shown]:
    rows = Attendance.objects.filter(pk__in=numbers).select_related("person", "session__course")
    return [
        Shown(
            title=str(row.person),
            detail=_("%(course)s, %(day)s") % _about(row.session.course, row.session.held_on),
            kind="session",
            key=str(row.session_id),
            amount=None,
            has_changed=row.withdrawn_at is not None or row.version != numbers[row.pk],
        )
        for row in rows.order_by("-session__held_on", "person__sort_key")
    ]


def _completions(numbers: dict[int, int], _learners: bool) -> list[Shown]:
    rows = Completion.objects.filter(pk__in=numbers).select_related("person", "course")
    return [
        Shown(
            title=str(row.person),
            detail=_("completed %(course)s, %(day)s") % _about(row.course, row.completed_on),
            kind="",
            key="",
            amount=None,
            has_changed=row.withdrawn_at is not None or row.version != numbers[row.pk],
        )
        for row in rows.order_by("person__sort_key")
    ]


def _sessions(numbers: dict[int, int], learners: bool) -> list[Shown]:
    rows = Session.objects.filter(pk__in=numbers).select_related("course", "team")
    return [
        Shown(
            title=row.course.title,
            detail=" · ".join(
                filter(None, [f"{row.held_on:%d/%m/%Y}", row.venue, str(row.team or "")])
            ),
            kind="class",
            key=str(row.pk),
            amount=(row.newcomers or 0) if learners else None,
            has_changed=row.withdrawn_at is not None or row.version != numbers[row.pk],
        )
        for row in rows.order_by("-held_on")
    ]


def _about(course, day: dt.date) -> dict:
    return {"course": course.title, "day": f"{day:%d/%m/%Y}"}


SHOW = {"attendances": _attendances, "completions": _completions, "sessions": _sessions}
