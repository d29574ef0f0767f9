"""OCOP recognition: stars or potential, by decision, for so many months."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.foundation.places.queries import setting
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.models import Product, Recognition
from cncd.work.registers.rules import BEGINNING, months_after

VALID_MONTHS = "ocop.valid_months"


@transaction.atomic
def recognise(
    *,
    product: Product,
    number: str,
    decided_on: dt.date,
    by,
    star: int | None = None,
    is_potential: bool = False,
    until_on: dt.date | None = None,
    file=None,
    made_at=None,
    now=None,
) -> Recognition:
    """Recognises a product from the day of the decision, for the months the setting says (36).

    It ends the recognition before it; one that is older than another ends where that begins. A farm
    or local product becomes an OCOP product. Raises PermissionDenied, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    product = writing.held(product)
    rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    found = Recognition(
        product=product,
        star=None if is_potential else star,
        is_potential=is_potential,
        number=tidy(number),
        decided_on=decided_on,
        since_on=decided_on,
        file=file,
    )
    _refuse(found, now)
    months = setting(VALID_MONTHS, product.place, decided_on)
    found.until_on = until_on or months_after(decided_on, months)
    _fit_between(found)
    found.save()
    _write_down(product, found, by=by, now=now)
    return found


def _write_down(product: Product, found: Recognition, *, by, now) -> None:
    """The product as its next version, and the entry; it is an OCOP product from now on."""
    was, product.kind = product.kind, Product.Kind.OCOP
    show_latest(product)
    writing.next_version(product, by=by, now=now)
    day = found.since_on
    on = day if was == Product.Kind.OCOP else min(day, product.since_on or BEGINNING)
    after = {"rank": found.rank, "number": found.number, "decided_on": found.decided_on}
    record(
        event="product.recognised",
        subject=product,
        by=by,
        place=product.place_id,
        after=after | {"until_on": found.until_on, "on": on},
        now=now,
    )


@transaction.atomic
def drop_recognition(*, recognition: Recognition, by, reason: str, made_at=None, now=None):
    """Takes a recognition out that was written down by mistake; the versions keep it.

    The one before it holds again for as long as the setting says. Raises PermissionDenied,
    NotStanding, RecordRefused without a reason.
    """
    now, made_at = writing.moments(now, made_at)
    product = writing.held(recognition.product)
    rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    _ask_reason(reason)
    recognition = product.recognitions.get(pk=recognition.pk)
    before = {
        "rank": recognition.rank,
        "number": recognition.number,
        "decided_on": recognition.decided_on,
        "on": recognition.since_on,
    }
    earlier = product.recognitions.filter(until_on=recognition.since_on).first()
    recognition.delete()
    if earlier:
        _hold_again(earlier)
    show_latest(product)
    writing.next_version(product, by=by, now=now, reason=reason)
    record(
        event="product.changed",
        subject=product,
        by=by,
        place=product.place_id,
        before=before,
        after={"on": before["on"]},
        reason=reason,
        now=now,
    )
    return product


def show_latest(product: Product) -> None:
    """Copies the latest recognition into the product, for lists, and until when it holds."""
    latest = product.recognitions.order_by("-since_on").first()
    product.star = latest and latest.star
    product.is_potential = bool(latest and latest.is_potential)
    product.recognised_until = latest and latest.until_on


def _refuse(found: Recognition, now) -> None:
    if not found.number:
        raise RecordRefused("number", _("Give the number of the decision."))
    if not found.is_potential and found.star not in (3, 4, 5):
        raise RecordRefused("rank", _("Choose 3, 4 or 5 stars, or potential 5 stars."))
    if found.decided_on > timezone.localdate(now):
        raise RecordRefused("decided_on", _("The decision bears a day that has not come yet."))
    if found.product.recognitions.filter(since_on=found.since_on).exists():
        raise RecordRefused("decided_on", _("A decision of that day is recorded already."))


def _fit_between(found: Recognition) -> None:
    """Ends the recognition before it, and itself where a later one begins."""
    rows = found.product.recognitions
    if later := rows.filter(since_on__gt=found.since_on).order_by("since_on").first():
        found.until_on = min(found.until_on, later.since_on)
    if found.until_on <= found.since_on:
        raise RecordRefused("until_on", _("It ends after the day of the decision."))
    rows.on(found.since_on).update(until_on=found.since_on)


def _hold_again(earlier: Recognition) -> None:
    """What a dropped recognition had cut short holds again, up to the next one."""
    months = setting(VALID_MONTHS, earlier.product.place, earlier.decided_on)
    earlier.until_on = months_after(earlier.decided_on, months)
    later = earlier.product.recognitions.filter(since_on__gt=earlier.since_on)
    if following := later.order_by("since_on").first():
        earlier.until_on = min(earlier.until_on, following.since_on)
    earlier.save(update_fields=["until_on"])


def _ask_reason(reason: str) -> None:
    if not reason.strip():
        raise RecordRefused("reason", _("Say in a few words why this is taken out."))
