"""Lessons: written while the pilot runs, by whoever runs it or works above its hamlets."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.results.pilots.actions.beginning import RUN, locked
from cncd.results.pilots.actions.errors import OutOfOrder
from cncd.results.pilots.models import Lesson, Pilot, PilotUnit


@transaction.atomic
def add_lesson(
    *,
    pilot: Pilot,
    kind: str,
    text: str,
    seen_on: dt.date,
    by,
    unit: PilotUnit | None = None,
    now=None,
) -> Lesson:
    """Writes down what the pilot taught, seen on a day, in one hamlet or in all (IV.3).

    Raises OutOfOrder for a day to come or before the plan was issued; PermissionDenied.
    """
    _require(pilot, by)
    row, now = locked(pilot), now or timezone.now()
    if not row.issued_on <= seen_on <= timezone.localdate(now):
        raise OutOfOrder({"seen_on": _("Choose a day since the issue of the plan, up to today.")})
    lesson = Lesson.objects.create(
        pilot=row, unit=unit, kind=kind, text=tidy(text), seen_on=seen_on, by=by, at=now
    )
    record(
        event="pilot.lesson_added",
        subject=row,
        by=by,
        place=row.place_id,
        after={"lesson": str(lesson), "kind": str(kind), "seen_on": seen_on.isoformat()},
        now=now,
    )
    return lesson


@transaction.atomic
def withdraw_lesson(*, lesson: Lesson, by, now=None) -> Lesson:
    """Takes a lesson back; it stays in the journal. Raises PermissionDenied."""
    _require(lesson.pilot, by)
    lesson = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    if lesson.withdrawn_at is not None:
        return lesson
    lesson.withdrawn_at = now or timezone.now()
    lesson.save(update_fields=["withdrawn_at"])
    record(
        event="pilot.lesson_withdrawn",
        subject=lesson.pilot,
        by=by,
        place=lesson.pilot.place_id,
        before={"lesson": str(lesson)},
        now=now,
    )
    return lesson


def may_write(pilot: Pilot, user) -> bool:
    """Whether the person runs the pilot, or works above one of its hamlets."""
    if user is None or authority.can(user, RUN, place=pilot.place):
        return True
    reach = authority.reach(user, permission=RUN).order_by()
    return pilot.units.standing().filter(place__in=reach.values("pk")).exists()


def _require(pilot: Pilot, by) -> None:
    if not may_write(pilot, by):
        authority.require(by, RUN, place=pilot.place)
