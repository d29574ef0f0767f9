"""What the room keeps about a person, for that person to read."""

from django.utils.translation import gettext as _

from cncd.foundation.people.models import Person
from cncd.foundation.people.own_data import Part
from cncd.work.training.models import Attendance, Invitation


def own_training(person: Person) -> list[Part]:
    """Sessions one was invited to or came to, and quizzes tried; for `settings.PERSONAL_DATA`."""
    answers = {
        row.session_id: row
        for row in Invitation.objects.filter(person=person).select_related("session__course")
    }
    came = {
        row.session_id: row
        for row in Attendance.objects.standing()
        .filter(person=person)
        .select_related("session__course")
    }
    sessions = {pk: row.session for pk, row in (answers | came).items()}
    rows = [
        [
            session.course.title,
            session.held_on,
            answers[pk].get_state_display() if pk in answers else "",
            came[pk].made_at if pk in came else "",
        ]
        for pk, session in sorted(sessions.items(), key=lambda each: each[1].starts_at)
    ]
    tries = [
        [row.quiz.title, row.made_at, f"{row.right}/{row.asked}"]
        for row in person.quiz_results.select_related("quiz")
    ]
    done = [
        [row.course.title, row.completed_on, row.number]
        for row in person.completions.standing().select_related("course")
    ]
    found = []
    if rows:
        heads = [_("Course"), _("Day"), _("My answer"), _("Came at")]
        found.append(Part(_("Training sessions"), heads, rows))
    if tries:
        found.append(Part(_("Quizzes"), [_("Quiz"), _("Day"), _("right answers")], tries))
    if done:
        heads = [_("Course"), _("Completed on"), _("certificate number")]
        found.append(Part(_("Courses completed"), heads, done))
    return found
