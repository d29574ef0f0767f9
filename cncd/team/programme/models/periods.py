"""When it is asked: period schemes, due rules, periods and their due moments."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet


class PeriodScheme(models.Model):
    """Calendar month (the plan, II.2.8) or the state's 15th to 14th (Nghị định 09/2019)."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    first_day = models.PositiveSmallIntegerField(default=1)  # 1: calendar month; 15: 15→14
    in_use = models.BooleanField(default=False)  # one at a time: two never mix in one series

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["in_use"], condition=Q(in_use=True), name="programme_one_scheme_in_use"
            ),
            models.CheckConstraint(
                condition=Q(first_day__gte=1, first_day__lte=28),
                name="programme_scheme_begins_on_a_day_of_every_month",
            ),
        ]

    def __str__(self):
        return self.name


class DueRule(Dated):
    """When a level's report of a scheme is due: days from the period's last day, and the hour."""

    scheme = models.ForeignKey(PeriodScheme, models.CASCADE, related_name="due_rules")
    level = models.ForeignKey("places.Level", models.PROTECT)
    days_after_end = models.SmallIntegerField(default=0)
    at_time = models.TimeField()
    lock_after_days = models.PositiveSmallIntegerField(default=10)  # after the level above confirms
    new_team_cutoff_days = models.PositiveSmallIntegerField(default=0)  # formed later: not due

    objects = DatedQuerySet.as_manager()

    @property
    def words(self) -> str:
        """When reports are due, e.g. at 23:59 on the last day of the period."""
        days, time = self.days_after_end, f"{self.at_time:%H:%M}"
        if days == 0:
            return gettext("%(time)s on the last day of the period") % {"time": time}
        words = {"time": time, "days": abs(days)}
        if days < 0:
            return gettext("%(time)s, %(days)s days before the last day") % words
        return gettext("%(time)s, %(days)s days after the last day") % words


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.is_authenticated else self.none()

    def containing(self, day):
        return self.filter(first_day__lte=day, last_day__gte=day)


class Period(models.Model):
    scheme = models.ForeignKey(PeriodScheme, models.PROTECT)
    code = models.CharField(max_length=10)  # "2026-11"
    first_day = models.DateField()
    last_day = models.DateField()  # inclusive

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="programme_period_once"),
        ]

    def __str__(self):
        words = {"month": self.last_day.month, "year": self.last_day.year}
        if self.first_day.day == 1:
            return gettext("Month %(month)s/%(year)s") % words
        words |= {"first": f"{self.first_day:%d/%m}", "last": f"{self.last_day:%d/%m}"}
        return gettext("Month %(month)s/%(year)s (%(first)s to %(last)s)") % words

    def get_absolute_url(self):
        return reverse("programme:period", args=[self.pk])

    @property
    def next_day(self):
        """The first day after the period."""
        return self.last_day + dt.timedelta(days=1)


class PeriodDue(models.Model):
    """The due moment of a level in a period, fixed when the period opens."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="dues")
    level = models.ForeignKey("places.Level", models.PROTECT)
    due_at = models.DateTimeField(_("due moment"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)  # of a change after opening

    class Meta:
        unique_together = [("period", "level")]
