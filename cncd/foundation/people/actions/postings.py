"""Posting people in a role at a place, ending it, and handing it over."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.figures import day as shown
from cncd.foundation.people.actions.checks import (
    checked_dates,
    lock_people,
    refuse_ended,
    refuse_oneself,
    require_posting,
    role_to_grant,
)
from cncd.foundation.people.actions.refusals import (
    AlreadyPosted,
    BadDates,
    HandedOver,
    SamePerson,
)
from cncd.foundation.people.models import Agency, Person, Posting, Substitution, User
from cncd.foundation.places.models import Place


def begin_posting(*, person, role, place, since_on, until_on, agency, title, document) -> Posting:
    """Creates the row under a lock on the person; raises AlreadyPosted, AgencyNotThere."""
    lock_people(person)
    same = Posting.objects.filter(person=person, role=role, place=place)
    if clash := same.overlapping(since_on, until_on).first():
        raise already_posted(clash)
    if agency:
        refuse_ended(agency, since_on)
    return Posting.objects.create(
        person=person,
        role=role,
        place=place,
        since_on=since_on,
        until_on=until_on,
        agency=agency,
        title=title,
        document=document,
    )


def already_posted(clash: Posting) -> AlreadyPosted:
    """What to say when the person holds that post already."""
    end = _("to %(day)s") % {"day": shown(clash.last_day)} if clash.until_on else _("with no end")
    return AlreadyPosted(
        _("%(name)s is already %(role)s at %(place)s from %(since)s %(until)s. End that first.")
        % {
            "name": clash.person.full_name,
            "role": clash.role.title,
            "place": clash.place,
            "since": shown(clash.since_on),
            "until": end,
        }
    )


def told(posting: Posting) -> dict:
    """What the journal keeps of a posting; the name goes with the personal values."""
    facts = {
        "role": posting.role.name,
        "place": str(posting.place),
        "agency": str(posting.agency or ""),
        "title": posting.title,
        "since_on": posting.since_on.isoformat(),
        "until_on": posting.until_on.isoformat() if posting.until_on else "",
        "document": posting.document.number if posting.document else "",
    }
    return {key: value for key, value in facts.items() if value}


def _note(event: str, posting: Posting, by, now, *, names=("", ""), **facts) -> None:
    """The journal entry; `names` are the holder before and after."""
    journal.record(
        event=event,
        subject=posting,
        by=by,
        place=posting.place,
        personal={"person": names},
        now=now,
        **facts,
    )


@transaction.atomic
def post_person(
    *,
    person: Person,
    role: str,
    place: Place,
    since_on: dt.date,
    by: User | None,
    until_on: dt.date | None = None,
    agency: Agency | None = None,
    title: str = "",
    document=None,
    now: dt.datetime | None = None,
) -> Posting:
    """Posts a person in a role (its code) at a place, from a day on.

    Raises PermissionDenied outside the officer's reach, NotYoursToGrant for a role above their own,
    WrongLevel where the role does not fit the place, AlreadyPosted for the same post twice.
    """
    checked_dates(since_on, until_on)
    granted = role_to_grant(role, place, since_on, by)
    refuse_oneself(by, person)
    posting = begin_posting(
        person=person,
        role=granted,
        place=place,
        since_on=since_on,
        until_on=until_on,
        agency=agency,
        title=title,
        document=document,
    )
    _note("posting.begun", posting, by, now, names=("", person.full_name), after=told(posting))
    return posting


def finish_posting(posting: Posting, until_on: dt.date) -> None:
    """Ends the row, and what others held by standing in for it."""
    posting.until_on = until_on
    posting.save(update_fields=["until_on"])
    standing_in = posting.substitutions
    standing_in.filter(since_on__gte=until_on).delete()
    standing_in.overlapping(until_on, None).update(until_on=until_on)


def _check_end(posting: Posting, day: dt.date) -> None:
    """Raises BadDates unless the posting may end on that day."""
    if day > posting.since_on and not (posting.until_on and day > posting.until_on):
        return
    end = _(" and not after %(day)s") % {"day": shown(posting.last_day)} if posting.until_on else ""
    raise BadDates(
        _("The posting holds from %(since)s; its last day must lie after that%(end)s.")
        % {"since": shown(posting.since_on), "end": end}
    )


@transaction.atomic
def end_posting(
    *,
    posting: Posting,
    until_on: dt.date,
    by: User | None,
    document=None,
    reason: str = "",
    now: dt.datetime | None = None,
) -> Posting | None:
    """Ends a posting: `until_on` is the first day without it. Substitutes' powers end with it.

    One that has not begun yet is taken back altogether (returns None). Raises BadDates when the day
    is not inside the posting, PermissionDenied, NotYoursToGrant.
    """
    require_posting(by, posting)
    lock_people(posting.person)
    posting.refresh_from_db()
    names = (posting.person.full_name, "")
    if until_on <= posting.since_on and posting.since_on > timezone.localdate(now):
        facts = {"before": told(posting), "reason": reason}
        _note("posting.withdrawn", posting, by, now, names=names, **facts)
        posting.delete()
        return None
    _check_end(posting, until_on)
    before = {"until_on": posting.until_on.isoformat()} if posting.until_on else {}
    after = {"until_on": until_on.isoformat()}
    if document:
        after["document"] = document.number
    finish_posting(posting, until_on)
    facts = {"before": before, "after": after, "reason": reason}
    _note("posting.ended", posting, by, now, names=names, **facts)
    return posting


def _check_open(posting: Posting, on: dt.date) -> None:
    """Raises HandedOver when the post has a successor, BadDates when it may not end that day."""
    if posting.successor:
        raise HandedOver(
            _("The post has passed to %(name)s already.") % {"name": posting.successor.person}
        )
    _check_end(posting, on)


def _check_successor(posting: Posting, successor: Person, by: User | None) -> None:
    """Raises SamePerson when nothing would change hands, or one's own would fill."""
    refuse_oneself(by, successor)
    if successor.pk == posting.person_id:
        raise SamePerson(_("The successor is the same person."))


