"""What becomes of that which hangs on two records when they become one: the rules of clashes."""

import datetime as dt
from itertools import pairwise

from cncd.work.registers.actions.moving import Ledger
from cncd.work.registers.models import Listing, ListingSpan, Owner, PaymentAccount, Product, Shop

State = Listing.State
# On one floor the listing that has come further stays; of two equals the one checked last.
FURTHER = [State.WITHDRAWN, State.PLANNED, State.BROKEN, State.LISTED, State.VERIFIED]


def join_listings(ledger: Ledger, kept: Product, merged: Product, now: dt.datetime) -> None:
    """The listings of both; on a floor where both are, one stays and takes the other's past over.

    The one that has come further stays (checked, listed, broken, planned, taken off), then the one
    checked last, then that of the kept product. The other is taken out, never deleted.
    """
    own = {listing.floor_id: listing for listing in _standing(kept.listings)}
    for other in _standing(merged.listings):
        mine = own.get(other.floor_id)
        if mine is None:
            ledger.change(other, product_id=kept.pk)
            continue
        stays, goes = (other, mine) if _further(other) > _further(mine) else (mine, other)
        ledger.change(goes, withdrawn_at=now)
        ledger.change(stays, product_id=kept.pk, first_listed_on=_first_listed(stays, goes))
        _take_past_over(ledger, stays, goes)


def _standing(rows):
    return list(rows.select_for_update(of=("self",)).filter(withdrawn_at=None))


def _further(listing: Listing) -> tuple[int, dt.date]:
    return FURTHER.index(listing.state), listing.last_verified_on or dt.date.min


def _first_listed(one: Listing, other: Listing) -> dt.date | None:
    days = [day for day in (one.first_listed_on, other.first_listed_on) if day]
    return min(days, default=None)


def _take_past_over(ledger: Ledger, stays: Listing, goes: Listing) -> None:
    """What the other was before this one began, so that no month loses what it counted."""
    began = stays.spans.order_by("since_on").values_list("since_on", flat=True).first()
    if began is None:
        return
    for span in goes.spans.filter(since_on__lt=began).order_by("since_on"):
        until = min(span.until_on or began, began)
        said = {"state": span.state, "by_id": span.by_id, "note": span.note}
        row = ListingSpan(listing=stays, since_on=span.since_on, until_on=until, **said)
        ledger.make(row)


def join_recognitions(ledger: Ledger, kept: Product, merged: Product) -> None:
    """The certificates of both, the later ending the earlier; one of the same day is the same."""
    days = set(kept.recognitions.values_list("since_on", flat=True))
    for recognition in merged.recognitions.exclude(since_on__in=days):
        ledger.change(recognition, product_id=kept.pk)
    rows = list(kept.recognitions.order_by("since_on"))
    for earlier, later in pairwise(rows):
        if earlier.until_on is None or earlier.until_on > later.since_on:
            ledger.change(earlier, until_on=later.since_on)


def join_shops(ledger: Ledger, kept: Owner, merged: Owner, now: dt.datetime) -> None:
    """The storefronts of both; two open ones on a floor become one unless addresses differ."""
    own = _standing(kept.shops)
    for other in _standing(merged.shops):
        twin = next((shop for shop in own if _is_one(shop, other)), None)
        if twin:
            absorb_shop(ledger, twin, other, now)
        else:
            ledger.change(other, owner_id=kept.pk)


def _is_one(shop: Shop, other: Shop) -> bool:
    addresses = {shop.address_key, other.address_key} - {""}
    both_open = shop.closed_on is None and other.closed_on is None
    return shop.floor_id == other.floor_id and both_open and len(addresses) <= 1


def absorb_shop(ledger: Ledger, kept: Shop, merged: Shop, now: dt.datetime) -> None:
    """One storefront: opened when the first was, closed when the last is, listings of both."""
    for listing in merged.listings.select_for_update(of=("self",)):
        ledger.change(listing, shop_id=kept.pk)
    closed = [shop.closed_on for shop in (kept, merged)]
    ledger.change(
        kept,
        opened_on=min(kept.opened_on, merged.opened_on),
        closed_on=None if None in closed else max(closed),
        name=kept.name or merged.name,
        address=kept.address or merged.address,
        address_key=kept.address_key or merged.address_key,
        helped_by_id=kept.helped_by_id or merged.helped_by_id,
    )
    ledger.change(merged, withdrawn_at=now, merged_into_id=kept.pk)


def join_accounts(ledger: Ledger, kept: Owner, merged: Owner, now: dt.datetime) -> None:
    """The payment accounts of both; two open ones of a kind and provider become one."""
    own = {(a.kind, a.provider_id): a for a in _standing(kept.accounts) if a.until_on is None}
    for other in _standing(merged.accounts):
        twin: PaymentAccount | None = own.get((other.kind, other.provider_id))
        if twin and other.until_on is None:
            ledger.change(twin, since_on=min(twin.since_on, other.since_on))
            ledger.change(other, withdrawn_at=now)
        else:
            ledger.change(other, owner_id=kept.pk)


def join_commitments(ledger: Ledger, kept: Owner, merged: Owner) -> None:
    """The commitments of both: each was signed."""
    for other in _standing(merged.commitments):
        ledger.change(other, owner_id=kept.pk)
