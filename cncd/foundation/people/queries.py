"""Questions about people that a screen asks: what they do, whom to call, what passes on."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from cncd.foundation.kit.text import fold
from cncd.foundation.people import authority
from cncd.foundation.people.models import Delegation, Person, Posting, Role, SignInLink, User
from cncd.foundation.people.permission_words import WORDS
from cncd.foundation.people.permissions import (
    ADMIN,
    ANYBODY,
    COMMUNE_OFFICER,
    DESK,
    EVERYONE,
    HELPER,
    PERMISSIONS,
    TEAM,
)
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import PlaceIndex, PlaceVersion


@dataclass(frozen=True)
class Tie:
    """Something a person is, somewhere: a post, or (from rooms above) a membership."""

    text: str
    place: str = ""
    address: str = ""
    since_on: dt.date | None = None
    until_on: dt.date | None = None


@dataclass(frozen=True)
class Contact:
    """Somebody to call."""

    name: str
    office: str
    phone: str


def place_names(ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Place id → "Xã Nhơn Mỹ" as of that day, in one query."""
    return {pk: named.full_name for pk, named in places.names(ids, day).items()}


def place_name_on(field: str, day: dt.date):
    """The same as an annotation, for the place a field of the row points to."""
    versions = PlaceVersion.objects.filter(place=OuterRef(field), since_on__lte=day)
    full = Concat("kind__name", Value(" "), "name", output_field=CharField())
    return Subquery(versions.order_by("-since_on").annotate(full=full).values("full")[:1])


def ties(people: Iterable[Person], day: dt.date) -> dict[int, list[Tie]]:
    """What each person does that day: posts first, then what rooms above add.

    `settings.PERSON_TIES` names their functions `(person ids, day) -> {id: [Tie]}`.
    """
    ids = [person.pk for person in people]
    found: dict[int, list[Tie]] = defaultdict(list)
    held = Posting.objects.on(day).filter(person__in=ids).select_related("role")
    held = list(held)
    names = place_names((row.place_id for row in held), day)
    for row in held:
        text = row.title or row.role.title
        tie = Tie(text, names.get(row.place_id, ""), "", row.since_on, row.until_on)
        found[row.person_id].append(tie)
    for path in settings.PERSON_TIES:
        for pk, more in import_string(path)(ids, day).items():
            found[pk] += more
    return found


def help_contact(day: dt.date | None = None) -> str:
    """Whom to call when nothing else is known: the setting `help.contact` of the installation."""
    return places.setting("help.contact", on=day)


def contact_of(user: User | None, day: dt.date | None = None) -> Contact | None:
    """An officer as somebody to call, with the office they hold that day."""
    if not user or not user.is_active:
        return None
    held = Posting.objects.on(day or timezone.localdate()).filter(person=user.person)
    post = held.select_related("role", "agency").first()
    office = (post.title or post.role.title) if post else ""
    where = str(post.agency or post.place) if post else ""
    return Contact(user.person.full_name, ", ".join(filter(None, [office, where])),
                   user.person.contact_phone)  # fmt: skip


def contact_for(link: SignInLink | None, day: dt.date | None = None) -> Contact | None:
    """Whom to call for a new way in: who made this one; else an officer of the person's commune.

    None for a link nobody knows, and for one its owner made: another is made the same way.
    """
    if not link or link.purpose == SignInLink.Purpose.OWN:
        return None
    maker = contact_of(link.made_by, day)
    if maker and maker.phone:
        return maker
    day = day or timezone.localdate()
    above = PlaceIndex.objects.on(day).filter(place=link.user.person.home_id or 0, inherited=False)
    held = Posting.objects.on(day).filter(place__in=above.values("ancestor"))
    held = held.filter(role__code=COMMUNE_OFFICER, person__user__is_active=True)
    post = held.exclude(person__contact_phone="").select_related("person__user").first()
    return contact_of(post.person.user, day) if post else maker


def free_login(full_name: str) -> str:
    """A login name nobody has: given name and initials ("lannt"), numbered when taken."""
    words = re.sub(r"[^a-z ]", "", fold(full_name)).split() or ["user"]
    stem = (words[-1] + "".join(word[0] for word in words[:-1])).ljust(2, "x")[:50]
    taken = set(User.objects.filter(login__startswith=stem).values_list("login", flat=True))
    number = 1
    while (login := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return login


def grantable_roles(user, day: dt.date):
    """The roles this officer may give somebody somewhere, in order."""
    roles = Role.objects.on(day).select_related("level")
    if authority.is_admin(user, day):
        return roles
    rank = authority.highest_rank(user, "postings.change", day)
    fitting = roles.filter(level__rank__gte=rank) | roles.filter(level=None)
    return fitting.exclude(code=ADMIN)


@dataclass(frozen=True)
class Right:
    """A permission in words, who holds it, and whether the reader does."""

    code: str
    meaning: str
    roles: list[str]
    mine: bool


def rights(user) -> list[Right]:
    """Every permission, in the order of the page that grants them."""
    names = {role.code: role.title for role in Role.objects.all()}
    positions = (_("Team member"), _("Team leader"), _("Deputy leader"))
    names |= {code: str(label) for code, label in zip(TEAM, positions, strict=True)}
    names[HELPER] = _("An enterprise or union where it promised help")
    return [
        Right(code, str(WORDS[code]), _holders(roles, names), user.can(code))
        for code, roles in PERMISSIONS.items()
    ]


def _holders(roles, names: dict[str, str]) -> list[str]:
    if ANYBODY in roles:
        return [_("every account")]
    if set(EVERYONE) <= set(roles):
        return [_("everybody who holds a post or belongs to a team")]
    if set(DESK) <= set(roles):
        rest = [names[role] for role in roles if role not in DESK]
        return [_("every officer and observer"), *rest]
    return [names[role] for role in roles if role in names]


@dataclass(frozen=True)
class Passing:
    """What goes to the successor when a post changes hands."""

    permissions: list[str]
    delegations: list[Delegation]
    substitutes: list
    more: list[tuple[str, int]]


def what_passes(posting: Posting, on: dt.date) -> Passing:
    """What the successor gets with the post; rooms above add theirs.

    `settings.PASSING_ON` names their functions `(posting, on) -> [(words, how many)]`.
    """
    code = posting.role.code
    held = [str(WORDS[name]) for name, roles in PERMISSIONS.items() if code in roles]
    taken = Delegation.objects.overlapping(on, None).filter(taker=posting.agency_id or 0)
    standing_in = posting.substitutions.overlapping(on, None).select_related("substitute")
    more = [row for path in settings.PASSING_ON for row in import_string(path)(posting, on)]
    return Passing(held, list(taken.select_related("giver", "role")), list(standing_in), more)
