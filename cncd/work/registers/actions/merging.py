"""Two records that are one: merged with the history and origins of both, and split again."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.work.registers.actions import joining, rights, writing
from cncd.work.registers.actions.errors import NotStanding, RecordRefused
from cncd.work.registers.actions.moving import Ledger, copy_origins, put_back
from cncd.work.registers.actions.offers import show_offers
from cncd.work.registers.actions.owners import rename_what_is_owned
from cncd.work.registers.actions.recognising import show_latest
from cncd.work.registers.actions.withdrawing import place_of
from cncd.work.registers.contents import MODELS, kind_of
from cncd.work.registers.models import Merge, Owner, Product, Shop
from cncd.work.registers.names import keep_keys, owner_keys, product_keys
from cncd.work.registers.rules import BEGINNING

# What of the other record may be taken instead of what the kept one says, column by column.
PRODUCT_FIELDS = (
    "name",
    "kind",
    "owner_id",
    "place_id",
    "group_id",
    "note",
    "since_on",
    "ended_on",
)
OWNER_FIELDS = ("name", "kind", "place_id", "household_id")
SHOP_FIELDS = ("name", "address", "opened_on", "helped_by_id")


@transaction.atomic
def merge_products(
    *, kept: Product, merged: Product, by, take: Collection[str] = (), versions=None, reason="",
    now=None,
) -> Product:  # fmt: skip
    """Makes one product of two: listings and recognitions of both, versions and origins kept.

    `take` names the columns in which the other one is right; `versions` are those the page showed.
    Clashes on a floor: `joining.join_listings`. Raises PermissionDenied unless `by` verifies at
    both places, ChangedMeanwhile, NotStanding, RecordRefused for one and the same.
    """
    now, _made = writing.moments(now, None)
    kept, merged = _held(kept, merged, versions, by)
    ledger = Ledger()
    _take(ledger, kept, merged, take, PRODUCT_FIELDS)
    joining.join_listings(ledger, kept, merged, now)
    joining.join_recognitions(ledger, kept, merged)
    kept.search_key, kept.sort_key = product_keys(Product.objects.get(pk=kept.pk))
    show_latest(kept)
    kept.save()
    show_offers([kept.pk, merged.pk])
    return _passed_on(ledger, kept, merged, by=by, reason=reason, now=now)


@transaction.atomic
def merge_owners(
    *, kept: Owner, merged: Owner, by, take: Collection[str] = (), versions=None, reason="",
    now=None,
) -> Owner:  # fmt: skip
    """Makes one owner of two: products, storefronts, accounts and commitments of both.

    A contact passes on only where the kept owner has none; of two the kept one's stays and the
    other's is erased, since no record keeps a contact that nobody can see. Raises what
    `merge_products` raises.
    """
    now, _made = writing.moments(now, None)
    kept, merged = _held(kept, merged, versions, by)
    ledger = Ledger()
    _take(ledger, kept, merged, take, OWNER_FIELDS)
    if kept.household_id and kept.household.place_id != kept.place_id:
        ledger.change(kept, household_id=None)
    for product in merged.products.select_for_update(of=("self",)):
        ledger.change(product, owner_id=kept.pk)
    joining.join_shops(ledger, kept, merged, now)
    joining.join_accounts(ledger, kept, merged, now)
    joining.join_commitments(ledger, kept, merged)
    ledger.pass_contact(kept, merged)
    _name_again(kept)
    return _passed_on(ledger, kept, merged, by=by, reason=reason, now=now)


@transaction.atomic
def merge_shops(
    *, kept: Shop, merged: Shop, by, take: Collection[str] = (), versions=None, reason="", now=None
) -> Shop:
    """Makes one storefront of two of one owner on one floor, with the listings of both.

    Raises what `merge_products` raises, and RecordRefused for another owner or floor.
    """
    now, _made = writing.moments(now, None)
    kept, merged = _held(kept, merged, versions, by)
    if kept.owner_id != merged.owner_id:
        raise RecordRefused("__all__", _("They are of two owners. Merge the owners first."))
    if kept.floor_id != merged.floor_id:
        raise RecordRefused("__all__", _("They are on two floors: two storefronts."))
    ledger = Ledger()
    _take(ledger, kept, merged, take, SHOP_FIELDS)
    if "address" in take:
        ledger.change(kept, address_key=merged.address_key)
    joining.absorb_shop(ledger, kept, merged, now)
    return _passed_on(ledger, kept, merged, by=by, reason=reason, now=now)


@transaction.atomic
def split_again(*, merged: Any, by, reason: str = "", now=None) -> Any:
    """Undoes a merge: what it moved goes back, unless it was changed again since.

    Of several merges into one record the last is undone first. Raises PermissionDenied unless `by`
    verifies at both places, NotStanding, RecordRefused when it was never merged.
    """
    now, _made = writing.moments(now, None)
    merge = Merge.objects.select_for_update().filter(merged=merged.pk, undone_at=None).first()
    if merge is None:
        raise RecordRefused("__all__", _("This record was not merged into another."))
    model = MODELS[merge.kind]
    kept, merged = (model._default_manager.get(pk=pk) for pk in (merge.kept, merge.merged))
    for each in (kept, merged):
        rights.require(by, place_of(each), "registers.verify")
    _refuse_later(merge, kept)
    put_back(merge, by=by, now=now, reason=reason)
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    kept, merged = _settled_again(model, kept.pk), _settled_again(model, merged.pk)
    _write_down("records.split_again", kept, merged, by=by, reason=reason, now=now)
    return merged


def _held(kept, merged, versions, by) -> tuple[Any, Any]:
    """Both locked, in one order whoever asks; with the right to join them."""
    if kept.pk == merged.pk:
        raise RecordRefused("__all__", _("Choose two records: this is one and the same."))
    seen = dict(zip((kept.pk, merged.pk), versions or (None, None), strict=True))
    pair = {row.pk: row for row in (kept, merged)}
    found = {pk: writing.held(pair[pk], seen[pk]) for pk in sorted(pair)}
    for row in found.values():
        rights.require(by, place_of(row), "registers.verify")
    return found[kept.pk], found[merged.pk]


def _take(ledger: Ledger, kept, merged, take: Collection[str], allowed: tuple[str, ...]) -> None:
    """Takes what was chosen from the other one, and what the kept one leaves open."""
    if unknown := set(take) - set(allowed):
        raise TypeError(f"not to be chosen: {sorted(unknown)}")
    empty = {name for name in allowed if getattr(kept, name) in (None, "")}
    empty -= {"ended_on", "since_on"}  # open there says something: still made, since ever
    ledger.change(kept, **{name: getattr(merged, name) for name in {*take, *empty}})


def _name_again(owner: Owner) -> None:
    owner.search_key, owner.sort_key = owner_keys(owner.name)
    owner.save(update_fields=["search_key", "sort_key"])
    keep_keys([owner])
    rename_what_is_owned(owner)


def _passed_on(ledger: Ledger, kept, merged, *, by, reason: str, now):
    """The other one counts no more; its origins come along, and the merge can be undone."""
    if not merged.withdrawn_at:
        ledger.change(merged, withdrawn_at=now, merged_into_id=kept.pk)
    copy_origins(ledger, kept, merged)
    ledger.versioned[kept.pk] = kept
    ledger.keep_versions(by=by, now=now, reason=reason)
    Merge.objects.create(
        kind=kind_of(kept), kept=kept.pk, merged=merged.pk, moved=ledger.moves,
        reason=reason.strip()[:200], by=by, at=now,
    )  # fmt: skip
    if isinstance(kept, Product):
        show_offers([kept.pk, merged.pk])
    kept = type(kept)._default_manager.get(pk=kept.pk)
    _write_down(f"{kind_of(kept)}.merged", kept, merged, by=by, reason=reason, now=now)
    return kept


def _refuse_later(merge: Merge, kept) -> None:
    """A record that has itself passed on, or taken another in since, is split in that order."""
    if kept.withdrawn_at:
        raise NotStanding
    later = Merge.objects.filter(kept=merge.kept, at__gt=merge.at, undone_at=None)
    if later.exists():
        message = _("Another record was merged into this one later. Split that one first.")
        raise RecordRefused("__all__", message)


def _settled_again(model, pk):
    row = model._default_manager.get(pk=pk)
    if isinstance(row, Owner):
        _name_again(row)
    elif isinstance(row, Product):
        row.search_key, row.sort_key = product_keys(row)
        show_latest(row)
        row.save()
        show_offers([row.pk])
    return row


def _write_down(event: str, kept, merged, *, by, reason: str, now) -> None:
    record(
        event=event,
        subject=kept,
        by=by,
        place=place_of(kept),
        after={"other": str(merged), "what": kind_of(kept), "on": BEGINNING},
        reason=reason,
        rows=writing.where_counted(kept, merged),
        now=now,
    )
