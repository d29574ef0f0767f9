"""Who may look after whom: nobody touches the account of somebody who stands above them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.people import authority
from cncd.foundation.people.models import Delegation, Person, Posting, Substitution, User
from cncd.foundation.people.permissions import ADMIN, OFFICERS

# Letting an officer in is the business of the level that posts them: otherwise a colleague could
# make a way in for somebody else's rights and use it.
ADMIT = "people.admit"


def offices_of(people: Iterable[int], day: dt.date) -> dict[int, set[tuple[str, int]]]:
    """Person id → (role, place id) of what each holds that day: own, stood in for, delegated."""
    rows = [
        *Posting.objects.on(day)
        .filter(person__in=people)
        .values_list("person", "role__code", "place", "agency"),
        *Substitution.objects.on(day)
        .filter(substitute__in=people, posting__in=Posting.objects.on(day))
        .values_list("substitute", "posting__role__code", "posting__place", "posting__agency"),
    ]
    taken = defaultdict(set)
    agencies = {agency for *_rest, agency in rows if agency}
    given = Delegation.objects.on(day).filter(taker__in=agencies)
    for agency, role, place in given.values_list("taker", "role__code", "place"):
        taken[agency].add((role, place))
    found = defaultdict(set)
    for person, role, place, agency in rows:
        found[person] |= {(role, place), *taken[agency]}
    return found


def out_of_hand(user: User, people: Iterable[Person], permission: str, day=None) -> set[int]:
    """Ids of those of the people whom this account may not look after with that permission.

    They are out of sight, hold an office out of reach, or administer; and an account of an officer
    is opened and reset from the level above, or by an administrator.
    """
    day, ids = day or timezone.localdate(), {person.pk for person in people}
    if user.is_superuser:
        return set()
    seen = Person.objects.visible_to(user).filter(pk__in=ids)
    out = ids - set(seen.values_list("pk", flat=True))
    out |= set(
        User.objects.filter(person__in=ids, is_superuser=True).values_list("person", flat=True)
    )
    judge = _Judge(user, permission, day)
    offices = offices_of(ids, day)
    judge.learn({place for held in offices.values() for _role, place in held})
    return out | {pk for pk, held in offices.items() if any(map(judge.stands_above, held))}


class _Judge:
    """Decides about offices, having asked about all their places at once."""

    def __init__(self, user: User, permission: str, day: dt.date):
        self.user, self.permission, self.day = user, permission, day
        self.admin = authority.is_admin(user, day)
        self.rank = authority.highest_rank(user, permission, day)
        self.reached: dict[int, int] = {}  # place → rank of its level

    def learn(self, places: set[int]) -> None:
        reach = authority.reach(self.user, self.day, self.permission).filter(pk__in=places)
        self.reached = dict(reach.values_list("pk", "level__rank")) if places else {}

    def stands_above(self, office: tuple[str, int]) -> bool:
        role, place = office
        if place not in self.reached or (role == ADMIN and not self.admin):
            return True
        same_level = self.reached[place] <= self.rank
        return self.permission == ADMIT and role in OFFICERS and same_level and not self.admin


def require_person(user: User | None, permission: str, person: Person, on=None) -> None:
    """Raises PermissionDenied unless the account may look after the person, offices and all."""
    require_people(user, permission, [person], on)


def require_people(user: User | None, permission: str, people: list[Person], on=None) -> None:
    """The same for many, in as many queries as for one; the system itself may."""
    if user is None:
        return
    authority.require(user, permission, on=on)
    if out_of_hand(user, people, permission, on):
        raise PermissionDenied(permission)


def require_other(user: User | None, permission: str, account: User) -> None:
    """The same for somebody's account; one's own is looked after by its owner, after a password."""
    if user is not None and user.pk == account.pk:
        raise PermissionDenied(permission)
    require_person(user, permission, account.person)
