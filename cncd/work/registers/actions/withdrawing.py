"""Taking a record out that was written by mistake, and bringing it back: nothing is deleted."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cncd.foundation.journal.actions import record
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import NotStanding, RecordRefused, StillUsed
from cncd.work.registers.actions.offers import show_offers
from cncd.work.registers.contents import kind_of
from cncd.work.registers.models import Commitment, Listing, Owner, PaymentAccount, Product, Shop
from cncd.work.registers.rules import BEGINNING

Any = Owner | Product | Shop | Listing | PaymentAccount | Commitment


@transaction.atomic
def withdraw_record(*, record: Any, reason: str, by, version=None, made_at=None, now=None) -> Any:
    """Takes a record out of every list and count, with the reason; it stays readable.

    The listings of a product go and come back with it. Withdrawing twice changes nothing. Raises
    PermissionDenied, ChangedMeanwhile, RecordRefused without a reason, StillUsed for an owner that
    has products or storefronts.
    """
    now, made_at = writing.moments(now, made_at)
    row = writing.held(record, version, also_withdrawn=True)
    rights.require(by, place_of(row), "registers.enter", made_at=made_at)
    if row.withdrawn_at:
        return row
    if not reason.strip():
        raise RecordRefused("reason", _("Say in a few words why this is taken out."))
    _refuse_used(row)
    row.withdrawn_at, row.withdrawn_reason = now, reason.strip()[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _show(row)
    _write_down("record.withdrawn", row, by=by, reason=reason, now=now)
    return row


@transaction.atomic
def restore_record(*, record: Any, by, made_at=None, now=None) -> Any:
    """Brings a record back as it was: the undo of `withdraw_record`; a merged one stays merged.

    Raises PermissionDenied, NotStanding for a merged one or when what it belongs to is out, and
    RecordRefused for a listing of a floor that has a new one.
    """
    now, made_at = writing.moments(now, made_at)
    row = writing.held(record, also_withdrawn=True)
    rights.require(by, place_of(row), "registers.enter", made_at=made_at)
    if not row.withdrawn_at:
        return row
    above = getattr(row, "product", None) or getattr(row, "owner", None)
    if getattr(row, "merged_into_id", None) or (above and above.withdrawn_at):
        raise NotStanding
    row.withdrawn_at, row.withdrawn_reason = None, ""
    try:
        with transaction.atomic():
            row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    except IntegrityError as error:
        message = _("The product was recorded on this floor again since. Take that one out first.")
        raise RecordRefused("__all__", message) from error
    _show(row)
    _write_down("record.restored", row, by=by, reason="", now=now)
    return row


def place_of(row: Any) -> int:
    """The id of the hamlet that a record belongs to."""
    above = getattr(row, "product", None) or getattr(row, "owner", None)
    return row.place_id if hasattr(row, "place_id") else above.place_id


def _show(row: Any) -> None:
    if isinstance(row, Listing):
        show_offers([row.product_id])


def _refuse_used(row: Any) -> None:
    if not isinstance(row, Owner):
        return
    count = row.products.standing().count() + row.shops.standing().count()
    if count:
        message = ngettext(
            "This owner still has %(count)s product or storefront. Give it to another owner, or"
            " take it out first.",
            "This owner still has %(count)s products and storefronts. Give them to another owner,"
            " or take them out first.",
            count,
        )
        raise StillUsed(message % {"count": count})


def _write_down(event: str, row: Any, *, by, reason: str, now) -> None:
    record(
        event=event,
        subject=row,
        by=by,
        place=place_of(row),
        after={"what": kind_of(row), "on": _first_day(row)},
        reason=reason,
        rows=writing.where_counted(row),
        now=now,
    )


def _first_day(row: Any):
    names = ("since_on", "opened_on", "first_listed_on", "signed_on")
    return next((day for name in names if (day := getattr(row, name, None))), BEGINNING)
