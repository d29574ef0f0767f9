"""What of the registers a page is about: what the person may see, under the unit in sight."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cncd.foundation.people import authority
from cncd.foundation.places import queries as place_queries
from cncd.foundation.places.models import Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.registers.actions import rights
from cncd.work.registers.actions.withdrawing import place_of


def places_in_sight(request):
    """Places of the unit in sight that the person may see, what passed into them included."""
    user, day, place = request.user, request.scope.today, request.scope.place
    if place is None:
        return places_in_reach(user, "registers.view", day)
    within = Place.objects.reached_from([place.pk], day)
    if authority.can(user, "registers.view", place=place):
        return within  # all below what one holds is held
    return within.filter(pk__in=places_in_reach(user, "registers.view", day))


def in_sight(request, rows):
    """The rows of a register under the unit in sight.

    Places are a few hundred: named one by one they leave the database no choice but to read the
    list in its order, which is what makes it quick. Where they are all there are, none is named.
    """
    places = sorted(places_in_sight(request).values_list("pk", flat=True))
    return rows if len(places) == Place.objects.count() else rows.of_places(places)


def one(request, rows, pk):
    """One record within reach, or 404."""
    return get_object_or_404(rows.visible_to(request.user), pk=pk)


def may(request, record, permission: str = "registers.enter") -> bool:
    return rights.may(request.user, permission, place_of(record))


def changeable(request, rows, pk, permission: str = "registers.enter"):
    """One record this person may change, or 404."""
    found = one(request, rows, pk)
    if not may(request, found, permission):
        raise Http404
    return found


def units_offered(request) -> list[tuple[int, str]]:
    """The units just below the one in sight, to filter by."""
    place, day = request.scope.place, request.scope.today
    if place is None:
        return []
    rows = place_queries.children(place, day)
    return [(unit.pk, unit.full_name) for unit in rows]


def within_unit(rows, pk: str, day):
    """The rows of one unit and all below it."""
    return rows.of_places(
        list(Place.objects.reached_from([int(pk)], day).values_list("pk", flat=True))
    )
