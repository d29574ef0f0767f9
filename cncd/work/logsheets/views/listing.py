"""Where paper begins: a code to type, and the sheets of a month, team by team."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Column, List
from cncd.foundation.people.access import allow
from cncd.team.teams.models import Team
from cncd.work.activities.models import Activity
from cncd.work.logsheets.forms import CodeForm, PrintForm
from cncd.work.logsheets.sheets import LogSheet, month_coded, this_month


@dataclass
class Row:
    """A team's sheet of a month."""

    sheet: LogSheet
    lines: int = 0
    last_at: dt.datetime | None = None


class SheetList(List):
    title = _("Paper log sheets")
    name = "to-ghi-giay"
    template = "logsheets/list.html"
    columns = [
        Column(
            "sheet.team.name",
            _("Team"),
            sort="sheet.team.sort_key",
            link=lambda row: reverse("logsheets:sheet", args=[row.sheet.code]),
        ),
        Column("sheet.code", _("Code"), kind="code", sort="sheet.code"),
        Column("lines", _("Lines entered"), kind="number", sort="lines", total=True),
        Column("last_at", _("Entered last"), kind="datetime", sort="last_at"),
        Column(
            "ways", _("Log sheet"), value="sheet", template="logsheets/ways_cell.html", export=False
        ),
    ]
    search_fields = ["sheet.team.name", "sheet.code"]
    search_hint = _("Team or code")
    order = "sheet.team.sort_key"
    empty = _("There is no team here that you enter for.")


@allow("activities.log")
def listed(request):
    """The teams one may enter for, with their sheets of the month; a code opens any of them."""
    form = CodeForm(request.GET if "code" in request.GET else None, user=request.user)
    if form.is_valid():
        return redirect("logsheets:sheet", form.cleaned_data["code"].code)
    month = month_in_sight(request)
    if month is None:
        raise Http404
    context = {"form": form, "month": month, "choose": PrintForm(initial={"m": month.code})}
    if request.user.can("desk.open"):
        return SheetList(request, _rows(_teams(request), month), context=context).response()
    context["sheet"] = LogSheet(request.scope.team, month)
    return render(request, "logsheets/own.html", context)


def month_in_sight(request):
    """The month asked for, else that of the desk's pages, else this one."""
    asked = month_coded(request.GET.get("m", "")[:10])
    return asked or (request.user.can("desk.open") and request.scope.period) or this_month()


def _teams(request):
    """Within reach, of the unit in sight."""
    found = Team.objects.visible_to(request.user, "activities.log")
    place = request.scope.place
    return found.within([place.pk], request.scope.today) if place else found


def _rows(teams, month) -> list[Row]:
    rows = {row.sheet.code: row for row in (Row(LogSheet(team, month)) for team in teams)}
    entered = Activity.objects.filter(sheet_code__in=rows).order_by().values("sheet_code")
    for found in entered.annotate(lines=Count("pk"), last_at=Max("recorded_at")):
        row = rows[found["sheet_code"]]
        row.lines, row.last_at = found["lines"], found["last_at"]
    return list(rows.values())
