"""Opening, changing and closing accounts."""

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.people import standing
from cncd.foundation.people.actions.persons import KEEP, checked_phone
from cncd.foundation.people.actions.refusals import AccountThere, BadLogin, LoginTaken, PhoneTaken
from cncd.foundation.people.models import Person, User
from cncd.foundation.people.rules import is_login_name, masked_phone, normal_login


def refuse_bad_login(login: str) -> None:
    """Raises BadLogin for what is no login name."""
    if not is_login_name(login):
        raise BadLogin(
            _(
                "A login name has 2 to 60 characters: letters a–z without marks, digits, dot, dash;"
                " at least one letter."
            )
        )


def login_taken(login: str) -> LoginTaken:
    """What to say when somebody else has the name."""
    return LoginTaken(
        _("Somebody else signs in as “%(login)s”. Choose another name, for example %(login)s2.")
        % {"login": login}
    )


def checked_login(text: str) -> str:
    """The login name as kept; raises BadLogin, or LoginTaken when somebody has it."""
    login = normal_login(text)
    refuse_bad_login(login)
    if User.objects.filter(login=login).exists():
        raise login_taken(login)
    return login


def checked_login_phone(text: str | None, user: User | None = None) -> str | None:
    """A phone one may sign in with, or None; raises PhoneTaken when another account uses it."""
    phone = checked_phone(text or "") or None
    holder = (
        User.objects.filter(phone=phone).exclude(pk=user and user.pk).first() if phone else None
    )
    if holder:
        raise PhoneTaken(
            _(
                "The account of %(name)s already signs in with %(phone)s. Members of one family may"
                " share it as contact phone; for signing in, leave this box empty and use the login"
                " name, or first take the number off that account."
            )
            % {"name": holder.person.full_name, "phone": masked_phone(phone)}
        )
    return phone


@transaction.atomic
def open_account(
    *,
    person: Person,
    login: str,
    by: User | None,
    phone: str | None = None,
    password: str | None = None,
    is_superuser: bool = False,
    is_demo: bool = False,
    now: dt.datetime | None = None,
) -> User:
    """Gives the person an account; without a password they come in by a one-time link.

    Raises PermissionDenied, AccountThere, BadLogin, LoginTaken, PhoneTaken, BadNumber.
    """
    standing.require_person(by, "people.admit", person)
    _check_new(person, is_superuser, by)
    user = User(
        login=checked_login(login),
        phone=checked_login_phone(phone),
        password=make_password(password),  # None makes it unusable
        person=person,
        is_superuser=is_superuser,
        is_demo=is_demo,
    )
    _save(user)
    person.user = user
    numbers = {"phone": ("", user.phone)} if user.phone else None
    facts = {"after": {"login": user.login}, "personal": numbers, "place": person.home_id}
    journal.record(event="account.opened", subject=user, by=by, now=now, **facts)
    return user


def _save(user: User, **options) -> None:
    """Saves; raises LoginTaken or PhoneTaken when another officer was quicker by a moment."""
    try:
        with transaction.atomic():
            user.save(**options)
    except IntegrityError:
        checked_login_phone(user.phone, user)
        raise login_taken(user.login) from None


def _check_new(person: Person, is_superuser: bool, by: User | None) -> None:
    """Raises AccountThere for a second account, BadLogin for an administrator not made by one."""
    if is_superuser and not (by is None or by.is_superuser):
        raise BadLogin(_("Only an administrator of the installation makes another one."))
    Person.objects.select_for_update().get(pk=person.pk)
    if User.objects.filter(person=person).exists():
        raise AccountThere(
            _("%(name)s has an account already. Reset it instead of opening another one.")
            % {"name": person.full_name}
        )


@transaction.atomic
def change_account(
    *,
    user: User,
    by: User | None,
    login: str | None = None,
    phone=KEEP,
    now: dt.datetime | None = None,
) -> User:
    """Changes what somebody types to sign in: one's own account, or one in reach.

    Raises PermissionDenied, BadLogin, LoginTaken, PhoneTaken, BadNumber.
    """
    if by is None or by.pk != user.pk:
        standing.require_person(by, "people.admit", user.person)
    user = User.objects.select_for_update().get(pk=user.pk)
    wanted = {}
    if login is not None and normal_login(login) != user.login:
        wanted["login"] = checked_login(login)
    if phone is not KEEP:
        wanted["phone"] = checked_login_phone(phone, user)
    changed = {key: value for key, value in wanted.items() if getattr(user, key) != value}
    if not changed:
        return user
    before = {key: getattr(user, key) for key in changed}
    for key, value in changed.items():
        setattr(user, key, value)
    _save(user, update_fields=list(changed))
    numbers = {"phone": (before.pop("phone") or "", user.phone or "")} if "phone" in changed else {}
    journal.record(
        event="account.changed",
        subject=user,
        by=by,
        place=user.person.home_id,
        before=before,
        after={key: value for key, value in changed.items() if key != "phone"},
        personal=numbers,
        now=now,
    )
    return user


@transaction.atomic
def close_account(
    *, user: User, by: User | None, reason: str = "", now: dt.datetime | None = None
) -> User:
    """Lets the account in no more, from the next page it opens; its links stop too."""
    standing.require_other(by, "people.admit", user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.sign_in_links.open(now).update(revoked_at=now or timezone.now())
    place = user.person.home_id
    journal.record(event="account.closed", subject=user, by=by, place=place, reason=reason, now=now)
    return user


@transaction.atomic
def reopen_account(
    *, user: User, by: User | None, reason: str = "", now: dt.datetime | None = None
) -> User:
    """Lets a closed account in again."""
    standing.require_other(by, "people.admit", user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    place = user.person.home_id
    journal.record(
        event="account.reopened", subject=user, by=by, place=place, reason=reason, now=now
    )
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None, now=None) -> User:
    """Sets a password that the caller has checked; other sessions of the account end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record(event="account.password_set", subject=user, by=by, now=now)
    return user


@transaction.atomic
def note_sign_in(*, user: User, by: User, now: dt.datetime | None = None) -> None:
    """Writes down that the account signed in, and when."""
    journal.record(event="account.signed_in", subject=user, by=by, now=now)


@transaction.atomic
def note_protection(*, user: User, event: str, by: User, now: dt.datetime | None = None) -> None:
    """Writes down that a second factor was added to the account, taken away or renewed."""
    journal.record(event=event, subject=user, by=by, now=now)


@transaction.atomic
def remove_second_factors(
    *, user: User, by: User | None, reason: str, now: dt.datetime | None = None
) -> int:
    """Takes away passkeys, the code app and recovery codes of somebody who lost them."""
    standing.require_other(by, "people.admit", user)
    removed, _kinds = user.authenticator_set.all().delete()
    journal.record(
        event="account.factors_removed",
        subject=user,
        by=by,
        place=user.person.home_id,
        after={"count": removed},
        reason=reason,
        now=now,
    )
    return removed
