"""What the pilot cost: the lines of money books that are its own, never a unit's whole spending."""

import datetime as dt

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import with_unit
from cncd.foundation.places.models import PlaceIndex
from cncd.results.pilots.models import Pilot
from cncd.results.pilots.queries.given import Figure
from cncd.work.money.models import Spending

DONG = "đồng"
BEFORE = dt.timedelta(days=90)  # what is bought to get ready


def own_spending(pilot: Pilot):
    """Lines that cite the pilot's own document, and those an officer marked as its."""
    is_own = Q(pk__in=pilot.costs.values("spending"))
    if pilot.document_id:
        is_own |= Q(document=pilot.document_id)
    return Spending.objects.standing().filter(is_own)


def around(pilot: Pilot):
    """Lines that may be the pilot's: of the units above its hamlets up to the one that runs it,
    from 90 days before the issue until the synthesis is due; its own wherever they stand.
    """
    tried = pilot.units.standing().tried().values("place")
    above = PlaceIndex.objects.on(pilot.issued_on).filter(place__in=tried, inherited=False)
    top = PlaceIndex.objects.on(pilot.issued_on).filter(ancestor=pilot.place_id)
    units = Q(place__in=above.values("ancestor")) & Q(place__in=top.values("place"))
    span = (pilot.issued_on - BEFORE, pilot.days.synthesis_due_on)
    near = (units | Q(place=pilot.place_id)) & Q(spent_on__range=span)
    rows = Spending.objects.standing()
    return rows.filter(near | Q(pk__in=own_spending(pilot).values("pk")))


def cost_of(pilot: Pilot) -> Figure:
    """What its own lines add up to, in đồng; nothing marked is not 0."""
    page = reverse("pilots:costs", args=[pilot.pk])
    rows = list(
        own_spending(pilot).order_by("spent_on", "pk").values_list("pk", "version", "amount")
    )
    if not rows:
        return Figure(None, _("no spending is marked as the pilot's"), page)
    records = tuple(("spending", str(pk), version) for pk, version, _amount in rows)
    total = sum(amount for _pk, _version, amount in rows)
    source = _("Lines of the money book that cite the pilot's plan or were marked as the pilot's.")
    return Figure(total, with_unit(total, DONG), page, records, source)


def left_aside(pilot: Pilot) -> int:
    """What the same units spent besides in the days of the pilot: not counted, but told."""
    days = (pilot.days.first_day, pilot.days.last_day)
    rows = around(pilot).exclude(pk__in=own_spending(pilot).values("pk"))
    return rows.filter(spent_on__range=days).aggregate(n=Sum("amount"))["n"] or 0
