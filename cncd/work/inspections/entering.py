"""What a page of this room is about, if the person may act on it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cncd.foundation.people.views.answers import Paper
from cncd.work.inspections.actions.checks import may_answer, may_inspect
from cncd.work.inspections.models import Finding, Inspection


class Order(Paper):
    """The decision an inspection rests on."""

    KIND = "decision"


def seen(request, pk) -> Inspection:
    """The inspection in sight, with what its page shows; 404 for another."""
    rows = Inspection.objects.visible_to(request.user)
    rows = rows.select_related("team", "leader", "place", "inspecting", "document")
    return get_object_or_404(rows, pk=pk)


def inspected_by_me(request, pk) -> Inspection:
    """The same, for those who inspect in the name of its unit; 403 for others who see it."""
    found = seen(request, pk)
    if not may_inspect(request.user, found.inspecting_id):
        raise PermissionDenied("inspections.carry_out")
    return found


def finding_seen(request, pk) -> Finding:
    rows = Finding.objects.visible_to(request.user).select_related(
        "inspection__team", "inspection__place", "inspection__inspecting", "answerable", "file"
    )
    return get_object_or_404(rows, pk=pk)


def finding_answered_by_me(request, pk) -> Finding:
    """A finding, for those who answer for the inspected; 403 for others who see it."""
    found = finding_seen(request, pk)
    if not may_answer(request.user, found.inspection):
        raise PermissionDenied("inspections.follow_up")
    return found
