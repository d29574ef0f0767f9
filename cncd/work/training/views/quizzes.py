"""Short quizzes: written by who plans, taken by who came."""

import json

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.work.training.actions import quizzes as actions
from cncd.work.training.forms.people import QuizForm, TakeForm, question_forms
from cncd.work.training.models import Course, Quiz
from cncd.work.training.people_lists import QuizList
from cncd.work.training.views.scope import face_of


@allow("training.plan")
def listed(request):
    """Quizzes of the unit, of those below and above it."""
    rows = Quiz.objects.visible_to(request.user).standing().prefetch_related("topics")
    rows = rows.annotate(
        n_questions=Count("questions", distinct=True),
        n_tries=Count("results", distinct=True),
        n_passed=Count("results", distinct=True, filter=Q(results__passed=True)),
    )
    return QuizList(request, rows).response()


@allow("training.plan")
def write(request):
    """A new quiz; sent twice, it is written once."""
    form = QuizForm(request.POST or None, day=request.scope.today)
    parts = question_forms(request.POST or None)

    def run() -> dict:
        place = request.scope.place
        return {"pk": actions.write_quiz(place=place, by=request.user, **_quiz(form, parts)).pk}

    def act() -> dict:
        return once(**form.envelope_of(kind="quiz.write", sender=request.user), run=run)

    if done(request, act, form, *parts):
        say_done(request, _("The quiz is kept. Choose it when you open a course."))
        return redirect("training:quizzes")
    context = {"form": form, "parts": parts, "title": _("Write a quiz")}
    return render(request, "training/quiz_form.html", context)


@allow("training.plan")
def change(request, pk):
    """A quiz opened: changed as long as nobody has taken it."""
    quiz = _quiz_of(request, pk)
    first = {"title": quiz.title, "topics": quiz.topics.all(), "pass_mark": quiz.pass_mark}
    form = QuizForm(request.POST or None, day=request.scope.today, initial=first)
    parts = question_forms(request.POST or None, list(quiz.questions.all()))
    act = lambda: actions.change_quiz(quiz=quiz, by=request.user, **_quiz(form, parts))  # noqa: E731
    if done(request, act, form, *parts):
        say_done(request, _("The quiz is changed."))
        return redirect("training:quizzes")
    context = {"form": form, "parts": parts, "title": quiz.title, "quiz": quiz}
    context["is_taken"] = quiz.results.exists()
    if context["is_taken"]:
        for field in (field for each in (form, *parts) for field in each.fields.values()):
            field.disabled = True
    return render(request, "training/quiz_form.html", context)


@allow("training.plan")
@require_POST
def withdraw(request, pk):
    """Offers the quiz no more."""
    actions.withdraw_quiz(quiz=_quiz_of(request, pk), by=request.user)
    say_done(request, _("The quiz is no longer offered. Courses that have it keep it."))
    return redirect("training:quizzes")


@allow("training.attend")
def take(request, pk):
    """The quiz of a course; afterwards what was right, and why."""
    seen = Course.objects.visible_to(request.user).standing().filter(quiz__isnull=False)
    course = get_object_or_404(seen.select_related("quiz"), pk=pk)
    questions = list(course.quiz.questions.all())
    form = TakeForm(request.POST or None, questions=questions)
    sent = done(request, lambda: _take(request, course, form), form)
    asked = str(sent["result"]) if sent else request.GET.get("done", "")
    mine = course.quiz_results.filter(person=request.user.person_id, quiz=course.quiz)
    result = mine.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
    context = {"course": course, "form": form, "face": face_of(request), "result": result}
    context["best"] = mine.order_by("-right").first()
    context["about"] = json.dumps({"course": pk})
    if result:
        context["answers"] = [(q, q.choices[q.right], result.answers.get(str(q.pk)) == q.right)
                              for q in questions]  # fmt: skip
    return render(request, "training/take_quiz.html", context)


def _take(request, course: Course, form) -> dict:
    """Keeps the try; the same page sent again gets the same answer."""

    def run() -> dict:
        made = actions.take_quiz(course=course, answers=form.answers, by=request.user)
        return {"result": made.pk}

    return once(**form.envelope_of(kind="quiz.take", sender=request.user), run=run)


def _quiz(form, parts) -> dict:
    """What the actions take."""
    questions = [part.question for part in parts if part.question]
    values = {name: form.cleaned_data[name] for name in ("title", "topics", "pass_mark")}
    return values | {"questions": questions}


def _quiz_of(request, pk) -> Quiz:
    seen = Quiz.objects.visible_to(request.user).standing().select_related("place")
    quiz = get_object_or_404(seen, pk=pk)
    if not request.user.can("training.plan", place=quiz.place):
        raise PermissionDenied("training.plan")
    return quiz
