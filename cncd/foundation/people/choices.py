"""What the forms about posts offer to choose from."""

import datetime as dt

from django.db.models import OuterRef, Subquery

from cncd.foundation.kit.text import fold
from cncd.foundation.people import authority, queries
from cncd.foundation.people.models import Agency, AgencyVersion, Person, Posting
from cncd.foundation.places.models import Place

SHOWN = 12  # people offered at once; a search narrows them


def _places(request):
    """Places within the unit in sight that a role can belong to, and the officer may post at."""
    day, place = request.scope.today, request.scope.place
    reach = authority.reach(request.user, day, "postings.change").alive(day)
    if place:
        reach = reach.within([place.pk], day)
    return reach.exclude(level__code="hamlet").distinct()


def for_posting(request) -> dict:
    """Roles, places and agencies for posting somebody."""
    day = request.scope.today
    places = _places(request)
    agencies = Agency.objects.alive(day).filter(place__in=places.values("pk")).distinct()
    return {
        "roles": queries.grantable_roles(request.user, day),
        "places": places,
        "agencies": agencies,
        "day": day,
    }


def for_delegating(request) -> dict:
    """The same, roles bound to a level only: nobody delegates the whole installation."""
    offered = for_posting(request)
    return offered | {"roles": offered["roles"].exclude(level=None)}


def people_for(request, posting: Posting) -> dict:
    """Whom to choose for a post: those a search finds, else those of the same unit."""
    day, text = request.scope.today, request.GET.get("q", "").strip()[:100]
    people = Person.objects.visible_to(request.user).filter(forgotten_at=None)
    people = people.exclude(pk=posting.person_id).exclude(pk=request.user.person_id)
    near = people
    if text:
        for word in fold(text).split():
            near = near.filter(search_key__contains=word)
    else:
        below = Place.objects.within([posting.place_id], day).filter(level=posting.place.level)
        posted = Posting.objects.filter(place__in=below).values("person")
        near = near.filter(pk__in=posted) | near.filter(home=posting.place_id)
    shown = list(near.distinct().order_by("sort_key")[:SHOWN])
    ties = queries.ties(shown, day)
    labels = [(person, _label(person, ties[person.pk])) for person in shown]
    return {"people": people, "shown": labels}


def _label(person: Person, ties) -> str:
    does = "; ".join(f"{tie.text}, {tie.place}" if tie.place else tie.text for tie in ties)
    return f"{person.full_name} – {does}" if does else person.full_name


def named_delegations(delegations, day: dt.date):
    """Adds the agencies' and the place's names as of that day."""

    def name(field):
        versions = AgencyVersion.objects.filter(agency=OuterRef(field), since_on__lte=day)
        return Subquery(versions.order_by("-since_on").values("name")[:1])

    found = delegations.select_related("role__level", "document")
    return found.annotate(
        giver_name=name("giver"),
        taker_name=name("taker"),
        place_name=queries.place_name_on("place", day),
    )
