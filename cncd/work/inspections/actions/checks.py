"""Who may do what with an inspection; locking it."""

import datetime as dt
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.urls import Resolver404, resolve
from django.utils import timezone

from cncd.foundation.people import authority
from cncd.work.inspections.actions.errors import BadLink, ChangedMeanwhile, WrongState
from cncd.work.inspections.models import Inspection

CARRY_OUT, FOLLOW_UP = "inspections.carry_out", "inspections.follow_up"


def may_inspect(user, place_id: int, on: dt.date | None = None) -> bool:
    """Whether the person inspects in the name of that very unit."""
    if user is None or authority.sees_everything(user, CARRY_OUT, on):
        return True
    return place_id in authority.roots(user, CARRY_OUT, on)


def may_answer(user, inspection: Inspection, on: dt.date | None = None) -> bool:
    """Whether the person answers for the inspected: the team's leads, or the commune itself."""
    if user is None:
        return True
    if inspection.place_id in authority.roots(user, FOLLOW_UP, on):
        return True
    return bool(inspection.team_id) and inspection.team_id in authority.team_ids(
        user, FOLLOW_UP, on
    )


def require_inspector(by, place_id: int) -> None:
    """Raises PermissionDenied unless the person inspects for the unit."""
    if not may_inspect(by, place_id):
        raise PermissionDenied(CARRY_OUT)


def held(inspection: Inspection, by, version: int | None = None, *states: str) -> Inspection:
    """The inspection under a lock, checked for inspector, state and the version the writer saw.

    Raises PermissionDenied, WrongState, ChangedMeanwhile.
    """
    found = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    require_inspector(by, found.inspecting_id)
    if states and found.state not in states:
        raise WrongState
    if version is not None and version != found.version:
        raise ChangedMeanwhile
    return found


def grown(inspection: Inspection, *fields: str) -> None:
    """Saves the fields and a version one higher."""
    inspection.version += 1
    inspection.save(update_fields=[*fields, "version"])


def own_page(link: str) -> str:
    """The path of a page of this program, from a path or a whole address; "" stays "".

    Raises BadLink.
    """
    parts = urlsplit(link.strip())
    if not link.strip():
        return ""
    try:
        resolve(parts.path)
    except Resolver404:
        raise BadLink from None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def moment(now: dt.datetime | None) -> dt.datetime:
    return now or timezone.now()
