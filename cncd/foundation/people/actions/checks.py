"""What must hold before somebody is given a role, a substitute or a delegation."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import day as shown
from cncd.foundation.people import authority
from cncd.foundation.people.actions.refusals import (
    AgencyNotThere,
    BadDates,
    NotYoursToGrant,
    PlaceNotThere,
    RoleNotInForce,
    SamePerson,
    WrongLevel,
)
from cncd.foundation.people.models import Agency, Person, Posting, Role, User
from cncd.foundation.people.permissions import ADMIN
from cncd.foundation.places.models import Place


def checked_dates(since_on: dt.date, until_on: dt.date | None) -> None:
    """Raises BadDates unless the end lies after the beginning."""
    if until_on is not None and until_on <= since_on:
        raise BadDates(
            _("The last day lies before the first day, %(day)s.") % {"day": shown(since_on)}
        )


def lock_people(*people: Person) -> None:
    """Waits for whoever else is changing what these people hold; always in the same order.

    PostgreSQL locks the row; on SQLite every transaction that writes waits for the one before.
    """
    assert transaction.get_connection().in_atomic_block
    ids = [person.pk for person in people]
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def refuse_oneself(by: User | None, person: Person) -> None:
    """Raises SamePerson: rights come from somebody else."""
    if by and by.person_id == person.pk:
        raise SamePerson(_("Nobody posts themselves. Ask the level above."))


def refuse_ended(agency: Agency, day: dt.date) -> None:
    """Raises AgencyNotThere unless the agency exists that day."""
    if not Agency.objects.alive(day).filter(pk=agency.pk).exists():
        raise AgencyNotThere(
            _("%(agency)s does not exist on %(day)s. Choose the agency that took over from it.")
            % {"agency": agency, "day": shown(day)}
        )


class Granting:
    """What one officer may grant; asks the database once for each thing in a batch."""

    def __init__(self, by: User | None):
        self.by = by
        self.roles = {role.code: role for role in Role.objects.select_related("level")}
        self.reached: set[int] = set()

    def role(self, code: str, place: Place, day: dt.date) -> Role:
        """The role, when it is in force, fits the level of the place, and is theirs to grant there.

        Raises RoleNotInForce, WrongLevel, PermissionDenied, NotYoursToGrant.
        """
        role = self.roles.get(code)
        if role is None or not role.holds_on(day):
            raise RoleNotInForce(
                _("The role “%(role)s” is not in force on %(day)s.")
                % {"role": role.title if role else code, "day": shown(day)}
            )
        if role.level_id and role.level_id != place.level_id:
            raise WrongLevel(
                _(
                    "The role “%(role)s” belongs to the level %(level)s; %(place)s is at another"
                    " level."
                )
                % {"role": role.title, "level": role.level.name, "place": place}
            )
        if place.pk not in self.reached:
            authority.require(self.by, "postings.change", place=place)
            self.reached.add(place.pk)
        require_rank(self.by, role, place)
        return role


def role_to_grant(code: str, place: Place, day: dt.date, by: User | None) -> Role:
    """The role, when `Granting` grants it and the place exists that day; else PlaceNotThere."""
    role = Granting(by).role(code, place, day)
    refuse_gone(place, day, Place.objects.alive(day).filter(pk=place.pk).exists())
    return role


def refuse_gone(place: Place, day: dt.date, is_there: bool) -> None:
    """Raises PlaceNotThere unless the place exists that day."""
    if not is_there:
        raise PlaceNotThere(
            _("%(place)s does not exist on %(day)s. Choose the unit that took over from it.")
            % {"place": place, "day": shown(day)}
        )


def require_rank(by: User | None, role: Role, place: Place) -> None:
    """Raises NotYoursToGrant for administrators' rights, and for a level above one's own."""
    if authority.is_admin(by):
        return
    if role.code == ADMIN:
        raise NotYoursToGrant(_("Only an administrator grants administrator's rights."))
    rank = role.level.rank if role.level else place.level.rank
    if rank < authority.highest_rank(by, "postings.change"):
        raise NotYoursToGrant(
            _("The role “%(role)s” stands above your own level. Ask the level above.")
            % {"role": role.title}
        )


def require_posting(by: User | None, posting: Posting) -> None:
    """Raises unless this officer may change that posting."""
    authority.require(by, "postings.change", place=posting.place)
    require_rank(by, posting.role, posting.place)
