"""Acting for somebody, or for another agency, between two dates."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.figures import day as shown
from cncd.foundation.people import authority
from cncd.foundation.people.actions.checks import (
    checked_dates,
    lock_people,
    refuse_ended,
    require_posting,
    require_rank,
    role_to_grant,
)
from cncd.foundation.people.actions.refusals import (
    AgencyNotThere,
    AlreadyDelegated,
    AlreadySubstituted,
    BadDates,
    SamePerson,
)
from cncd.foundation.people.models import (
    Agency,
    Delegation,
    Person,
    Posting,
    Substitution,
    User,
)
from cncd.foundation.people.rules import within
from cncd.foundation.places.models import Place


def _days(row) -> dict:
    facts = {"since_on": row.since_on.isoformat()}
    if row.until_on:
        facts["until_on"] = row.until_on.isoformat()
    if row.document:
        facts["document"] = row.document.number
    return facts


@transaction.atomic
def substitute(
    *,
    posting: Posting,
    person: Person,
    since_on: dt.date,
    until_on: dt.date,
    by: User | None,
    reason: str = "",
    document=None,
    now: dt.datetime | None = None,
) -> Substitution:
    """Lets a person act with every power of the posting from one day up to another.

    Raises BadDates outside the posting, AlreadySubstituted when somebody stands in on those days,
    SamePerson, PermissionDenied.
    """
    require_posting(by, posting)
    checked_dates(since_on, until_on)
    if person.pk == posting.person_id or (by and by.person_id == person.pk):
        raise SamePerson(_("Choose somebody else: not the holder of the post, and not yourself."))
    lock_people(posting.person)
    posting.refresh_from_db()
    _check_days(posting, since_on, until_on)
    row = Substitution.objects.create(
        posting=posting,
        substitute=person,
        reason=reason,
        document=document,
        since_on=since_on,
        until_on=until_on,
    )
    _note("substitution.begun", row, by, now, after=_days(row), reason=reason)
    return row


def _check_days(posting: Posting, since_on: dt.date, until_on: dt.date) -> None:
    """Raises BadDates outside the posting, AlreadySubstituted when somebody stands in already."""
    if not within(since_on, until_on, posting.since_on, posting.until_on):
        raise BadDates(_("The post itself does not hold on all of these days."))
    if clash := posting.substitutions.overlapping(since_on, until_on).first():
        raise AlreadySubstituted(
            _("%(name)s already stands in from %(since)s to %(until)s.")
            % {
                "name": clash.substitute.full_name,
                "since": shown(clash.since_on),
                "until": shown(clash.last_day) if clash.until_on else _("no end"),
            }
        )


def _note(event: str, row: Substitution, by, now, **facts) -> None:
    names = {"person": row.substitute.full_name, "holder": row.posting.person.full_name}
    journal.record(
        event=event,
        subject=row,
        by=by,
        place=row.posting.place,
        personal={key: ("", name) for key, name in names.items()},
        now=now,
        **facts,
    )


def _stop(row, until_on: dt.date) -> None:
    """Ends the row on that day, or takes it away when it has not begun by then."""
    if row.until_on and until_on > row.until_on:
        raise BadDates(
            _("It ends on %(day)s already; choose an earlier day.") % {"day": shown(row.last_day)}
        )
    if until_on <= row.since_on:
        row.delete()
        return
    row.until_on = until_on
    row.save(update_fields=["until_on"])


@transaction.atomic
def end_substitution(
    *, substitution: Substitution, until_on: dt.date, by: User | None, now=None
) -> None:
    """Ends it early: `until_on` is the first day without it; one not begun by then never begins."""
    require_posting(by, substitution.posting)
    after = {"until_on": until_on.isoformat()}
    _note("substitution.ended", substitution, by, now, after=after)
    _stop(substitution, until_on)


@transaction.atomic
def delegate(
    *,
    giver: Agency,
    taker: Agency,
    role: str,
    place: Place,
    since_on: dt.date,
    by: User | None,
    until_on: dt.date | None = None,
    document=None,
    now: dt.datetime | None = None,
) -> Delegation:
    """Lets the officers of one agency act in a role at another's place (II.2.9).

    Raises AgencyNotThere when the place is not the giver's, AlreadyDelegated, BadDates, WrongLevel,
    NotYoursToGrant, PermissionDenied.
    """
    checked_dates(since_on, until_on)
    granted = role_to_grant(role, place, since_on, by)
    _check_agencies(giver, taker, place, since_on)
    Agency.objects.select_for_update().get(pk=taker.pk)
    same = Delegation.objects.filter(giver=giver, taker=taker, role=granted, place=place)
    if clash := same.overlapping(since_on, until_on).first():
        raise AlreadyDelegated(
            _("%(giver)s has delegated this to %(taker)s already, from %(since)s.")
            % {"giver": giver, "taker": taker, "since": shown(clash.since_on)}
        )
    row = Delegation.objects.create(
        giver=giver,
        taker=taker,
        role=granted,
        place=place,
        document=document,
        since_on=since_on,
        until_on=until_on,
    )
    after = {"giver": str(giver), "taker": str(taker), "role": granted.name, **_days(row)}
    journal.record(event="delegation.begun", subject=row, by=by, place=place, after=after, now=now)
    return row


def _check_agencies(giver: Agency, taker: Agency, place: Place, day: dt.date) -> None:
    """Raises AgencyNotThere unless both exist, are two, and the place is the giver's."""
    if giver.pk == taker.pk:
        raise AgencyNotThere(_("An agency delegates to another one, not to itself."))
    for agency in (giver, taker):
        refuse_ended(agency, day)
    if not Place.objects.within([giver.place_id], day).filter(pk=place.pk).exists():
        raise AgencyNotThere(
            _("%(agency)s has no authority over %(place)s.") % {"agency": giver, "place": place}
        )


@transaction.atomic
def end_delegation(*, delegation: Delegation, until_on: dt.date, by: User | None, now=None) -> None:
    """Ends it: `until_on` is the first day without it; one not begun by then never begins."""
    authority.require(by, "postings.change", place=delegation.place)
    require_rank(by, delegation.role, delegation.place)
    after = {
        "giver": str(delegation.giver),
        "taker": str(delegation.taker),
        "role": delegation.role.name,
        "until_on": until_on.isoformat(),
    }
    journal.record(
        event="delegation.ended",
        subject=delegation,
        by=by,
        place=delegation.place,
        after=after,
        now=now,
    )
    _stop(delegation, until_on)
