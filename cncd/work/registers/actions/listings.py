"""The life of a listing: to be listed → listed → checked → broken or taken off (II.2.3)."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.registers import rules
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.addressing import refuse_address
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.actions.offers import show_offers
from cncd.work.registers.addresses import address_key
from cncd.work.registers.models import Listing, ListingSpan, Product, Shop

State = Listing.State


@transaction.atomic
def plan_listing(
    *, product: Product, floor, by, on=None, origin=None, made_at=None, now=None
) -> Listing:
    """Says that a product is to be listed on a floor; one that was taken off is planned again.

    Raises PermissionDenied, NotStanding, RecordRefused when it is there or planned already.
    """
    now, made_at = writing.moments(now, made_at)
    rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    listing, is_new = _listing_of(writing.held(product), floor)
    move = _Move("listing.planned", State.PLANNED, on, by, now, made_at)
    return _begin_or_move(listing, is_new, move, origin)


@transaction.atomic
def list_product(
    *,
    product: Product,
    floor,
    address: str,
    by,
    on: dt.date | None = None,
    shop: Shop | None = None,
    helped_by=None,
    origin=None,
    made_at=None,
    now=None,
) -> Listing:
    """Writes down where a product is sold; brings a planned, broken or taken-off listing on too.

    Another address of a listing already there waits to be checked again. Raises PermissionDenied,
    NotStanding, RecordRefused at the wrong field.
    """
    now, made_at = writing.moments(now, made_at)
    rights.require(by, product.place_id, "registers.enter", made_at=made_at)
    listing, is_new = _listing_of(writing.held(product), floor)
    address = address.strip()
    key = address_key(address)
    _refuse_listing(listing, address, key, shop)
    listing.address, listing.address_key = address, key
    listing.shop = shop or listing.shop
    listing.helped_by = helped_by or listing.helped_by
    move = _Move("listing.listed", State.LISTED, on, by, now, made_at)
    told = {"address": address}
    if listing.helped_by:
        told["helped_by"] = str(listing.helped_by)
    listing.first_listed_on = min(listing.first_listed_on or move.day, move.day)
    return _begin_or_move(listing, is_new, move, origin, told)


@transaction.atomic
def verify_listing(
    *,
    listing: Listing,
    by,
    on: dt.date | None = None,
    note="",
    version=None,
    made_at=None,
    now=None,
) -> Listing:
    """An officer opened the address and found the product there (IV.2); again and again is fine.

    Raises PermissionDenied, ChangedMeanwhile, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    listing = writing.held(listing, version)
    rights.require(by, listing.product.place_id, "registers.verify", made_at=made_at)
    move = _Move("listing.verified", State.VERIFIED, on, by, now, made_at, note)
    if move.day == listing.last_verified_on and listing.state == State.VERIFIED:
        return listing
    listing.last_verified_on = max(listing.last_verified_on or move.day, move.day)
    listing.verified_by = by
    return _begin_or_move(listing, False, move)


