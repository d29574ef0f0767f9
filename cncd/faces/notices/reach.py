"""Whose deliveries somebody may look at."""

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.people import authority
from cncd.foundation.people.models import User


def deliveries_in_reach(user) -> Q:
    """To the people and offices of one's own units and below; what was said stays theirs."""
    if not user.can("notices.log"):
        return Q(user=user)
    places = authority.reach(user, timezone.localdate(), "notices.log")
    return (
        Q(user=user) | Q(user__in=User.objects.visible_to(user)) | Q(place__in=places.values("pk"))
    )
