"""What people are told of training: invited, tomorrow, changed, called off, a seat is free."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cncd.foundation.kit.figures import daytime
from cncd.foundation.people.models import User
from cncd.foundation.people.news import Kind, News, due_moment, due_step
from cncd.work.training.models import Invitation, Session

INVITED, REMINDER, CHANGED = "training.invited", "training.reminder", "training.changed"
KINDS = (
    Kind(
        INVITED,
        gettext_lazy("Invitation to a training session"),
        gettext_lazy("When you are invited, and when a seat is free for you."),
        "mortarboard",
        permission="training.attend",
    ),
    Kind(
        REMINDER,
        gettext_lazy("Training session tomorrow"),
        gettext_lazy("The day before and in the morning, if you said that you come."),
        "bell",
        permission="training.attend",
    ),
    Kind(
        CHANGED,
        gettext_lazy("Training session changed or called off"),
        gettext_lazy("When the day, the hour or the place changes, or it does not take place."),
        "exclamation-triangle",
        permission="training.attend",
        urgency="high",
    ),
)
DAYS = (1,)  # reminded so many days before, and on the day
State = Invitation.State
GOING = (State.INVITED, State.ACCEPTED, State.WAITING)


def _session(entry) -> Session | None:
    rows = Session.objects.filter(pk=entry.subject_id, withdrawn_at=None)
    return rows.select_related("course").first()


def _accounts(people) -> list[User]:
    return list(User.objects.filter(person__in=list(people), is_active=True).order_by("pk"))


def _told(user: User, session: Session, kind: str, moment: str, title: str, **more) -> News:
    """One piece of news in the person's language; `title` is a msgid."""
    with translation.override(user.language):
        words = {"course": session.course.title, "time": daytime(session.starts_at)}
        words |= {name: str(value) for name, value in more.items()}
        text = _("%(time)s. %(reason)s") if more.get("reason") else "%(time)s"
        return News(
            user=user, kind=kind, what=f"training {session.pk}", moment=moment,
            title=_(title) % words, text=text % words,
            address=reverse("training:my_session", args=[session.pk]), until_at=session.ends_at,
        )  # fmt: skip


def invited(entry) -> list[News]:
    """Everybody newly invited."""
    session = _session(entry)
    if session is None or not session.is_standing or session.ends_at < timezone.now():
        return []
    people = [row["person"] for row in entry.rows if "person" in row]
    moment = f"invited {entry.pk}"
    title = gettext_noop("You are invited: %(course)s")
    return [_told(user, session, INVITED, moment, title) for user in _accounts(people)]


def moved_up(entry) -> list[News]:
    """Who waited and has a seat now."""
    session = _session(entry)
    people = [row["moved_up"] for row in entry.rows if "moved_up" in row]
    if session is None or not people:
        return []
    title = gettext_noop("There is a seat for you: %(course)s")
    moment = f"seat {entry.pk}"
    return [_told(user, session, INVITED, moment, title) for user in _accounts(people)]


def changed(entry) -> list[News]:
    """Another day, hour or place, to those who did not decline; and to who has a seat now."""
    found = moved_up(entry)
    session = _session(entry)
    if session is None or not {"on", "starts_at", "ends_at", "venue", "where"} & set(entry.after):
        return found
    title, moment = gettext_noop("Changed: %(course)s"), f"changed {entry.pk}"
    return found + [_told(user, session, CHANGED, moment, title) for user in _going(session)]


def cancelled(entry) -> list[News]:
    """Called off: to those who did not decline, with the reason."""
    session = _session(entry)
    if session is None or session.ends_at < timezone.now():
        return []
    title, moment = gettext_noop("Called off: %(course)s"), f"cancelled {entry.pk}"
    return [
        _told(user, session, CHANGED, moment, title, reason=session.state_reason)
        for user in _going(session)
    ]


def _going(session: Session) -> list[User]:
    rows = Invitation.objects.filter(session=session, state__in=GOING)
    return _accounts(rows.values_list("person", flat=True))


def by_clock(now: dt.datetime) -> list[News]:
    """The day before and in the morning, to those with a seat; who has not answered, to answer."""
    soon = Session.objects.standing().filter(
        starts_at__gt=now, starts_at__lte=now + dt.timedelta(days=max(DAYS) + 1)
    )
    steps = {}
    for session in soon.select_related("course"):
        step = due_step(session.starts_at, now, DAYS)
        if step is not None:
            steps[session.pk] = (session, due_moment(session.starts_at, step))
    rows = Invitation.objects.filter(
        session__in=list(steps), state__in=(State.ACCEPTED, State.INVITED)
    )
    rows = rows.filter(person__user__is_active=True).select_related("person__user")
    titles = {
        State.ACCEPTED: gettext_noop("Training: %(course)s"),
        State.INVITED: gettext_noop("Please answer the invitation: %(course)s"),
    }
    found = []
    for row in rows.order_by("pk"):
        session, moment = steps[row.session_id]
        found.append(_told(row.person.user, session, REMINDER, moment, titles[row.state]))
    return found


EVENTS = {
    "session.invited": invited,
    "session.answered": moved_up,
    "session.struck_off": moved_up,
    "session.changed": changed,
    "session.cancelled": cancelled,
}
