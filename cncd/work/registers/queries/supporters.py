"""Who could help to bring a product onto a floor: the team, the commune, who promised (II.2.3)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

from cncd.foundation.people import authority
from cncd.foundation.people.models import Posting
from cncd.foundation.people.permissions import COMMUNE_OFFICER
from cncd.foundation.places.models import PlaceIndex
from cncd.team.teams.models import Membership
from cncd.team.teams.queries import holders


@dataclass(frozen=True)
class Contact:
    """Somebody by name; `phone` only where the reader may call them."""

    name: str
    phone: str = ""


@dataclass
class Supporters:
    """Those around one place."""

    team: int | None = None
    leader: Contact | None = None
    officer: Contact | None = None
    promised: list = field(default_factory=list)  # of the rooms in settings.REGISTER_HELPERS
    opens_promises: bool = False  # whether the reader may open them


def supporters(places: Iterable[int], day: dt.date, user) -> dict[int, Supporters]:
    """{place: who could help there that day}; a fixed number of queries for any number of places.

    A phone number is shown to those who hold `people.view` over the commune or are of the team.
    """
    places = set(places)
    held = holders(day, places)
    communes = _communes(places, day)
    mine = _Reach(user)
    leaders = _leaders(set(held.values()))
    officers = _officers(set(communes.values()), day)
    promised = _promised(places, day)
    found = {}
    for place in places:
        commune, team = communes.get(place), held.get(place)
        may_call = mine.may_call(commune, team)
        found[place] = Supporters(
            team,
            _contact(leaders.get(team), may_call),
            _contact(officers.get(commune), may_call),
            promised.get(place, []),
            mine.opens_promises,
        )
    return found


class _Reach:
    """Where the reader may see phone numbers."""

    def __init__(self, user):
        self.all = authority.sees_everything(user, "people.view")
        self.places = authority.roots(user, "people.view")
        self.teams = authority.team_ids(user)
        self.opens_promises = user.can("partners.view")

    def may_call(self, commune: int | None, team: int | None) -> bool:
        return self.all or commune in self.places or team in self.teams


def _contact(person, may_call: bool) -> Contact | None:
    if person is None:
        return None
    return Contact(person.full_name, person.contact_phone if may_call else "")


def _communes(places: set[int], day: dt.date) -> dict[int, int]:
    """{place: the commune it falls under, or fell into}."""
    rows = PlaceIndex.objects.on(day).filter(place__in=places, ancestor__level__code="commune")
    return dict(rows.order_by("-inherited", "-ancestor").values_list("place", "ancestor"))


def _leaders(teams: set[int]) -> dict:
    held = Membership.objects.filter(
        team__in=teams, position=Membership.Position.LEADER, until_on=None
    )
    return {row.team_id: row.person for row in held.select_related("person")}


def _officers(communes: set[int], day: dt.date) -> dict:
    held = Posting.objects.on(day).filter(place__in=communes, role__code=COMMUNE_OFFICER)
    return {row.place_id: row.person for row in held.order_by("-since_on").select_related("person")}


def _promised(places: set[int], day: dt.date) -> dict[int, list]:
    found: dict[int, list] = {}
    for path in settings.REGISTER_HELPERS:
        for place, rows in import_string(path)(places, day).items():
            found.setdefault(place, []).extend(rows)
    return found
