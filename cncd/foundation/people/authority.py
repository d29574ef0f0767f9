"""What a signed-in person may do, where, on a day: postings, substitutions, delegations, teams.

Rooms above add their own sources of authority (a team's leader…) in `settings.AUTHORITY_SOURCES`:
functions `source(person, day) -> list[Grant]`; `settings.AUTHORITY_OF_ROLES` holds those that only
concern who has a certain role.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from cncd.foundation.people.permissions import ADMIN, ANYBODY, PERMISSIONS
from cncd.foundation.places.models import Place


@dataclass(frozen=True)
class Grant:
    """A role somewhere: over a place and all below it, or in one team."""

    role: str
    place_id: int | None = None
    team_id: int | None = None


def posting_grants(person, day: dt.date) -> list[Grant]:
    """Roles from the person's own postings, those substituted for, and those delegated (2 queries).

    A substitute has every power of the posting, what was delegated to its agency included.
    """
    from cncd.foundation.people.models import Delegation, Posting

    in_force = Q(role__since_on__lte=day) & (Q(role__until_on=None) | Q(role__until_on__gt=day))
    replacing = Q(substitutions__substitute=person, substitutions__since_on__lte=day) & (
        Q(substitutions__until_on=None) | Q(substitutions__until_on__gt=day)
    )
    held = Posting.objects.on(day).filter(in_force).filter(Q(person=person) | replacing)
    rows = set(held.values_list("role__code", "place_id", "agency_id"))
    agencies = {agency for _role, _place, agency in rows if agency}
    delegated = set()
    if agencies:
        given = Delegation.objects.on(day).filter(in_force, taker__in=agencies)
        delegated = set(given.values_list("role__code", "place_id"))
    places = {(role, place) for role, place, _agency in rows} | delegated
    return [Grant(role, place) for role, place in sorted(places)]


def person_grants(person, day: dt.date) -> list[Grant]:
    """Every role the person holds that day, whether or not there is an account."""
    found = [g for path in settings.AUTHORITY_SOURCES for g in import_string(path)(person, day)]
    held = {grant.role for grant in found}
    for path, roles in settings.AUTHORITY_OF_ROLES.items():
        if held.intersection(roles):
            found += import_string(path)(person, day)
    return found


def own_agencies(user, on: dt.date | None = None) -> set[int]:
    """Ids of the agencies the person serves that day, in person or as a substitute."""
    from cncd.foundation.people.models import Posting

    day = on or timezone.localdate()
    if not user.is_authenticated:
        return set()
    kept = getattr(user, "kept_grants", None)
    if kept is not None and ("agencies", day) in kept:
        return kept["agencies", day]
    replacing = Q(substitutions__substitute=user.person, substitutions__since_on__lte=day) & (
        Q(substitutions__until_on=None) | Q(substitutions__until_on__gt=day)
    )
    held = Posting.objects.on(day).filter(Q(person=user.person) | replacing)
    found = set(held.exclude(agency=None).values_list("agency", flat=True))
    if kept is not None:
        kept["agencies", day] = found
    return found


def remember_grants(user) -> None:
    """From now on asks the database once per day asked about: for the length of a request."""
    user.kept_grants = {}


def grants(user, on: dt.date | None = None) -> list[Grant]:
    """Every role the account holds that day."""
    day = on or timezone.localdate()
    if not user.is_authenticated:
        return []
    kept = getattr(user, "kept_grants", None)
    if kept is not None and day in kept:
        return kept[day]
    found = person_grants(user.person, day)
    if user.is_superuser:
        found.append(Grant(ADMIN))
    if kept is not None:
        kept[day] = found
    return found


def permitted(user, permission: str | None, on: dt.date | None = None) -> list[Grant]:
    """The grants that carry the permission (all of them when no permission is named)."""
    if permission is None:
        return grants(user, on)
    roles = PERMISSIONS[permission]
    return [g for g in grants(user, on) if g.role in roles]


def roots(user, permission: str | None = None, on: dt.date | None = None) -> set[int]:
    """Ids of the places over which the person holds the permission."""
    return places_of(permitted(user, permission, on))


def places_of(held: list[Grant]) -> set[int]:
    """Ids of the places over which these grants are."""
    return {grant.place_id for grant in held if grant.place_id}


def team_ids(user, permission: str | None = None, on: dt.date | None = None) -> set[int]:
    """Ids of the teams in which the person holds the permission."""
    return teams_of(permitted(user, permission, on))


def teams_of(held: list[Grant]) -> set[int]:
    """Ids of the teams in which these grants are."""
    return {grant.team_id for grant in held if grant.team_id}


def sees_everything(user, permission: str | None = None, on: dt.date | None = None) -> bool:
    """True for the installation's own administrator only: a grant bound to no place and no team."""
    return is_unbound(permitted(user, permission, on))


