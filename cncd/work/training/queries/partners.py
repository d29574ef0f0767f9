"""Sessions that partners' trainers held: for what they promised (IV.5)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count

from cncd.work.training.models import Session


def held_with(agencies: Iterable[int], since: dt.date):
    """(agency, place, day, how many) of sessions held with trainers of these agencies."""
    rows = Session.objects.standing().filter(
        state=Session.State.HELD, course__trainer_agency__in=agencies,
        course__withdrawn_at=None, held_on__gte=since,
    )  # fmt: skip
    rows = rows.order_by().values_list("course__trainer_agency", "place", "held_on")
    return rows.annotate(many=Count("pk"))
