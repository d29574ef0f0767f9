"""A promise of help: which agency, to which unit, how much, by when (IV.4, IV.5)."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.people import authority
from cncd.foundation.people.permissions import ENTERPRISE
from cncd.foundation.places.models import Place, PlaceIndex


class PledgeQuerySet(DatedQuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def of_agencies(self, agencies):
        return self.filter(agency__in=agencies)

    def visible_to(self, user):
        """Of places in reach and above it, and those of one's own agency.

        An enterprise, posted to the whole province, sees its own only.
        """
        if authority.sees_everything(user, "partners.view"):
            return self
        own = Q(agency__in=authority.own_agencies(user))
        held = authority.permitted(user, "partners.view")
        roots = {grant.place_id for grant in held if grant.role != ENTERPRISE}
        if not roots:
            return self.filter(own)
        day = timezone.localdate()
        above = PlaceIndex.objects.on(day).filter(place__in=roots, inherited=False)
        below = Place.objects.reached_from(roots, day)
        return self.filter(own | Q(place__in=below) | Q(place__in=above.values("ancestor")))


class Pledge(Dated):
    """An agency promises help to a unit: so many storefronts, so many products, in these days."""

    class Kind(models.TextChoices):
        SHOPS = "shops", _("Storefronts opened")
        LISTINGS = "listings", _("Products put on a floor")
        ACCOUNTS = "accounts", _("Wallets, payment accounts opened")
        TRAINING = "training", _("Training sessions held")
        GUIDES = "guides", _("Guides approved in the library")
        CONNECTIVITY = "connectivity", _("Dead spots that got a signal or a line")
        PEOPLE = "people", _("People sent to the teams")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, related_name="pledges", verbose_name=_("partner")
    )
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("unit that is helped"))
    kind = models.CharField(_("what is promised"), max_length=12, choices=Kind.choices)
    amount = models.PositiveIntegerField(_("how many"))
    until_on = models.DateField()  # a promise has an end: the day after it is due
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = PledgeQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-since_on"]
        indexes = [models.Index(fields=["agency", "since_on"]), models.Index(fields=["place"])]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gte=1), name="partners_pledge_promises_something"
            ),
        ]

    def __str__(self):
        return f"{self.agency}, {self.place}: {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("partners:pledge", args=[self.pk])
