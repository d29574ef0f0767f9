"""How and when people are reached beyond the page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone

from cncd.faces.notices.models import Address, Delivery, Manner
from cncd.foundation.people.models import Posting
from cncd.foundation.places.queries import setting


def manners_of(users: Collection[int]) -> dict[int, Manner]:
    """Account id → when the person wants to be told; the installation's hours if nobody chose."""
    chosen = {row.user_id: row for row in Manner.objects.filter(user__in=users)}
    missing = [pk for pk in users if pk not in chosen]
    if missing:
        hours = [dt.time(setting(f"notices.{name}")) for name in ("quiet_from", "quiet_until")]
        chosen |= {
            pk: Manner(user_id=pk, quiet_from=hours[0], quiet_until=hours[1]) for pk in missing
        }
    return chosen


def manner_of(user) -> Manner:
    return manners_of([user.pk])[user.pk]


def addresses_of(
    users: Collection[int],
) -> tuple[dict[int, list[Address]], dict[int, list[Address]]]:
    """Addresses in use, by account id: the people's own, and those of the offices they serve in."""
    own, offices, by_place = defaultdict(list), defaultdict(list), defaultdict(list)
    for address in Address.objects.in_use().filter(user__in=users):
        own[address.user_id].append(address)
    for address in Address.objects.in_use().exclude(place=None):
        by_place[address.place_id].append(address)
    if by_place:
        posts = Posting.objects.on(timezone.localdate()).filter(
            place__in=by_place, person__user__in=users
        )
        for user, place in posts.values_list("person__user", "place").distinct():
            offices[user] += by_place[place]
    return own, offices


def is_stuck() -> bool:
    """Whether messages wait that were tried more than once: the way out is closed, or a service is
    down.
    """
    return Delivery.objects.filter(state=Delivery.State.WAITING, tries__gt=1).exists()


def ways_of(user) -> dict[str, Address]:
    """Channel → the person's own address, confirmed or not."""
    return {row.channel: row for row in Address.objects.filter(user=user)}
