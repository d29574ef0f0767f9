"""What is made: OCOP, farm and local products, and what each was recognised as, by date."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.team.programme.models.catalogues import CatalogueQuerySet
from cncd.work.registers.models.owners import Owner
from cncd.work.registers.models.records import Record, RecordQuerySet


class ProductGroup(Dated):
    """The six groups of the OCOP programme; rows, since the programme may change them."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["order"]

    def __str__(self):
        return self.name


class ProductQuerySet(RecordQuerySet):
    def existing_on(self, day):
        """Standing, and still made on that day."""
        return self.standing().filter(
            Q(ended_on=None) | Q(ended_on__gt=day), Q(since_on=None) | Q(since_on__lte=day)
        )

    def recognised_on(self, day):
        """OCOP products whose recognition is in force that day."""
        return self.existing_on(day).filter(
            pk__in=Recognition.objects.on(day).values("product"), kind=Product.Kind.OCOP
        )


LISTED_BY = "kind offered ended_on star is_potential recognised_until group".split()


class Product(Record):
    class Kind(models.TextChoices):
        OCOP = "ocop", _("OCOP product")
        FARM = "farm", _("Farm product")
        LOCAL = "local", _("Local speciality")

    class Offered(models.IntegerChoices):
        """How far the best of its listings has come."""

        NOWHERE = 0, _("On no floor")
        PLANNED = 1, _("To be listed")
        BROKEN = 2, _("Only an address that does not open")
        LISTED = 3, _("Listed, not checked yet")
        VERIFIED = 4, _("Checked")

    kind = models.CharField(_("kind of product"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("product"), max_length=160)
    owner = models.ForeignKey(
        Owner, models.PROTECT, related_name="products", verbose_name=_("owner")
    )
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("hamlet"))
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, null=True, blank=True, verbose_name=_("product group")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    since_on = models.DateField(null=True, blank=True)  # None: before records began
    ended_on = models.DateField(_("no longer made from"), null=True, blank=True)
    # Copies for lists: what it was last recognised as, how far it has come on the floors.
    star = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    is_potential = models.BooleanField(_("potential 5 stars"), default=False)
    recognised_until = models.DateField(_("recognised until"), null=True, blank=True)
    offered = models.PositiveSmallIntegerField(choices=Offered.choices, default=Offered.NOWHERE)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    search_key = models.CharField(max_length=400)  # product and owner, folded
    sort_key = models.CharField(max_length=400)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        # A list of 100,000 is counted and paged from these two alone, without the rows themselves.
        indexes = [
            models.Index(
                fields=["place", *LISTED_BY],
                condition=Q(withdrawn_at=None),
                name="registers_products_counted",
            ),
            models.Index(
                fields=["sort_key", "id", "place", *LISTED_BY, "search_key"],
                condition=Q(withdrawn_at=None),
                name="registers_products_in_order",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(withdrawn_at__isnull=False),
                name="registers_merged_product_counts_no_more",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def recognition_last_day(self):
        """The last day of the latest recognition; None when there is none."""
        return self.recognised_until and self.recognised_until - dt.timedelta(days=1)


class Recognition(Dated):
    """A product's OCOP certificate: stars, decision, and how long it holds."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="recognitions")
    star = models.PositiveSmallIntegerField(_("stars"), null=True, blank=True)
    is_potential = models.BooleanField(_("potential 5 stars"), default=False)
    number = models.CharField(_("decision number"), max_length=60)
    decided_on = models.DateField(_("decision date"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-since_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(  # potential 5 stars is neither 4 nor 5 in statistics
                condition=Q(is_potential=False, star__gte=3, star__lte=5)
                | Q(is_potential=True, star=None),
                name="registers_three_to_five_stars_or_potential",
            ),
            models.UniqueConstraint(
                fields=["product", "since_on"], name="registers_one_recognition_a_day"
            ),
        ]

    @property
    def rank(self) -> str:
        """3, 4, 5 or potential: how statistics count it."""
        return "potential" if self.is_potential else str(self.star)
