"""What belonging to a team allows: named in `settings.AUTHORITY_SOURCES` and `PEOPLE_IN_REACH`."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.people import authority
from cncd.foundation.people.authority import Grant, permitted
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Coverage, Membership, Team


def membership_grants(person, day: dt.date) -> list[Grant]:
    """One grant per team the person belongs to that day, its role being the position (II.1.1)."""
    held = Membership.objects.on(day).filter(person=person).in_teams_in_force(day)
    rows = held.order_by().values_list("position", "team")
    return [Grant(position, team_id=team) for position, team in rows]


def members_in_reach(user) -> Q:
    """A filter of Person: whoever is or was a member of a team the user may see people of."""
    if not permitted(user, "people.view"):
        return Q(pk__in=[])
    return Q(memberships__team__in=Team.objects.visible_to(user, "people.view"))


def places_in_reach(user, permission: str, on: dt.date | None = None):
    """Places where the person holds the permission that day, predecessors included:

    those under their offices, and the hamlets that their own teams cover.
    """
    day = on or timezone.localdate()
    held = permitted(user, permission, day)
    if authority.is_unbound(held):
        return Place.objects.all()
    roots = authority.places_of(held)
    if own := authority.teams_of(held):
        roots |= set(Coverage.objects.on(day).filter(team__in=own).values_list("place", flat=True))
    return Place.objects.reached_from(roots, day)
