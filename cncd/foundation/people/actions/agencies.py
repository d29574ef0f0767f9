"""Agencies: founding, renaming, and one taking over from another. No name is ever hard-coded."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cncd.foundation.journal import actions as journal
from cncd.foundation.kit.figures import day as shown
from cncd.foundation.kit.text import fold, sort_key, tidy
from cncd.foundation.people import authority
from cncd.foundation.people.actions.refusals import AgencyNotThere, BadDates, NameTaken
from cncd.foundation.people.models import (
    Agency,
    AgencySuccession,
    AgencyVersion,
    Branch,
    Delegation,
    Posting,
    User,
)
from cncd.foundation.places.models import Place


def _version(agency: Agency, name: str, short_name: str, since_on: dt.date, document):
    name, short_name = tidy(name), tidy(short_name)
    return AgencyVersion.objects.create(
        agency=agency,
        name=name,
        short_name=short_name,
        search_key=fold(f"{name} {short_name}"),
        sort_key=sort_key(name),
        since_on=since_on,
        document=document,
    )


def _refuse_namesake(name: str, place: Place, day: dt.date, agency: Agency | None) -> None:
    """Raises NameTaken when another agency of that place bears the name on that day."""
    rows = Agency.objects.alive(day).filter(place=place).named(day)
    if rows.filter(name=tidy(name)).exclude(pk=agency and agency.pk).exists():
        raise NameTaken(
            _("%(place)s already has an agency called “%(name)s”.")
            % {"place": place, "name": tidy(name)}
        )


@transaction.atomic
def create_agency(
    *,
    name: str,
    branch: Branch,
    place: Place,
    since_on: dt.date,
    by: User | None,
    short_name: str = "",
    is_enterprise: bool = False,
    document=None,
    now: dt.datetime | None = None,
) -> Agency:
    """Founds an agency of a branch at a place; raises NameTaken, PermissionDenied."""
    authority.require(by, "agencies.change", place=place)
    _refuse_namesake(name, place, since_on, None)
    agency = Agency.objects.create(branch=branch, place=place, is_enterprise=is_enterprise)
    version = _version(agency, name, short_name, since_on, document)
    after = {"name": version.name, "branch": branch.name, "since_on": since_on.isoformat()}
    journal.record(event="agency.created", subject=agency, by=by, place=place, after=after, now=now)
    return agency


@transaction.atomic
def rename_agency(
    *,
    agency: Agency,
    name: str,
    on: dt.date,
    by: User | None,
    short_name: str = "",
    document=None,
    now: dt.datetime | None = None,
) -> AgencyVersion:
    """Gives the agency a new name from a day on; the old one stays true for the days before.

    Raises BadDates unless the day lies inside the current name's time, NameTaken.
    """
    authority.require(by, "agencies.change", place=agency.place)
    Agency.objects.select_for_update().get(pk=agency.pk)
    current = agency.versions.order_by("-since_on").first()
    if on <= current.since_on or current.until_on:
        raise BadDates(
            _("“%(name)s” has been the name since %(day)s; choose a later day.")
            % {"name": current.name, "day": shown(current.since_on)}
        )
    _refuse_namesake(name, agency.place, on, agency)
    current.until_on = on
    current.save(update_fields=["until_on"])
    version = _version(agency, name, short_name, on, document)
    journal.record(
        event="agency.renamed",
        subject=agency,
        by=by,
        place=agency.place,
        before={"name": current.name},
        after={"name": version.name, "since_on": on.isoformat()},
        now=now,
    )
    return version


@transaction.atomic
def succeed_agency(
    *,
    old: list[Agency],
    new: Agency,
    on: dt.date,
    by: User | None,
    move_postings: bool = True,
    document=None,
    now: dt.datetime | None = None,
) -> list[AgencySuccession]:
    """Lets one agency take over from others that end that day, with officers and delegations.

    Postings running that day go on under the new agency (a new row each, so that history keeps the
    old name), and so do delegations. Raises BadDates, AgencyNotThere, PermissionDenied.
    """
    authority.require(by, "agencies.change", place=new.place)
    if not Agency.objects.alive(on).filter(pk=new.pk).exists():
        raise AgencyNotThere(
            _("%(agency)s does not exist on %(day)s yet.") % {"agency": new, "day": shown(on)}
        )
    rows = [_succeed(agency, new, on, by, document) for agency in old]
    moved = sum(_move_offices(agency, new, on) for agency in old) if move_postings else 0
    journal.record(
        event="agency.succeeded",
        subject=new,
        by=by,
        place=new.place,
        before={"agencies": [agency.name_on(on) for agency in old]},
        after={"on": on.isoformat(), "postings": moved},
        now=now,
    )
    return rows


def _succeed(old: Agency, new: Agency, on: dt.date, by, document) -> AgencySuccession:
    authority.require(by, "agencies.change", place=old.place)
    current = old.versions.order_by("-since_on").first()
    if old.pk == new.pk or on <= current.since_on or (current.until_on and current.until_on < on):
        raise BadDates(
            _("%(agency)s cannot end on %(day)s.") % {"agency": current.name, "day": shown(on)}
        )
    current.until_on = on
    current.save(update_fields=["until_on"])
    return AgencySuccession.objects.create(old=old, new=new, on=on, document=document)


def _move_offices(old: Agency, new: Agency, on: dt.date) -> int:
    """Continues what runs under the old agency under the new one; returns how many postings."""
    running = Posting.objects.filter(agency=old).overlapping(on, None)
    moved = 0
    for row in running.select_for_update():
        moved += 1
        if row.since_on >= on:
            Posting.objects.filter(pk=row.pk).update(agency=new)
            continue
        standing_in = list(row.substitutions.overlapping(on, None))
        before = row.pk
        _continue(row, on, agency=new)
        Posting.objects.filter(pk=before).update(successor=row)
        for stand_in in standing_in:
            _continue(stand_in, on, posting=row)
    for field in ("giver", "taker"):
        for row in Delegation.objects.filter(**{field: old}).overlapping(on, None):
            _continue(row, on, **{field: new})
    return moved


def _continue(row, on: dt.date, **changes) -> None:
    """Splits a dated row on that day: what comes after carries the changes."""
    model = type(row)
    if row.since_on < on:
        model.objects.filter(pk=row.pk).update(until_on=on)
        row.pk, row._state.adding, row.since_on = None, True, on
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
