"""What a promise allows: named in `settings.AUTHORITY_OF_ROLES`."""

import datetime as dt

from django.db.models import F, Q

from cncd.foundation.people.authority import Grant
from cncd.foundation.people.models import Posting
from cncd.foundation.people.permissions import HELPER
from cncd.foundation.places.models import PlaceIndex
from cncd.work.partners.models import Pledge


def pledge_grants(person, day: dt.date) -> list[Grant]:
    """The role of a helper at each unit the person's agency promised help to, while it holds.

    Whoever stands in for an officer of the agency helps too; a unit that has ended is helped in
    what it passed into. One query.
    """
    standing_in = Q(substitutions__substitute=person, substitutions__since_on__lte=day) & (
        Q(substitutions__until_on=None) | Q(substitutions__until_on__gt=day)
    )
    served = Posting.objects.on(day).filter(Q(person=person) | standing_in)
    pledged = Pledge.objects.standing().on(day)
    pledged = pledged.of_agencies(served.exclude(agency=None).values("agency"))
    today = PlaceIndex.objects.on(day).filter(
        place__in=pledged.order_by().values("place"), ancestor__level=F("place__level")
    )
    found = today.order_by("ancestor").values_list("ancestor", flat=True).distinct()
    return [Grant(HELPER, place) for place in found]
