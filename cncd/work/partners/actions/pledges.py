"""Recording what was promised, changing it, taking it back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.foundation.people.models import Agency
from cncd.work.partners.actions.asking import ask_of_pledge
from cncd.work.partners.actions.errors import (
    AlreadyPledged,
    ChangedMeanwhile,
    EndsBeforeItBegins,
    NotAPartner,
    NothingPromised,
)
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries.partners import partners_on

CHANGE = "partners.change"
CHANGEABLE = ("amount", "since_on", "until_on", "note", "document")


@transaction.atomic
def make_pledge(
    *,
    agency: Agency,
    place,
    kind: str,
    amount: int,
    since_on: dt.date,
    until_on: dt.date,
    by,
    document=None,
    note: str = "",
    now: dt.datetime | None = None,
) -> Pledge:
    """Records that the agency promises so much of one kind of help, due before `until_on` (IV.5).

    Raises NotAPartner, NothingPromised, EndsBeforeItBegins, AlreadyPledged; PermissionDenied
    unless the place is within reach.
    """
    authority.require(by, CHANGE, place=place)
    now = now or timezone.now()
    wanted = Pledge(
        agency=agency, place=place, kind=kind, amount=amount, since_on=since_on,
        until_on=until_on, document=document, note=tidy(note), recorded_at=now, recorded_by=by,
    )  # fmt: skip
    _check(wanted)
    wanted.save(force_insert=True)
    told = {name: value for name, value in _told(wanted).items() if value}
    about = {"agency": str(agency), "kind": str(kind)}
    rows = [{"gap": str(gap.pk)} for gap in ask_of_pledge(wanted, now)]
    record(
        event="pledge.made", subject=wanted, by=by, place=place, after=about | told, rows=rows,
        now=now,
    )  # fmt: skip
    return wanted


@transaction.atomic
def change_pledge(*, pledge: Pledge, by, version: int, now=None, **changes) -> Pledge:
    """Changes how much, the days, the note or the paper of a promise; no change, no entry.

    `version` is the one the writer saw. Raises ChangedMeanwhile and what `make_pledge` raises.
    """
    assert changes.keys() <= set(CHANGEABLE), changes.keys() - set(CHANGEABLE)
    pledge = _held(pledge, by, version)
    before = _told(pledge)
    for name, value in changes.items():
        setattr(pledge, name, tidy(value) if name == "note" else value)
    after = _told(pledge)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return pledge
    _check(pledge)
    pledge.version += 1
    pledge.save()
    record(
        event="pledge.changed",
        subject=pledge,
        by=by,
        place=pledge.place_id,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        now=now,
    )
    return pledge


@transaction.atomic
def withdraw_pledge(*, pledge: Pledge, reason: str, by, version: int, now=None) -> Pledge:
    """Takes a promise back, whole: written by mistake, or given up; its helpers lose the unit.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    pledge = _held(pledge, by, version)
    pledge.withdrawn_at, pledge.withdrawn_reason = now or timezone.now(), tidy(reason)
    pledge.version += 1
    pledge.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(
        event="pledge.withdrawn",
        subject=pledge,
        by=by,
        place=pledge.place_id,
        reason=pledge.withdrawn_reason,
        now=now,
    )
    return pledge


@transaction.atomic
def restore_pledge(*, pledge: Pledge, by, now=None) -> Pledge:
    """Brings back a withdrawn promise; nothing happens to one that stands.

    Raises AlreadyPledged when another took its place, NotAPartner, PermissionDenied.
    """
    authority.require(by, CHANGE, place=pledge.place)
    pledge = _locked(pledge)
    if pledge.withdrawn_at is None:
        return pledge
    pledge.withdrawn_at, pledge.withdrawn_reason = None, ""
    _check(pledge)
    pledge.version += 1
    pledge.save(update_fields=["withdrawn_at", "withdrawn_reason", "version"])
    record(event="pledge.restored", subject=pledge, by=by, place=pledge.place_id, now=now)
    return pledge


def _held(pledge: Pledge, by, version: int) -> Pledge:
    """The promise under lock, as the writer saw it."""
    authority.require(by, CHANGE, place=pledge.place)
    pledge = _locked(pledge)
    if pledge.version != version or pledge.withdrawn_at is not None:
        raise ChangedMeanwhile
    return pledge


def _locked(pledge: Pledge) -> Pledge:
    # The agency's row is locked first, as in `make_pledge`: promises of one agency come in turn.
    Agency.objects.select_for_update().get(pk=pledge.agency_id)
    return Pledge.objects.select_for_update(of=("self",)).get(pk=pledge.pk)


def _check(pledge: Pledge) -> None:
    if pledge.amount < 1:
        raise NothingPromised
    if pledge.until_on <= pledge.since_on:
        raise EndsBeforeItBegins
    Agency.objects.select_for_update().get(pk=pledge.agency_id)
    if not partners_on(pledge.since_on).filter(pk=pledge.agency_id).exists():
        raise NotAPartner
    same = Pledge.objects.standing().overlapping(pledge.since_on, pledge.until_on)
    same = same.filter(agency=pledge.agency_id, place=pledge.place_id, kind=pledge.kind)
    if known := same.exclude(pk=pledge.pk).first():
        raise AlreadyPledged(known)


def _told(pledge: Pledge) -> dict:
    """The changeable fields as the journal tells them."""
    return {
        "amount": pledge.amount,
        "since_on": pledge.since_on.isoformat(),
        "until_on": pledge.until_on.isoformat(),
        "note": pledge.note,
        "document": str(pledge.document) if pledge.document_id else "",
    }
