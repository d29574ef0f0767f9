"""Products: added, put right, no longer made, made again."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.models import Owner, Product
from cncd.work.registers.names import product_keys
from cncd.work.registers.rules import BEGINNING

CHANGEABLE = {"kind", "name", "owner", "place", "group", "note", "since_on", "ended_on"}
COUNTED = {"kind", "owner", "place", "since_on", "ended_on"}  # figures differ when these do


@transaction.atomic
def add_product(
    *,
    kind: str,
    name: str,
    owner: Owner,
    by,
    place=None,
    group=None,
    note: str = "",
    since_on: dt.date | None = None,
    origin=None,
    made_at=None,
    now=None,
) -> Product:
    """Adds an OCOP, farm or local product of an owner; its hamlet is the owner's unless given.

    `since_on` None means: before records began. Raises PermissionDenied, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    place = place or owner.place
    rights.require(by, place, "registers.enter", made_at=made_at)
    said = {"kind": kind, "group": group, "since_on": since_on}
    product = Product(name=tidy(name), owner=owner, place=place, note=tidy(note), **said)
    _settle(product, now)
    writing.begin(product, by=by, now=now, made_at=made_at, origin=origin)
    writing.keep_version(product, by=by, now=now)
    on = writing.today(now) if kind == Product.Kind.OCOP else since_on or BEGINNING
    record(
        event="product.added",
        subject=product,
        by=by,
        place=product.place_id,
        after={"kind": kind, "owner": owner.name, "group": writing.plain(group), "on": on},
        rows=writing.where_counted(product),
        now=now,
    )
    return product


@transaction.atomic
def change_product(
    *, product: Product, by, version=None, reason: str = "", made_at=None, now=None, **fields
) -> Product:
    """Puts a product right; `ended_on=None` says it is made again. A version when it differs.

    Raises PermissionDenied (at the old place and the new), ChangedMeanwhile, NotStanding,
    RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    writing.only_known(fields, CHANGEABLE)
    product = writing.held(product, version)
    rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    fields |= {name: tidy(fields[name]) for name in ("name", "note") if name in fields}
    before = writing.changed(product, fields)
    if not before:
        return product
    if "place" in before:
        rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    _settle(product, now)
    writing.next_version(product, by=by, now=now, reason=reason)
    on = _first_day(product, before) if COUNTED & set(before) else writing.today(now)
    record(
        event="product.changed",
        subject=product,
        by=by,
        place=product.place_id,
        before=writing.plains(before) | {"on": on},
        after=writing.plains({name: getattr(product, name) for name in before}) | {"on": on},
        reason=reason,
        rows=writing.where_counted(product, also=_left(before)),
        now=now,
    )
    return product


@transaction.atomic
def end_product(*, product: Product, on: dt.date, by, reason="", made_at=None, now=None) -> Product:
    """Says from which day a product is no longer made; it counts nowhere from then on.

    Raises PermissionDenied, NotStanding, RecordRefused for a day to come or before it began.
    """
    now, made_at = writing.moments(now, made_at)
    product = writing.held(product)
    rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    was = product.ended_on
    if was == on:
        return product
    product.ended_on = on
    _settle(product, now)
    writing.next_version(product, by=by, now=now, reason=reason)
    record(
        event="product.ended",
        subject=product,
        by=by,
        place=product.place_id,
        before={"ended_on": was, "on": was} if was else None,
        after={"ended_on": on, "on": min(on, was or on)},
        reason=reason,
        rows=writing.where_counted(product),
        now=now,
    )
    return product


def _settle(product: Product, now) -> None:
    """Fills the keys; raises RecordRefused for what does not fit together."""
    if not product.name:
        raise RecordRefused("name", _("Give the name of the product."))
    writing.refuse_numbers(name=product.name, note=product.note)
    if product.kind not in Product.Kind.values:
        raise RecordRefused("kind", _("Choose OCOP product, farm product or local speciality."))
    if product.owner.withdrawn_at:
        raise RecordRefused("owner", _("This owner was taken out of the register."))
    writing.not_to_come("since_on", product.since_on, now)
    writing.not_to_come("ended_on", product.ended_on, now)
    if product.since_on and product.ended_on and product.ended_on <= product.since_on:
        raise RecordRefused("ended_on", _("It ends on a day after it began."))
    product.search_key, product.sort_key = product_keys(product)


def _first_day(product: Product, before: dict) -> dt.date:
    """From when on figures differ."""
    if set(before) == {"ended_on"}:
        return min(day for day in (before["ended_on"], product.ended_on) if day)
    if "since_on" in before and before["since_on"] and product.since_on:
        return min(before["since_on"], product.since_on)
    return (None if "since_on" in before else product.since_on) or BEGINNING


def _left(before: dict) -> list[int]:
    """The hamlets that a product leaves: its own, or that of who owned it."""
    left = [before["place"].pk] if "place" in before else []
    return [*left, before["owner"].place_id] if "owner" in before else left
