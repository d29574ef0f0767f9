"""From both sides: the partner says what it delivered, the unit confirms it or says otherwise."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.people import authority
from cncd.work.partners.actions.errors import ChangedMeanwhile, StatementRefused
from cncd.work.partners.models import Pledge, Statement

CHANGE, OWN = "partners.change", "partners.own"
MOST = 100_000


def is_partner(by, pledge: Pledge) -> bool:
    """Whether the person speaks for the agency that promised."""
    return pledge.agency_id in authority.own_agencies(by) and by.can(OWN)


@transaction.atomic
def state_delivery(
    *, pledge: Pledge, amount: int, on: dt.date, note: str, by, now: dt.datetime | None = None
) -> Statement:
    """The partner says so much was delivered by a day, and how it may be seen (IV.4, IV.5).

    Raises StatementRefused; PermissionDenied unless `by` serves the agency that promised.
    """
    _require_partner(by, pledge)
    if pledge.withdrawn_at:
        raise StatementRefused(_("This promise was withdrawn."))
    now = now or timezone.now()
    made = Statement(pledge=pledge, amount=amount, on=on, note=tidy(note), stated_at=now,
                     stated_by=by)  # fmt: skip
    _check(made)
    made.save(force_insert=True)
    _record(made, "stated", by, now, {"amount": amount, "note": made.note})
    return made


@transaction.atomic
def answer_statement(
    *, statement: Statement, confirms: bool, by, version: int, amount: int | None = None,
    note: str = "", now: dt.datetime | None = None,
) -> Statement:  # fmt: skip
    """The unit confirms what the partner says, or gives its own number and says why.

    Raises ChangedMeanwhile, StatementRefused, PermissionDenied.
    """
    authority.require(by, CHANGE, place=statement.pledge.place)
    found, now = _held(statement, version), now or timezone.now()
    if confirms:
        found.state, found.unit_amount, found.unit_note = Statement.State.CONFIRMED, None, ""
        done, told = "confirmed", {"amount": found.amount}
    else:
        _check_dispute(found, amount, note)
        found.state, found.unit_amount, found.unit_note = (
            Statement.State.DISPUTED, amount, tidy(note),
        )  # fmt: skip
        done, told = "disputed", {"unit_amount": amount, "unit_note": found.unit_note}
    found.answered_at, found.answered_by = now, by
    _save(found)
    _record(found, done, by, now, told)
    return found


@transaction.atomic
def restate(
    *, statement: Statement, amount: int, note: str, by, version: int, now=None
) -> Statement:
    """The partner corrects its number; when it is the unit's own, both agree and it is settled.

    Raises ChangedMeanwhile, StatementRefused, PermissionDenied.
    """
    _require_partner(by, statement.pledge)
    found, now = _held(statement, version), now or timezone.now()
    if found.state == Statement.State.CONFIRMED:
        raise StatementRefused(_("Both sides agree on this already."))
    before = found.amount
    found.amount, found.note = amount, tidy(note) or found.note
    _check(found)
    agrees = found.state == Statement.State.DISPUTED and amount == found.unit_amount
    found.state = Statement.State.CONFIRMED if agrees else Statement.State.STATED
    _save(found)
    _record(found, "settled" if agrees else "restated", by, now,
            {"amount": amount, "note": found.note}, {"amount": before})  # fmt: skip
    return found


@transaction.atomic
def withdraw_statement(*, statement: Statement, reason: str, by, version: int, now=None):
    """The partner takes back what it said by mistake.

    Raises ChangedMeanwhile, PermissionDenied.
    """
    _require_partner(by, statement.pledge)
    found, now = _held(statement, version), now or timezone.now()
    found.withdrawn_at, found.withdrawn_reason = now, tidy(reason)
    _save(found)
    record(
        event="delivery.withdrawn", subject=found, by=by, place=found.pledge.place_id,
        reason=found.withdrawn_reason, now=now,
    )  # fmt: skip
    return found


def _require_partner(by, pledge: Pledge) -> None:
    if by is not None and not is_partner(by, pledge):
        raise PermissionDenied(OWN)


def _held(statement: Statement, version: int) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",)).select_related("pledge__place")
    found = rows.get(pk=statement.pk)
    if found.version != version or found.withdrawn_at is not None:
        raise ChangedMeanwhile
    return found


def _check(made: Statement) -> None:
    if not 1 <= made.amount <= MOST:
        raise StatementRefused({"amount": _("Say at least 1, and no more than 100,000.")})
    if not made.note:
        raise StatementRefused({"note": _("Say what was done, where and with whom.")})
    if made.on > timezone.localdate():
        raise StatementRefused({"on": _("Choose today or an earlier day.")})
    if not made.pledge.holds_on(made.on):
        text = _("The promise holds from %(since)s to %(until)s. Choose a day between them.")
        days = {"since": f"{made.pledge.since_on:%d/%m/%Y}",
                "until": f"{made.pledge.last_day:%d/%m/%Y}"}  # fmt: skip
        raise StatementRefused({"on": text % days})


def _check_dispute(found: Statement, amount: int | None, note: str) -> None:
    if amount is None or not 0 <= amount <= MOST:
        raise StatementRefused({"amount": _("Say how many the unit counts; 0 for none.")})
    if amount == found.amount:
        raise StatementRefused({"amount": _("This is what the partner says. Confirm it instead.")})
    if not tidy(note):
        raise StatementRefused({"note": _("Say why the numbers differ.")})


def _save(found: Statement) -> None:
    found.version += 1
    found.save()


def _record(made: Statement, done: str, by, now, after: dict, before: dict | None = None) -> None:
    record(
        event=f"delivery.{done}", subject=made, by=by, place=made.pledge.place_id,
        before=before or {}, after=after, now=now,
    )  # fmt: skip
