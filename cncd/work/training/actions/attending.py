"""Who came: by the code shown at the session, ticked on the list, or put right afterwards."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.people.models import Person
from cncd.work.training.actions import completing
from cncd.work.training.actions.errors import (
    CodeNotRight,
    NoNames,
    NotNow,
    NotOnTheList,
    NotYet,
    ReasonMissing,
)
from cncd.work.training.actions.locking import locked_session, require_hold
from cncd.work.training.models import Attendance, Session
from cncd.work.training.rules import codes

Way = Attendance.Way


@transaction.atomic
def scan_code(
    *, session: Session, code: str, by, made_at: dt.datetime | None = None, now=None
) -> Attendance:
    """Records that the account's person is there: the code was shown about `made_at`, which is
    the scanning phone's clock put right (II.2.6). A second scan changes nothing.

    Raises CodeNotRight, NotNow, NoNames, SessionOver, PermissionDenied.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    authority.require(by, "training.attend", on=timezone.localdate(made_at))
    session = _open(session)
    if not codes.is_open(session.starts_at, session.ends_at, made_at):
        raise NotNow
    if not codes.fits(session.secret, code, made_at):
        raise CodeNotRight
    found = _come(session, [by.person_id], Way.QR, by=by, made_at=made_at, now=now)
    return found[0] if found else session.attendances.get(person=by.person_id)


@transaction.atomic
def record_list(
    *, session: Session, came: Iterable[int], by, made_at: dt.datetime | None = None, now=None
) -> list[Attendance]:
    """Records those ticked on the list (ids of people) as there; returns the new ones.

    Nobody is taken off: who scanned the code meanwhile stays. Raises NotYet before the session,
    NotOnTheList for people out of sight, NoNames, SessionOver, PermissionDenied.
    """
    now = now or timezone.now()
    made_at = min(made_at or now, now)
    require_hold(by, session)
    session = _open(session)
    if made_at < session.starts_at - codes.BEFORE:
        raise NotYet
    wanted = _known(session, set(came), by)
    return _come(session, wanted, Way.LIST, by=by, made_at=made_at, now=now)


@transaction.atomic
def add_attendance(*, session: Session, person: Person, reason: str, by, now=None) -> Attendance:
    """Puts right, afterwards, that somebody did come. Raises ReasonMissing and as `record_list`."""
    now = now or timezone.now()
    require_hold(by, session)
    session = _open(session)
    if now < session.starts_at - codes.BEFORE:
        raise NotYet
    if not tidy(reason):
        raise ReasonMissing
    _known(session, {person.pk}, by)
    about = {"reason": tidy(reason)[:200], "by": by, "made_at": now, "now": now}
    found = _come(session, [person.pk], Way.OFFICER, **about)
    return found[0] if found else session.attendances.get(person=person)


@transaction.atomic
def withdraw_attendance(*, attendance: Attendance, reason: str, by, now=None) -> Attendance:
    """Puts right that somebody did not come; completions and figures follow. Twice: no change.

    Raises ReasonMissing, SessionOver, PermissionDenied.
    """
    require_hold(by, attendance.session)
    session = locked_session(attendance.session)
    if not tidy(reason):
        raise ReasonMissing
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    if row.withdrawn_at:
        return row
    row.withdrawn_at, row.withdrawn_reason = now or timezone.now(), tidy(reason)[:200]
    row.version += 1
    row.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    _record("attendance.withdrawn", session, [row], by=by, reason=row.withdrawn_reason, now=now)
    return row


def _open(session: Session) -> Session:
    session = locked_session(session)
    if session.course.is_for_citizens:
        raise NoNames
    return session


def _known(session: Session, wanted: set[int], by) -> list[int]:
    """Those wanted, all of them invited or within the sight of whoever ticks them."""
    invited = set(session.invitations.filter(person__in=wanted).values_list("person", flat=True))
    others = wanted - invited
    if others and by is not None:
        seen = Person.objects.filter(authority.people_in_reach(by), pk__in=others)
        if others - set(seen.values_list("pk", flat=True)):
            raise NotOnTheList
    return sorted(wanted)


def _come(session, people, way, *, by, made_at, now, reason: str = "") -> list[Attendance]:
    """Adds those not there yet, under the session's lock; one entry for all."""
    held = {row.person_id: row for row in session.attendances.filter(person__in=people)}
    back = [row for row in held.values() if row.withdrawn_at]
    about = {"way": way, "made_at": made_at, "recorded_at": now, "recorded_by": by}
    about |= {"reason": reason, "withdrawn_at": None, "withdrawn_reason": ""}
    for row in back:
        row.version += 1
        for name, value in about.items():
            setattr(row, name, value)
    Attendance.objects.bulk_update(back, ["version", *about])
    new = [Attendance(session=session, person_id=pk, **about) for pk in people if pk not in held]
    found = [*Attendance.objects.bulk_create(new), *back]
    if found:
        _record("attendance.recorded", session, found, by=by, reason=reason, now=now)
    return found


def _record(event: str, session: Session, rows: list[Attendance], *, by, reason, now) -> None:
    people = [row.person_id for row in rows]
    completing.follow(session.course, people, now=now)
    on = _first_day(session, people)
    touched = completing.teams_of(people, on) + [{"person": pk} for pk in people]
    record(
        event=event, subject=session, by=by, place=session.course.place_id,
        after={"on": on.isoformat(), "people": len(rows), "way": str(rows[0].way)},
        reason=reason, rows=touched, now=now,
    )  # fmt: skip


def _first_day(session: Session, people: list[int]) -> dt.date:
    """The first day on which one of them came to the course: figures differ from it on."""
    days = Attendance.objects.filter(session__course=session.course_id, person__in=people)
    first = days.order_by("session__held_on").values_list("session__held_on", flat=True).first()
    return min(first or session.held_on, session.held_on)
