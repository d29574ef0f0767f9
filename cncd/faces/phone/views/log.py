"""Writing down what was just done: what, how many, save."""

import json

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.faces.phone.forms import PhoneForm, stepped
from cncd.faces.phone.queries import headway
from cncd.faces.phone.repeating import last_time, worth_repeating
from cncd.faces.phone.views.home import ANY, team_of
from cncd.foundation.kit.ids import uuid_of
from cncd.foundation.people.access import allow
from cncd.team.programme import queries as programme
from cncd.work.activities.actions import may_change
from cncd.work.activities.choices import Choices, Tile, last_own
from cncd.work.activities.entering import enter
from cncd.work.activities.forms import SummaryForm
from cncd.work.activities.models import Activity


@allow("activities.log")
def what(request):
    """Step one: six tiles, last used first, or all of them; the same as last time on top."""
    team = team_of(request)
    choices = Choices(team, timezone.localdate())
    context = {"choices": choices, "tiles": choices.tiles(request.user)}
    context |= last_time(team, request.user, choices)
    return render(request, "phone/log_what.html", context)


@allow("activities.log")
def how_many(request, key):
    """Steps two and three: the number, and save."""
    team = team_of(request)
    choices = Choices(team, timezone.localdate())
    tile = choices.tile(key)
    if tile is None and key != ANY:
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
    first = {"is_first": last_own(team, request.user) is None}
    page = {"form": form, **first, **_page_of(tile, choices)}
    return render(request, "phone/log_entry.html", page)


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
    about = json.dumps({"team": team.pk})
    return render(request, "phone/log_month.html", {"form": form, "about": about})


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
        "about": about_entry(found),
    }
    return render(request, "phone/saved.html", context)


def about_entry(found: Activity) -> str:
    """Which entry a change is about, for the phone's envelope."""
    return json.dumps({"activity": str(found.pk)})


def told(found: Activity) -> str:
    """What was done, in words: "12 người, VNeID 12"."""
    return in_words(found.people, found.contents_in_words)


def in_words(people: int, contents: str) -> str:
    """As `told`, of what need not be read from the database."""
    helped = _("%(n)d people") % {"n": people} if people else ""
    return ", ".join(filter(None, [helped, contents]))


def day_in_words(found: Activity) -> str:
    """In words: "hôm nay", "hôm qua", or the date."""
    ago = (timezone.localdate() - found.happened_on).days
    if found.is_summary or ago > 1:
        return found.days
    return _("today") if ago == 0 else _("yesterday")


def _page_of(tile: Tile | None, choices: Choices) -> dict:
    """What the page is about; without a tile, all that makes it the page of any.

    `tiles`: {key: [name, kind, field of its own count]}.
    """
    about = {"team": choices.team.pk}
    if tile:
        return {"name": tile.name, "about": json.dumps(about | {"tile": tile.key})}
    own = {row.code: f"content_{row.code}" for row in choices.contents if row.unit != "lượt"}
    tiles = {
        each.key: [each.name, choices.kind_for(each), own.get(each.code, "")]
        for each in choices.all_tiles
    }
    name = _("Log what was just done")
    return {"name": name, "about": json.dumps(about), "tiles": json.dumps(tiles)}


def _like(request, team) -> dict:
    """The values to begin with: oneself took part; with ?like=, the entry named there."""
    before = _named(request.GET.get("like", ""), team)
    if before:
        return worth_repeating(before)
    members = team.memberships.on(timezone.localdate()).filter(person=request.user.person_id)
    return {"participants": [request.user.person_id]} if members.exists() else {}


def _named(pk: str, team) -> Activity | None:
    """The team's entry of that id; None for anything else."""
    return Activity.objects.filter(team=team, pk=uuid_of(pk)).first()
