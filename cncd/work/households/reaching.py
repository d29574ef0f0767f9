"""Which hamlets a page is about: those in reach, under the unit in sight."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cncd.foundation.places.models import Level, Place
from cncd.team.teams.authority import places_in_reach
from cncd.work.households.models import Household

VIEW, CHANGE = "households.view", "households.change"
MOST_OFFERED = 60  # hamlets in one list of choices, or typed in on one page


def hamlets_in_sight(request, permission: str = VIEW):
    """Hamlets in force in reach and under the unit in sight, named, by commune and name."""
    day = request.scope.today if permission == CHANGE else request.scope.day
    lowest = Level.objects.order_by("-rank").values("pk")[:1]
    found = places_in_reach(request.user, permission).filter(level__in=lowest).alive(day)
    if request.scope.place:
        found = found.filter(pk__in=Place.objects.within([request.scope.place.pk], day))
    return found.named(day).order_by("parent_id", "sort_key").distinct()


def kept_hamlet(request, pk: int) -> Place:
    """The hamlet, if the person keeps its list; else 404."""
    hamlets = hamlets_in_reach(request.user, CHANGE).named(request.scope.today)
    return get_object_or_404(hamlets, pk=pk)


def hamlets_in_reach(user, permission: str = VIEW):
    """Hamlets whose lists the person may see (or keep), also those that have ended."""
    lowest = Level.objects.order_by("-rank").values("pk")[:1]
    return places_in_reach(user, permission).filter(level__in=lowest)


def kept_household(request, pk: int) -> Household:
    """The household, if the person keeps the list of its hamlet; else 404."""
    rows = Household.objects.visible_to(request.user).changeable_by(request.user)
    return get_object_or_404(rows.select_related("place"), pk=pk)


def one_at_most(hamlets, most: int = MOST_OFFERED) -> list[Place]:
    """The hamlets as a list; 404 for none."""
    found = list(hamlets[: most + 1])
    if not found:
        raise Http404
    return found
