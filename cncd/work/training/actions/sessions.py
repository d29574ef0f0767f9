"""Planning a session of a course, moving it, calling it off, closing it."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.work.training.actions import completing
from cncd.work.training.actions.courses import said
from cncd.work.training.actions.errors import (
    CameAlready,
    EndsBeforeItBegins,
    NotYet,
    ReasonMissing,
)
from cncd.work.training.actions.locking import HOLD, locked_course, locked_session, require_hold
from cncd.work.training.actions.seating import seat_who_wait
from cncd.work.training.models import Attendance, Course, Session

CHANGEABLE = ("starts_at", "ends_at", "place", "venue", "capacity", "note")


@transaction.atomic
def plan_session(
    *, course: Course, starts_at: dt.datetime, ends_at: dt.datetime, place, by, venue: str = "",
    capacity: int | None = None, note: str = "", now: dt.datetime | None = None,
) -> Session:  # fmt: skip
    """Sets a session of a course: when, where, how many seats (none: no limit); then people are
    invited. A past one may be entered later, so that attendance can be.

    Raises EndsBeforeItBegins, PermissionDenied.
    """
    authority.require(by, HOLD, place=course.place)
    course, now = locked_course(course), now or timezone.now()
    session = Session(
        course=course, starts_at=starts_at, ends_at=ends_at, place=place, venue=tidy(venue),
        held_on=timezone.localdate(starts_at), capacity=capacity, note=note.strip(),
        made_at=now, recorded_at=now, recorded_by=by,
    )  # fmt: skip
    if session.ends_at <= session.starts_at:
        raise EndsBeforeItBegins
    session.save(force_insert=True)
    record(
        event="session.planned", subject=session, by=by, place=course.place_id,
        after=said(told(session)), now=now,
    )  # fmt: skip
    return session


@transaction.atomic
def change_session(*, session: Session, version: int, by, now=None, **changes) -> Session:
    """Moves a session, or gives it more seats or fewer; nobody who has a seat loses it.

    Whoever waits moves up. Raises EndsBeforeItBegins, CameAlready when the day moves after people
    came, SessionOver, ChangedMeanwhile, PermissionDenied.
    """
    assert changes.keys() <= set(CHANGEABLE), changes.keys() - set(CHANGEABLE)
    require_hold(by, session)
    session = locked_session(session, version)
    before = told(session)
    for name, value in changes.items():
        setattr(session, name, tidy(value) if name == "venue" else value)
    session.held_on = timezone.localdate(session.starts_at)
    if session.ends_at <= session.starts_at:
        raise EndsBeforeItBegins
    after = told(session)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return session
    if before["on"] != after["on"] and Attendance.objects.standing().filter(session=session):
        raise CameAlready
    session.version += 1
    session.save()
    moved_up = seat_who_wait(session, now=now)
    record(
        event="session.changed", subject=session, by=by, place=session.course.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed}, rows=moved_up, now=now,
    )  # fmt: skip
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: str, version: int, by, now=None) -> Session:
    """Calls a session off; who was invited is told, attendance there counts no more.

    Raises ReasonMissing, SessionOver, ChangedMeanwhile, PermissionDenied.
    """
    require_hold(by, session)
    session = locked_session(session, version)
    if not tidy(reason):
        raise ReasonMissing
    session.state, session.state_reason = Session.State.CANCELLED, tidy(reason)[:200]
    session.version += 1
    session.save(update_fields=["state", "state_reason", "version"])
    came = Attendance.objects.standing().filter(session=session)
    people = set(came.values_list("person", flat=True))
    completing.follow(session.course, people, now=now)
    record(
        event="session.cancelled", subject=session, by=by, place=session.course.place_id,
        after={"on": session.held_on.isoformat()}, reason=session.state_reason,
        rows=completing.teams_of(people, session.held_on), now=now,
    )  # fmt: skip
    return session


@transaction.atomic
def hold_session(*, session: Session, by, now: dt.datetime | None = None) -> Session:
    """Closes a session once it is over: it was held, with those who came. Twice changes nothing.

    Raises NotYet before it began, SessionOver, PermissionDenied.
    """
    require_hold(by, session)
    session, now = locked_session(session), now or timezone.now()
    if session.state == Session.State.HELD:
        return session
    if session.starts_at > now:
        raise NotYet
    session.state = Session.State.HELD
    session.version += 1
    session.save(update_fields=["state", "version"])
    came = Attendance.objects.standing().filter(session=session).count()
    record(
        event="session.held", subject=session, by=by, place=session.course.place_id,
        after={"on": session.held_on.isoformat(), "people": came}, now=now,
    )  # fmt: skip
    return session


def told(session: Session) -> dict:
    """The fields as the journal tells them."""
    return {
        "on": session.held_on.isoformat(),
        "starts_at": _hour(session.starts_at),
        "ends_at": _hour(session.ends_at),
        "venue": session.venue,
        "where": str(session.place),
        "capacity": session.capacity,
        "note": session.note,
    }


def _hour(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
