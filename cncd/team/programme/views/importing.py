"""Targets from Excel."""

from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.team.programme.imports import TargetImport


@allow("targets.assign")
def import_targets(request):
    """A table of units and indicators, prepared with the units below, filled in, checked, kept."""
    back = reverse("programme:targets")
    return TargetImport(request, back=back, place=request.scope.place).response()
