"""What a team's hamlets make and sell, as a volunteer reads it: in words, with what is missing."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cncd.team.teams.queries import places_held
from cncd.work.registers.models import (
    Commitment,
    Listing,
    Owner,
    PaymentAccount,
    Product,
    Shop,
)
from cncd.work.registers.phone.answers import page_of
from cncd.work.registers.phone.things import code_of
from cncd.work.registers.rules import BROKEN, LIVE, PLANNED, VERIFIED, WITHDRAWN

MOST = 60  # products of one page: what is kept on a phone stays light


@dataclass
class ListingLine:
    """A product on a floor, in words."""

    listing: Listing
    text: str

    @property
    def is_live(self) -> bool:
        return self.listing.state in LIVE

    @property
    def is_broken(self) -> bool:
        return self.listing.state == BROKEN

    @property
    def code(self) -> str:
        return code_of("listing", self.listing)


@dataclass
class OwnerLine:
    """An owner with storefronts, ways to be paid, and the commitment in force."""

    owner: Owner
    shops: list[Shop] = field(default_factory=list)
    accounts: list[PaymentAccount] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)


@dataclass
class ProductLine:
    """A product with its listings and what an OCOP product still lacks."""

    product: Product
    owner: OwnerLine
    listings: list[ListingLine]
    day: dt.date

    @property
    def code(self) -> str:
        return code_of("product", self.product)

    @property
    def is_ocop(self) -> bool:
        return self.product.kind == Product.Kind.OCOP

    @property
    def is_on_floor(self) -> bool:
        return any(line.is_live for line in self.listings)

    @property
    def is_recognised(self) -> bool:
        until = self.product.recognised_until
        rank = self.product.star or self.product.is_potential
        return bool(rank) and (until is None or self.day < until)

    @property
    def rank(self) -> str:
        """The stars in words; empty for what is not recognised."""
        if not (self.is_ocop and self.is_recognised):
            return ""
        if self.product.is_potential:
            return _("potential 5 stars")
        return _("%(n)s stars") % {"n": self.product.star}

    @property
    def states(self) -> list[str]:
        """Where it is sold, floor by floor."""
        texts = [line.text for line in self.listings if line.is_live or line.is_broken]
        return texts or [line.text for line in self.listings] or [_("On no floor yet")]

    @cached_property
    def missing(self) -> list[str]:
        """What an OCOP product still lacks, the floor first."""
        if not self.is_ocop:
            return []
        lacks = [
            (not self.is_on_floor, _("put it on a floor")),
            (not self.is_recognised, _("the recognition in force: the commune writes it down")),
            (not self.owner.accounts, _("a way to be paid electronically")),
            (not self.owner.commitments, _("a signed quality commitment")),
        ]
        return [text for is_so, text in lacks if is_so]


@dataclass
class Shelf:
    """The page: products, OCOP and what lacks a floor first; owners by name."""

    products: list[ProductLine]
    owners: list[OwnerLine]
    more: int = 0  # products beyond those shown

    @property
    def off_floor(self) -> int:
        """OCOP products in force that are on no floor."""
        lines = (line for line in self.products if line.is_ocop and line.is_recognised)
        return sum(not line.is_on_floor for line in lines)


def told(listing: Listing) -> str:
    """A listing in words: "Đã lên sàn Vỏ Sò, đã kiểm tra 12/11"."""
    said = {"floor": listing.floor.name.partition(" (")[0]}
    if listing.state == VERIFIED and listing.last_verified_on:
        said["day"] = f"{listing.last_verified_on:%d/%m}"
        return _("On %(floor)s, checked by an officer on %(day)s") % said
    return {
        PLANNED: _("To be put on %(floor)s"),
        BROKEN: _("On %(floor)s, but the address does not open"),
        WITHDRAWN: _("Taken off %(floor)s"),
    }.get(listing.state, _("On %(floor)s, not checked yet")) % said


def shelf_of(team, day: dt.date, page: int = 1, kinds=()) -> Shelf:
    """What counts for the team that day; six queries for any number of products."""
    places = list(places_held([team.pk], day))
    owners = _owners(places, day)
    rows = Product.objects.existing_on(day).filter(place__in=places)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    rows = rows.select_related("owner").order_by("sort_key")
    found = list(rows)
    listings = _listings(found)
    lines = [
        ProductLine(row, owners.get(row.owner_id) or OwnerLine(row.owner), listings[row.pk], day)
        for row in found
    ]
    lines.sort(key=lambda each: (not each.is_ocop, each.is_ocop and each.is_on_floor))
    first = (page - 1) * MOST
    named = sorted(owners.values(), key=lambda each: each.owner.sort_key)
    return Shelf(lines[first : first + MOST], named, max(0, len(lines) - first - MOST))


def _owners(places: list[int], day: dt.date) -> dict:
    owners = {row.pk: OwnerLine(row) for row in Owner.objects.standing().filter(place__in=places)}
    now = Q(until_on=None) | Q(until_on__gt=day)
    of_them = {"owner__in": owners.keys()} if len(owners) < 500 else {"owner__place__in": places}
    for row in Shop.objects.open_on(day).filter(**of_them).select_related("floor"):
        owners[row.owner_id].shops.append(row)
    for row in PaymentAccount.objects.standing().filter(now, **of_them).select_related("provider"):
        owners[row.owner_id].accounts.append(row)
    for row in Commitment.objects.standing().filter(now, signed_on__lte=day, **of_them):
        owners[row.owner_id].commitments.append(row)
    return owners


def _listings(products: list[Product]) -> dict:
    found = defaultdict(list)
    rows = Listing.objects.standing().filter(product__in=[each.pk for each in products])
    for row in rows.exclude(state=WITHDRAWN).select_related("floor"):
        found[row.product_id].append(ListingLine(row, told(row)))
    return found


def ocop_off_floor(team, day: dt.date) -> int:
    """How many recognised OCOP products of the team's hamlets are on no floor (II.2.3)."""
    live = Listing.objects.standing().filter(product=OuterRef("pk"), state__in=LIVE)
    rows = Product.objects.recognised_on(day).filter(place__in=list(places_held([team.pk], day)))
    return rows.filter(~Exists(live)).count()


class Line(NamedTuple):
    """A record that a figure is counted from: what it is, more of it, and where it is read."""

    name: str
    detail: str
    page: str


def lines_behind(records) -> list[Line]:
    """What is counted, by name: products, else owners, else storefronts."""
    ids: dict[str, set] = defaultdict(set)
    for kind, pk, _version in records:
        ids[kind].add(pk)
    if ids["products"]:
        products = list(Product.objects.filter(pk__in=ids["products"]).select_related("owner"))
        listings = _listings(products)
        told = {row.pk: "; ".join(each.text for each in listings[row.pk]) for row in products}
        return [Line(row.name, told[row.pk], page_of(row)) for row in products]
    if ids["owners"]:
        owners = Owner.objects.filter(pk__in=ids["owners"])
        return [Line(row.name, row.get_kind_display(), page_of(row)) for row in owners]
    shops = Shop.objects.filter(pk__in=ids["shops"]).select_related("owner", "floor")
    return [Line(row.owner.name, str(row.floor), page_of(row)) for row in shops]
