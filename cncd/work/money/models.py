"""What a unit was given to spend, and what it spent: records only, nothing is ever paid (III)."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Coded
from cncd.foundation.kit.figures import with_unit
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place


class Source(Coded):
    """Where money lawfully comes from: a budget, people's contributions, an enterprise (III)."""


class Purpose(Coded):
    """What it is spent on: training, equipment, help for members…"""


class EntryQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def of_year(self, year: int):
        """Budgets of the year; spending of its days."""
        if self.model is Budget:
            return self.filter(year=year)
        return self.filter(spent_on__year=year)

    def visible_to(self, user):
        """Of units in reach, what these took over from units that ended included."""
        if authority.sees_everything(user, "money.view"):
            return self
        roots = authority.roots(user, "money.view")
        return self.filter(place__in=Place.objects.reached_from(roots, timezone.localdate()))


class Entry(models.Model):
    """One line of a unit's own book; `amount` in whole đồng."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name=_("unit that keeps the book")
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))
    purpose = models.ForeignKey(Purpose, models.PROTECT, verbose_name=_("purpose"))
    amount = models.BigIntegerField(_("amount"))
    what = models.CharField(_("what for"), max_length=200, blank=True)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, verbose_name=_("document")
    )
    search_key = models.CharField(max_length=300, db_index=True)  # kit.text.fold of `what`
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=1), name="%(app_label)s_%(class)s_of_something"
            )
        ]

    def __str__(self):
        return f"{self.what or self.purpose}: {with_unit(self.amount, 'đồng')}"


class Budget(Entry):
    """Dự toán: money a unit has for a year; what comes in addition is another row."""

    year = models.PositiveSmallIntegerField(_("year"))

    class Meta(Entry.Meta):
        ordering = ["-year", "-recorded_at"]
        indexes = [models.Index(fields=["place", "year"])]

    def get_absolute_url(self):
        return reverse("money:budget", args=[self.pk])


class Spending(Entry):
    """Đã chi: what the unit itself spent on a day."""

    spent_on = models.DateField(_("day of spending"))

    class Meta(Entry.Meta):
        ordering = ["-spent_on", "-recorded_at"]
        indexes = [models.Index(fields=["place", "spent_on"])]

    def get_absolute_url(self):
        return reverse("money:spending", args=[self.pk])


class ClosingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(reopened_at=None)


class Closing(models.Model):
    """A unit's book of a year is settled: its lines stay as they are until it is opened again."""

    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.CharField(max_length=200, blank=True)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year"],
                condition=Q(reopened_at=None),
                name="money_a_year_is_closed_once",
            )
        ]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self):
        return f"{reverse('money:list')}?u={self.place_id}&year={self.year}"
