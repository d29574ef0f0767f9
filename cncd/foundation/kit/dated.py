"""Rows that hold for a span of days: from `since_on` up to, but not on, `until_on`."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

LAST_MINUTE = dt.time(23, 59)


def end_of(day: dt.date) -> dt.datetime:
    """The last minute of the day, as due dates are told: what is due on it may come until then."""
    return make_aware(dt.datetime.combine(day, LAST_MINUTE))


class DatedQuerySet(models.QuerySet):
    def on(self, day: dt.date):
        """Rows in force on that day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), since_on__lte=day)

    def overlapping(self, since: dt.date, until: dt.date | None):
        """Rows that share at least one day with [since, until)."""
        rows = self.filter(Q(until_on=None) | Q(until_on__gt=since))
        return rows if until is None else rows.filter(since_on__lt=until)


class Dated(models.Model):
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("since_on")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            )
        ]

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force, as people write it ("đến hết ngày"); None when open-ended."""
        return self.until_on and self.until_on - dt.timedelta(days=1)

    def holds_on(self, day: dt.date) -> bool:
        return self.since_on <= day and (self.until_on is None or day < self.until_on)


class Coded(Dated):
    """A row of a short catalogue; what is no longer in use keeps its name."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta(Dated.Meta):
        abstract = True
        ordering = ["order", "code"]

    def __str__(self):
        return self.name
