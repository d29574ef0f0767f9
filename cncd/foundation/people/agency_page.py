"""What the pages about agencies show."""

import datetime as dt

from django.db.models import Count, F, Q

from cncd.foundation.people import authority, queries
from cncd.foundation.people.models import Agency, Delegation, Person, Posting
from cncd.foundation.places.models import Place


def agencies_of(user, place: Place | None, day: dt.date):
    """Agencies within the place, named, with their officers counted."""
    found = Agency.objects.visible_to(user).named(day).select_related("branch")
    if place:
        found = found.filter(place__in=Place.objects.reached_from([place.pk], day).values("pk"))
    current = Q(posting__until_on=None) | Q(posting__until_on__gt=day)
    officers = Count("posting__person", current & Q(posting__since_on__lte=day), distinct=True)
    place_name = queries.place_name_on("place", day)
    return found.annotate(officers=officers, place_name=place_name)


def takers(agency: Agency, user, day: dt.date):
    """The agencies that could take over from this one."""
    places = authority.reach(user, day, "agencies.change")
    return Agency.objects.alive(day).filter(place__in=places).exclude(pk=agency.pk).distinct()


def context(agency: Agency, user, day: dt.date) -> dict:
    """One agency's page."""
    versions = list(agency.versions.select_related("document").order_by("-since_on"))
    officers = Posting.objects.on(day).filter(agency=agency).select_related("person", "role")
    given = Delegation.objects.filter(Q(giver=agency) | Q(taker=agency))
    given = given.select_related("giver", "taker", "role").order_by(F("since_on").desc())
    return {
        "agency": agency,
        "name": versions[0].name if versions else str(agency),
        "versions": versions,
        "place_name": queries.place_names([agency.place_id], day).get(agency.place_id, ""),
        "before": agency.predecessors.select_related("old", "document"),
        "after": agency.successors.select_related("new", "document"),
        "officers": officers,
        "seen": _seen(user, officers),
        "delegations": given,
        "may_change": user.can("agencies.change", place=agency.place)
        and not (versions and versions[0].until_on),
    }


def _seen(user, officers) -> set[int]:
    """Ids of the officers whose page this reader may open."""
    if not user.can("people.view"):
        return set()
    people = officers.values("person")
    return set(Person.objects.visible_to(user).filter(pk__in=people).values_list("pk", flat=True))
