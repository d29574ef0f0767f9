"""Plans of replication: waves of communes toward teams in every hamlet (IV.1)."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.results.pilots.models.pilots import VIEW, Pilot


class ReplicationQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of units in reach; once sent, everybody who works below the unit sees it."""
        if authority.sees_everything(user, VIEW):
            return self
        below = authority.reach(user, permission=VIEW).order_by()
        lines = ReplicationLine.objects.filter(
            place__in=below.values("pk"), plan__sent_at__isnull=False
        )
        return self.filter(Q(place__in=below.values("pk")) | Q(pk__in=lines.values("plan")))


class Replication(models.Model):
    """Kế hoạch nhân rộng: teams in every hamlet of a unit, in waves, with trainers and cost (IV.1).

    Unit costs are đồng; they come from the pilot's own spending or are stated with their basis.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved by the department")
        SENT = "sent", _("Sent to UBND tỉnh")
        AGREED = "agreed", _("Agreed")
        RETURNED = "returned", _("Sent back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="replications")
    pilot = models.ForeignKey(
        Pilot, models.PROTECT, null=True, blank=True, related_name="replications"
    )
    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(_("first wave begins"))
    wave_days = models.PositiveSmallIntegerField(_("days of a wave"), default=60)
    per_wave = models.PositiveSmallIntegerField(_("at most so many hamlets in a wave"), default=150)
    members = models.PositiveSmallIntegerField(_("members of a team"), default=5)
    sessions_each = models.PositiveSmallIntegerField(_("sessions for each member"), default=2)
    seats = models.PositiveSmallIntegerField(_("people in a session"), default=40)
    trainers_each = models.PositiveSmallIntegerField(_("trainers in a session"), default=2)
    trainer_load = models.PositiveSmallIntegerField(
        _("sessions a trainer can hold in a wave"), default=8
    )
    team_cost = models.BigIntegerField(_("cost of a team (đồng)"), default=0)
    session_cost = models.BigIntegerField(_("cost of a session (đồng)"), default=0)
    cost_basis = models.CharField(_("where these costs come from"), max_length=500, blank=True)
    text = models.TextField(_("how it is carried out"), blank=True)
    content = DocumentField(null=True, blank=True)  # frozen when approved
    version = models.PositiveIntegerField(default=1)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    considered_at = models.DateTimeField(null=True, blank=True)
    considered_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ReplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seats__gte=1, per_wave__gte=1, team_cost__gte=0, session_cost__gte=0),
                name="pilots_plan_can_be_reckoned",
            ),
            models.CheckConstraint(
                condition=Q(trainers_each__gte=1, trainer_load__gte=1),
                name="pilots_plan_has_trainers",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("pilots:replication", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    def wave_days_of(self, wave: int) -> tuple[dt.date, dt.date]:
        """First and last day of the wave."""
        first = self.starts_on + dt.timedelta(days=(wave - 1) * self.wave_days)
        return first, first + dt.timedelta(days=self.wave_days - 1)


class ReplicationLine(models.Model):
    """One commune of the plan: the hamlets that still need a team, and its wave."""

    plan = models.ForeignKey(Replication, models.CASCADE, related_name="lines")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    hamlets = models.PositiveSmallIntegerField(_("hamlets without a team"))
    met = models.PositiveSmallIntegerField(_("conditions met"))
    of = models.PositiveSmallIntegerField()
    wave = models.PositiveSmallIntegerField(_("wave"))
    by_hand = models.BooleanField(default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["wave", "-met", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "place"], name="pilots_commune_once"),
            models.CheckConstraint(condition=Q(wave__gte=1), name="pilots_wave_from_one"),
        ]

    def __str__(self):
        return f"{self.place}: {self.wave}"
