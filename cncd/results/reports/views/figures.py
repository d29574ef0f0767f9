"""“Số này từ đâu?”: one figure, as it counts now or as it was frozen."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cncd.foundation.people.access import allow
from cncd.results.reports import explaining, looking, queries
from cncd.results.reports.views.reach import face_of, seen, team_address, team_and_period
from cncd.team.programme.models import Measure

PANEL = "behind"  # the part of the review page that htmx asks for


@allow("reports.view")
def counted(request, team_id, code, measure):
    """What a figure of a team counts right now, record by record."""
    team, period = team_and_period(request, team_id, code, "reports.view")
    lines = queries.team_lines([team], period)[team.pk]
    line = next((line for line in lines if line.code == measure), None)
    if line is None:
        raise Http404
    context = {
        "behind": explaining.of_line(line, period),
        "team": team,
        "owner": team,
        "period": period,
        "face": face_of(request, team),
        "team_address": team_address(request, team, period),
    }
    return render(request, "reports/figure.html", context)


@allow("reports.view")
def figure(request, pk, measure):
    """What a sent figure counted, for ever: its records as they stood, and how it moved."""
    found = seen(request, pk)
    number = request.GET.get("version", "")
    versions = found.versions.exclude(sent_at=None)
    version = found.sent
    if number:
        version = get_object_or_404(versions, number=number if number.isdecimal() else 0)
    if version is None or measure not in version.figures:
        raise Http404
    asked = get_object_or_404(Measure, code=measure)
    context = {
        "report": found,
        "version": version,
        "team": found.team,
        "owner": found.team or found.place,
        "period": found.period,
        "behind": explaining.of_version(version, asked, found.period),
        "look": looking.at(found, asked),
        "face": face_of(request, found.team),
    }
    panel = request.headers.get("HX-Target") == PANEL
    return render(request, "reports/behind.html" if panel else "reports/figure.html", context)
