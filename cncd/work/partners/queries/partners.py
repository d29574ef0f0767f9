"""Who may promise help, and whom to call there."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from cncd.foundation.people.models import Agency, Posting

UNION = "union"


def partners_on(day: dt.date):
    """The enterprises and unions there are on that day."""
    return (
        Agency.objects.alive(day).filter(Q(is_enterprise=True) | Q(branch__code=UNION)).distinct()
    )


def contacts(agencies: Iterable[int], day: dt.date | None = None) -> dict[int, str]:
    """Agency id → whom to call: its first officer with a number, else its first officer."""
    held = Posting.objects.on(day or timezone.localdate()).filter(agency__in=set(agencies))
    held = held.select_related("person", "role").order_by("agency", "role__order", "pk")
    found: dict[int, tuple[bool, str]] = {}
    for post in held:
        person = post.person
        words = ", ".join(filter(None, [person.full_name, post.title, person.spaced_phone]))
        has_number = bool(person.contact_phone)
        if post.agency_id not in found or (has_number and not found[post.agency_id][0]):
            found[post.agency_id] = (has_number, words)
    return {agency: words for agency, (_has_number, words) in found.items()}
