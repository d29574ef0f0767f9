"""Who may write where: members for the hamlets of their own teams, officers for their units."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.team.teams.authority import places_in_reach


def may(by, permission, place, *, on: dt.date | None = None) -> bool:
    """Whether the account holds the permission at the place (or id); the system (None) always does.

    `on` is the day it was entered on a device: an officer or member of that day, or of today, may.
    """
    if by is None:
        return True
    today = timezone.localdate()
    pk = getattr(place, "pk", place)
    days = dict.fromkeys([on or today, today])
    return any(places_in_reach(by, permission, day).filter(pk=pk).exists() for day in days)


def require(by, place, *permissions: str, made_at=None) -> None:
    """Raises PermissionDenied unless `by` holds one of the permissions at the place."""
    on = made_at and timezone.localdate(made_at)
    if not any(may(by, permission, place, on=on) for permission in permissions):
        raise PermissionDenied(permissions[0])


def require_all(by, places: set[int]) -> None:
    """Raises PermissionDenied unless `by` may enter at every one of the places (ids)."""
    if by is not None and len(reached(by, places)) != len(places):
        raise PermissionDenied("registers.enter")


def reached(by, places: set[int]) -> set[int]:
    """Those of the places (ids) where `by` may enter; the system (None) everywhere."""
    if by is None:
        return places
    rows = places_in_reach(by, "registers.enter").filter(pk__in=places)
    return set(rows.values_list("pk", flat=True))
