"""What was done today, this week or in any range, as text ready to paste into the group."""

import datetime as dt

from django import forms
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField
from cncd.foundation.people.access import allow
from cncd.team.teams.models import Team
from cncd.work.activities.queries import team_text, unit_text


class RangeForm(forms.Form):
    since = DayField(label=_("From"), past=True)
    until = DayField(label=_("to"), past=True)

    def clean(self):
        said = super().clean()
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("The last day comes before the first day."))
        return said


@allow("activities.view")
def text(request):
    """The text of a team (?team=) or of the unit in sight, for the days in the address."""
    teams = Team.objects.visible_to(request.user, "activities.view")
    team = get_object_or_404(teams, pk=request.GET["team"]) if "team" in request.GET else None
    days = asked_days(request)
    context = {"team": team, "text": text_for(request, team, days["since"], days["until"])}
    return render(request, "activities/text.html", context | days)


def asked_days(request) -> dict:
    """The days in the address, or today, with the form and the usual ranges to choose others."""
    form = RangeForm(request.GET if "since" in request.GET else None)
    day = timezone.localdate()
    days = {"since": day, "until": day}
    if form.is_bound and form.is_valid():
        days = {name: form.cleaned_data[name] for name in days}
    offered = ranges()
    chosen = next((label for label, *pair in offered if pair == list(days.values())), "")
    if not form.errors:
        form = RangeForm(initial=days)
    return days | {"form": form, "ranges": offered, "chosen_range": chosen}


def text_for(request, team, since: dt.date, until: dt.date) -> str:
    """Of the team, else of the unit in sight; with one link to the entries behind it."""
    address = f"{reverse('activities:list')}?since={since:%Y-%m-%d}&until={until:%Y-%m-%d}"
    place = request.scope.place
    if team:
        return team_text(
            team, since, until, link=request.build_absolute_uri(f"{address}&team={team.pk}")
        )
    if place:
        link = request.build_absolute_uri(f"{address}&u={place.pk}")
        return unit_text(place, request.scope.unit_name, since, until, link=link)
    return ""


def ranges() -> list[tuple[str, dt.date, dt.date]]:
    """The ranges asked for most: today, yesterday, this week from Monday, this month."""
    day = timezone.localdate()
    before = day - dt.timedelta(days=1)
    return [
        (_("Today"), day, day),
        (_("Yesterday"), before, before),
        (_("This week"), day - dt.timedelta(days=day.weekday()), day),
        (_("This month"), day.replace(day=1), day),
    ]
