"""The yearly plan of a unit: who has to learn what, where, by whom, for how much (IV.1)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people import authority
from cncd.foundation.places.models import Place

from .courses import Audience, around


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of units in reach, and the approved ones of units above."""
        if authority.sees_everything(user, "training.view"):
            return self
        below, above = around(user)
        approved = Q(place__in=above, state=TrainingPlan.State.APPROVED)
        return self.filter(Q(place__in=below) | approved)


class TrainingPlan(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft plan")
        SUBMITTED = "submitted", _("Waits for approval")
        APPROVED = "approved", _("Approved")

    place = models.ForeignKey(
        Place, models.PROTECT, related_name="training_plans", verbose_name=_("unit")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="training_one_plan_a_year")
        ]

    def __str__(self):
        return f"{self.place} {self.year}"

    def get_absolute_url(self):
        return reverse("training:plan", args=[self.pk])


class PlanLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=TrainingPlan.objects.visible_to(user))


class PlanLine(models.Model):
    """Courses on a subject that a unit means to hold in a quarter; `cost` in whole đồng, of all.

    What it asks the unit above to hold for it stands there as a need: no courses, no cost, so that
    nothing counts twice where plans are gathered.
    """

    plan = models.ForeignKey(TrainingPlan, models.CASCADE, related_name="lines")
    title = models.CharField(_("course"), max_length=200)
    topics = models.ManyToManyField("training.Topic", related_name="plan_lines")
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices)
    need = models.TextField(_("why it is needed"), blank=True)
    asks_above = models.BooleanField(_("the unit above is asked to hold it"), default=False)
    classes = models.PositiveSmallIntegerField(_("courses"), default=1)
    sessions = models.PositiveSmallIntegerField(_("sessions of each"), default=1)
    people = models.PositiveIntegerField(_("seats"))  # of all its courses together
    venue = models.CharField(_("where"), max_length=200, blank=True)
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    cost = models.PositiveBigIntegerField(_("cost"), default=0)
    trainer = models.CharField(_("trainer"), max_length=160, blank=True)
    trainer_agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("trainer from")
    )
    from_gaps = models.BooleanField(default=False)  # drafted from the gaps of the teams
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["quarter", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="training_quarter_of_a_year"
            ),
            models.CheckConstraint(
                condition=Q(asks_above=False, classes__gte=1)
                | Q(asks_above=True, classes=0, cost=0),
                name="training_line_holds_or_asks",
            ),
        ]

    def __str__(self):
        return self.title
