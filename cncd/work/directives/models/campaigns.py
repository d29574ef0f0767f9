"""Campaigns and monthly themes: what is done together in some days, once or again and again."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.models import TeamIndex
from cncd.work.directives.models.directives import Ask, Directive


class CampaignQuerySet(DatedQuerySet):
    def standing(self):
        return self.filter(cancelled_at=None)

    def visible_to(self, user):
        """Of places in reach and above it: what the province starts is everybody's."""
        if authority.sees_everything(user, "directives.view"):
            return self
        day = timezone.localdate()
        roots = authority.roots(user, "directives.view")
        teams = authority.team_ids(user, "directives.view")
        above = PlaceIndex.objects.on(day).filter(place__in=roots, inherited=False)
        around = TeamIndex.objects.on(day).filter(team__in=teams)
        below = Place.objects.reached_from(roots, day)
        found = Q(place__in=below) | Q(place__in=above.values("ancestor"))
        return self.filter(found | Q(place__in=around.values("place")))


class Campaign(Dated):
    """Chiến dịch, ra quân, chủ đề tháng: of a unit, in some days; each time is a `Run`.

    [since_on, until_on) is the first time. `repeats` moves both days on by a month, a quarter or a
    year, while the first day comes before `repeats_until`.
    """

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign")
        THEME = "theme", _("Theme of the month")

    class Repeats(models.TextChoices):
        ONCE = "", _("Once")
        MONTHLY = "month", _("Every month")
        QUARTERLY = "quarter", _("Every quarter")
        YEARLY = "year", _("Every year")

    class Audience(models.TextChoices):
        TEAMS = "teams", _("All teams below us")
        COMMUNES = "commune", _("All communes below us")
        DISTRICTS = "district", _("All districts below us")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    place = models.ForeignKey(
        "places.Place", models.PROTECT, related_name="campaigns", verbose_name=_("unit")
    )
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, blank=True)
    text = models.TextField(_("what to do"))
    contents = models.ManyToManyField("programme.Content", blank=True, related_name="campaigns")
    guides = models.ManyToManyField("library.Item", blank=True, related_name="campaigns")
    until_on = models.DateField()  # the day after the last one of the first time
    repeats = models.CharField(
        _("repeats"), max_length=8, choices=Repeats.choices, default=Repeats.ONCE, blank=True
    )
    repeats_until = models.DateField(null=True, blank=True)
    audience = models.CharField(_("goes to"), max_length=10, choices=Audience.choices)
    # What each one is asked: so much of each content; without an amount, a text that we check.
    amount = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    measure = models.CharField(
        max_length=10, choices=Ask.Measure.choices, default=Ask.Measure.PEOPLE
    )
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)
    search_key = models.CharField(max_length=300, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["-since_on", "name"]
        indexes = [models.Index(fields=["place", "since_on"])]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=1),
                name="directives_campaign_asks_for_something",
            ),
            models.CheckConstraint(
                condition=Q(repeats_until=None)
                | ~Q(repeats="") & Q(repeats_until__gt=F("since_on")),
                name="directives_campaign_repeats_until",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("directives:campaign", args=[self.pk])


class Run(Dated):
    """One time of a campaign, with the directive that was issued on its first day."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="runs")
    until_on = models.DateField()
    directive = models.OneToOneField(Directive, models.PROTECT, related_name="run")
    made_at = models.DateTimeField()

    class Meta(Dated.Meta):
        ordering = ["-since_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["campaign", "since_on"], name="directives_run_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.campaign} {self.since_on:%d/%m/%Y}"
