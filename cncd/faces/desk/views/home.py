"""The overview of a unit, and the one-page brief for a meeting."""

from django.shortcuts import render
from django.utils import timezone

from cncd.faces.desk.brief import furthest_behind, tables
from cncd.faces.desk.overview import Overview, pillar_of
from cncd.faces.desk.views.empty import without_data
from cncd.foundation.people.access import allow
from cncd.results.totals import queries as totals


@allow("desk.open")
def home(request):
    """The unit of the context bar in its month: completeness, headline figures, units below."""
    scope = request.scope
    if scope.place is None or scope.period is None:
        return without_data(request)
    page = Overview(scope.place, scope.period, timezone.localtime(), pillar_of(request.user))
    silent = totals.silent_teams(scope.place, scope.period)
    return render(
        request,
        "desk/home.html",
        {
            "page": page,
            "silent": silent[:12],
            "silent_count": page.standing.unsent,
            "compared": page.headline[:4],
            "reads_reports": request.user.can("reports.view"),
        },
    )


@allow("desk.open")
def brief(request):
    """One page for a meeting, made to be printed."""
    scope = request.scope
    if scope.place is None or scope.period is None:
        return without_data(request)
    page = Overview(scope.place, scope.period, timezone.localtime(), pillar_of(request.user))
    context = {"page": page, "tables": tables(page), "behind": furthest_behind(page)}
    return render(request, "desk/brief.html", context)
