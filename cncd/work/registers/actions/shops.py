"""Storefronts of owners on e-commerce floors: opened, put right, closed (II.2.3, IV.5)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.addressing import refuse_address
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.addresses import address_key
from cncd.work.registers.models import Owner, Shop
from cncd.work.registers.names import shop_key

CHANGEABLE = {"name", "address", "opened_on", "closed_on", "helped_by"}
DAYS = ("opened_on", "closed_on")


@transaction.atomic
def open_shop(
    *,
    owner: Owner,
    floor,
    opened_on: dt.date,
    by,
    name: str = "",
    address: str = "",
    helped_by=None,
    origin=None,
    made_at=None,
    now=None,
) -> Shop:
    """Writes down a storefront; `helped_by` is the agency that opened it with them (IV.5).

    Raises PermissionDenied, RecordRefused at the wrong field, also when the same one is open there.
    """
    now, made_at = writing.moments(now, made_at)
    rights.require(by, owner.place_id, "registers.enter", made_at=made_at)
    said = {"name": tidy(name), "address": address.strip(), "opened_on": opened_on}
    shop = Shop(owner=owner, floor=floor, helped_by=helped_by, **said)
    _settle(shop, now)
    _refuse_twin(shop)
    writing.begin(shop, by=by, now=now, made_at=made_at, origin=origin)
    writing.keep_version(shop, by=by, now=now)
    after = {"owner": owner.name, "floor": str(floor), "address": shop.address}
    record(
        event="shop.opened",
        subject=shop,
        by=by,
        place=owner.place_id,
        after=after | _helped(shop) | {"opened_on": opened_on, "on": opened_on},
        now=now,
    )
    return shop


@transaction.atomic
def change_shop(*, shop: Shop, by, version=None, made_at=None, now=None, **fields) -> Shop:
    """Puts a storefront right; `closed_on=None` opens it again. A new version when it differs.

    Raises PermissionDenied, ChangedMeanwhile, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    writing.only_known(fields, CHANGEABLE)
    shop = writing.held(shop, version)
    rights.require(by, shop.owner.place_id, "registers.enter", made_at=made_at)
    fields |= {name: tidy(fields[name]) for name in ("name", "address") if name in fields}
    before = writing.changed(shop, fields)
    if not before:
        return shop
    _settle(shop, now)
    writing.next_version(shop, by=by, now=now)
    days = [day for name in DAYS if name in before for day in (before[name], getattr(shop, name))]
    on = min([day for day in days if day], default=writing.today(now))
    record(
        event="shop.changed",
        subject=shop,
        by=by,
        place=shop.owner.place_id,
        before=writing.plains(before) | {"on": on},
        after=writing.plains({name: getattr(shop, name) for name in before}) | {"on": on},
        now=now,
    )
    return shop


@transaction.atomic
def close_shop(*, shop: Shop, on: dt.date, by, reason="", made_at=None, now=None) -> Shop:
    """Says from which day a storefront is closed; closing twice on one day changes nothing.

    Raises PermissionDenied, NotStanding, RecordRefused for a day to come or before it opened.
    """
    now, made_at = writing.moments(now, made_at)
    shop = writing.held(shop)
    rights.require(by, shop.owner.place_id, "registers.enter", made_at=made_at)
    was = shop.closed_on
    if was == on:
        return shop
    shop.closed_on = on
    _settle(shop, now)
    writing.next_version(shop, by=by, now=now, reason=reason)
    record(
        event="shop.closed",
        subject=shop,
        by=by,
        place=shop.owner.place_id,
        before={"closed_on": was, "on": was} if was else None,
        after={"closed_on": on, "on": min(on, was or on)},
        reason=reason,
        now=now,
    )
    return shop


def _settle(shop: Shop, now) -> None:
    """Fills the address key; raises RecordRefused for what does not fit together."""
    if shop.owner.withdrawn_at:
        raise RecordRefused("owner", _("This owner was taken out of the register."))
    writing.refuse_numbers(name=shop.name)
    writing.not_to_come("opened_on", shop.opened_on, now)
    writing.not_to_come("closed_on", shop.closed_on, now)
    if shop.closed_on and shop.closed_on < shop.opened_on:
        raise RecordRefused("closed_on", _("It was opened after that day."))
    refuse_address(shop.address, shop.floor, is_shop=True)
    shop.address_key = address_key(shop.address)
    shop.search_key = shop_key(shop)


def _refuse_twin(shop: Shop) -> None:
    """One open storefront of an owner on a floor; another one must have an address of its own."""
    others = Shop.objects.standing().filter(owner=shop.owner, floor=shop.floor, closed_on=None)
    keys = set(others.values_list("address_key", flat=True))
    if keys and (not shop.address_key or shop.address_key in keys):
        message = _("This owner has that storefront already. Give the address of the second one.")
        raise RecordRefused("address" if shop.address else "floor", message)


def _helped(shop: Shop) -> dict:
    return {"helped_by": str(shop.helped_by)} if shop.helped_by else {}
