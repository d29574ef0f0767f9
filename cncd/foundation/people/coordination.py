"""Who acts for a unit on a day: the other way round than `authority` (II.2.9).

A unit's office may let another agency act in its place (UBND huyện → Phòng VH&TT): while the
delegation holds, what is asked of the unit, and what is answered in its name, goes there first.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from cncd.foundation.people.models import Delegation, Posting, Role, Substitution, User
from cncd.foundation.people.permissions import (
    COMMUNE_LEADER,
    COMMUNE_OFFICER,
    DISTRICT_LEADER,
    DISTRICT_OFFICER,
    PERMISSIONS,
    PROVINCE_LEADER,
    PROVINCE_OFFICER,
)
from cncd.foundation.places.models import PlaceVersion

CLERKS = {COMMUNE_OFFICER, DISTRICT_OFFICER, PROVINCE_OFFICER}
HEADS = {COMMUNE_LEADER, DISTRICT_LEADER, PROVINCE_LEADER}
DELEGATED, CLERK, HEAD, OTHER = range(4)  # who is asked first


def officers_at(places: Iterable[int], permission: str, day: dt.date) -> dict[int, list[User]]:
    """Place id → who holds the permission at this very place that day: in person, standing in for
    somebody, or in an agency it was delegated to. Five queries and the accounts.
    """
    allowed = set(PERMISSIONS[permission])
    acting = [one for one in _acting(places, allowed, day) if one.role in allowed]
    found = defaultdict(set)
    for one in acting:
        found[one.place].add(one.person)
    accounts = _accounts(acting)
    return {
        place: [accounts[person] for person in sorted(people) if person in accounts]
        for place, people in found.items()
    }


def guides_at(places: Iterable[int], permission: str, day: dt.date) -> dict[int, list[User]]:
    """Place id → who answers for the unit that day, and is therefore asked and told.

    While its office has delegated the role, the officers of the agency it was delegated to;
    else its own officers who hold the permission; else its leaders; else whoever holds the
    permission there. Empty only when nobody at all is there (II.2.9). As many queries as
    `officers_at`.
    """
    allowed, places = set(PERMISSIONS[permission]), list(places)
    acting = _acting(places, allowed | HEADS, day)
    accounts = _accounts(acting)
    turns = defaultdict(lambda: defaultdict(set))
    for one in acting:
        turn = _turn(one, allowed)
        if turn is not None and one.person in accounts:
            turns[one.place][turn].add(one.person)
    return {
        place: [accounts[person] for person in sorted(turns[place][min(turns[place])])]
        if turns[place]
        else []
        for place in places
    }


def answerable_at(places: Iterable[int], permission: str, day: dt.date) -> dict[int, list[User]]:
    """Place id → whoever acts for the unit, as `guides_at`, and its leaders beside them.

    For what a unit's head answers for in person, whoever does the work (IV.3): told rarely.
    """
    places = list(places)
    guides = guides_at(places, permission, day)
    acting = _acting(places, HEADS, day)
    accounts, heads = _accounts(acting), defaultdict(set)
    for one in acting:
        heads[one.place].add(accounts.get(one.person))
    return {
        place: list(dict.fromkeys([*found, *sorted(heads[place] - {None}, key=lambda u: u.pk)]))
        for place, found in guides.items()
    }


@dataclass(frozen=True)
class Guide:
    """The unit above that guides another on a day, and the agency that does it for that unit."""

    place_id: int  # the unit that guides
    since_on: dt.date  # since when it does, or since when the agency does
    delegation: Delegation | None = None

    @property
    def agency(self):
        """The agency that acts in the unit's place; None: the unit's own office guides."""
        return self.delegation and self.delegation.taker

    @property
    def document(self):
        """What the delegation rests on."""
        return self.delegation and self.delegation.document


def guides_of(places: Iterable[int], day: dt.date) -> dict[int, Guide]:
    """Place id → who guides it that day: the unit above it, through an agency where it delegated.

    Communes follow the district, or the province where there is no district (II.2.9). A place
    without a unit above is left out. Two queries.
    """
    above = _above(places, day)
    given = delegations_at({parent for parent, _since in above.values()}, day)
    return {place: _guide(*above[place], given.get(above[place][0])) for place in above}


def delegations_at(places: Iterable[int], day: dt.date) -> dict[int, Delegation]:
    """Place id → the delegation by which another agency acts as its officers that day.

    The newest, should several hold: what was decided last stands.
    """
    rows = Delegation.objects.on(day).filter(place__in=list(places), role__code__in=CLERKS)
    rows = rows.select_related("taker", "giver", "document", "role").order_by("since_on", "pk")
    return {row.place_id: row for row in rows}


# -- who is there ---------------------------------------------------------------------------------


class _Acting(NamedTuple):
    place: int
    person: int
    role: str
    is_delegated: bool = False


def _acting(places: Iterable[int], codes: set[str], day: dt.date) -> list[_Acting]:
    """Who holds one of the roles at the places: posted, standing in, or by delegation."""
    places = list(places)
    roles = Role.objects.on(day).filter(code__in=codes)
    held = Posting.objects.on(day).filter(place__in=places, role__in=roles)
    found = [_Acting(*row) for row in _with_substitutes(held, day, "place", "role__code")]
    takers = defaultdict(set)
    given = Delegation.objects.on(day).filter(place__in=places, role__in=roles)
    for place, agency, role in given.values_list("place", "taker", "role__code"):
        takers[agency].add((place, role))
    serving = Posting.objects.on(day).filter(agency__in=takers)
    for agency, person in _with_substitutes(serving, day, "agency") if takers else ():
        found += [_Acting(place, person, role, True) for place, role in takers[agency]]
    return found


def _with_substitutes(held, day: dt.date, first: str, *rest: str) -> list[tuple]:
    """(first, person, *rest) of the postings, and the same of those who stand in for them."""
    named = [f"posting__{field}" for field in (first, *rest)]
    standing_in = Substitution.objects.on(day).filter(posting__in=held)
    return [
        *held.values_list(first, "person", *rest),
        *standing_in.values_list(named[0], "substitute", *named[1:]),
    ]


def _accounts(acting: list[_Acting]) -> dict[int, User]:
    people = {one.person for one in acting}
    rows = User.objects.filter(person__in=people, is_active=True) if people else User.objects.none()
    return {user.person_id: user for user in rows.select_related("person")}


def _turn(one: _Acting, allowed: set[str]) -> int | None:
    if one.is_delegated:
        return DELEGATED if one.role in allowed else None
    if one.role in HEADS:
        return HEAD
    return CLERK if one.role in CLERKS else OTHER


# -- who stands above -----------------------------------------------------------------------------


def _above(places: Iterable[int], day: dt.date) -> dict[int, tuple[int, dt.date]]:
    """Place id → the unit it stands under that day, and since when it does."""
    rows = PlaceVersion.objects.filter(place__in=list(places), since_on__lte=day)
    rows = rows.order_by("since_on").values_list("place", "parent", "since_on", "until_on")
    last: dict[int, tuple] = {}
    for place, parent, since, until in rows:
        before = last.get(place)
        begun = before[1] if before and before[0] == parent else since  # renamed in between
        last[place] = (parent, begun, until)
    return {
        place: (parent, since)
        for place, (parent, since, until) in last.items()
        if parent and (until is None or until > day)
    }


def _guide(parent: int, since: dt.date, delegation: Delegation | None) -> Guide:
    if delegation is None:
        return Guide(parent, since)
    return Guide(parent, max(since, delegation.since_on), delegation)
