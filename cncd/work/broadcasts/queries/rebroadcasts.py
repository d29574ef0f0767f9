"""What a unit may have repeated from above."""

import datetime as dt

from cncd.foundation.places.models import PlaceIndex
from cncd.work.broadcasts.models import Broadcast

LATELY = dt.timedelta(days=92)


def may_repeat(place, day: dt.date):
    """Broadcasts of the last three months by the units above the place, the newest first."""
    above = PlaceIndex.objects.on(day).filter(place=place).exclude(ancestor=place)
    rows = Broadcast.objects.standing().filter(place__in=above.values("ancestor"))
    return rows.filter(last_on__gte=day - LATELY).order_by("-since_on", "pk")
