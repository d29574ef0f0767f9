"""Opening a course, changing it, taking it away."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import fold, tidy
from cncd.foundation.people import authority
from cncd.work.training.actions import completing
from cncd.work.training.actions.errors import CameAlready, ReasonMissing
from cncd.work.training.actions.locking import PLAN, locked_course
from cncd.work.training.models import Attendance, Audience, Course, Session

PLAIN = ("title", "trainer", "trainer_agency", "sessions_needed", "quiz", "quiz_required", "note")
CHANGEABLE = (*PLAIN, "topics", "materials")


@transaction.atomic
def open_course(
    *, title: str, topics, audience: str, place, by, plan_line=None, trainer: str = "",
    trainer_agency=None, materials=(), quiz=None, quiz_required: bool = False,
    sessions_needed: int = 1, note: str = "", now: dt.datetime | None = None,
) -> Course:  # fmt: skip
    """Opens a course of a unit on some topics (II.2.6, IV.1); its sessions are planned next.

    Whoever came to `sessions_needed` of them has completed it. Raises PermissionDenied unless the
    unit is in reach.
    """
    authority.require(by, PLAN, place=place)
    now = now or timezone.now()
    course = Course(
        title=tidy(title), audience=audience, place=place, plan_line=plan_line,
        trainer=tidy(trainer), trainer_agency=trainer_agency, quiz=quiz,
        quiz_required=bool(quiz and quiz_required), sessions_needed=max(1, sessions_needed),
        note=note.strip(), search_key=fold(title)[:400], recorded_at=now, recorded_by=by,
    )  # fmt: skip
    course.save(force_insert=True)
    course.topics.set(topics)
    course.materials.set(materials)
    after = {"audience": str(Audience(audience).value)} | said(told(course))
    record(event="course.opened", subject=course, by=by, place=place, after=after, now=now)
    return course


@transaction.atomic
def change_course(*, course: Course, version: int, by, now=None, **changes) -> Course:
    """Changes what a course is about; completions follow. No change, no entry.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    assert changes.keys() <= set(CHANGEABLE), changes.keys() - set(CHANGEABLE)
    authority.require(by, PLAN, place=course.place)
    course = locked_course(course, version)
    before = told(course)
    for name, value in changes.items():
        if name in PLAIN:
            setattr(course, name, tidy(value) if name in ("title", "trainer") else value)
        else:
            getattr(course, name).set(value)
    course.quiz_required = bool(course.quiz_id and course.quiz_required)
    after = told(course)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return course
    course.version, course.search_key = course.version + 1, fold(course.title)[:400]
    course.save()
    rows, on = _completions_follow(course, now)
    record(
        event="course.changed", subject=course, by=by, place=course.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed} | on, rows=rows, now=now,
    )  # fmt: skip
    return course


@transaction.atomic
def withdraw_course(*, course: Course, reason: str, version: int, by, now=None) -> Course:
    """Takes away a course that was opened by mistake, with the sessions planned for it.

    Raises CameAlready once somebody came, ReasonMissing, ChangedMeanwhile, PermissionDenied.
    """
    authority.require(by, PLAN, place=course.place)
    course = locked_course(course, version)
    if not tidy(reason):
        raise ReasonMissing
    sessions = Session.objects.select_for_update(of=("self",)).filter(course=course).order_by("pk")
    if Attendance.objects.standing().filter(session__in=list(sessions)).exists():
        raise CameAlready
    now = now or timezone.now()
    course.withdrawn_at, course.withdrawn_reason = now, tidy(reason)[:200]
    course.version += 1
    course.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    sessions.update(withdrawn_at=now, withdrawn_reason=course.withdrawn_reason)
    record(
        event="course.withdrawn", subject=course, by=by, place=course.place_id,
        reason=course.withdrawn_reason, now=now,
    )  # fmt: skip
    return course


def _completions_follow(course: Course, now) -> tuple[list[dict], dict]:
    """The teams whose figures may differ now, and from which day on."""
    came = Attendance.objects.filter(session__course=course)
    people = set(came.values_list("person", flat=True))
    changed = completing.follow(course, people, now=now)
    if not changed:
        return [], {}
    first = came.order_by("session__held_on").values_list("session__held_on", flat=True)[0]
    return completing.teams_of(changed, first), {"on": first.isoformat()}


def said(fields: dict) -> dict:
    """Without what was left empty."""
    return {name: value for name, value in fields.items() if value}


def told(course: Course) -> dict:
    """The fields as the journal tells them."""
    return {
        "title": course.title,
        "topics": ", ".join(topic.short_name for topic in course.topics.all()),
        "trainer": course.trainer,
        "trainer_agency": str(course.trainer_agency or ""),
        "materials": ", ".join(sorted(str(item) for item in course.materials.all())),
        "quiz": str(course.quiz or ""),
        "quiz_required": course.quiz_required,
        "sessions_needed": course.sessions_needed,
        "note": course.note,
    }
