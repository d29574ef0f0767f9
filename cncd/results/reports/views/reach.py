"""Finding what an address names, within the person's reach, and the shell it is shown in."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cncd.foundation.kit.text import nfc
from cncd.foundation.people import authority
from cncd.results.reports import queries
from cncd.results.reports.models import Report
from cncd.team.programme import queries as programme
from cncd.team.teams.models import Team


def team_and_period(request, team_id, code, permission="reports.send"):
    """The team in the person's reach and the month of the scheme in use, or 404."""
    team = get_object_or_404(Team.objects.visible_to(request.user, permission), pk=team_id)
    period = programme.period_coded(code)
    if period is None:
        raise Http404
    return team, period


def seen(request, pk, permission: str = "reports.view") -> Report:
    """The report within the person's reach, or 404."""
    rows = Report.objects.visible_to(request.user, permission)
    rows = rows.select_related("team", "place__level", "period", "sent__sent_by__person", "level")
    return get_object_or_404(rows, pk=pk)


def sent_or_404(request, pk, permission: str = "reports.view") -> Report:
    """A sent report of a team, or 404."""
    found = seen(request, pk, permission)
    if found.sent_id is None or found.team_id is None:
        raise Http404
    return found


def unit_and_period(request):
    """The unit and period in sight, or 404 when the person has neither."""
    place, period = request.scope.place, request.scope.period
    if place is None or period is None:
        raise Http404
    return place, period


def written(request, name: str, most: int = 500) -> str:
    """What somebody wrote in a field without a form of its own, in one spelling."""
    return nfc(request.POST.get(name, "").replace("\0", "")).strip()[:most]


def marked_figures(request) -> dict[str, str]:
    """{measure code: note} of the figures ticked to be returned."""
    return {code: written(request, f"note.{code}") for code in request.POST.getlist("figure")}


def edition_seen(request) -> int | None:
    """Which state of the report the page showed."""
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def keep_in_sight(request, period) -> str:
    """Makes the period of the address the one in sight; another one just chosen is returned."""
    asked = request.GET.get("k", "")
    request.scope.period = period
    return asked if asked != period.code and programme.period_coded(asked) else ""


def unit_address(report: Report) -> str:
    """Where the consolidated report of a unit is read."""
    query = {"u": report.place_id, "k": report.period.code}
    return f"{reverse('totals:unit')}?{urlencode(query)}"


def team_address(request, team, period) -> str:
    """Where the team's report is written; for those who may not, where its reports are listed."""
    if Team.objects.visible_to(request.user, "reports.send").filter(pk=team.pk).exists():
        return reverse("reports:write", args=[team.pk, period.code])
    return reverse("reports:of_team", args=[team.pk])


def unit_address_of_team(report: Report) -> str:
    """Where the consolidated report is read into which a team's report goes; "" for none."""
    unit = queries.unit_id(report)
    query = {"u": unit, "k": report.period.code}
    return f"{reverse('totals:unit')}?{urlencode(query)}" if unit else ""


def holds(user, permission: str, report: Report) -> bool:
    """Whether the person holds the permission over the report's team or unit."""
    return Report.objects.visible_to(user, permission).filter(pk=report.pk).exists()


def face_of(request, team) -> str:
    """Members of the team stay in the phone's shell; officers in the desk's."""
    own = team is not None and team.pk in authority.team_ids(request.user, "phone.open")
    return "phone.html" if own else "shell.html"
