"""Courses: the list, one of them, opening and changing it, its materials."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.library.models import Item
from cncd.work.training import actions
from cncd.work.training.forms.courses import CourseForm, MaterialsForm, VersionForm
from cncd.work.training.lists import CourseList
from cncd.work.training.models import Course
from cncd.work.training.queries.courses import described, in_sight, named_courses
from cncd.work.training.queries.planning import course_of_line

PLAN, HOLD = "training.plan", "training.hold"


@allow("training.view")
def listed(request):
    """The courses of the unit in sight, of those below it, and of those above that it attends."""
    day, user = request.scope.today, request.user
    rows = in_sight(named_courses(user), request.scope.place, day)
    rows = described(rows, timezone.now()).prefetch_related(
        "topics", Prefetch("place", Place.objects.named(day))
    )
    may_open = user.can(PLAN)
    first = (reverse("training:open_course"), _("Open the first course →"))
    context = {"may_open": may_open, "first_step": first if may_open else None}
    return CourseList(request, rows, context=context).response()


def seen(request, pk) -> Course:
    """The course; 404 out of sight."""
    day = request.scope.today
    rows = (
        Course.objects.visible_to(request.user)
        .distinct()
        .select_related("trainer_agency", "quiz", "plan_line")
    )
    rows = described(rows, timezone.now())
    return get_object_or_404(rows.prefetch_related(Prefetch("place", Place.objects.named(day))),
                             pk=pk)  # fmt: skip


def changeable(request, pk) -> Course:
    """The course; 403 where one may not change it."""
    found = seen(request, pk)
    if not request.user.can(PLAN, place=found.place) or found.is_for_citizens:
        raise PermissionDenied(PLAN)
    return found


@allow("training.view")
def course(request, pk):
    """One course: what it teaches, its sessions, what to read, how many completed it."""
    found, day = seen(request, pk), request.scope.today
    sessions = found.sessions.filter(withdrawn_at=None).order_by("starts_at")
    sessions = sessions.prefetch_related(Prefetch("place", Place.objects.named(day)))
    materials = found.materials.all()
    if not request.user.can("library.change"):
        materials = materials & Item.objects.visible_to(request.user)
    context = {
        "course": found,
        "topics": found.topics.all(),
        "sessions": sessions,
        "materials": materials.distinct(),
        "may_change": request.user.can(PLAN, place=found.place) and not found.withdrawn_at,
        "may_hold": request.user.can(HOLD, place=found.place) and not found.withdrawn_at,
    }
    return render(request, "training/course.html", context)


@allow("training.plan")
def open_course(request):
    """A new course; sent twice, it is opened once."""
    line = request.GET.get("line", "")
    first = {"place": request.scope.place, **course_of_line(request.user, line)}
    form = CourseForm(request.POST or None, user=request.user, initial=first)

    def act() -> dict:
        return {"pk": actions.open_course(**form.said, by=request.user).pk}

    def run() -> dict:
        return once(**form.envelope_of(kind="course.open", sender=request.user), run=act)

    if answer := done(request, run, form):
        say_done(request, _("The course is open. Now plan its first session."))
        return redirect("training:plan_session", answer["pk"])
    context = {"form": form, "title": _("Open a course"), "back": reverse("training:home")}
    return render(request, "kit/form_page.html", context)


@allow("training.plan")
def change(request, pk):
    """What the course is about, opened for change."""
    found = changeable(request, pk)
    names = ("title", "trainer", "trainer_agency", "sessions_needed", "quiz", "quiz_required",
             "note")  # fmt: skip
    first = {name: getattr(found, name) for name in (*names, "version")}
    first["topics"] = found.topics.all()
    form = CourseForm(request.POST or None, user=request.user, course=found, initial=first)
    act = lambda: actions.change_course(course=found, by=request.user, **form.said)  # noqa: E731
    if done(request, act, form):
        say_done(request, _("The course is changed."))
        return redirect(found)
    context = {"form": form, "title": _("Change the course"), "intro": found.title}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


@allow("training.plan")
def withdraw(request, pk):
    """Takes a course away that was opened by mistake."""
    found = changeable(request, pk)
    form = VersionForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_course(
        course=found, by=request.user, **form.cleaned_data), form):  # fmt: skip
        say_done(request, _("The course is taken away."))
        return redirect("training:home")
    context = {
        "form": form, "title": _("Take the course away"), "question": found.title, "danger": True,
        "consequences": [_("Its sessions and invitations go with it."),
                         _("This works only while nobody has come to it.")],
        "submit": _("Take away"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@allow("training.plan")
def materials(request, pk):
    """Which texts of the library belong to the course: search, tick, save."""
    found = changeable(request, pk)
    text = request.GET.get("q", "").strip()[:100]
    form = MaterialsForm(request.POST or None, user=request.user, course=found, text=text)
    about = {"course": found, "by": request.user}
    if done(request, lambda: actions.change_course(**about, **form.cleaned_data), form):
        say_done(request, _("The materials are chosen."))
        return redirect(found)
    context = {"course": found, "form": form, "text": text}
    return render(request, "training/materials.html", context)
