"""What a person has to do with training: invitations, sessions, classes of the own team."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import daytime
from cncd.foundation.people import authority
from cncd.foundation.people.duties import Duty
from cncd.work.training.models import Attendance, Audience, Completion, Invitation, Session
from cncd.work.training.rules import codes

SHOWN = 20  # sessions past, on one page
SOON = dt.timedelta(days=2)
State = Invitation.State


@dataclass
class Mine:
    """One session of mine: what I answered, whether I came, what there is to do."""

    session: Session
    invitation: Invitation | None
    attendance: Attendance | None
    now: dt.datetime

    @property
    def is_coming(self) -> bool:
        return self.session.is_standing and self.session.ends_at > self.now

    @property
    def may_answer(self) -> bool:
        return self.invitation is not None and self.is_coming and not self.has_come

    @property
    def may_scan(self) -> bool:
        session = self.session
        open_now = codes.is_open(session.starts_at, session.ends_at, self.now)
        return session.is_standing and open_now and self.attendance is None

    @property
    def has_come(self) -> bool:
        return self.attendance is not None

    @property
    def answer(self) -> str:
        """What the person said; of a session held without them, that they are not on its list."""
        if self.invitation is None:
            return ""
        said = self.invitation.get_state_display()
        was_held = self.session.state == Session.State.HELD
        return _("not on the attendance list") if was_held and not self.has_come else said


def sessions_of(user, now: dt.datetime) -> list[Mine]:
    """One's own sessions, those to come first, then the last ones; 3 queries."""
    invited = Invitation.objects.standing().filter(person=user.person_id)
    came = Attendance.objects.standing().filter(person=user.person_id)
    answers = {row.session_id: row for row in invited}
    there = {row.session_id: row for row in came}
    rows = Session.objects.filter(pk__in={*answers, *there}, withdrawn_at=None)
    rows = rows.select_related("course__place", "place").order_by("-starts_at")[: 5 * SHOWN]
    found = [Mine(row, answers.get(row.pk), there.get(row.pk), now) for row in rows]
    coming = [each for each in found if each.is_coming]
    past = [each for each in found if not each.is_coming]
    return coming[::-1] + past[:SHOWN]


def completions_of(user):
    """Courses the person completed, the newest first."""
    rows = Completion.objects.standing().filter(person=user.person_id)
    return rows.select_related("course").order_by("-completed_on")


def to_close(user, now: dt.datetime):
    """Sessions over since, in units where the person acts, that wait for attendance."""
    reach = authority.reach(user, permission="training.hold")
    rows = Session.objects.filter(
        state=Session.State.PLANNED, withdrawn_at=None, ends_at__lte=now,
        course__place__in=reach, course__withdrawn_at=None,
    )  # fmt: skip
    own = authority.roots(user, "training.hold")
    return rows.exclude(course__audience=Audience.CITIZENS).filter(course__place__in=own)


def dues(user, now: dt.datetime) -> list[Duty]:
    """Invitations to answer, and sessions of one's own unit to close; at most 3 queries."""
    found = []
    if user.can("training.attend"):
        asked = Invitation.objects.filter(
            person=user.person_id, state=State.INVITED, session__state=Session.State.PLANNED,
            session__withdrawn_at=None, session__ends_at__gt=now,
        )  # fmt: skip
        for row in asked.select_related("session__course").order_by("session__starts_at"):
            found.append(_to_answer(row, now))
    if user.can("desk.open") and authority.roots(user, "training.hold"):
        found += [_to_close(row) for row in to_close(user, now).select_related("course")]
    return found


def _to_answer(row: Invitation, now: dt.datetime) -> Duty:
    session = row.session
    words = {"course": session.course.title, "time": daytime(session.starts_at)}
    text, until = _("Training: %(course)s, %(time)s. Will you come?"), session.starts_at
    if session.starts_at <= now:
        text, until = _("Running: %(course)s. You are there? Enter the code."), session.ends_at
    return Duty(
        "mortarboard", text % words,
        reverse("training:my_session", args=[session.pk]), due_at=until,
        is_soon=session.starts_at - now <= SOON, key=f"training.invited {session.pk}",
    )  # fmt: skip


def _to_close(session: Session) -> Duty:
    words = {"course": session.course.title, "day": f"{session.held_on:%d/%m/%Y}"}
    due = timezone.localtime(session.ends_at) + dt.timedelta(days=1)
    return Duty(
        "list-check", _("Take attendance and close: %(course)s, %(day)s") % words,
        reverse("training:session", args=[session.pk]), due_at=due, is_soon=True,
        key=f"training.close {session.pk}",
    )  # fmt: skip


def session_showing(code: str, moment: dt.datetime) -> Session | None:
    """The session on whose wall that code stood about that moment, of those that ran then."""
    running = Session.objects.standing().exclude(course__audience=Audience.CITIZENS)
    running = running.filter(
        starts_at__lte=moment + codes.BEFORE, ends_at__gte=moment - codes.AFTER
    )
    return next((each for each in running if codes.fits(each.secret, code, moment)), None)
