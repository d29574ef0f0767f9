"""The promises of a unit, and one of them with what was delivered."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.work.partners.actions.statements import is_partner
from cncd.work.partners.lists import PledgeList, RecordList
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries import contacts, delivered_of, standings
from cncd.work.partners.queries.delivered import RECORDS
from cncd.work.partners.wording import ELSEWHERE


def pledges_in_scope(request):
    """What one may see of the unit in sight: promises to it, to what is above it and below it."""
    found = Pledge.objects.visible_to(request.user).select_related("document")
    place, day = request.scope.place, request.scope.today
    if place is None:
        return found
    above = PlaceIndex.objects.on(day).filter(place=place, inherited=False).values("ancestor")
    below = Place.objects.reached_from([place.pk], day)
    return found.filter(Q(place__in=above) | Q(place__in=below))


@allow("partners.view")
def listed(request):
    """Who promised what to the unit in sight, delivered against promised."""
    rows = pledges_in_scope(request)
    if request.GET.get("state") != "withdrawn":
        rows = rows.standing()
    may_change = request.user.can("partners.change")
    first = (reverse("partners:make"), gettext("Record the first promise →"))
    context = {
        "may_change": may_change,
        "may_see": request.user.can("registers.view"),
        "first_step": first if may_change else None,
    }
    return PledgeList(request, standings(rows, request.scope.today), context=context).response()


@allow("partners.view")
def pledge(request, pk):
    """One promise: how far it has come, and the records that count for it."""
    found = Pledge.objects.visible_to(request.user).select_related("document", "recorded_by")
    found = get_object_or_404(found, pk=pk)
    day = request.scope.today
    [row] = standings([found], day)
    records = delivered_of(found, request.user)
    context = {
        "row": row,
        "contact": contacts([found.agency_id], day).get(found.agency_id, ""),
        "hidden": row.delivered - len(records) if found.kind in RECORDS else 0,
        "counted_elsewhere": ELSEWHERE.get(found.kind, ""),
        "statements": found.statements.filter(withdrawn_at=None).select_related(
            "stated_by__person"
        ),
        "may_state": not found.withdrawn_at and is_partner(request.user, found),
        "is_open": not found.withdrawn_at,
        "may_change": request.user.can("partners.change", place=found.place),
    }
    return RecordList(request, records, context=context).response()
