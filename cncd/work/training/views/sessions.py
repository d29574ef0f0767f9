"""A session: planned, moved, called off, closed; its people, its text and its sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.training import actions
from cncd.work.training.actions.locking import may_hold
from cncd.work.training.forms.courses import SessionForm, VersionForm
from cncd.work.training.lists import PeopleList
from cncd.work.training.models import Audience, Session
from cncd.work.training.queries.people import counts_of, people_of
from cncd.work.training.rules import codes
from cncd.work.training.texts import invitation_text
from cncd.work.training.views.courses import seen as seen_course

HOLD = "training.hold"
BLANK_LINES = 6  # on the sheet, for who comes uninvited


def seen(request, pk) -> Session:
    """A session with names; 404 out of sight."""
    rows = Session.objects.visible_to(request.user).filter(withdrawn_at=None).distinct()
    rows = rows.exclude(course__audience=Audience.CITIZENS).select_related("course__place", "team")
    named = Prefetch("place", Place.objects.named(request.scope.today))
    return get_object_or_404(rows.prefetch_related(named), pk=pk)


def held(request, pk) -> Session:
    """One whose people one may see and change; else 403."""
    found = seen(request, pk)
    if not may_hold(request.user, found):
        raise PermissionDenied(HOLD)
    return found


@allow("training.hold")
def plan(request, pk):
    """A new session of a course."""
    course = seen_course(request, pk)
    if course.withdrawn_at or course.is_for_citizens:
        raise Http404
    if not request.user.can(HOLD, place=course.place):
        raise PermissionDenied(HOLD)
    form = SessionForm(request.POST or None, course=course)

    def act() -> dict:
        return {"pk": actions.plan_session(course=course, by=request.user, **form.said).pk}

    def run() -> dict:
        return once(**form.envelope_of(kind="session.plan", sender=request.user), run=act)

    if answer := done(request, run, form):
        say_done(request, _("The session is planned. Now invite."))
        return redirect("training:session", answer["pk"])
    context = {"form": form, "title": _("Plan a session"), "intro": course.title}
    return render(request, "kit/form_page.html", context | {"back": course.get_absolute_url()})


@allow("training.view")
def session(request, pk):
    """A session with its people for who holds it; others see their own page of it."""
    found = seen(request, pk)
    if not may_hold(request.user, found):
        return redirect("training:my_session", pk)
    rows, now = people_of(found), timezone.now()
    context = {
        "session": found,
        "counts": counts_of(rows),
        "is_open": codes.is_open(found.starts_at, found.ends_at, now),
        "has_begun": found.starts_at - codes.BEFORE <= now,
        "is_over": found.ends_at <= now,
        "may_change": found.is_standing,
        "first_step": None,
    }
    return PeopleList(request, rows, context=context).response()


@allow("training.hold")
def change(request, pk):
    """When, where, how many seats, opened for change."""
    found = held(request, pk)
    form = SessionForm(request.POST or None, course=found.course,
                       initial=SessionForm.initial_of(found))  # fmt: skip
    if done(request, lambda: actions.change_session(
        session=found, version=form.cleaned_data["version"], by=request.user, **form.said,
    ), form):  # fmt: skip
        say_done(request, _("The session is changed. Whoever is invited is told."))
        return redirect(found)
    context = {"form": form, "title": _("Change the session"), "intro": found.course.title}
    return render(request, "kit/form_page.html", context | {"back": found.get_absolute_url()})


@allow("training.hold")
def cancel(request, pk):
    """Calls the session off, with the reason; whoever is invited is told."""
    found = held(request, pk)
    form = VersionForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.cancel_session(
        session=found, by=request.user, **form.cleaned_data), form):  # fmt: skip
        say_done(request, _("The session is called off."))
        return redirect(found.course)
    context = {
        "form": form, "title": _("Call the session off"), "question": str(found), "danger": True,
        "consequences": [_("Everybody invited is told, with your reason."),
                         _("Attendance recorded there no longer counts.")],
        "submit": _("Call off"), "back": found.get_absolute_url(),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@allow("training.hold")
@require_POST
def close(request, pk):
    """The session was held, with those who came."""
    found = held(request, pk)
    try:
        actions.hold_session(session=found, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("The session is closed."))
    return redirect(found)


@allow("training.hold")
def text(request, pk):
    """The invitation as text for the group, ready to paste."""
    found = held(request, pk)
    link = request.build_absolute_uri(reverse("training:my_session", args=[pk]))
    context = {"session": found, "text": invitation_text(found, link)}
    return render(request, "training/text.html", context)


@allow("training.hold")
def sheet(request, pk):
    """The list to sign on paper, A4."""
    found = held(request, pk)
    rows = [row for row in people_of(found) if row.state in ("accepted", "invited", "waiting")
            or row.has_come]  # fmt: skip
    context = {"session": found, "rows": rows, "blanks": range(BLANK_LINES)}
    context |= {"printed_at": timezone.localtime()}
    return render(request, "training/sheet.html", context)
