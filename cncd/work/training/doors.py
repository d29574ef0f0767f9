"""What the phone's outbox sends for training, through the forms and actions of its pages."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.envelopes.arriving import Arrived, Refused
from cncd.team.teams.queries import dissolved_in_words, team_named
from cncd.work.training import actions
from cncd.work.training.actions import feedback, quizzes
from cncd.work.training.forms.people import FeedbackForm, TakeForm
from cncd.work.training.models import Course, Invitation, Session
from cncd.work.training.phone import pages
from cncd.work.training.phone.forms import AnswerForm, ScanForm, TeamClassForm, TickForm
from cncd.work.training.queries.people import people_of


def scan(arrived: Arrived) -> dict:
    """Somebody scanned the code of a session, at `made_at`: kind "attendance.scan".

    Raises Refused, PermissionDenied.
    """
    form = _valid(ScanForm(arrived.fields))
    try:
        found = pages.come(form, by=arrived.sender, made_at=arrived.made_at)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    page = reverse("training:my_session", args=[found.session_id])
    return {"attendance": found.pk, "told": _("You are on the list of those who came."),
            "page": page}  # fmt: skip


def take_list(arrived: Arrived) -> dict:
    """The list a trainer ticked: kind "attendance.list", about {"session"}.

    What others did meanwhile stays; who was ticked is added. Raises Refused, PermissionDenied.
    """
    session = _session(arrived)
    form = _valid(TickForm(arrived.fields, rows=people_of(session)))
    try:
        new = actions.record_list(
            session=session, came=form.people, by=arrived.sender, made_at=arrived.made_at
        )
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    told = ngettext("%(n)s person added to those who came.",
                    "%(n)s people added to those who came.", len(new))  # fmt: skip
    return {"session": session.pk, "told": told % {"n": len(new)},
            "page": reverse("training:session", args=[session.pk])}  # fmt: skip


def answer(arrived: Arrived) -> dict:
    """ "I will come" or "I cannot": kind "session.answer", about {"session"}.

    The turn on the waiting list is that of `made_at`. Raises Refused, PermissionDenied.
    """
    session = _session(arrived)
    form = _valid(AnswerForm(arrived.fields))
    mine = Invitation.objects.filter(session=session, person=arrived.sender.person_id).first()
    if mine is None:
        raise Refused(_("You are no longer invited to this session. Ask who holds it."))
    try:
        found = pages.answer(mine, form, by=arrived.sender, made_at=arrived.made_at)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    page = reverse("training:my_session", args=[session.pk])
    return {"invitation": found.pk, "told": str(found.get_state_display()), "page": page}


def log_class(arrived: Arrived) -> dict:
    """A class that a team held for citizens: kind "class.log", about {"team"}.

    What may be chosen, and the right to log, are those of that day. Raises Refused,
    PermissionDenied.
    """
    day = timezone.localdate(arrived.made_at)
    team = team_named(arrived.about.get("team"))
    if team is None:
        raise Refused(_("There is no such team."))
    if team.until_on and day >= team.until_on:
        raise Refused(dissolved_in_words(team, day))
    form = _valid(TeamClassForm(arrived.fields, team=team, day=day))
    try:
        found = actions.log_class(
            held=form.held(), team=team, by=arrived.sender, made_at=arrived.made_at
        )
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    return {"session": found.pk, "told": str(found), "page": reverse("training:mine")}


def take_quiz(arrived: Arrived) -> dict:
    """A try of the quiz of a course: kind "quiz.take", about {"course"}.

    Raises Refused, PermissionDenied.
    """
    found = Course.objects.standing().exclude(quiz=None).select_related("quiz")
    course = _of_number(found, arrived.about.get("course"), _("There is no such quiz."))
    form = _valid(TakeForm(arrived.fields, questions=list(course.quiz.questions.all())))
    about = {"by": arrived.sender, "made_at": arrived.made_at}
    try:
        made = quizzes.take_quiz(course=course, answers=form.answers, **about)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    told = _("%(right)s of %(asked)s answers are right.")
    page = reverse("training:take_quiz", args=[course.pk])
    return {"told": told % {"right": made.right, "asked": made.asked},
            "page": f"{page}?done={made.pk}"}  # fmt: skip


def give_feedback(arrived: Arrived) -> dict:
    """What somebody thought of a session: kind "feedback.give", about {"session"}.

    Raises Refused, PermissionDenied.
    """
    session, form = _session(arrived), _valid(FeedbackForm(arrived.fields))
    said = {name: form.cleaned_data[name] for name in ("rating", "comment")}
    try:
        feedback.give_feedback(session=session, by=arrived.sender, **said)
    except ValidationError as error:
        raise Refused.by_error(form, error) from error
    return {"told": _("Thank you. Your answer is kept without your name."),
            "page": reverse("training:my_session", args=[session.pk])}  # fmt: skip


def _session(arrived: Arrived) -> Session:
    rows = Session.objects.filter(withdrawn_at=None).select_related("course__place", "team")
    return _of_number(rows, arrived.about.get("session"), _("There is no such session."))


def _of_number(rows, asked, refusal: str):
    """The row of that id; a phone may say anything."""
    text = str(asked)
    found = rows.filter(pk=text).first() if text.isdecimal() and len(text) < 18 else None
    if found is None:
        raise Refused(refusal)
    return found


def _valid(form):
    if not form.is_valid():
        raise Refused.by_form(form)
    return form
