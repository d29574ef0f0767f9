"""The inbox: what is open at the unit in sight, mine soonest first, like ones side by side."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cncd.foundation.kit.ids import uuid_of
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.difficulties import actions
from cncd.work.difficulties.lists import for_user, named
from cncd.work.difficulties.models import Case
from cncd.work.difficulties.queries import suggestions
from cncd.work.difficulties.queries.inbox import own_cases

SUGGESTED = 3


def cases_in_scope(request):
    """What one may see of the unit in sight: raised in it, or standing at it."""
    found = Case.objects.visible_to(request.user)
    place = request.scope.place
    if place is None:
        return found
    below = Place.objects.reached_from([place.pk], request.scope.today).order_by().values("pk")
    return found.filter(Q(owner__in=below) | Q(place__in=below))


@allow("difficulties.view")
def listed(request):
    """Every difficulty of the unit in sight; those that may be one are offered to be joined."""
    if not request.user.can("desk.open"):
        return redirect("difficulties:mine")
    rows = named(cases_in_scope(request).listed())
    may_answer = request.user.can(actions.ANSWER)
    plain = may_answer and not request.GET.get("page") and not request.GET.get("q")
    context = {
        "may_raise": request.user.can(actions.RAISE),
        "groups": suggestions(named(own_cases(request.user)), most=SUGGESTED) if plain else (),
    }
    return for_user(request)(request, rows, context=context).response()


@require_POST
@allow("difficulties.answer")
def join(request):
    """Puts the chosen cases into the first of them, by one press; undone by another."""
    ids = [uuid_of(pk) for pk in request.POST.getlist("case")]
    seen = {case.pk: case for case in Case.objects.visible_to(request.user).filter(pk__in=ids)}
    found = [seen[pk] for pk in dict.fromkeys(ids) if pk in seen]
    try:
        if not found:
            raise actions.NotOpen
        into = actions.join_cases(into=found[0], cases=found[1:], by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("difficulties:list")
    many = len(found)
    told = ngettext("%(n)d difficulty is now one.", "%(n)d difficulties are now one.", many)
    undo = reverse("difficulties:part", args=[into.pk])
    again = "&".join(f"case={case.pk}" for case in found[1:])
    say_done(
        request, told % {"n": many} + " " + _("One answer reaches all."), undo=f"{undo}?{again}"
    )
    return redirect(into)


@require_POST
@allow("difficulties.answer")
def part(request, pk):
    """Sets cases apart from the one they were put into."""
    ids = request.POST.getlist("case") or request.GET.getlist("case")
    rows = Case.objects.visible_to(request.user).filter(into=pk)
    cases = list(rows.filter(pk__in=[uuid_of(each) for each in ids]))
    try:
        actions.part_cases(cases=cases, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        say_done(request, _("They stand apart again, each with all its days."))
    return redirect("difficulties:case", pk)
