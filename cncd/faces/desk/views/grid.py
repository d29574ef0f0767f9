"""The grid of reports."""

from django.shortcuts import render
from django.utils import timezone

from cncd.faces.desk.grid import Grid
from cncd.faces.desk.views.empty import without_data
from cncd.foundation.people.access import allow
from cncd.results.reports.marks import MARKS


@allow("reports.view")
def grid(request):
    """Units or teams × the last 12 months; a cell opens its report, a row one level down."""
    scope = request.scope
    if scope.place is None or scope.period is None:
        return without_data(request)
    page = Grid(scope.place, scope.period, timezone.localtime())
    return render(request, "desk/grid.html", {"page": page, "marks": MARKS.values()})
