"""Blank sheets to print: of one team, or of every team of a commune in one go."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.team.teams.models import Team
from cncd.work.logsheets.forms import PrintForm
from cncd.work.logsheets.legend import Work, used_lately
from cncd.work.logsheets.reading import Reader
from cncd.work.logsheets.sheets import LogSheet, Page, communes, pages
from cncd.work.logsheets.views.listing import month_in_sight

MOST_TEAMS = 100  # in one print job


@dataclass
class Blank:
    """Everything that is printed for one team."""

    sheet: LogSheet
    commune: str
    hamlets: list[str]
    contents: list[Work]
    kinds: list[Work]
    pages: list[Page]
    address: str


@allow("activities.log")
def team(request, team_id):
    """The sheets of one team."""
    teams = Team.objects.visible_to(request.user, "activities.log")
    return _printed(request, [get_object_or_404(teams, pk=team_id)])


@allow("activities.log")
def commune(request):
    """The sheets of every team one may enter for, in the unit in sight, in force in that month."""
    teams = Team.objects.visible_to(request.user, "activities.log").order_by("sort_key")
    place = request.scope.place
    if place:
        teams = teams.within([place.pk], request.scope.today)
    return _printed(request, list(teams[: MOST_TEAMS + 1]))


def _printed(request, teams):
    form = PrintForm(request.GET if "pages" in request.GET else None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    month = month_in_sight(request)
    if month is None:
        raise Http404
    number = said.get("pages", 1)
    if not form.is_bound:
        form = PrintForm(initial={"m": month.code, "pages": number})
    reader = Reader(month, teams[:MOST_TEAMS])
    blanks = _blanks(request, reader, number)
    context = {"form": form, "blanks": blanks, "reader": reader, "month": month}
    context |= {"is_cut": len(teams) > MOST_TEAMS, "most": MOST_TEAMS}
    return render(request, "logsheets/print.html", context)


def _blanks(request, reader: Reader, number: int) -> list[Blank]:
    """The sheets of the reader's teams; a fixed number of queries."""
    month, teams = reader.period, reader.teams
    named, used, found = communes(teams, month), used_lately(teams, month), []
    for each in teams:
        sheet = LogSheet(each, month)
        address = request.build_absolute_uri(reverse("logsheets:sheet", args=[sheet.code]))
        contents, kinds = reader.legend.in_order_of_use(used[each.pk])
        hamlets = [name.full_name for _pk, name in reader.hamlets[each.pk]]
        found.append(
            Blank(sheet, named.get(each.pk, ""), hamlets, contents, kinds, pages(number), address)
        )
    return found
