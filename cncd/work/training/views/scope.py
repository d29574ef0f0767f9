"""What the pages of plans and gaps look at: the unit in sight, a year, what one may do there."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from cncd.work.training.models import TrainingPlan


def year_of(request) -> int:
    """The year of the address, else this one."""
    asked = request.GET.get("year", "")
    today = request.scope.today
    return int(asked) if asked in map(str, years(today)) else today.year


def years(today) -> range:
    return range(today.year - 3, today.year + 3)


def plan_of(request, pk, permission: str) -> TrainingPlan:
    """The plan: 404 out of sight, 403 where one may not do this."""
    seen = TrainingPlan.objects.visible_to(request.user).select_related("place", "document")
    found = get_object_or_404(seen, pk=pk)
    if not request.user.can(permission, place=found.place):
        raise PermissionDenied(permission)
    return found


def face_of(request) -> str | None:
    """The phone's frame for who has no desk."""
    user = request.user
    return "phone.html" if user.can("phone.open") and not user.can("desk.open") else None
