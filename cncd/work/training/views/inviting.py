"""Whom to invite: found by a list, looked through, invited together."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.training import actions
from cncd.work.training.models import Audience, Invitation
from cncd.work.training.queries.people import ALL, OFFICIALS, WHO, candidates
from cncd.work.training.views.sessions import held


def _units(request, session):
    """The unit of the course and those right below it, in reach."""
    day = request.scope.today
    reach = authority.reach(request.user, permission="training.hold")
    below = Place.objects.reached_from([session.course.place_id], day)
    rows = Place.objects.filter(pk__in=below).filter(pk__in=reach).alive(day)
    rows = rows.exclude(level__code="hamlet").named(day).select_related("level")
    return list(rows.order_by("level__rank", "sort_key"))


@allow("training.hold")
def invite(request, pk):
    """People by list: all of the teams, the leads, those never trained, the officials."""
    session = held(request, pk)
    if not session.is_standing:
        raise Http404
    units, usual = _units(request, session), str(session.course.place_id)
    official = session.course.audience == Audience.OFFICIALS
    who = request.GET.get("who", OFFICIALS if official else ALL)
    asked = request.GET.get("unit", usual)
    unit = next((each for each in units if str(each.pk) == asked), None)
    if who not in WHO or unit is None:
        raise Http404
    found = candidates(session, who, [unit.pk], request.scope.today)
    if request.method == "POST":
        return _invite(request, session, found)
    context = {"session": session, "units": units, "unit": unit, "who": who, "found": found}
    context |= {"ways": WHO.items(), "back": session.get_absolute_url()}
    return render(request, "training/invite.html", context)


def _invite(request, session, found):
    chosen = set(request.POST.getlist("person"))
    people = [(each.person.pk, each.team_id) for each in found if str(each.person.pk) in chosen]
    try:
        made = actions.invite(session=session, people=people, by=request.user)
    except ValidationError as refusal:
        say_done(request, " ".join(refusal.messages))
        return redirect(session)
    told = ngettext("%(n)s person invited.", "%(n)s people invited.", len(made))
    say_done(request, told % {"n": len(made)} if made else _("Nobody new was chosen."))
    return redirect(session)


@allow("training.hold")
@require_POST
def strike_off(request, pk):
    """Takes an invitation back; the seat passes on."""
    seen = Invitation.objects.visible_to(request.user).select_related("session__course__place")
    found = get_object_or_404(seen.distinct(), pk=pk)
    held(request, found.session_id)
    actions.strike_off(invitation=found, by=request.user)
    undo = reverse("training:invite_again", args=[pk])
    say_done(request, _("%(person)s is no longer invited.") % {"person": found.person}, undo=undo)
    return redirect(found.session)


@allow("training.hold")
@require_POST
def invite_again(request, pk):
    """Brings an invitation back that was withdrawn."""
    seen = Invitation.objects.visible_to(request.user).select_related("session__course__place")
    found = get_object_or_404(seen.distinct(), pk=pk)
    held(request, found.session_id)
    who = (found.person_id, found.team_id)
    actions.invite(session=found.session, people=[who], by=request.user)
    return redirect(found.session)
