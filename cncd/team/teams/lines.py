"""What the actions take: a line of a roster, a change of one, a team to be formed."""

import datetime as dt
from dataclasses import dataclass, field

from cncd.foundation.people.models import Person
from cncd.foundation.places.models import Level, Place
from cncd.team.teams.models import Component


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not in the register yet."""

    full_name: str
    gender: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class MemberLine:
    """One line of a roster, as the decision lists it."""

    person: Person | NewPerson
    position: str = "member"
    hamlet_post: str = ""
    component: Component | None = None
    tie: str = "lives"
    union_member: bool = False


CHANGEABLE = ("position", "hamlet_post", "component", "tie", "union_member")


@dataclass(frozen=True)
class Change:
    """New values, among `CHANGEABLE`, of a membership (id) from a day on."""

    membership: int
    values: dict


@dataclass(frozen=True)
class DecisionLine:
    """The decision itself, when it is entered together with the change."""

    number: str
    issued_on: dt.date
    issuer: str
    signer: str = ""
    signer_title: str = ""
    subject: str = ""
    file: object = None  # files.StoredFile


@dataclass(frozen=True)
class TeamPlan:
    """A team that a decision forms; name, level and code are worked out when not given."""

    places: list[Place]
    members: list[MemberLine] = field(default_factory=list)
    name: str | None = None
    level: Level | None = None
    code: str | None = None
    is_pilot: bool = False
