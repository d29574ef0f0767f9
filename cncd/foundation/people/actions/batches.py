"""The same rules for many rows at once: imports and demo data, one journal entry per batch."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.people import authority
from cncd.foundation.people.actions.accounts import login_taken, refuse_bad_login
from cncd.foundation.people.actions.checks import (
    Granting,
    checked_dates,
    lock_people,
    refuse_ended,
    refuse_gone,
    refuse_oneself,
)
from cncd.foundation.people.actions.persons import checked_phone, named
from cncd.foundation.people.actions.postings import already_posted
from cncd.foundation.people.actions.refusals import PhoneTaken
from cncd.foundation.people.models import Agency, Person, Posting, User
from cncd.foundation.people.rules import normal_login
from cncd.foundation.places.models import Place


@dataclass
class PersonLine:
    """One person of a batch; with a login name they get an account."""

    full_name: str
    gender: str = ""
    contact_phone: str = ""
    home: Place | None = None
    login: str = ""
    phone: str | None = None


@dataclass
class PostingLine:
    """One posting of a batch."""

    person: Person
    role: str
    place: Place
    since_on: dt.date
    until_on: dt.date | None = None
    agency: Agency | None = None
    title: str = ""


@transaction.atomic
def add_people(
    *,
    lines: list[PersonLine],
    by: User | None,
    password: str | None = None,
    is_demo: bool = False,
    now: dt.datetime | None = None,
) -> list[Person]:
    """Adds people, and accounts for those with a login name, in the order of the lines.

    A password given is everybody's: hashed once for demonstration data, for each one otherwise.
    Raises what add_person and open_account raise.
    """
    for place in {line.home for line in lines if line.home}:
        authority.require(by, "people.change", place=place)
    if any(not line.home for line in lines):
        authority.require(by, "people.change")
    people = Person.objects.bulk_create(
        [
            Person(
                **named(line.full_name),
                gender=line.gender,
                contact_phone=checked_phone(line.contact_phone),
                home=line.home,
                is_demo=is_demo,
            )
            for line in lines
        ]
    )
    _open_accounts(lines, people, by, password, is_demo)
    if people:
        journal.record(
            event="people.added",
            subject=people[0],
            by=by,
            after={"count": len(people)},
            rows=[person.pk for person in people],
            now=now,
        )
    return people


def _open_accounts(lines, people, by, password, is_demo) -> None:
    wanted = [(line, person) for line, person in zip(lines, people, strict=True) if line.login]
    if not wanted:
        return
    authority.require(by, "people.admit")
    shared = make_password(password) if password and is_demo else ""
    users = [
        User(
            login=normal_login(line.login),
            phone=checked_phone(line.phone or "") or None,
            person=person,
            password=shared or make_password(password),
            is_demo=is_demo,
        )
        for line, person in wanted
    ]
    _refuse_taken(users)
    for user in User.objects.bulk_create(users):
        user.person.user = user


def _refuse_taken(users: list[User]) -> None:
    """Raises BadLogin, LoginTaken, PhoneTaken for the first name or number that will not do."""
    logins = Counter(user.login for user in users)
    phones = Counter(user.phone for user in users if user.phone)
    logins.update(User.objects.filter(login__in=logins).values_list("login", flat=True))
    phones.update(User.objects.filter(phone__in=phones).values_list("phone", flat=True))
    for user in users:
        refuse_bad_login(user.login)
        if logins[user.login] > 1:
            raise login_taken(user.login)
        if phones[user.phone] > 1:
            raise PhoneTaken(
                _("%(phone)s opens another account. Leave the phone for signing in empty.")
                % {"phone": user.phone}
            )


@transaction.atomic
def post_people(
    *, lines: list[PostingLine], by: User | None, now: dt.datetime | None = None
) -> list[Posting]:
    """Posts people in the order of the lines; raises what post_person raises."""
    granting = Granting(by)
    postings = [_posting(line, granting) for line in lines]
    for day in {line.since_on for line in lines}:
        _refuse_gone_on(day, [line for line in lines if line.since_on == day])
    lock_people(*(line.person for line in lines))
    _refuse_overlaps(postings)
    postings = Posting.objects.bulk_create(postings)
    if postings:
        journal.record(
            event="postings.begun",
            subject=postings[0],
            by=by,
            after={"count": len(postings)},
            rows=[posting.pk for posting in postings],
            now=now,
        )
    return postings


def _posting(line: PostingLine, granting: Granting) -> Posting:
    checked_dates(line.since_on, line.until_on)
    refuse_oneself(granting.by, line.person)
    return Posting(
        person=line.person,
        role=granting.role(line.role, line.place, line.since_on),
        place=line.place,
        since_on=line.since_on,
        until_on=line.until_on,
        agency=line.agency,
        title=line.title,
    )


def _refuse_gone_on(day: dt.date, lines: list[PostingLine]) -> None:
    """Raises PlaceNotThere, AgencyNotThere for what does not exist on the day."""
    places = {line.place.pk for line in lines}
    alive = set(Place.objects.alive(day).filter(pk__in=places).values_list("pk", flat=True))
    for line in lines:
        refuse_gone(line.place, day, line.place.pk in alive)
    for agency in {line.agency for line in lines if line.agency}:
        refuse_ended(agency, day)


def _refuse_overlaps(postings: list[Posting]) -> None:
    """Raises AlreadyPosted for a post held already, or given twice in the batch."""
    held = Posting.objects.filter(person__in={posting.person_id for posting in postings})
    by_post = defaultdict(list)
    for posting in (*held.select_related("person", "role"), *postings):
        by_post[posting.person_id, posting.role_id, posting.place_id].append(posting)
    for same in by_post.values():
        same.sort(key=lambda posting: posting.since_on)
        for one, other in pairwise(same):
            if one.until_on is None or one.until_on > other.since_on:
                raise already_posted(one)
