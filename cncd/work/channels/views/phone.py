"""The team's group on the phone: its name, what to put right, and the groups above to join."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow
from cncd.work.channels.actions.checks import may_change
from cncd.work.channels.entering import change, enter
from cncd.work.channels.forms import EditForm, TeamGroupForm
from cncd.work.channels.models import Channel
from cncd.work.channels.queries import Names, standings
from cncd.work.channels.queries.names import naming_on, tops_of
from cncd.work.channels.views.channel import edit_form
from cncd.work.channels.views.scope import changeable, changes, place_of


@allow("phone.open")
def mine(request):
    """The groups of the team in hand, and those of the units above it."""
    team, day = request.scope.team, request.scope.today
    seen = Channel.objects.visible_to(request.user).open_on(day).listed().select_related("place")
    rows = standings(seen.filter(team=team), day) if team else []
    place = place_of(team, day) if team else None
    context = {
        "team": team,
        "rows": rows,
        "above": seen.filter(team=None).order_by("-level__rank", "sort_key"),
        "expected": expected_of(place, day) if place and not rows else "",
        "may_enter": place is not None and may_change(request.user, place=place, team=team),
    }
    for row in rows:
        row.channel.may_change = changes(request.user, row.channel)
    return render(request, "channels/mine.html", context)


def expected_of(place, day) -> str:
    """What the group of the unit should be called; "" where no rule fits."""
    tree = naming_on(day, tops_of([place.pk], day))
    forms = tree.forms(place.pk) if place.pk in tree.units else ()
    return next((form.text for form in forms), "")


@allow("channels.change")
def new(request):
    """The form for the group of the team in hand."""
    team, day = request.scope.team, request.scope.today
    place = place_of(team, day) if team else None
    if place is None or not may_change(request.user, place=place, team=team):
        raise Http404
    form = TeamGroupForm(request.POST or None, place=place, team=team)
    if request.method == "POST" and form.is_valid() and enter(form, by=request.user):
        say_done(request, _("Saved."))
        return redirect("channels:mine")
    context = {"expected": expected_of(place, day), "title": _("Enter our group")}
    return _page(request, form, context)


@allow("channels.change")
def edit(request, pk):
    """The team's group opened for change."""
    found = changeable(request, pk)
    form = edit_form(EditForm, found, request.POST)
    if request.method == "POST" and form.is_valid() and change(form, found, by=request.user):
        say_done(request, _("Saved."))
        return redirect("channels:mine")
    expected = Names([found], request.scope.today).expected(found)
    return _page(request, form, {"expected": expected, "title": _("Change our group")})


def _page(request, form, context: dict):
    context |= {"form": form, "back": reverse("channels:mine")}
    return render(request, "channels/mine_form.html", context)
