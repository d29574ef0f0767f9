"""One's own sessions, the code scanned, the list ticked, the class of the team."""

import json

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.refusing import done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.library.models import Item
from cncd.work.training import actions
from cncd.work.training.actions.locking import may_hold
from cncd.work.training.models import Audience, Session
from cncd.work.training.phone.forms import AnswerForm, ScanForm, TeamClassForm, TickForm
from cncd.work.training.queries.courses import classes_of
from cncd.work.training.queries.mine import (
    Mine,
    completions_of,
    session_showing,
    sessions_of,
)
from cncd.work.training.queries.people import people_of

CLASSES_SHOWN = 10


@allow("training.attend")
def mine(request):
    """My sessions, what I completed, and the classes our team held."""
    user, now, team = request.user, timezone.now(), request.scope.team
    rows = sessions_of(user, now)
    keep = [reverse("training:my_session", args=[row.session.pk]) for row in rows if row.is_coming]
    context = {
        "coming": [row for row in rows if row.is_coming],
        "past": [row for row in rows if not row.is_coming],
        "completions": completions_of(user),
        "keep": [reverse("training:scan"), *keep[:5]],
        "may_log": team is not None and user.can("training.hold", team=team),
    }
    if team is not None:
        classes = classes_of(user).filter(team=team)
        context["classes"] = classes.order_by("-held_on", "-pk")[:CLASSES_SHOWN]
        joined = classes_of(user).filter(joint_teams=team)
        context["joined"] = joined.order_by("-held_on", "-pk")[:CLASSES_SHOWN]
    return render(request, "training/phone/mine.html", context)


@allow("training.view")
def my_session(request, pk):
    """One session as who is invited sees it: when, where, what to read, my answer."""
    rows = Session.objects.visible_to(request.user).filter(withdrawn_at=None).distinct()
    rows = rows.exclude(course__audience=Audience.CITIZENS).select_related("course__trainer_agency")
    named = Prefetch("place", Place.objects.named(request.scope.today))
    session = get_object_or_404(rows.prefetch_related(named), pk=pk)
    now, me = timezone.now(), request.user.person_id
    row = Mine(
        session, session.invitations.standing().filter(person=me).first(),
        session.attendances.standing().filter(person=me).first(), now,
    )  # fmt: skip
    form = AnswerForm(request.POST or None)
    if row.may_answer and done(
        request, lambda: answer(row.invitation, form, by=request.user), form
    ):
        return redirect("training:my_session", pk)
    readable = Item.objects.visible_to(request.user).published()
    context = {"row": row, "session": session, "form": form}
    context["topics"] = session.course.topics.all()
    context["materials"] = (session.course.materials.all() & readable).distinct()
    context["about"] = json.dumps({"session": pk})
    context["afterwards"] = _afterwards(row)
    context["keep"] = [reverse("training:scan"), reverse("training:mine"), *context["afterwards"]]
    return render(request, "training/phone/session.html", context)


def _afterwards(row: Mine) -> list[str]:
    """What is filled in at the end of a session, often where there is no network."""
    if row.invitation is None and row.attendance is None:
        return []
    session, found = row.session, []
    if session.course.quiz_id:
        found.append(reverse("training:take_quiz", args=[session.course_id]))
    if row.attendance is None or not row.attendance.gave_feedback:
        found.append(reverse("training:give_feedback", args=[session.pk]))
    return found


def answer(invitation, form: AnswerForm, *, by, made_at=None):
    """What the form says, entered; raises what `answer_invitation` raises."""
    said = form.cleaned_data
    return actions.answer_invitation(
        invitation=invitation, comes=said["comes"] == "yes", reason=said["reason"], by=by,
        made_at=made_at,
    )  # fmt: skip


@allow("training.attend")
def scan(request):
    """ "I am here": the code from the address, or typed; kept, it serves any session offline."""
    first = {"session": request.GET.get("s"), "code": request.GET.get("c")}
    form = ScanForm(request.POST or None, initial=first)
    if found := done(request, lambda: come(form, by=request.user), form):
        return redirect("training:my_session", found.session_id)
    return render(request, "training/phone/scan.html", {"form": form})


def come(form: ScanForm, *, by, made_at=None):
    """The scan, entered; raises what `scan_code` raises, ValidationError for no such session."""
    number, code = form.cleaned_data["session"], form.cleaned_data["code"]
    if number:
        session = Session.objects.filter(pk=number).first()
    else:  # typed by hand from the wall: the code alone says where
        session = session_showing(code, made_at or timezone.now())
    if session is None or session.withdrawn_at:
        raise actions.NoSuchSession
    return actions.scan_code(session=session, code=code, by=by, made_at=made_at)


@allow("training.hold")
def tick(request, pk):
    """The list of a session to tick, for the trainer's phone; also without a network."""
    rows = Session.objects.visible_to(request.user).distinct().select_related("course__place")
    session = get_object_or_404(rows.exclude(course__audience=Audience.CITIZENS), pk=pk)
    if not may_hold(request.user, session):
        raise PermissionDenied("training.hold")
    if not session.is_standing:
        raise Http404
    form = TickForm(request.POST or None, rows=people_of(session))
    about = {"session": session, "by": request.user}
    if done(request, lambda: actions.record_list(came=form.people, **about), form) is not None:
        return redirect(session)
    context = {"session": session, "form": form, "about": json.dumps({"session": pk})}
    return render(request, "training/phone/tick.html", context)


@allow("training.hold")
def log_class(request):
    """The class our team held for neighbours; the same form offline."""
    team, day = request.scope.team, timezone.localdate()
    if team is None or not request.user.can("training.hold", team=team):
        raise Http404
    form = TeamClassForm(request.POST or None, team=team, day=day)

    def run() -> dict:
        return {"pk": actions.log_class(held=form.held(), team=team, by=request.user).pk}

    def act() -> dict:
        return once(**form.envelope_of(kind="class.log", sender=request.user), run=run)

    if done(request, act, form):
        return redirect("training:mine")
    context = {"form": form, "about": json.dumps({"team": team.pk})}
    return render(request, "training/phone/class.html", context)
