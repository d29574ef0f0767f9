"""The lists: products, owners, storefronts, listings; each searched, filtered, exported."""

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.lists import Choice, Column
from cncd.foundation.people.access import allow
from cncd.team.programme.models import Platform
from cncd.work.registers import marks, rules
from cncd.work.registers.models import (
    Commitment,
    Listing,
    Owner,
    PaymentAccount,
    Product,
    ProductGroup,
    Shop,
)
from cncd.work.registers.pages import agency_names
from cncd.work.registers.sentences import RANKS
from cncd.work.registers.views.scope import in_sight
from cncd.work.registers.views.tables import RegisterList, hamlet_columns


def rank_of(product) -> str:
    """The stars last recognised, in words; "" for none."""
    key = "potential" if product.is_potential else str(product.star or "")
    return RANKS.get(key, "")


def groups(_request) -> list:
    return list(ProductGroup.objects.values_list("pk", "name"))


def floors(_request) -> list:
    """Every floor of the catalogue, also those no longer in use."""
    return list(Platform.objects.filter(use=Platform.Use.FLOOR).values_list("pk", "name"))


def standing_word(product) -> str:
    return dict(marks.STANDINGS).get(product.standing, "")


class ProductList(RegisterList):
    title = _("Products")
    name = "san-pham"
    tab = "products"
    search_hint = _("Find a product or its owner")
    empty = _("No product in this unit yet. Add the first one, or take a list over from Excel.")
    columns = [
        Column("name", _("Product"), sort="sort_key",
               link=lambda row: reverse("registers:product", args=[row.pk])),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("rank", _("Rank"), value=rank_of, sort=("star", "is_potential")),
        Column("standing", _("Recognition"), value=standing_word, kind="badge",
               tone=lambda row: marks.STANDING_TONES[row.standing]),
        Column("offers", _("On floors"), template="registers/parts/offers.html",
               excel=lambda row: "; ".join(
                   f"{each.floor}: {each.get_state_display()}" for each in row.offers)),
        Column("owner.name", _("Owner"), sort="owner__sort_key",
               link=lambda row: reverse("registers:owner", args=[row.owner_id])),
        *hamlet_columns(),
        Column("group.name", _("Product group"), sort="group__order", hidden=True),
        Column("last_day", _("Recognised until the end of"), kind="date", sort="recognised_until",
               hidden=True, value=lambda row: row.recognition_last_day),
        Column("owner.get_kind_display", _("Kind of owner"), hidden=True),
        Column("addresses", _("Addresses"), kind="lines", hidden=True,
               value=lambda row: [each.address for each in row.offers if each.address]),
        Column("note", _("Note"), hidden=True),
    ]  # fmt: skip

    def choices(self, request) -> list[Choice]:
        day = self.day
        ranks = [(key, label) for key, label in RANKS.items()]
        return [
            Choice("made", _("Made"), marks.MADE, lambda r, v: marks.made_so(r, v, day), "current"),
            Choice("kind", _("Kind"), Product.Kind.choices),
            Choice("group", _("Product group"), groups),
            Choice("rank", _("Rank"), ranks, with_rank),
            Choice("standing", _("Recognition"), marks.STANDINGS,
                   lambda r, v: marks.with_standing(r, v, day)),
            Choice("offered", _("On floors"), marks.OFFERS, marks.offered_so),
            Choice("floor", _("Floor"), floors, marks.on_floor),
        ]  # fmt: skip

    def describe(self, rows: list) -> list:
        for row in super().describe(rows):
            row.standing = marks.standing_of(row, self.day)
        return rows


def with_rank(products, rank: str):
    """Products last recognised with those stars."""
    return products.filter(is_potential=True) if rank == "potential" else products.filter(star=rank)


