"""Telling an opening by a reader from a page that a phone fetches to keep."""

from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.work.library.actions import count_opening


def count(request, item) -> None:
    """Counts an opening at the reader's unit; what the phone's worker fetches is none.

    Browsers say what they want a page for; one that does not say is taken to be read.
    """
    if request.method == "GET" and request.headers.get("Sec-Fetch-Dest", "document") == "document":
        team = request.scope.team
        place = request.scope.commune if team else _unit_of(request.user)
        count_opening(item=item, place=place or item.place, by_teams=team is not None)


def _unit_of(user) -> Place | None:
    roots = Place.objects.filter(pk__in=authority.roots(user, "library.view"))
    return roots.order_by("level__rank", "pk").first()
