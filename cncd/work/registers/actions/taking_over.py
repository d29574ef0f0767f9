"""Owners with all they make and sell, their whole story at once: one entry (old lists, demo data).

The rules are those of the single verbs; what breaks one is refused and nothing is written.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import tidy
from cncd.work.registers import rules
from cncd.work.registers.actions import rights, writing
from cncd.work.registers.actions.errors import RecordRefused
from cncd.work.registers.actions.offers import show_offers
from cncd.work.registers.addresses import address_faults, address_key
from cncd.work.registers.histories import ListingStory, OwnerStory, ProductStory, ShopStory
from cncd.work.registers.models import (
    Commitment,
    Listing,
    ListingSpan,
    Origin,
    Owner,
    PaymentAccount,
    Product,
    Recognition,
    RecordVersion,
    Shop,
)
from cncd.work.registers.names import keep_keys, owner_keys, product_keys, shop_key

AT_ONCE = 500
# In the order in which each rests on those before it.
TABLES = (Owner, Product, Recognition, Shop, Listing, ListingSpan, PaymentAccount, Commitment)


@transaction.atomic
def take_over_owners(*, stories: Sequence[OwnerStory], by, under, now=None) -> list[Owner]:
    """Writes down every owner with products, storefronts, listings, accounts and commitments.

    `under` is the unit they are of. Raises PermissionDenied when a hamlet is outside `by`'s reach,
    RecordRefused at the first thing that breaks a rule.
    """
    now = now or timezone.now()
    rights.require_all(by, {story.place.pk for story in stories})
    laid = _Laid(by, now)
    owners = [laid.owner(story) for story in stories]
    _refuse_known(laid.addresses)
    for table in TABLES:
        table.objects.bulk_create(laid.rows[table], batch_size=AT_ONCE)
    keep_keys(owners)
    show_offers(product.pk for product in laid.rows[Product])
    _keep_versions(laid, by)
    if owners:
        counts = {"count": len(owners), "products": len(laid.rows[Product])}
        record(
            event="registers.taken_over",
            subject=owners[0],
            by=by,
            place=under,
            after=counts | {"on": laid.first_day.isoformat()},
            rows=[{"place": pk} for pk in sorted({owner.place_id for owner in owners})],
            now=now,
        )
    return owners


def _refuse_known(addresses: set[str]) -> None:
    """An address leads to one product only."""
    known = Listing.objects.standing().filter(address_key__in=addresses).first()
    if known:
        raise RecordRefused("address", known.address)


def _keep_versions(laid: "_Laid", by) -> None:
    prefetch_related_objects(laid.rows[Product], "recognitions")
    prefetch_related_objects(laid.rows[Listing], "spans")
    records = [row for table in TABLES for row in laid.rows[table] if hasattr(row, "recorded_at")]
    page = writing.OriginLine()
    Origin.objects.bulk_create(
        [writing.origin_of(row, page, by=by, now=row.recorded_at) for row in records],
        batch_size=AT_ONCE,
    )
    RecordVersion.objects.bulk_create(
        [writing.version_of(row, by=by, now=row.recorded_at) for row in records],
        batch_size=AT_ONCE,
    )


class _Laid:
    """The rows that the stories amount to, checked one by one."""

    def __init__(self, by, now: dt.datetime):
        self.by, self.now, self.today = by, now, timezone.localdate(now)
        self.rows = defaultdict(list)
        self.first_day = self.today
        self.addresses: set[str] = set()

    def owner(self, story: OwnerStory) -> Owner:
        self.entered = {
            "made_at": story.at, "recorded_at": min(story.at, self.now), "recorded_by": self.by
        }  # fmt: skip
        name = self._plain(story.name)
        if story.kind not in Owner.Kind.values:
            raise RecordRefused("kind", f"{story.kind}: {name}")
        owner = Owner(
            kind=story.kind, name=name, place=story.place, household=story.household,
            **self._consent(story), **self.entered,
        )  # fmt: skip
        owner.search_key, owner.sort_key = owner_keys(name)
        self.rows[Owner].append(owner)
        shops = {each.floor.pk: self._shop(owner, each) for each in story.shops}
        for each in story.products:
            self._product(owner, each, shops)
        for kind, provider, since in story.accounts:
            self._not_to_come("since_on", since)
            row = PaymentAccount(
                owner=owner, kind=kind, provider=provider, since_on=since, **self.entered
            )
            self.rows[PaymentAccount].append(row)
        for signed, until in story.commitments:
            self._not_to_come("signed_on", signed)
            row = Commitment(owner=owner, signed_on=signed, until_on=until, **self.entered)
            self.rows[Commitment].append(row)
        return owner

    def _consent(self, story: OwnerStory) -> dict:
        if story.consent is None:
            return {}
        self._not_to_come("consented_on", story.consent.on)
        return {
            "contact_name": tidy(story.consent.name),
            "contact_phone": story.consent.phone,
            "consented_on": story.consent.on,
            "consent_how": tidy(story.consent.how),
            "consent_by": self.by,
        }

    def _shop(self, owner: Owner, story: ShopStory) -> Shop:
        self._not_to_come("opened_on", story.opened_on)
        shop = Shop(
            owner=owner, floor=story.floor, name=self._plain(story.name), address=story.address,
            address_key=self._key(story.address, story.floor, is_shop=True),
            opened_on=story.opened_on, closed_on=story.closed_on, helped_by=story.helped_by,
            **self.entered,
        )  # fmt: skip
        shop.search_key = shop_key(shop)
        self.rows[Shop].append(shop)
        return shop

    def _product(self, owner: Owner, story: ProductStory, shops: dict) -> None:
        product = Product(
            kind=story.kind, name=self._plain(story.name), owner=owner, place=owner.place,
            group=story.group, since_on=story.since_on, **self.entered,
        )  # fmt: skip
        self._not_to_come("since_on", story.since_on)
        product.search_key, product.sort_key = product_keys(product)
        self.rows[Product].append(product)
        self._recognise(product, story)
        for each in story.listings:
            self._listing(product, each, shops.get(each.floor.pk))

    def _recognise(self, product: Product, story: ProductStory) -> None:
        """The certificates one after the other, each ended by the next."""
        told = sorted(story.recognitions, key=lambda each: each.decided_on)
        if told and product.kind != Product.Kind.OCOP:
            raise RecordRefused("kind", product.name)
        nexts = [*told[1:], None]
        for each, following in zip(told, nexts, strict=False):
            self._not_to_come("decided_on", each.decided_on)
            row = Recognition(
                product=product, star=each.star, is_potential=each.is_potential,
                number=tidy(each.number), decided_on=each.decided_on, since_on=each.decided_on,
                until_on=min(each.until_on, following.decided_on if following else each.until_on),
            )  # fmt: skip
            self.rows[Recognition].append(row)
            product.star, product.is_potential = row.star, row.is_potential
            product.recognised_until = row.until_on

    def _listing(self, product: Product, story: ListingStory, shop: Shop | None) -> None:
        life: list[rules.Span] = []
        for step in story.steps:
            self._not_to_come("on", step.on)
            try:
                life = rules.moved(life, step.state, step.on)
            except rules.NotSo as refusal:
                raise RecordRefused(refusal.field, refusal.message) from refusal
        listed = [step.on for step in story.steps if step.state == rules.LISTED]
        checked = [step.on for step in story.steps if step.state == rules.VERIFIED]
        row = Listing(
            product=product, floor=story.floor, state=life[-1].state, helped_by=story.helped_by,
            shop=shop if listed else None, address=story.address if listed else "",
            address_key=self._key(story.address, story.floor) if listed else "",
            first_listed_on=min(listed, default=None), last_verified_on=max(checked, default=None),
            verified_by=self.by if checked else None, **self.entered,
        )  # fmt: skip
        self.rows[Listing].append(row)
        notes = {step.on: step.note for step in story.steps}
        self.rows[ListingSpan] += [
            ListingSpan(listing=row, **span._asdict(), by=self.by, note=notes[span.since_on])
            for span in life
        ]

    # -- what is refused -------------------------------------------------------------------------

    def _plain(self, text: str) -> str:
        writing.refuse_numbers(name=text)
        return tidy(text)

    def _not_to_come(self, field: str, day: dt.date | None) -> None:
        writing.not_to_come(field, day, self.now)
        self.first_day = min(self.first_day, day or self.today)

    def _key(self, address: str, floor, *, is_shop: bool = False) -> str:
        """The key of an address that is right for the floor, and nobody else's in this batch."""
        if is_shop and not address:
            return ""
        if faults := address_faults(address, floor.address, is_shop=is_shop):
            raise RecordRefused("address", faults[0].message)
        key = address_key(address)
        if key in self.addresses:
            raise RecordRefused("address", address)
        self.addresses.add(key)
        return key
