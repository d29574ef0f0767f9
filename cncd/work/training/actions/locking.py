"""A session or a course under lock, as whoever changes it saw it."""

from cncd.foundation.people import authority
from cncd.work.training.actions.errors import ChangedMeanwhile, SessionOver
from cncd.work.training.models import Course, Session

PLAN, HOLD = "training.plan", "training.hold"


def may_hold(user, session: Session) -> bool:
    """Whether the person invites, takes attendance and closes: of the unit, or of the team."""
    return user is None or user.can(HOLD, place=session.course.place, team=session.team)


def require_hold(by, session: Session) -> None:
    """Raises PermissionDenied for whoever neither acts for the unit nor leads the team."""
    authority.require(by, HOLD, place=session.course.place, team=session.team)


def locked_session(session: Session, version: int | None = None) -> Session:
    """Raises SessionOver when it was cancelled, ChangedMeanwhile when the page is an old one."""
    found = Session.objects.select_for_update(of=("self",)).select_related("course__place", "team")
    found = found.get(pk=session.pk)
    if version is not None and found.version != version:
        raise ChangedMeanwhile
    if not found.is_standing:
        raise SessionOver
    return found


def locked_course(course: Course, version: int | None = None) -> Course:
    """Raises ChangedMeanwhile when the page is an old one, or it was taken away."""
    found = Course.objects.select_for_update(of=("self",)).select_related("place")
    found = found.get(pk=course.pk)
    if found.withdrawn_at or (version is not None and found.version != version):
        raise ChangedMeanwhile
    return found
