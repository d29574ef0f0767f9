"""What the pages of one record show, put together."""

import datetime as dt
from dataclasses import dataclass, field

from cncd.foundation.people.models import Agency
from cncd.work.registers import marks, rules
from cncd.work.registers.history import Change, changes_of, origins_of
from cncd.work.registers.models import Listing, ListingSpan, Owner, Product, Recognition, Shop
from cncd.work.registers.places import unit_names


@dataclass
class Life:
    """A listing and the spans of its life, the latest first."""

    listing: Listing
    spans: list[ListingSpan]
    helper: str = ""

    @property
    def tone(self) -> str:
        return marks.TONES[self.listing.state]

    @property
    def toned(self) -> list[tuple[ListingSpan, str]]:
        return [(span, marks.TONES[span.state]) for span in self.spans]

    @property
    def steps(self) -> set[str]:
        """The states it may go to from here."""
        return set(rules.NEXT[self.listing.state])

    @property
    def may_be_listed(self) -> bool:
        """Whether to record an address is the next thing: planned, broken or taken off."""
        return self.listing.state not in rules.LIVE


@dataclass
class Told:
    """Where a record is, how it came here, what its versions changed."""

    record: object
    hamlet: str = ""
    commune: str = ""
    changes: list[Change] = field(default_factory=list)
    origins: list = field(default_factory=list)

    @classmethod
    def of(cls, record, place_id: int, day: dt.date, **more):
        hamlet, commune = unit_names({place_id}, day).get(place_id, ("", ""))
        found = changes_of(record)
        return cls(record, hamlet, commune, found, origins_of(record), **more)


@dataclass
class ProductPage(Told):
    standing: str = ""
    recognitions: list[Recognition] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)

    @property
    def standing_word(self) -> str:
        return dict(marks.STANDINGS).get(self.standing, "")

    @property
    def tone(self) -> str:
        return marks.STANDING_TONES.get(self.standing, "")


def product_page(product: Product, day: dt.date) -> ProductPage:
    """A product with recognitions, listings, versions and origins; a fixed number of queries."""
    return ProductPage.of(
        product,
        product.place_id,
        day,
        standing=marks.standing_of(product, day),
        recognitions=list(product.recognitions.select_related("file")),
        lives=lives_of(Listing.objects.filter(product=product, withdrawn_at=None), day),
    )


def lives_of(listings, day: dt.date) -> list[Life]:
    """Each listing with its spans; three queries."""
    rows = listings.select_related("floor", "shop__floor", "product", "verified_by__person")
    rows = list(rows.order_by("floor__name"))
    spans = ListingSpan.objects.filter(listing__in=rows).select_related("by__person")
    held: dict = {row.pk: [] for row in rows}
    for span in spans.order_by("-since_on"):
        held[span.listing_id].append(span)
    names = agency_names({row.helped_by_id for row in rows}, day)
    return [Life(row, held[row.pk], names.get(row.helped_by_id, "")) for row in rows]


def agency_names(ids, day: dt.date) -> dict:
    """{agency id: what it is called}; no query when there is none."""
    if not (ids := {pk for pk in ids if pk}):
        return {}
    return dict(Agency.objects.filter(pk__in=ids).named(day).values_list("pk", "name"))


@dataclass
class OwnerPage(Told):
    products: list[Product] = field(default_factory=list)
    shops: list[Shop] = field(default_factory=list)
    accounts: list = field(default_factory=list)
    commitments: list = field(default_factory=list)


def owner_page(owner: Owner, day: dt.date) -> OwnerPage:
    """An owner with all that is theirs, ended things included, mistakes left out."""
    products = list(owner.products.filter(withdrawn_at=None))
    for product in products:
        product.standing = marks.standing_of(product, day)
    helpers = owner.shops.filter(withdrawn_at=None).select_related("floor")
    shops = list(helpers.order_by("-opened_on"))
    names = agency_names({shop.helped_by_id for shop in shops}, day)
    for shop in shops:
        shop.helper = names.get(shop.helped_by_id, "")
    accounts = owner.accounts.filter(withdrawn_at=None).select_related("provider")
    return OwnerPage.of(
        owner,
        owner.place_id,
        day,
        products=products,
        shops=shops,
        accounts=list(accounts.order_by("-since_on")),
        commitments=list(owner.commitments.filter(withdrawn_at=None).select_related("file")),
    )


def listing_page(listing: Listing, day: dt.date) -> Told:
    """A listing with its life, versions and origin."""
    told = Told.of(listing, listing.product.place_id, day)
    told.life = lives_of(Listing.objects.filter(pk=listing.pk), day)[0]
    return told


def shop_page(shop: Shop, day: dt.date) -> Told:
    """A storefront with what is sold in it, versions and origin."""
    told = Told.of(shop, shop.owner.place_id, day)
    told.helper = agency_names({shop.helped_by_id}, day).get(shop.helped_by_id, "")
    rows = shop.listings.filter(withdrawn_at=None, product__withdrawn_at=None)
    told.listings = list(rows.select_related("product"))
    return told