def listed_products(products):
    """With all that the cells of a list show: two queries for a page."""
    offers = Listing.objects.filter(withdrawn_at=None).exclude(state=rules.WITHDRAWN)
    offers = offers.select_related("floor").order_by("floor__name")
    return products.select_related("owner", "group").prefetch_related(
        Prefetch("listings", offers, to_attr="offers")
    )


@allow("registers.view")
def product_list(request):
    rows = listed_products(in_sight(request, Product.objects.all()))
    context = {"may_enter": request.user.can("registers.enter")}
    if context["may_enter"]:
        context["first_step"] = (
            reverse("registers:product_new"),
            gettext("Add the first product →"),
        )
    return ProductList(request, rows, context=context).response()


class OwnerList(RegisterList):
    title = _("Owners")
    name = "chu-the"
    tab = "owners"
    search_hint = _("Find an owner by name")
    empty = _("No owner in this unit yet. An owner comes in with its first product.")
    columns = [
        Column("name", _("Owner"), sort="sort_key",
               link=lambda row: reverse("registers:owner", args=[row.pk])),
        Column("kind", _("Kind of owner"), value="get_kind_display", sort="kind"),
        Column("products_count", _("Products"), kind="number", sort="products_count"),
        Column("shops_count", _("Open storefronts"), kind="number", sort="shops_count"),
        Column("paid", _("Takes electronic payment"), value=lambda row: _yes(row.accounts_count)),
        Column("signed", _("Quality commitment"), value=lambda row: _yes(row.commitments_count)),
        *hamlet_columns(),
        Column("household.code", _("Household code"), hidden=True),
        Column("contact", _("Contact"), hidden=True, export=False,
               value=lambda row: _yes(row.consented_on)),
    ]  # fmt: skip

    def choices(self, request) -> list[Choice]:
        return [
            Choice("state", _("State"), OWNER_STATES, owner_state, "current"),
            Choice("kind", _("Kind of owner"), Owner.Kind.choices),
            Choice("paid", _("Takes electronic payment"), YES_NO, has("accounts_count")),
            Choice("signed", _("Quality commitment"), YES_NO, has("commitments_count")),
        ]


YES_NO = [("yes", _("yes")), ("no", _("no"))]
OWNER_STATES = [("current", _("In the register")), ("out", _("Taken out as a mistake"))]


def owner_state(rows, value: str):
    return rows.filter(withdrawn_at__isnull=value == "current")


def has(count: str):
    """A filter: rows with some of these, or with none."""
    return lambda rows, value: rows.filter(**{f"{count}__gt" if value == "yes" else count: 0})


def _yes(value):
    return gettext("yes") if value else ""


def listed_owners(owners, day):
    """Owners with how many products, open storefronts, accounts and commitments each has."""
    standing = Q(withdrawn_at=None)
    open_until = Q(until_on=None) | Q(until_on__gt=day)
    shop_open = Q(closed_on=None) | Q(closed_on__gt=day)
    return owners.select_related("household").annotate(
        products_count=_counted(Product.objects.filter(standing)),
        shops_count=_counted(Shop.objects.filter(standing & shop_open)),
        accounts_count=_counted(PaymentAccount.objects.filter(standing, open_until)),
        commitments_count=_counted(Commitment.objects.filter(standing, open_until)),
    )


def _counted(rows):
    found = rows.filter(owner=OuterRef("pk")).order_by().values("owner").annotate(n=Count("pk"))
    return Coalesce(Subquery(found.values("n"), output_field=IntegerField()), 0)


@allow("registers.view")
def owner_list(request):
    rows = listed_owners(in_sight(request, Owner.objects.all()), request.scope.today)
    context = {"may_enter": request.user.can("registers.enter")}
    return OwnerList(request, rows, context=context).response()


