"""Fetching places for pages that change them."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cncd.foundation.places.checks import permission_for
from cncd.foundation.places.models import Place


def may_change(user, place: Place, permission: str = "") -> bool:
    """Whether the person may change the place, today or, if it is to come, on its first day."""
    permission = permission or permission_for(place.level)
    if user.can(permission, place=place):
        return True
    begins = place.versions.order_by("since_on").values_list("since_on", flat=True)[0]
    return begins > timezone.localdate() and user.can(permission, place=place, on=begins)


def changeable(request, pk: int, permission: str = "") -> Place:
    """The place, if the person may change it; outside their reach it does not exist (404)."""
    visible = Place.objects.visible_to(request.user).select_related("level")
    place = get_object_or_404(visible, pk=pk)
    if not may_change(request.user, place, permission):
        raise Http404
    return place


def named(place: Place, day) -> Place:
    """The place with its names as of that day, or as near as it existed."""
    from cncd.foundation.places.queries import last_day_known

    return Place.objects.named(last_day_known(place, day)).select_related("level").get(pk=place.pk)
