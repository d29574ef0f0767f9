"""The household lists of the unit in sight, as one table."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.households.lists import HouseholdList
from cncd.work.households.lists import listed as ready
from cncd.work.households.models import Household
from cncd.work.households.queries import hamlets_with_list
from cncd.work.households.reaching import CHANGE, MOST_OFFERED, hamlets_in_sight


@allow("households.view")
def listed(request):
    """Households of the unit in sight; for a member of a team, those of the team's hamlets."""
    day = request.scope.day
    rows = Household.objects.visible_to(request.user)
    if request.scope.place:
        rows = rows.of_places(Place.objects.reached_from([request.scope.place.pk], day))
    hamlets = list(hamlets_in_sight(request)[: MOST_OFFERED + 1])
    offered = hamlets if len(hamlets) <= MOST_OFFERED else []
    with_list = hamlets_with_list([place.pk for place in offered], day)
    may_change = bool(request.user.can(CHANGE))
    context = {
        "may_change": may_change,
        "without": [place for place in offered if place.pk not in with_list],
        "first_step": (reverse("households:number"), _("Make the codes 001, 002 …")),
    }
    if not may_change:
        del context["first_step"]
    rows = ready(rows, dt.date(day.year, 1, 1), day)
    return HouseholdList(request, rows, hamlets=offered, context=context).response()
