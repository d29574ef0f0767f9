"""Rosters from Excel."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.team.teams.imports import RosterImport
from cncd.team.teams.views.scope import own_communes


@allow("teams.form")
def import_roster(request):
    """Upload, look, confirm: the teams of one commune by one decision."""
    communes = own_communes(request)
    if not communes:
        raise PermissionDenied("teams.form")
    return RosterImport(request, back=reverse("teams:list"), commune=communes[0]).response()
