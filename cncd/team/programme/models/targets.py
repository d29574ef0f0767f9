"""Mức giao: what a unit or team is asked to reach of an indicator."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.people import authority
from cncd.foundation.places.models import PlaceVersion
from cncd.team.programme import rules
from cncd.team.teams.models import Team

from .indicators import Indicator


class TargetQuerySet(DatedQuerySet):
    def visible_to(self, user):
        if authority.sees_everything(user):
            return self
        return self.filter(
            Q(place__in=authority.reach(user)) | Q(team__in=Team.objects.visible_to(user))
        )

    def of_same_unit(self, target):
        """The unit's other targets of the same indicator, latest first."""
        same = self.filter(
            indicator=target.indicator_id, place=target.place_id, team=target.team_id
        )
        return same.exclude(pk=target.pk).order_by("-since_on")

    def named(self, day):
        """Adds unit_name, unit_key (to sort by) and unit_search of the place or team on the day."""
        version = PlaceVersion.objects.filter(place=OuterRef("place"), since_on__lte=day)
        version = version.order_by("-since_on")
        full_name = Concat("kind__name", Value(" "), "name", output_field=models.CharField())
        return self.annotate(
            unit_name=Coalesce("team__name", Subquery(version.values(n=full_name)[:1])),
            unit_key=Coalesce("team__sort_key", Subquery(version.values("sort_key")[:1])),
            unit_search=Coalesce("team__search_key", Subquery(version.values("search_key")[:1])),
        )


class Target(Dated):
    """Mức giao: what a unit or team is asked to reach of an indicator in [since_on, until_on).

    `value` is per month for a flow when `per_month`, otherwise over the whole span; % for a ratio.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="targets")
    value = models.BigIntegerField(_("value"))
    per_month = models.BooleanField(default=False)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    answerable = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True)
    handed_down_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="handed_down"
    )
    given_by = models.ForeignKey(  # the unit that hands it down: the parent on that day
        "places.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TargetQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(place=None) ^ Q(team=None), name="programme_target_of_a_place_or_team"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "since_on"]),
            models.Index(fields=["team", "since_on"]),
        ]

    def __str__(self):
        return f"{self.indicator.code} · {self.team or self.place}"

    def get_absolute_url(self):
        return reverse("programme:target", args=[self.pk])

    @property
    def kind(self) -> str:
        """flow, stock, distinct or ratio: how values of the indicator behave over time."""
        return self.indicator.kind

    @property
    def months(self) -> int:
        """Calendar months of its span; 1 while it has no end."""
        return rules.months_between(self.since_on, self.until_on) if self.until_on else 1

    @property
    def whole(self) -> int:
        """What it asks over its whole span."""
        return rules.whole_target(
            self.value, kind=self.kind, per_month=self.per_month, months=self.months
        )

    @property
    def monthly(self) -> int:
        """What it asks of one month."""
        return rules.month_target(
            self.value, kind=self.kind, per_month=self.per_month, months=self.months
        )

    @property
    def text(self) -> str:
        """The value in the indicator's unit: "1.200 lượt", "100%"."""
        return rules.show_target(
            self.value,
            is_ratio=self.indicator.is_ratio,
            factor=self.indicator.factor,
            unit=self.indicator.unit,
        )
