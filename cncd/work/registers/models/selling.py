"""Where it is offered: storefronts of owners, listings of products, and the life of a listing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.work.registers.models.owners import OfOwnerQuerySet, Owner
from cncd.work.registers.models.products import Product
from cncd.work.registers.models.records import Record, RecordQuerySet


class ShopQuerySet(OfOwnerQuerySet):
    def open_on(self, day):
        """Standing and selling on that day."""
        return self.standing().filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


class Shop(Record):
    """An owner's storefront on a floor; one per owner and floor at a time, more with a reason."""

    owner = models.ForeignKey(Owner, models.PROTECT, related_name="shops")
    floor = models.ForeignKey("programme.Platform", models.PROTECT, verbose_name=_("floor"))
    name = models.CharField(_("storefront name"), max_length=160, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    address_key = models.CharField(max_length=500, blank=True, db_index=True)  # of `addresses`
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed from"), null=True, blank=True)
    helped_by = models.ForeignKey(  # the enterprise that opened it with them (IV.5)
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    search_key = models.CharField(max_length=400, blank=True)  # name and owner, folded

    objects = ShopQuerySet.as_manager()

    class Meta:
        ordering = ["owner", "opened_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="registers_shop_closes_after_it_opens",
            ),
        ]

    def __str__(self):
        return self.name or str(self.floor)


class ListingQuerySet(RecordQuerySet):
    WHERE = "product__place"

    def standing(self):
        """Neither withdrawn nor of a product that is."""
        return super().standing().filter(product__withdrawn_at=None)

    def in_state_on(self, states, day):
        """Listings that were in one of the states on that day."""
        spans = ListingSpan.objects.on(day).filter(state__in=states)
        return self.standing().filter(pk__in=spans.values("listing"))


class Listing(Record):
    """A product on a floor. What it is today is copied from its spans, for lists."""

    class State(models.TextChoices):
        PLANNED = "planned", _("To be listed")
        LISTED = "listed", _("Listed, not checked yet")
        VERIFIED = "verified", _("Checked")
        BROKEN = "broken", _("Broken")
        WITHDRAWN = "withdrawn", _("Taken off")

    product = models.ForeignKey(Product, models.PROTECT, related_name="listings")
    floor = models.ForeignKey("programme.Platform", models.PROTECT, verbose_name=_("floor"))
    shop = models.ForeignKey(Shop, models.PROTECT, null=True, blank=True, related_name="listings")
    address = models.URLField(_("address"), max_length=500, blank=True)
    address_key = models.CharField(max_length=500, blank=True, db_index=True)  # of `addresses`
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    first_listed_on = models.DateField(_("first listed"), null=True, blank=True)
    last_verified_on = models.DateField(_("last checked"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    helped_by = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["product", "floor"]
        indexes = [
            models.Index(
                fields=["state", "floor", "product"],
                condition=Q(withdrawn_at=None),
                name="registers_listings_by_state",
            )
        ]
        constraints = [
            models.UniqueConstraint(  # withdrawn ones stay as history, the product may come back
                fields=["product", "floor"],
                condition=Q(withdrawn_at=None),
                name="registers_one_listing_a_floor",
            ),
            models.CheckConstraint(
                # one that was only planned may be given up
                condition=Q(state__in=["planned", "withdrawn"]) | ~Q(address=""),
                name="registers_a_listing_has_an_address",
            ),
        ]

    def __str__(self):
        return f"{self.product} · {self.floor}"


class ListingSpan(Dated):
    """In which state a listing was, from day to day; the last one is open."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="spans")
    state = models.CharField(max_length=10, choices=Listing.State.choices)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["since_on"]
        indexes = [models.Index(fields=["listing", "since_on"])]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["listing", "since_on"], name="registers_one_state_a_day"
            ),
        ]
