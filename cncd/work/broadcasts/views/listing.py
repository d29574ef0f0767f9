"""The log of the unit in sight and below it, and one broadcast."""

from functools import cached_property

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from cncd.foundation.kit.list_rows import PlainRows
from cncd.foundation.people.access import allow
from cncd.foundation.people.queries import place_name_on
from cncd.foundation.places.models import Place
from cncd.work.broadcasts.lists import BroadcastList
from cncd.work.broadcasts.models import Broadcast
from cncd.work.broadcasts.rules import Days

OWN, BELOW = "own", "below"


@allow("broadcasts.view")
def listed(request):
    """What the unit broadcast in the period, and on demand what the units below did, apart."""
    place, period, day = request.scope.place, request.scope.period, request.scope.today
    rows = Broadcast.objects.visible_to(request.user).standing()
    rows = rows.select_related("medium", "content", "origin", "item")
    rows = rows.annotate(unit_name=place_name_on("place", day))
    shows_below = request.GET.get("level") == BELOW
    if place is not None:
        below = Place.objects.reached_from([place.pk], day).exclude(pk=place.pk)
        rows = rows.filter(place__in=below) if shows_below else rows.filter(place=place)
    if period is not None:
        rows = rows.between(period.first_day, period.last_day)
    may_record = place is not None and request.user.can("broadcasts.record", place=place)
    first = (reverse("broadcasts:new"), gettext("Record the first broadcast →"))
    context = {
        "may_record": may_record,
        "shows_below": shows_below,
        "has_below": place is not None and place.level.code in ("district", "province"),
        "first_step": first if may_record and not shows_below else None,
    }
    return _InPeriod(request, rows, context=context, period=period).response()


class _InPeriod(BroadcastList):
    """The times of each row that fall into the period."""

    def __init__(self, request, rows, *, period, **options):
        self.period = period
        super().__init__(request, rows, **options)

    @cached_property
    def found(self):
        rows = list(super().found.source)
        for row in rows:
            row.amount = self._amount(row)
        return PlainRows(rows)

    def _amount(self, row) -> int:
        if self.period is None:
            return row.total
        days = Days(row.since_on, row.last_on, row.weekdays)
        return days.count(self.period.first_day, self.period.last_day) * row.times


@allow("broadcasts.view")
def broadcast(request, pk):
    """One broadcast: days, times, what it repeats, who repeated it."""
    rows = Broadcast.objects.visible_to(request.user).select_related("medium", "content", "item",
                                                                     "origin")  # fmt: skip
    rows = rows.annotate(unit_name=place_name_on("place", request.scope.today))
    found = get_object_or_404(rows, pk=pk)
    repeats = Broadcast.objects.visible_to(request.user).standing().filter(origin=found)
    context = {
        "broadcast": found,
        "may_change": request.user.can("broadcasts.record", place=found.place),
        "repeats": repeats.annotate(unit_name=place_name_on("place", request.scope.today)),
    }
    return render(request, "broadcasts/broadcast.html", context)