def is_unbound(held: list[Grant]) -> bool:
    """Whether one of these grants is bound to no place and no team."""
    return any(not grant.place_id and not grant.team_id for grant in held)


def is_admin(user, on: dt.date | None = None) -> bool:
    """Whether the account administers the installation or a place in it; the system itself does."""
    return user is None or any(g.role == ADMIN for g in grants(user, on))


def reach(user, on: dt.date | None = None, permission: str | None = None):
    """Places under the person's authority that day, predecessors of what is in reach included."""
    day = on or timezone.localdate()
    return _reached(permitted(user, permission, day), day)


def _reached(held: list[Grant], day: dt.date):
    if is_unbound(held):
        return Place.objects.all()
    return Place.objects.reached_from(places_of(held), day)


def highest_rank(user, permission: str, on: dt.date | None = None) -> int:
    """The rank of the highest level at which the person holds the permission; 0 for an admin."""
    if is_admin(user, on):
        return 0
    places = Place.objects.filter(pk__in=roots(user, permission, on))
    return places.aggregate(rank=Min("level__rank"))["rank"] or 99


def can(user, permission: str, *, place=None, team=None, on: dt.date | None = None) -> bool:
    """Whether the person holds the permission: anywhere, over that place, or in that team.

    A permission over a place above the team counts too when the caller passes both.
    """
    if ANYBODY in PERMISSIONS[permission]:
        return user.is_authenticated
    day = on or timezone.localdate()
    held = permitted(user, permission, day)
    if not held:
        return False
    if (place is None and team is None) or is_unbound(held):
        return True
    if team is not None and team.pk in teams_of(held):
        return True
    if place is None or place.pk in places_of(held):
        return place is not None
    return _reached(held, day).filter(pk=place.pk).exists()


def require(user, permission: str, *, place=None, team=None, on: dt.date | None = None) -> None:
    """Raises PermissionDenied unless `can`; for actions, whatever the door they are called from.

    `None` is the system itself (command line, seeding): no page can pass it.
    """
    if user is not None and not can(user, permission, place=place, team=team, on=on):
        raise PermissionDenied(permission)


def people_in_reach(user) -> Q:
    """A filter of Person: oneself, those posted in reach, those whose home is in reach.

    Rooms above widen it in `settings.PEOPLE_IN_REACH`: functions `(user) -> Q` (teams add members).
    """
    from cncd.foundation.people.models import Person, Posting

    if not user.is_authenticated:
        return Q(pk__in=[])
    if sees_everything(user, "people.view"):
        return Q()
    places = reach(user, permission="people.view")
    found = Q(pk=user.person_id)
    if roots(user, "people.view"):
        posted = Posting.objects.filter(place__in=places).values("person")
        found |= Q(pk__in=posted) | Q(home__in=places)
    for path in settings.PEOPLE_IN_REACH:
        # Its own subquery, so that joins of rooms above never multiply rows.
        above = import_string(path)(user)
        found |= Q(pk__in=Person.objects.filter(above).values("pk"))
    return found
