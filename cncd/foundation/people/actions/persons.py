"""Adding and correcting people."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.text import fold, person_sort_key, tidy
from cncd.foundation.people import authority, standing
from cncd.foundation.people.actions.refusals import BadNumber
from cncd.foundation.people.models import Person, User
from cncd.foundation.people.rules import BadPhone, OldPhone, normal_phone
from cncd.foundation.places.models import Place

KEEP = object()  # "leave it as it is", where None means "nothing"


def checked_phone(text: str) -> str:
    """The number as kept, or ''; raises BadNumber with advice."""
    if not text.strip():
        return ""
    try:
        return normal_phone(text)
    except OldPhone:
        raise BadNumber(
            _("%(phone)s is an 11-digit number of before 2018. Enter today's 10-digit number.")
            % {"phone": text.strip()}
        ) from None
    except BadPhone:
        raise BadNumber(
            _("%(phone)s is not a phone number. Enter 10 digits, for example 0912 345 678.")
            % {"phone": text.strip()[:40]}
        ) from None


def named(full_name: str) -> dict:
    """The three columns that follow from a name."""
    full_name = tidy(full_name)
    return {
        "full_name": full_name,
        "search_key": fold(full_name),
        "sort_key": person_sort_key(full_name),
    }


@transaction.atomic
def add_person(
    *,
    full_name: str,
    by: User | None,
    gender: str = "",
    contact_phone: str = "",
    home: Place | None = None,
    is_demo: bool = False,
    now: dt.datetime | None = None,
) -> Person:
    """Adds a person, without an account; several may share a contact phone.

    Raises PermissionDenied outside the officer's reach, BadNumber for a wrong phone.
    """
    authority.require(by, "people.change", place=home)
    person = Person.objects.create(
        **named(full_name),
        gender=gender,
        contact_phone=checked_phone(contact_phone),
        home=home,
        is_demo=is_demo,
    )
    personal = {"full_name": ("", person.full_name)}
    if person.contact_phone:
        personal["contact_phone"] = ("", person.contact_phone)
    journal.record(
        event="person.added", subject=person, by=by, place=home, personal=personal, now=now
    )
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    by: User | None,
    full_name: str | None = None,
    gender: str | None = None,
    contact_phone: str | None = None,
    home=KEEP,
    reason: str = "",
    now: dt.datetime | None = None,
) -> Person:
    """Corrects what is given and leaves the rest; the journal keeps names and numbers erasable.

    One may correct one's own contact phone. Raises PermissionDenied, BadNumber.
    """
    own_phone_only = full_name is None and gender is None and home is KEEP
    if not (by and by.person_id == person.pk and own_phone_only):
        standing.require_person(by, "people.change", person)
    if home is not KEEP and home is not None:
        authority.require(by, "people.change", place=home)
    person = Person.objects.select_for_update().get(pk=person.pk)
    wanted = named(full_name) if full_name is not None else {}
    if gender is not None:
        wanted["gender"] = gender
    if contact_phone is not None:
        wanted["contact_phone"] = checked_phone(contact_phone)
    if home is not KEEP:
        wanted["home"] = home
    changed = {key: value for key, value in wanted.items() if getattr(person, key) != value}
    if not changed:
        return person
    _record_change(person, changed, by, reason, now)
    return person


def _record_change(person, changed: dict, by, reason: str, now) -> None:
    personal = {
        key: (getattr(person, key), changed[key])
        for key in ("full_name", "contact_phone")
        if key in changed
    }
    before, after = {}, {}
    if "gender" in changed:
        labels = dict(Person.Gender.choices)
        before["gender"] = str(labels[person.gender])
        after["gender"] = str(labels[changed["gender"]])
    if "home" in changed:
        before["home"], after["home"] = str(person.home or ""), str(changed["home"] or "")
    for key, value in changed.items():
        setattr(person, key, value)
    person.save(update_fields=list(changed))
    journal.record(
        event="person.changed",
        subject=person,
        by=by,
        place=person.home_id,
        before=before,
        after=after,
        personal=personal,
        reason=reason,
        now=now,
    )
