"""One search for places, teams, people and indicators; each only within the reader's reach."""

from django.shortcuts import render
from django.utils import timezone

from cncd.foundation.kit.text import expand, fold
from cncd.foundation.people.access import allow
from cncd.foundation.people.models import Person
from cncd.foundation.places.queries import search_places
from cncd.team.programme.models import Indicator
from cncd.team.teams.models import Team

MOST = 10


@allow("account.own")
def search(request):
    """What matches ?q=, the best first, at most ten of each kind."""
    text = request.GET.get("q", "").strip()[:100]
    found = _found(request.user, text) if text else {}
    return render(request, "desk/search.html", {"text": text, **found})


def _found(user, text: str) -> dict:
    today = timezone.localdate()
    words = fold(expand(text)).split()
    teams, people = Team.objects.visible_to(user), Person.objects.visible_to(user)
    indicators = Indicator.objects.visible_to(user).on(today)
    for word in words:
        teams = teams.filter(search_key__contains=word)
        people = people.filter(search_key__contains=word)
        indicators = indicators.filter(search_key__contains=word)
    return {
        "places": search_places(text, today)[:MOST],
        "teams": teams[:MOST],
        "people": people[:MOST] if user.can("people.view") else [],
        "indicators": indicators[:MOST],
    }
