"""Writing down what was just done: what, how many, save."""

import json
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.phone.forms import PhoneForm, stepped
from cncd.faces.phone.queries import headway
from cncd.faces.phone.views.home import team_of
from cncd.foundation.people.access import allow
from cncd.team.programme import queries as programme
from cncd.work.activities.actions import may_change
from cncd.work.activities.actions.edit import current
from cncd.work.activities.choices import Choices, last_own, tile_of
from cncd.work.activities.entering import enter
from cncd.work.activities.forms import SummaryForm, said_before
from cncd.work.activities.models import Activity


@allow("activities.log")
def what(request):
    """Step one: six tiles, last used first, or all of them; the same as last time on top."""
    team = team_of(request)
    choices = Choices(team, timezone.localdate())
    last = last_own(team, request.user)
    tile = choices.tile(tile_of(last)) if last else None
    context = {
        "choices": choices,
        "tiles": choices.tiles(request.user),
        "every": "all" in request.GET,
        "last": last,
        "last_tile": tile,
    }
    return render(request, "phone/log_what.html", context)


@allow("activities.log")
def how_many(request, key):
    """Steps two and three: the number, and save."""
    team = team_of(request)
    choices = Choices(team, timezone.localdate())
    tile = choices.tile(key)
    if tile is None:
        raise Http404
    data = request.POST or None
    is_step = "step" in request.POST
    if is_step:
        data = stepped(request.POST, request.POST["step"])
    initial = {} if data else _like(request, team)
    known = {"team": team, "tile": tile, "choices": choices}
    form = PhoneForm(data, request.FILES or None, initial=initial, **known)
    if request.method == "POST" and not is_step and form.is_valid():
        found = enter(form, by=request.user)
        if found:
            return redirect("phone:saved", found.pk)
    about = json.dumps({"team": team.pk, "tile": tile.key})
    return render(request, "phone/log_entry.html", {"form": form, "tile": tile, "about": about})


@allow("activities.log")
def month(request):
    """The sum of a month, for a team that kept no log."""
    team, period = team_of(request), programme.current_period()
    today = timezone.localdate()
    since = period.first_day if period else today.replace(day=1)
    form = SummaryForm(
        request.POST or None,
        request.FILES or None,
        team=team,
        initial={"happened_on": max(since, team.since_on), "ended_on": today},
    )
    if request.method == "POST" and form.is_valid():
        found = enter(form, by=request.user)
        if found:
            return redirect("phone:saved", found.pk)
    return render(request, "phone/log_month.html", {"form": form})


@allow("activities.log")
def saved(request, pk):
    """What was saved, in words, with a way to take it back and to go on."""
    rows = Activity.objects.visible_to(request.user).listed()
    found = get_object_or_404(rows, pk=pk)
    context = {
        "activity": found,
        "may_change": may_change(request.user, found),
        "headway": headway(found.team)[:1],
        "told": told(found),
        "day": day_in_words(found),
    }
    return render(request, "phone/saved.html", context)


def told(found: Activity) -> str:
    """What was done, in words: "12 người, VNeID 12"."""
    people = _("%(n)d people") % {"n": found.people} if found.people else ""
    return ", ".join(filter(None, [people, found.contents_in_words]))


def day_in_words(found: Activity) -> str:
    """In words: "hôm nay", "hôm qua", or the date."""
    ago = (timezone.localdate() - found.happened_on).days
    if found.is_summary or ago > 1:
        return found.days
    return _("today") if ago == 0 else _("yesterday")


def _like(request, team) -> dict:
    """The values to begin with: oneself took part; with ?like=, the entry named there."""
    before = _named(request.GET.get("like", ""), team)
    if before:
        said = said_before(current(before))
        return {name: said[name] for name in said if name not in ("happened_on", "note")}
    members = team.memberships.on(timezone.localdate()).filter(person=request.user.person_id)
    return {"participants": [request.user.person_id]} if members.exists() else {}


def _named(pk: str, team) -> Activity | None:
    """The team's entry of that id; None for anything else."""
    try:
        return Activity.objects.filter(team=team, pk=UUID(pk)).first()
    except ValueError:
        return None
