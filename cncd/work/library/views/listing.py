"""The shelf, and what of it was opened."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext

from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Place
from cncd.work.library.lists import ItemList, OpeningList
from cncd.work.library.models import Edition, Item, Opening
from cncd.work.library.queries import with_names

State = Edition.State


@allow("library.view")
def listed(request):
    """What may be read here, searched and narrowed; with a state, what is being written."""
    may_write = request.user.can("library.change") or request.user.can("library.approve")
    seen = rows = Item.objects.visible_to(request.user)
    if not (may_write and request.GET.get("state")):
        rows = rows.published()
    writes = request.user.can("library.change")
    first = (reverse("library:new"), gettext("Write the first text →")) if writes else None
    context = {
        "writes": writes,
        "may_count": request.user.can("desk.open"),
        "waiting": seen.submitted().count() if may_write else 0,
        "first_step": first,
    }
    rows = with_names(rows, request.scope.today)
    return ItemList(request, rows, may_write=may_write, context=context).response()


@allow("desk.open")
def openings(request):
    """How often each text was opened in the period, in the unit in sight and below it."""
    place, period, day = request.scope.place, request.scope.period, request.scope.today
    first = period.first_day if period else day - dt.timedelta(days=30)
    rows = Opening.objects.filter(day__range=(first, period.last_day if period else day))
    if place is not None:
        rows = rows.filter(place__in=Place.objects.reached_from([place.pk], day))
    found = OpeningList.counted(Item.objects.visible_to(request.user), rows)
    return OpeningList(request, found).response()
