"""What the journal says of this room's events."""

from django.utils.translation import gettext_lazy as _

from cncd.work.training import planning_sentences as planning
from cncd.work.training.models import Attendance, Audience, Invitation

SENTENCES = planning.SENTENCES | {
    "course.opened": _("{actor} opened the course “{subject}”"),
    "course.changed": _("{actor} changed the course “{subject}”"),
    "course.withdrawn": _("{actor} took the course “{subject}” away"),
    "session.planned": _("{actor} planned a session: {subject}"),
    "session.changed": _("{actor} changed the session {subject}"),
    "session.cancelled": _("{actor} called off the session {subject}"),
    "session.held": _("{actor} closed the session {subject}, {people} people came"),
    "session.invited": _("{actor} invited {people} people to {subject}"),
    "session.answered": _("{actor} answered an invitation to {subject}, {person}: {answer}"),
    "session.struck_off": _("{actor} withdrew the invitation of {person} to {subject}"),
    "attendance.recorded": _("{actor} recorded {people} people as there: {subject}"),
    "attendance.withdrawn": _("{actor} put right that {people} people were not there: {subject}"),
    "class.logged": _("{actor} logged a class for citizens: {subject}, {people} people"),
    "class.changed": _("{actor} changed a class for citizens: {subject}"),
    "class.withdrawn": _("{actor} took out a class for citizens: {subject}"),
    "class.restored": _("{actor} brought back a class for citizens: {subject}"),
}

FIELDS = planning.FIELDS | {
    "title": _("course"),
    "topics": _("topics"),
    "topic": _("what was taught"),
    "audience": _("for whom"),
    "trainer": _("trainer"),
    "trainer_agency": _("trainer from"),
    "materials": _("materials"),
    "quiz": _("quiz"),
    "quiz_required": _("quiz needed"),
    "sessions_needed": _("sessions to come to"),
    "on": _("day"),
    "starts_at": _("begins"),
    "ends_at": _("ends"),
    "where": _("place"),
    "venue": _("venue"),
    "capacity": _("seats"),
    "note": _("note"),
    "people": _("people"),
    "elderly": _("people aged 60 and over"),
    "newcomers": _("for the first time"),
    "co_organisers": _("together with"),
    "joint_teams": _("joint with"),
    "answer": _("answer"),
    "person": _("person"),
    "way": _("way of attendance"),
}

VALUES = {
    "audience": dict(Audience.choices),
    "answer": dict(Invitation.State.choices),
    "way": dict(Attendance.Way.choices),
}
