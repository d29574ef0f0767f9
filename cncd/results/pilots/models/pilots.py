"""Pilots (IV.3): their hamlets, values, lessons, synthesis."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.results.pilots.rules.days import PilotDays
from cncd.team.programme.models import Measure
from cncd.team.teams.models import Coverage

VIEW = "pilots.view"


def seen_places(user):
    """Places of which the person sees the pilots: those in reach and the hamlets of own teams."""
    own = Coverage.objects.filter(team__in=authority.team_ids(user, VIEW))
    reach = authority.reach(user, permission=VIEW).order_by()
    return Place.objects.filter(Q(pk__in=reach.values("pk")) | Q(pk__in=own.values("place")))


class PilotQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Run by a unit in reach, and those of which a hamlet is in reach or served by one's team.

        Comparison hamlets count: who works there may know what is compared.
        """
        if authority.sees_everything(user, VIEW):
            return self
        places = seen_places(user).values("pk")
        units = PilotUnit.objects.filter(place__in=places)
        return self.filter(Q(place__in=places) | Q(pk__in=units.values("pilot")))


class Pilot(models.Model):
    """A plan is tried in a few hamlets for some months, counted from the day it was issued (IV.3).

    The plan's text lacks its issue date, so the date is entered with its document.
    """

    class Near(models.TextChoices):
        COMMUNE = "commune", _("the same commune")
        DISTRICT = "district", _("the same district")
        PROVINCE = "province", _("the whole province")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="pilots")
    name = models.CharField(_("name"), max_length=200)
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, related_name="pilots"
    )
    issued_on = models.DateField(_("date of issue"))
    months = models.PositiveSmallIntegerField(_("months"), default=3)
    window_days = models.PositiveSmallIntegerField(_("days that are compared"), default=30)
    synthesis_days = models.PositiveSmallIntegerField(_("days for the synthesis"), default=10)
    measures = models.ManyToManyField(Measure, related_name="pilots", verbose_name=_("figures"))
    # How comparison hamlets are chosen: stated before anything is looked at.
    same_kind = models.BooleanField(_("only of the same kind (khóm or ấp)"), default=True)
    near = models.CharField(
        _("looked for in"), max_length=10, choices=Near.choices, default=Near.DISTRICT
    )
    spread = models.PositiveSmallIntegerField(_("households within ± percent"), default=30)
    per_unit = models.PositiveSmallIntegerField(_("for each pilot hamlet"), default=2)
    with_team = models.BooleanField(_("only hamlets with a team before"), default=True)
    considered = DocumentField(default=list)  # rules.choosing.Considered of the last choice
    compared_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, 36), window_days__range=(7, 92)),
                name="pilots_of_sensible_length",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("pilots:pilot", args=[self.pk])

    @property
    def days(self) -> PilotDays:
        """Its dates, as they follow from issue, length and window."""
        return PilotDays(self.issued_on, self.months, self.window_days, self.synthesis_days)

    @property
    def has_outcome(self) -> bool:
        """Whether anybody could have seen how it went: figures after the baseline stand."""
        later = PilotValue.objects.filter(unit__pilot=self).exclude(moment=Moment.BASELINE)
        return later.exists()


class PilotUnitQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(replaced_at=None)

    def tried(self):
        return self.filter(kind=PilotUnit.Kind.PILOT)

    def compared(self):
        return self.filter(kind=PilotUnit.Kind.COMPARISON)


class PilotUnit(models.Model):
    """A hamlet of the pilot, or one it is compared with, and why it was taken."""

    class Kind(models.TextChoices):
        PILOT = "pilot", _("Pilot")
        COMPARISON = "comparison", _("Comparison")

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="units")
    place = models.ForeignKey(Place, models.PROTECT, related_name="pilot_units")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    beside = models.ForeignKey(  # of a comparison hamlet: the pilot hamlet it stands beside
        "self", models.CASCADE, null=True, blank=True, related_name="comparisons"
    )
    by_hand = models.BooleanField(default=False)  # an officer took it in place of another
    reason = models.CharField(max_length=300, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_reason = models.CharField(max_length=300, blank=True)

    objects = PilotUnitQuerySet.as_manager()

    class Meta:
        ordering = ["-kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "place"],
                condition=Q(replaced_at=None),
                name="pilots_hamlet_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="pilot", beside=None) | Q(kind="comparison", beside__isnull=False),
                name="pilots_comparison_beside_a_pilot",
            ),
        ]

    def __str__(self):
        return str(self.place)


class Moment(models.TextChoices):
    BASELINE = "baseline", _("Before")
    MID = "mid", _("In the middle")
    END = "end", _("At the end")


class PilotValue(models.Model):
    """One figure of one hamlet at one moment. No row: not reported. `value` None: none occurred."""

    class Origin(models.TextChoices):
        RECORDS = "records", _("counted from records")
        REPORT = "report", _("from a sent report")
        HAND = "hand", _("entered by hand")

    unit = models.ForeignKey(PilotUnit, models.CASCADE, related_name="values")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    value = models.BigIntegerField(null=True)  # None: "không phát sinh"
    origin = models.CharField(max_length=10, choices=Origin.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(_("source"), max_length=300, blank=True)
    records = DocumentField(default=list)  # (room, id, version) of what was counted
    behind = models.CharField(max_length=40, blank=True)  # "team 12", "report 7": see `address`
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["unit", "measure", "moment"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "measure", "moment"], name="pilots_value_once"),
            models.CheckConstraint(
                condition=~Q(origin="hand") | ~Q(source=""), name="pilots_hand_says_its_source"
            ),
        ]

    def __str__(self):
        return f"{self.measure.code} {self.get_moment_display()}: {self.value}"

    @property
    def page(self) -> str:
        """Its own page: where it comes from, what records say today."""
        return reverse("pilots:value", args=[self.pk])

    @property
    def address(self) -> str:
        """The page where it was counted: the team's log of these days, or the sent report."""
        what, _space, pk = self.behind.partition(" ")
        if what == "report":
            return reverse("reports:figure", args=[pk, self.measure.code])
        days = f"since={self.first_day.isoformat()}&until={self.last_day.isoformat()}"
        return f"{reverse('activities:list')}?team={pk}&{days}" if what == "team" else ""


class PilotCost(models.Model):
    """A line of some unit's money book that an officer says was spent on the pilot."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="costs")
    spending = models.ForeignKey("money.Spending", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "spending"], name="pilots_cost_marked_once")
        ]

    def __str__(self):
        return f"{self.pilot}: {self.spending}"


class Lesson(models.Model):
    """What the pilot taught, in somebody's words, with the day it was seen."""

    class Kind(models.TextChoices):
        WORKED = "worked", _("What worked")
        FAILED = "failed", _("What did not work")
        ADVICE = "advice", _("What to do elsewhere")

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="lessons")
    unit = models.ForeignKey(PilotUnit, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("lesson"), max_length=1000)
    seen_on = models.DateField(_("seen on"))
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seen_on", "pk"]

    def __str__(self):
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"


class SynthesisText(models.Model):
    """The synthesis of a pilot: an officer's words, and the facts frozen when confirmed (IV.3)."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="syntheses")
    number = models.PositiveSmallIntegerField(default=1)
    assessment = models.TextField(_("assessment"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    content = DocumentField(null=True, blank=True)  # queries.synthesis as plain values
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="pilots_synthesis_number"),
            models.UniqueConstraint(
                fields=["pilot"],
                condition=Q(confirmed_at=None),
                name="pilots_one_draft_of_the_synthesis",
            ),
        ]

    def __str__(self):
        return f"{self.pilot} ({self.number})"