@transaction.atomic
def report_broken(
    *, listing: Listing, by, on=None, note: str = "", version=None, made_at=None, now=None
) -> Listing:
    """Somebody found that the address does not open, or shows something else.

    Raises PermissionDenied, ChangedMeanwhile, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    listing = writing.held(listing, version)
    place = listing.product.place_id
    rights.require(by, place, "registers.enter", "registers.verify", made_at=made_at)
    move = _Move("listing.broken", State.BROKEN, on, by, now, made_at, note)
    return listing if listing.state == State.BROKEN else _begin_or_move(listing, False, move)


@transaction.atomic
def take_off(
    *, listing: Listing, by, on=None, note: str = "", version=None, made_at=None, now=None
) -> Listing:
    """The product is no longer on that floor, or is not to go there; it may come back.

    Raises PermissionDenied, ChangedMeanwhile, NotStanding, RecordRefused.
    """
    now, made_at = writing.moments(now, made_at)
    listing = writing.held(listing, version)
    rights.require(by, listing.product.place_id, "registers.enter", made_at=made_at)
    move = _Move("listing.taken_off", State.WITHDRAWN, on, by, now, made_at, note)
    return _begin_or_move(listing, False, move)


class _Move:
    """A step in the life of a listing: which, on what day, by whom, with what note."""

    def __init__(self, event, state, on, by, now, made_at, note=""):
        self.event, self.state, self.by, self.now, self.made_at = event, state, by, now, made_at
        self.day = on or timezone.localdate(made_at)
        self.note = tidy(note)[:200]
        writing.not_to_come("on", self.day, now)
        writing.refuse_numbers(note=self.note)


def _listing_of(product: Product, floor) -> tuple[Listing, bool]:
    """(the standing listing of the product on the floor, or a new one; whether it is new)."""
    rows = Listing.objects.select_for_update(of=("self",))
    found = rows.filter(product=product, floor=floor, withdrawn_at=None).first()
    return found or Listing(product=product, floor=floor), found is None


def _refuse_listing(listing: Listing, address: str, key: str, shop: Shop | None) -> None:
    if not address:
        raise RecordRefused("address", _("Paste the address at which a buyer finds the product."))
    refuse_address(address, listing.floor)
    if shop and (shop.owner_id != listing.product.owner_id or shop.floor_id != listing.floor_id):
        raise RecordRefused("shop", _("This storefront is on another floor, or of another owner."))
    if listing.address_key == key and listing.state in rules.LIVE and shop in (None, listing.shop):
        raise RecordRefused("address", _("The product is recorded at this address already."))
    others = Listing.objects.standing().exclude(pk=listing.pk).filter(address_key=key)
    if key and (other := others.select_related("product").first()):
        message = _("This is the address of another product: %(name)s. Check it again.")
        raise RecordRefused("address", message % {"name": other.product.name})


def _begin_or_move(listing: Listing, is_new: bool, move: _Move, origin=None, told=None) -> Listing:
    """Takes the step: spans, what it is today, the version, the journal."""
    spans = [] if is_new else list(listing.spans.order_by("since_on"))
    lived = [rules.Span(span.state, span.since_on, span.until_on) for span in spans]
    was = lived[-1] if lived else None
    try:
        life = rules.moved(lived, move.state, move.day)
    except rules.NotSo as error:
        raise RecordRefused(error.field, error.message) from error
    listing.state = move.state
    if is_new:
        _save_first(listing, move, origin)
    else:
        listing.version += 1
        listing.save()
    _keep_life(listing, spans, life, move)
    show_offers([listing.product_id])
    writing.keep_version(listing, by=move.by, now=move.now, reason=move.note)
    record(
        event=move.event,
        subject=listing,
        by=move.by,
        place=listing.product.place_id,
        before={"state": was.state} if was and was.state != move.state else None,
        after={"state": move.state, "floor": str(listing.floor), "on": move.day} | (told or {}),
        reason=move.note,
        rows=writing.where_counted(listing),
        now=move.now,
    )
    return listing


def _save_first(listing: Listing, move: _Move, origin) -> None:
    """Two people may list one product at the same moment: the second one is told."""
    try:
        with transaction.atomic():
            writing.begin(listing, by=move.by, now=move.now, made_at=move.made_at, origin=origin)
    except IntegrityError as error:
        message = _("Somebody recorded this product on this floor just now. Open it again.")
        raise RecordRefused("floor", message) from error


def _keep_life(listing: Listing, spans, life, move: _Move) -> None:
    """Makes the rows say what the life says: at most one goes, one ends, one begins."""
    wanted = {span.since_on: span for span in life}
    for row in spans:
        span = wanted.pop(row.since_on, None)
        if span is None:
            row.delete()
        elif (span.state, span.until_on) != (row.state, row.until_on):
            if span.state != row.state:
                row.by, row.note = move.by, move.note
            row.state, row.until_on = span.state, span.until_on
            row.save()
    for span in wanted.values():
        ListingSpan.objects.create(listing=listing, **span._asdict(), by=move.by, note=move.note)
