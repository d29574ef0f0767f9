"""How an owner may be paid, and what quality was signed for; never the number of an account."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.models import Commitment, Owner, PaymentAccount


@transaction.atomic
def record_payment(
    *,
    owner: Owner,
    kind: str,
    since_on: dt.date,
    by,
    provider=None,
    helped_by=None,
    origin=None,
    made_at=None,
    now=None,
) -> PaymentAccount:
    """Writes down that an owner can be paid through a bank, wallet or mobile money (II.2.4).

    `provider` is a row of the catalogue of that use, required but for a bank; `helped_by` is the
    agency that opened it with them (IV.5). Raises PermissionDenied, RecordRefused, also when it is
    recorded already.
    """
    now, made_at = writing.moments(now, made_at)
    owner = writing.held(owner)
    rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    account = PaymentAccount(
        owner=owner, kind=kind, provider=provider, since_on=since_on, helped_by=helped_by
    )
    _refuse_account(account, now)
    writing.begin(account, by=by, now=now, made_at=made_at, origin=origin)
    writing.keep_version(account, by=by, now=now)
    told = {
        "owner": owner.name, "payment": kind, "provider": writing.plain(provider),
        "since_on": since_on, "on": since_on,
    }  # fmt: skip
    told |= {"helped_by": str(helped_by)} if helped_by else {}
    record(event="payment.recorded", subject=account, by=by, place=owner.place_id, after=told,
           now=now)  # fmt: skip
    return account


@transaction.atomic
def end_payment(
    *, account: PaymentAccount, on: dt.date, by, made_at=None, now=None
) -> PaymentAccount:
    """Says from which day an owner is no longer paid that way.

    Raises PermissionDenied, NotStanding, RecordRefused for a day to come or before it began.
    """
    return _end(account, "since_on", on, by, made_at, now, event="payment.ended")


@transaction.atomic
def sign_commitment(
    *,
    owner: Owner,
    signed_on: dt.date,
    by,
    until_on: dt.date | None = None,
    file=None,
    note: str = "",
    origin=None,
    made_at=None,
    now=None,
) -> Commitment:
    """Writes down that an owner signed for the quality of what is sold (II.2.3); a file if any.

    Raises PermissionDenied, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    owner = writing.held(owner)
    rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    signed = Commitment(
        owner=owner, signed_on=signed_on, until_on=until_on, file=file, note=tidy(note)
    )
    _refuse_commitment(signed, now)
    writing.begin(signed, by=by, now=now, made_at=made_at, origin=origin)
    writing.keep_version(signed, by=by, now=now)
    days = {"signed_on": signed_on} | ({"until_on": until_on} if until_on else {})
    record(
        event="commitment.signed",
        subject=signed,
        by=by,
        place=owner.place_id,
        after={"owner": owner.name, **days, "on": signed_on},
        now=now,
    )
    return signed


@transaction.atomic
def end_commitment(
    *, commitment: Commitment, on: dt.date, by, made_at=None, now=None
) -> Commitment:
    """Says from which day a commitment no longer holds.

    Raises PermissionDenied, NotStanding, RecordRefused for a day to come or before it was signed.
    """
    return _end(commitment, "signed_on", on, by, made_at, now, event="commitment.ended")


def _end(row, began: str, on: dt.date, by, made_at, now, *, event: str):
    now, made_at = writing.moments(now, made_at)
    row = writing.held(row)
    rights.require(by, row.owner.place_id, "registers.enter", made_at=made_at)
    was = row.until_on
    if was == on:
        return row
    writing.not_to_come("on", on, now)
    if on <= getattr(row, began):
        raise RecordRefused("on", _("It began on that day or after it."))
    row.until_on = on
    writing.next_version(row, by=by, now=now)
    record(
        event=event,
        subject=row,
        by=by,
        place=row.owner.place_id,
        before={"until_on": was, "on": was} if was else None,
        after={"owner": row.owner.name, "until_on": on, "on": min(on, was or on)},
        now=now,
    )
    return row


def _refuse_account(account: PaymentAccount, now) -> None:
    kinds = PaymentAccount.Kind
    writing.not_to_come("since_on", account.since_on, now)
    if account.kind not in kinds.values:
        raise RecordRefused("kind", _("Choose bank account, e-wallet or mobile money."))
    if account.provider is None and account.kind != kinds.BANK:
        raise RecordRefused("provider", _("Choose whose wallet or mobile money it is."))
    if account.provider and account.provider.use != account.kind:
        raise RecordRefused("provider", _("This provider offers another kind of account."))
    same = PaymentAccount.objects.standing().filter(
        owner=account.owner, kind=account.kind, provider=account.provider, until_on=None
    )
    if same.exists():
        raise RecordRefused("provider", _("This is recorded already for the owner."))


def _refuse_commitment(signed: Commitment, now) -> None:
    writing.not_to_come("signed_on", signed.signed_on, now)
    writing.refuse_numbers(note=signed.note)
    if signed.until_on and signed.until_on <= signed.signed_on:
        raise RecordRefused("until_on", _("It ends after the day on which it was signed."))
