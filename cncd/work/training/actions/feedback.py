"""What those who came thought of a session: nobody's name stands at an answer."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import nfc
from cncd.work.training.models import Attendance, Feedback, Session


class AlreadyGiven(ValidationError):
    """One answer each: that one answered is kept, and never which answer it was."""

    def __init__(self):
        super().__init__(_("You have told us already what you think of this session. Thank you."))


class NotThere(ValidationError):
    """Only who came is asked."""

    def __init__(self):
        super().__init__(_("Only those on the list of this session are asked about it."))


@transaction.atomic
def give_feedback(*, session: Session, rating: int, by, comment: str = "", now=None) -> None:
    """Keeps a mark from 1 to 5 and a comment, bound to no person and no moment.

    The journal says that somebody answered, without a name: else the hour would tell whose answer
    it is. Raises AlreadyGiven, NotThere, PermissionDenied.
    """
    if by is None:
        raise PermissionDenied("training.attend")
    there = Attendance.objects.counting().select_for_update(of=("self",))
    row = there.filter(session=session, person=by.person_id).first()
    if row is None:
        raise NotThere
    if row.gave_feedback:
        raise AlreadyGiven
    row.gave_feedback = True
    row.save(update_fields=["gave_feedback"])
    Feedback.objects.create(session=session, rating=rating, comment=nfc(comment).strip())
    record(event="feedback.given", subject=session, place=session.course.place_id, now=now)