class ShopList(RegisterList):
    title = _("Storefronts")
    name = "gian-hang"
    tab = "shops"
    search_fields = ["search_key", "address_key"]
    search_hint = _("Find a storefront or its owner")
    order = ("owner__sort_key", "opened_on")
    empty = _("No storefront in this unit yet. Open an owner and record its storefront there.")
    columns = [
        Column("called", _("Storefront"), value=str,
               link=lambda row: reverse("registers:shop", args=[row.pk])),
        Column("owner.name", _("Owner"), sort="owner__sort_key",
               link=lambda row: reverse("registers:owner", args=[row.owner_id])),
        Column("floor.name", _("Floor"), sort="floor__name"),
        Column("address", _("Address"), template="registers/parts/address.html"),
        Column("opened_on", _("Opened on"), kind="date", sort="opened_on"),
        Column("closed_on", _("Closed from"), kind="date", sort="closed_on", hidden=True),
        Column("helper", _("Helped by"), value=lambda row: row.helper, hidden=True),
        *hamlet_columns(),
    ]  # fmt: skip

    def choices(self, request) -> list[Choice]:
        day = self.day
        return [
            Choice("state", _("State"), SHOP_STATES, lambda r, v: shop_state(r, v, day), "open"),
            Choice("floor", _("Floor"), floors),
            Choice("kind", _("Kind of owner"), Owner.Kind.choices,
                   lambda r, v: r.filter(owner__kind=v)),
        ]  # fmt: skip

    @staticmethod
    def place_id(row) -> int:
        return row.owner.place_id

    def describe(self, rows: list) -> list:
        names = agency_names({row.helped_by_id for row in rows}, self.day)
        for row in super().describe(rows):
            row.helper = names.get(row.helped_by_id, "")
        return rows


SHOP_STATES = [
    ("open", _("Open now")),
    ("closed", _("Closed")),
    ("out", _("Taken out as a mistake")),
]


def shop_state(rows, value: str, day):
    if value == "out":
        return rows.filter(withdrawn_at__isnull=False)
    is_open = Q(closed_on=None) | Q(closed_on__gt=day)
    return rows.filter(is_open if value == "open" else ~is_open, withdrawn_at=None)


@allow("registers.view")
def shop_list(request):
    rows = in_sight(request, Shop.objects.all()).select_related("owner", "floor")
    return ShopList(request, rows).response()


class ListingList(RegisterList):
    title = _("Listings on floors")
    name = "dang-ban-tren-san"
    tab = "listings"
    search_fields = ["product__search_key", "address_key"]
    search_hint = _("Find a product, an owner or an address")
    order = ("product__sort_key", "floor__name")
    empty = _("No listing in this unit yet. Open a product and record where it is sold.")
    columns = [
        Column("product.name", _("Product"), sort="product__sort_key",
               link=lambda row: reverse("registers:listing", args=[row.pk])),
        Column("product.owner.name", _("Owner"), sort="product__owner__sort_key"),
        Column("floor.name", _("Floor"), sort="floor__name"),
        Column("state", _("State"), value="get_state_display", kind="badge", sort="state",
               tone=lambda row: marks.TONES[row.state]),
        Column("address", _("Address"), template="registers/parts/address.html"),
        Column("first_listed_on", _("First listed"), kind="date", sort="first_listed_on"),
        Column("last_verified_on", _("Last checked"), kind="date", sort="last_verified_on"),
        Column("verified_by", _("Checked by"), hidden=True,
               value=lambda row: str(row.verified_by or "")),
        *hamlet_columns(),
    ]  # fmt: skip

    def choices(self, request) -> list[Choice]:
        return [
            Choice("state", _("State"), Listing.State.choices),
            Choice("floor", _("Floor"), floors),
            Choice("kind", _("Kind"), Product.Kind.choices, lambda r, v: r.filter(product__kind=v)),
        ]

    @staticmethod
    def place_id(row) -> int:
        return row.product.place_id


@allow("registers.view")
def listing_list(request):
    rows = in_sight(request, Listing.objects.standing())
    rows = rows.select_related("product__owner", "floor", "verified_by__person")
    return ListingList(request, rows).response()
