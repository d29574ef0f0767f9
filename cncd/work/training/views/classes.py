"""Classes for citizens at the desk: the list, one class, entering and putting right."""

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.foundation.envelopes.actions import once
from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.team.programme.queries import current_period
from cncd.work.training import actions
from cncd.work.training.forms.classes import ClassForm
from cncd.work.training.forms.courses import VersionForm
from cncd.work.training.lists import ClassList
from cncd.work.training.models import Session
from cncd.work.training.queries.courses import classes_of, in_sight, sums_of
from cncd.work.training.views.scope import face_of

HOLD = "training.hold"


@allow("training.view")
def listed(request):
    """Classes held for citizens in the unit and month in sight, with their sums."""
    day, period = request.scope.today, request.scope.period or current_period()
    rows = in_sight(classes_of(request.user), request.scope.place, day)
    whole = request.GET.get("all") == "1" or period is None
    if not whole:
        rows = rows.between(period.first_day, period.last_day)
    rows = rows.prefetch_related(Prefetch("place", Place.objects.named(day)))
    context = {"sums": sums_of(rows), "period": None if whole else period}
    context["may_log"] = bool(authority.roots(request.user, HOLD))
    first = (reverse("training:log_class"), _("Enter a class →"))
    context["first_step"] = first if context["may_log"] else None
    return ClassList(request, rows, context=context).response()


def seen(request, pk, *, withdrawn: bool = False) -> Session:
    """The class; 404 out of sight."""
    rows = Session.objects.visible_to(request.user).filter(course__audience="citizens").distinct()
    rows = rows if withdrawn else rows.filter(withdrawn_at=None)
    rows = rows.select_related("course", "team", "continues", "recorded_by__person")
    named = Prefetch("place", Place.objects.named(request.scope.today))
    return get_object_or_404(rows.prefetch_related(named, "joint_teams"), pk=pk)


def _changeable(request, pk, **how) -> Session:
    found = seen(request, pk, **how)
    if not request.user.can(HOLD, place=found.place, team=found.team):
        raise PermissionDenied(HOLD)
    return found


@allow("training.view")
def one(request, pk):
    """One class, what it counts for, and what became of it."""
    found = seen(request, pk, withdrawn=True)
    first = found.continues or found
    meetings = Session.objects.filter(continues=first, withdrawn_at=None).order_by("held_on")
    may_change = request.user.can(HOLD, place=found.place, team=found.team)
    context = {"session": found, "first": first, "meetings": meetings, "face": face_of(request)}
    context |= {"may_change": may_change and found.withdrawn_at is None}
    return render(request, "training/class.html", context)


@allow("training.hold")
def log(request):
    """A class that the unit itself held in a hamlet."""
    if not authority.roots(request.user, HOLD):
        raise Http404
    day = request.scope.today
    hamlets = authority.reach(request.user, permission=HOLD).filter(level__code="hamlet")
    if request.scope.place:
        hamlets = hamlets.filter(pk__in=Place.objects.reached_from([request.scope.place.pk], day))
    form = ClassForm(request.POST or None, places=hamlets.alive(day).distinct(), day=day)

    def act() -> dict:
        return {"pk": actions.log_class(held=form.held(), by=request.user).pk}

    def run() -> dict:
        return once(**form.envelope_of(kind="class.log", sender=request.user), run=act)

    if answer := done(request, run, form):
        say_done(request, _("The class is written down."))
        return redirect("training:class", answer["pk"])
    intro = _("A class of a team is logged by the team. Here: what the unit itself held.")
    context = {"form": form, "title": _("Enter a class for citizens"), "intro": intro}
    return render(request, "kit/form_page.html", context | {"back": reverse("training:classes")})


@allow("training.hold")
def change(request, pk):
    """A class opened for change."""
    found = _changeable(request, pk)
    first = {name: getattr(found, name) for name in
             ("people", "elderly", "place", "held_on", "newcomers", "co_organisers", "venue",
              "note", "version")}  # fmt: skip
    first |= {"topic": found.course.topics.first(), "joint_teams": found.joint_teams.all()}
    places = Place.objects.filter(pk=found.place_id) if found.team is None else None
    form = ClassForm(request.POST or None, team=found.team, places=places, day=found.held_on,
                     session=found, initial=first)  # fmt: skip

    def act():
        held, seen_as = form.held(found), form.cleaned_data["version"]
        return actions.change_class(session=found, held=held, version=seen_as, by=request.user)

    if done(request, act, form):
        say_done(request, _("The class is changed."))
        return redirect("training:class", pk)
    context = {"form": form, "title": _("Change the class"), "face": face_of(request)}
    return render(
        request, "kit/form_page.html", context | {"back": reverse("training:class", args=[pk])}
    )


@allow("training.hold")
def withdraw(request, pk):
    """Takes out a class logged by mistake; undone by one press."""
    found = _changeable(request, pk)
    form = VersionForm(request.POST or None, initial={"version": found.version})
    if done(request, lambda: actions.withdraw_class(
        session=found, by=request.user, **form.cleaned_data), form):  # fmt: skip
        undo = reverse("training:restore_class", args=[pk])
        say_done(request, _("The class is taken out."), undo=undo)
        return redirect("training:class", pk)
    context = {
        "form": form, "title": _("Take the class out"), "question": str(found), "danger": True,
        "consequences": [_("It no longer counts. A report that was sent stays as it is.")],
        "submit": _("Take out"), "back": reverse("training:class", args=[pk]),
        "face": face_of(request),
    }  # fmt: skip
    return render(request, "kit/confirm.html", context)


@allow("training.hold")
@require_POST
def restore(request, pk):
    """Brings back a class that was taken out."""
    found = _changeable(request, pk, withdrawn=True)
    actions.restore_class(session=found, by=request.user)
    say_done(request, _("The class is back."))
    return redirect("training:class", pk)
