"""From an address to what the person may see or change there."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cncd.foundation.people import authority
from cncd.foundation.people.views.answers import Paper
from cncd.results.pilots.models import Pilot, PilotUnit, Replication

RUN, PLAN = "pilots.run", "pilots.plan"


class Plan(Paper):
    """The document a pilot rests on."""

    KIND = "plan"


def pilot_seen(request, pk) -> Pilot:
    rows = Pilot.objects.visible_to(request.user).select_related("document", "place")
    return get_object_or_404(rows, pk=pk)


def pilot_run(request, pk) -> Pilot:
    """A pilot, for those who run it; 403 for others who see it."""
    found = pilot_seen(request, pk)
    if not authority.can(request.user, RUN, place=found.place):
        raise PermissionDenied(RUN)
    return found


def unit_run(request, pk) -> PilotUnit:
    """A hamlet of a pilot, for those who run it or work above the hamlet."""
    rows = PilotUnit.objects.standing().filter(
        pilot__in=Pilot.objects.standing().visible_to(request.user)
    )
    unit = get_object_or_404(rows.select_related("pilot__place", "place"), pk=pk)
    places = (unit.pilot.place, unit.place)
    if not any(authority.can(request.user, RUN, place=place) for place in places):
        raise PermissionDenied(RUN)
    return unit


def plan_seen(request, pk) -> Replication:
    rows = Replication.objects.visible_to(request.user).select_related(
        "place", "pilot__document", "approved_by__person"
    )
    return get_object_or_404(rows, pk=pk)


def plan_of_mine(request, pk, permission: str = PLAN) -> Replication:
    """A plan, for those who hold the permission over its unit; 403 for others who see it."""
    found = plan_seen(request, pk)
    if not authority.can(request.user, permission, place=found.place):
        raise PermissionDenied(permission)
    return found
