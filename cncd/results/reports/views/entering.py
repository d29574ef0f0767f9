"""The last day of the month at the commune: one grid for all teams, and who is still silent."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.results.reports import queries
from cncd.results.reports.actions import ReportError
from cncd.results.reports.grid import Grid
from cncd.results.reports.silent import silent_teams
from cncd.results.reports.views.reach import unit_and_period
from cncd.results.reports.wording import reminder_text
from cncd.team.teams.models import Team


@allow("reports.send")
def entry(request):
    """All teams of a commune × the asked figures, to type in or paste, saved or sent at once."""
    place, period = unit_and_period(request)
    mine = Team.objects.visible_to(request.user, "reports.send")
    if place.level_id != queries.unit_level().pk:
        return _choose_unit(request, place, mine)
    teams = queries.teams_under(place, period).filter(pk__in=mine).order_by("sort_key")
    cutoff = queries.cutoff_days(period)
    teams = [team for team in teams if queries.owes(team, period, cutoff)]
    grid = Grid(teams, period, request.POST or None)
    if request.method == "POST" and grid.is_valid():
        try:
            return _keep(request, grid)
        except ReportError as error:
            grid.show_error(error)
    context = {"grid": grid, "place": place, "period": period}
    return render(request, "reports/entry.html", context)


def _keep(request, grid: Grid):
    if "send" not in request.POST:
        changed = grid.save(request.user)
        text = ngettext("%(n)d team saved.", "%(n)d teams saved.", changed)
        messages.success(request, text % {"n": changed})
        return redirect(request.get_full_path())
    if not grid.chosen:
        messages.warning(request, _("Tick the teams whose reports you want to send."))
        return redirect(request.get_full_path())
    sent = grid.send(request.user)
    text = ngettext("%(n)d report sent.", "%(n)d reports sent.", len(sent))
    messages.success(request, text % {"n": len(sent)})
    return redirect(request.get_full_path())


def _choose_unit(request, place, teams):
    """Which commune: those in sight that have teams one may report for."""
    day = request.scope.day
    rows = teams.filter(index__level=queries.unit_level(), index__since_on__lte=day)
    units = Place.objects.within([place.pk], day).filter(pk__in=rows.values("index__place"))
    context = {"places": units.named(day).order_by("sort_key"), "address": request.path}
    return render(request, "reports/choose_unit.html", context)


@allow("reports.view")
def silent(request):
    """Teams that owe a report and have sent none: whom to call, and a text to remind them."""
    place, period = unit_and_period(request)
    teams = queries.teams_under(place, period)
    teams = teams.filter(pk__in=Team.objects.visible_to(request.user, "reports.view"))
    rows = silent_teams(teams, period, request.user)
    address = request.build_absolute_uri(reverse("reports:current"))
    context = {
        "rows": rows,
        "place": place,
        "period": period,
        "text": reminder_text(request.scope.unit_name, period, rows, address),
    }
    return render(request, "reports/silent.html", context)
