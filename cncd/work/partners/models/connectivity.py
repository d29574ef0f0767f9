"""How a hamlet is connected: signal by operator, lines, dead spots and who is to close them."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Coded
from cncd.foundation.people import authority
from cncd.team.teams.authority import places_in_reach

VIEW = "connectivity.view"


class Operator(Coded):
    """Who runs a mobile network; rows with dates."""

    name = models.CharField(_("name"), max_length=80)


class OfHamletQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of hamlets in reach, and of those one's own team covers."""
        if authority.sees_everything(user, VIEW):
            return self
        return self.filter(place__in=places_in_reach(user, VIEW, timezone.localdate()))


class Noting(models.Model):
    """What somebody found in a hamlet on a day; the newest that says something holds."""

    class Source(models.TextChoices):
        SEEN = "seen", _("Seen on the spot")
        MEASURED = "measured", _("Measured")
        ENTERPRISE = "enterprise", _("Told by the enterprise")
        PEOPLE = "people", _("Told by people who live there")

    class Fibre(models.TextChoices):
        YES = "yes", _("There is fibre")
        NO = "no", _("No fibre")
        UNKNOWN = "", _("Not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("hamlet"))
    noted_on = models.DateField(_("day"))
    source = models.CharField(_("how it is known"), max_length=10, choices=Source.choices)
    fibre = models.CharField(_("fibre line"), max_length=3, choices=Fibre.choices, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = OfHamletQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_on", "-recorded_at"]
        indexes = [models.Index(fields=["place", "noted_on"])]

    def __str__(self):
        return f"{self.noted_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("partners:hamlet", args=[self.place_id])


class Signal(models.Model):
    """How well one operator reaches the hamlet, in one noting."""

    class Strength(models.TextChoices):
        GOOD = "good", _("Good")
        WEAK = "weak", _("Weak")
        NONE = "none", _("No signal")

    noting = models.ForeignKey(Noting, models.CASCADE, related_name="signals")
    operator = models.ForeignKey(Operator, models.PROTECT)
    strength = models.CharField(max_length=4, choices=Strength.choices)

    class Meta:
        ordering = ["operator__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["noting", "operator"], name="partners_signal_once_a_noting"
            )
        ]

    def __str__(self):
        return f"{self.operator}: {self.get_strength_display()}"


class GapQuerySet(OfHamletQuerySet):
    def visible_to(self, user):
        """And those one's own enterprise is asked to close."""
        own = authority.own_agencies(user)
        seen = super().visible_to(user)
        return seen | self.filter(agency__in=own) if own else seen

    def open(self):
        return self.standing().exclude(state=Gap.State.COVERED)

    def unanswered(self, day):
        """Whose enterprise has let its day to answer pass."""
        return self.standing().filter(state=Gap.State.ASKED, due_on__lt=day)


class Gap(models.Model):
    """A dead spot: where, what is missing, how many households; asked of an enterprise."""

    class Missing(models.TextChoices):
        SIGNAL = "signal", _("No mobile signal")
        WEAK = "weak", _("Mobile signal comes and goes")
        FIBRE = "fibre", _("No fibre line")

    class State(models.TextChoices):
        SEEKING = "seeking", _("An enterprise is to be found")
        ASKED = "asked", _("Waits for an answer")
        PROMISED = "promised", _("Will be done")
        CANNOT = "cannot", _("Cannot be done")
        COVERED = "covered", _("Has a signal now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("hamlet"))
    where = models.CharField(_("where exactly"), max_length=200)
    missing = models.CharField(_("what is missing"), max_length=10, choices=Missing.choices)
    households = models.PositiveIntegerField(_("households affected"), null=True, blank=True)
    found_on = models.DateField(_("found on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SEEKING)
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("asked of"),
    )  # fmt: skip
    asked_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("answer due"), null=True, blank=True)  # the last day for it
    answer = models.CharField(_("answer"), max_length=400, blank=True)
    done_by = models.DateField(_("to be done by"), null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    covered_on = models.DateField(_("seen covered on"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    search_key = models.CharField(max_length=300, db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["found_on", "pk"]
        indexes = [
            models.Index(fields=["place", "state"]),
            models.Index(fields=["agency", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["seeking", "covered"]) | Q(agency__isnull=False),
                name="partners_gap_is_asked_of_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="covered") | Q(covered_on__isnull=False),
                name="partners_gap_covered_on_a_day",
            ),
        ]

    def __str__(self):
        return self.where

    def get_absolute_url(self):
        return reverse("partners:gap", args=[self.pk])

    def waited(self, day) -> int:
        """Days since it was found, until it was covered."""
        return ((self.covered_on or day) - self.found_on).days
