"""Who acts for a unit on a day: the other way round than `authority` (II.2.9).

A unit's office may let another agency act in its place (UBND huyện → Phòng VH&TT): while the
delegation holds, what is asked of the unit, and what is answered in its name, goes there first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from cncd.foundation.people.models import Delegation, Posting, Role, Substitution, User
from cncd.foundation.people.permissions import PERMISSIONS


def officers_at(places: Iterable[int], permission: str, day: dt.date) -> dict[int, list[User]]:
    """Place id → who holds the permission at this very place that day: in person, standing in for
    somebody, or in an agency it was delegated to. Four queries and the accounts.
    """
    places = list(places)
    roles = Role.objects.on(day).filter(code__in=PERMISSIONS[permission])
    held = Posting.objects.on(day).filter(place__in=places, role__in=roles)
    found = defaultdict(set)
    for place, person in held.values_list("place", "person"):
        found[place].add(person)
    standing_in = Substitution.objects.on(day).filter(posting__in=held)
    for place, person in standing_in.values_list("posting__place", "substitute"):
        found[place].add(person)
    given = Delegation.objects.on(day).filter(place__in=places, role__in=roles)
    takers = defaultdict(set)
    for place, agency in given.values_list("place", "taker"):
        takers[agency].add(place)
    serving = Posting.objects.on(day).filter(agency__in=takers)
    for agency, person in serving.values_list("agency", "person"):
        for place in takers[agency]:
            found[place].add(person)
    accounts = User.objects.filter(person__in=set().union(*found.values()), is_active=True)
    by_person = {user.person_id: user for user in accounts}
    return {
        place: [by_person[person] for person in sorted(people) if person in by_person]
        for place, people in found.items()
    }