@transaction.atomic
def hand_over(
    *,
    posting: Posting,
    successor: Person,
    on: dt.date,
    by: User | None,
    title: str | None = None,
    carry_substitutes: bool = False,
    document=None,
    now: dt.datetime | None = None,
) -> Posting:
    """Ends a posting and begins the successor's in the same role, place and agency that day.

    Delegations to the agency stay; substitutes' powers end, or pass on. Raises SamePerson,
    BadDates, AlreadyPosted, PermissionDenied.
    """
    role = role_to_grant(posting.role.code, posting.place, on, by)
    _check_successor(posting, successor, by)
    lock_people(posting.person, successor)
    posting.refresh_from_db()
    _check_open(posting, on)
    standing_in = list(posting.substitutions.overlapping(on, None)) if carry_substitutes else []
    planned_end = posting.until_on if posting.until_on != on else None
    finish_posting(posting, on)
    new = begin_posting(
        person=successor,
        role=role,
        place=posting.place,
        since_on=on,
        until_on=planned_end,
        agency=posting.agency,
        title=posting.title if title is None else title,
        document=document,
    )
    Posting.objects.filter(pk=posting.pk).update(successor=new)
    after = told(new) | {"substitutes": _carry(standing_in, new)}
    names = (posting.person.full_name, successor.full_name)
    _note("posting.handed_over", new, by, now, names=names, after=after)
    return new


def _carry(standing_in: list[Substitution], new: Posting) -> int:
    """Gives the substitutes of the old posting the same powers for the new one; how many."""
    kept = [row for row in standing_in if row.substitute_id != new.person_id]
    for row in kept:
        Substitution.objects.create(
            posting=new,
            substitute=row.substitute,
            reason=row.reason,
            document=row.document,
            since_on=max(row.since_on, new.since_on),
            until_on=row.until_on,
        )
    return len(kept)
