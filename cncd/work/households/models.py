"""Households of a hamlet by code alone, and the yearly counts that ratios divide by (I.1, I.2)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.team.teams.authority import places_in_reach


class OfHamletQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of hamlets in reach, and of those one's own teams cover."""
        return self.filter(place__in=places_in_reach(user, "households.view"))

    def of_places(self, places):
        return self.filter(place__in=places)


class HouseholdQuerySet(DatedQuerySet, OfHamletQuerySet):
    def changeable_by(self, user):
        """Of hamlets whose list the person keeps."""
        return self.filter(place__in=places_in_reach(user, "households.change"))


class Household(Dated):
    """A code the hamlet knows, and nothing that says who lives there."""

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="households")
    code = models.CharField(_("household code"), max_length=20)
    # rules.code_key: 2 before 10; 1, 01 and 001 are one household
    sort_key = models.CharField(max_length=60, db_index=True)
    is_producing = models.BooleanField(_("produces goods"), default=False)
    is_business = models.BooleanField(_("does business"), default=False)

    objects = HouseholdQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["place", "sort_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["place", "sort_key"], name="households_code_once_a_hamlet"
            ),
        ]

    def __str__(self):
        return self.code


class HouseholdCountQuerySet(OfHamletQuerySet):
    def current(self):
        """As last stated; what a later row replaced is left out."""
        return self.filter(replaced_by=None)


class HouseholdCount(models.Model):
    """How many households a hamlet has in a year, and who says so. Rows never change:

    a correction is a new row that replaces the old one, so that sent figures keep their ground.
    """

    place = models.ForeignKey("places.Place", models.PROTECT, related_name="household_counts")
    year = models.PositiveSmallIntegerField(_("year"))
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    businesses = models.PositiveIntegerField(_("business households"), null=True, blank=True)
    adults = models.PositiveIntegerField(_("adults"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = HouseholdCountQuerySet.as_manager()

    class Meta:
        ordering = ["place", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year"],
                condition=Q(replaced_by=None),
                name="households_one_current_count_a_year",
            ),
            models.CheckConstraint(
                condition=Q(households=None)
                | Q(businesses=None)
                | Q(businesses__lte=F("households")),
                name="households_businesses_within_households",
            ),
        ]

    def __str__(self):
        return f"{self.place_id} {self.year}"
