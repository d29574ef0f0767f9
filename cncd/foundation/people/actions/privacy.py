"""Phone numbers shown, and personal data erased when nothing justifies keeping it any more."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.journal.models import Entry, PersonalValue
from cncd.foundation.people import authority, standing
from cncd.foundation.people.actions.checks import lock_people
from cncd.foundation.people.actions.persons import named
from cncd.foundation.people.actions.refusals import StillInOffice
from cncd.foundation.people.models import Person, Posting, Substitution, User


@transaction.atomic
def reveal_phones(
    *, people: list[Person], by: User, reason: str = "", now: dt.datetime | None = None
) -> dict[int, str]:
    """The full numbers of people in reach, by id; the journal says who saw whose, and why.

    Raises PermissionDenied when one of them is out of reach.
    """
    wanted = {person.pk for person in people}
    if not wanted:
        return {}
    authority.require(by, "people.view")
    seen = Person.objects.visible_to(by).filter(pk__in=wanted)
    numbers = dict(seen.values_list("pk", "contact_phone"))
    if len(numbers) < len(wanted):
        raise PermissionDenied("people.view")
    journal.record(
        event="phones.shown" if len(wanted) > 1 else "phone.shown",
        subject=people[0],
        by=by,
        place=people[0].home_id,
        after={"count": len(wanted)},
        reason=reason,
        rows=sorted(wanted),
        now=now,
    )
    return numbers


@transaction.atomic
def note_own_data_taken(*, user: User, now: dt.datetime | None = None) -> None:
    """Writes down that somebody downloaded what is kept about them."""
    journal.record(event="own_data.taken", subject=user.person, by=user, now=now)


@transaction.atomic
def forget_person(
    *, person: Person, by: User | None, reason: str, now: dt.datetime | None = None
) -> Person:
    """Erases the name, phone, home, account and ways in of a person who left every office.

    Ids stay, so figures and decisions stand; the journal keeps digests in place of the values.
    Raises StillInOffice while a posting or membership holds or is to come, PermissionDenied.
    """
    now = now or timezone.now()
    standing.require_person(by, "people.change", person)
    lock_people(person)
    today = timezone.localdate(now)
    to_come = Posting.objects.filter(person=person, since_on__gt=today).exists()
    if to_come or authority.person_grants(person, today):
        raise StillInOffice(
            _("%(name)s still holds a post or belongs to a team. End that first.")
            % {"name": person.full_name}
        )
    if person.forgotten_at:
        return person
    _erase_from_journal(person, now)
    wanted = named(_("Person no. %(number)s (data erased)") % {"number": person.pk})
    wanted |= {"gender": "", "contact_phone": "", "home": None, "forgotten_at": now}
    for name, value in wanted.items():
        setattr(person, name, value)
    person.save()
    _erase_account(person)
    journal.record(event="person.forgotten", subject=person, by=by, reason=reason, now=now)
    return person


def _erase_account(person: Person) -> None:
    user = User.objects.filter(person=person).first()
    if not user:
        return
    for rows in (user.sign_in_links, user.saved_views):
        rows.all().delete()
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    user.login, user.phone, user.email, user.is_active = f"erased-{user.pk}", None, "", False
    user.is_superuser = False
    user.set_unusable_password()
    user.save()


def _erase_from_journal(person: Person, now: dt.datetime) -> None:
    """Blanks what entries keep of this person beside the digests, and the name they go by."""
    accounts = list(User.objects.filter(person=person).values_list("pk", flat=True))
    subjects = {("people.person", str(person.pk)), *(("people.user", str(pk)) for pk in accounts)}
    about = Q()
    for kind, pk in subjects:
        about |= Q(subject_kind=kind, subject_id=pk)
    own = PersonalValue.objects.filter(entry__in=Entry.objects.filter(about))
    own.update(before="", after="", salt="", erased_at=now)
    for side in ("before", "after"):
        # Entries about posts name others too: only this person's name goes.
        posts = PersonalValue.objects.filter(entry__in=_about_posts(person))
        posts.filter(**{side: person.full_name}).update(**{side: "", "erased_at": now})
    nobody = _("Person no. %(number)s (data erased)") % {"number": person.pk}
    by_name = Entry.objects.filter(about | Q(actor_id__in=accounts))
    for entry in by_name.iterator(chunk_size=500):
        if (entry.subject_kind, entry.subject_id) in subjects:
            entry.subject_name = nobody
        if entry.actor_id in accounts:
            entry.actor_name = nobody
        entry.search_key = journal.search_key(entry.subject_name, entry.actor_name, entry.reason)
        entry.save(update_fields=["subject_name", "actor_name", "search_key"])


def _about_posts(person: Person):
    """Entries about the posts this person held, handed over, or stood in for."""
    held = Posting.objects.filter(person=person)
    posts = set(held.values_list("pk", flat=True)) | set(held.values_list("successor", flat=True))
    rows = Substitution.objects.filter(Q(substitute=person) | Q(posting__person=person))
    stood_in = rows.values_list("pk", flat=True)
    return Entry.objects.filter(
        Q(subject_kind="people.posting", subject_id__in=[str(pk) for pk in posts if pk])
        | Q(subject_kind="people.substitution", subject_id__in=[str(pk) for pk in stood_in])
    )
