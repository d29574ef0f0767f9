"""Writing short quizzes, and taking one."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.work.training.actions import completing
from cncd.work.training.actions.locking import PLAN, locked_course
from cncd.work.training.models import Attendance, Course, Question, Quiz, QuizResult
from cncd.work.training.rules.completing import right_answers

MOST_QUESTIONS = 20


class WrongQuestions(ValidationError):
    """A quiz has one to twenty questions of at least two choices, one of them right."""

    def __init__(self):
        text = _("Write 1 to 20 questions, each with at least two answers, and mark the right one.")
        super().__init__(text)


class WrongMark(ValidationError):
    """The mark asks for more right answers than there are questions."""

    def __init__(self, questions: int):
        text = _("Choose from 1 to %(n)s right answers.") % {"n": questions}
        super().__init__({"pass_mark": text})


class QuizTaken(ValidationError):
    """Tries stand on the questions as they were: write a new quiz instead."""

    def __init__(self):
        super().__init__(
            _("Somebody has taken this quiz already. Write a new one; this one stays as it was.")
        )


class NotInCourse(ValidationError):
    """Only who came to a session of the course takes its quiz."""

    def __init__(self):
        text = _("You take the quiz after a session. The trainer's list does not have you yet.")
        super().__init__(text)


@transaction.atomic
def write_quiz(
    *, place, title: str, questions: list[dict], pass_mark: int, by, topics=(), now=None
) -> Quiz:
    """Keeps a quiz of {text, choices, right, explanation}, passed with `pass_mark` right answers.

    Raises WrongQuestions, WrongMark, PermissionDenied.
    """
    authority.require(by, PLAN, place=place)
    now = now or timezone.now()
    quiz = Quiz(place=place, title=tidy(title), recorded_at=now, recorded_by=by)
    _write(quiz, questions, pass_mark)
    quiz.topics.set(topics)
    after = {"pass_mark": pass_mark, "questions": len(questions)}
    record(event="quiz.written", subject=quiz, by=by, place=place, after=after, now=now)
    return quiz


@transaction.atomic
def change_quiz(
    *, quiz: Quiz, title: str, questions: list[dict], pass_mark: int, by, topics=(), now=None
) -> Quiz:
    """Writes a quiz anew that nobody has taken. Raises QuizTaken and what `write_quiz` raises."""
    authority.require(by, PLAN, place=quiz.place)
    quiz = Quiz.objects.select_for_update(of=("self",)).get(pk=quiz.pk)
    if quiz.results.exists():
        raise QuizTaken
    before = {"pass_mark": quiz.pass_mark, "questions": quiz.questions.count()}
    quiz.questions.all().delete()
    quiz.title, quiz.version = tidy(title), quiz.version + 1
    _write(quiz, questions, pass_mark)
    quiz.topics.set(topics)
    after = {"pass_mark": pass_mark, "questions": len(questions)}
    record(
        event="quiz.changed", subject=quiz, by=by, place=quiz.place_id, before=before, after=after,
        now=now,
    )  # fmt: skip
    return quiz


@transaction.atomic
def withdraw_quiz(*, quiz: Quiz, by, now=None) -> Quiz:
    """Offers a quiz no more; tries stay, and courses that have it keep it."""
    authority.require(by, PLAN, place=quiz.place)
    quiz.withdrawn_at = quiz.withdrawn_at or now or timezone.now()
    quiz.save(update_fields=["withdrawn_at"])
    record(event="quiz.withdrawn", subject=quiz, by=by, place=quiz.place_id, now=now)
    return quiz


@transaction.atomic
def take_quiz(
    *, course: Course, answers: dict[int, int], by, made_at: dt.datetime | None = None, now=None
) -> QuizResult:
    """Keeps a try of the person who signs in; the best try counts, any number may be made.

    `answers` is question id → position of the choice. Raises NotInCourse, PermissionDenied.
    """
    now = now or timezone.now()
    course = locked_course(course)
    if by is None or course.quiz is None:
        raise PermissionDenied("training.attend")
    came = Attendance.objects.counting().filter(session__course=course, person=by.person_id)
    if not came.exists():
        raise NotInCourse
    right = dict(course.quiz.questions.values_list("pk", "right"))
    number = right_answers(answers, right)
    result = QuizResult.objects.create(
        quiz=course.quiz, course=course, person_id=by.person_id, right=number, asked=len(right),
        answers={str(question): answers.get(question) for question in right},
        passed=number >= course.quiz.pass_mark, made_at=made_at or now, recorded_at=now,
    )  # fmt: skip
    people = [by.person_id]
    changed = completing.follow(course, people, now=now)
    on = came.order_by("session__held_on").values_list("session__held_on", flat=True)[0]
    event = "quiz.passed" if changed else "quiz.taken"  # only then do figures differ
    record(
        event=event, subject=result, by=by, place=course.place_id, now=now,
        after={"on": on.isoformat(), "title": course.title},
        personal={"right": ("", f"{number}/{len(right)}")},
        rows=completing.teams_of(changed, on),
    )  # fmt: skip
    return result


def _write(quiz: Quiz, questions: list[dict], pass_mark: int) -> None:
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise WrongQuestions
    rows = []
    for order, each in enumerate(questions, 1):
        choices = [tidy(choice) for choice in each["choices"]]
        if len(choices) < 2 or not all(choices) or not 0 <= each["right"] < len(choices):
            raise WrongQuestions
        rows.append(
            Question(
                quiz=quiz,
                text=tidy(each["text"]),
                choices=choices,
                right=each["right"],
                explanation=tidy(each.get("explanation", "")),
                order=order,
            )
        )
    if not 1 <= pass_mark <= len(rows):
        raise WrongMark(len(rows))
    quiz.pass_mark = pass_mark
    quiz.save()
    Question.objects.bulk_create(rows)
