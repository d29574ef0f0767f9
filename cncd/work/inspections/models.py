"""Inspections (kiểm tra) of teams and communes: what is looked at, found, and put right (IV.1)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team


class Item(Dated):
    """A thing every inspection of a team, or of a commune, looks at, while it is in force."""

    class Subject(models.TextChoices):
        TEAM = "team", _("A team")
        COMMUNE = "commune", _("A commune")

    subject = models.CharField(_("for an inspection of"), max_length=10, choices=Subject.choices)
    code = models.SlugField(max_length=40)
    text = models.CharField(_("what is looked at"), max_length=300)
    hint = models.CharField(_("how to look at it"), max_length=300, blank=True)
    clause = models.CharField(_("clause of the plan"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["subject", "order", "pk"]

    def __str__(self):
        return self.text


class InspectionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of teams one sees, of units in reach, and those one's own unit carries out."""
        if authority.sees_everything(user, "inspections.view"):
            return self
        teams = Team.objects.visible_to(user, "inspections.view")
        places = authority.reach(user, permission="inspections.view")
        own = Q(inspecting__in=authority.roots(user, "inspections.carry_out"))
        return self.filter(Q(team__in=teams) | Q(place__in=places, team=None) | own)

    def within(self, place, day):
        """Of the unit and of what stands below it, or carried out by it."""
        places = Place.objects.reached_from([place.pk], day)
        teams = Team.objects.standing_under([place.pk], day)
        of_units = Q(place__in=places, team=None)
        return self.filter(of_units | Q(team__in=teams) | Q(inspecting=place))


class Inspection(models.Model):
    """One team or commune looked at by a unit above it on a day."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Under way")
        CLOSED = "closed", _("Concluded")
        WITHDRAWN = "withdrawn", _("Called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspecting = models.ForeignKey(Place, models.PROTECT, related_name="+")  # the unit above
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    place = models.ForeignKey(  # the commune inspected, or the one the team belongs to
        Place, models.PROTECT, related_name="inspections", verbose_name=_("commune")
    )
    planned_on = models.DateField(_("day"))
    leader = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", verbose_name=_("head of the inspection")
    )
    party = models.CharField(_("other members"), max_length=300, blank=True)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "pk"]
        indexes = [models.Index(fields=["place", "planned_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
                name="inspections_opened_before_closed",
            )
        ]

    def __str__(self):
        return f"{self.team or self.place}, {self.planned_on:%d/%m/%Y}"

    @property
    def state(self) -> str:
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        if self.closed_at:
            return self.State.CLOSED
        return self.State.OPEN if self.opened_at else self.State.PLANNED

    @property
    def subject(self) -> str:
        return Item.Subject.TEAM if self.team_id else Item.Subject.COMMUNE


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(inspection__in=Inspection.objects.visible_to(user))

    def standing(self):
        return self.filter(inspection__withdrawn_at=None)

    def asked(self):
        """Something is to be put right, in an inspection that was concluded."""
        concluded = Q(inspection__closed_at__isnull=False)
        return self.standing().filter(concluded, result=Finding.Result.UNMET)

    def unsettled(self):
        """Still to be put right: not confirmed by the inspecting unit."""
        return self.asked().filter(settled_at=None)

    def waiting(self):
        """Said to be put right, and not looked at yet."""
        return self.unsettled().filter(settlements__verdict="")

    def to_answer(self):
        """To be put right by the inspected: nothing said yet, or returned."""
        said = Settlement.objects.filter(verdict="").values("finding")
        return self.unsettled().exclude(pk__in=said)

    def overdue(self, day=None):
        return self.unsettled().filter(due_on__lt=day or timezone.localdate())


class Finding(models.Model):
    """What was found about one item: met, unmet or not applicable; and what must follow."""

    class Result(models.TextChoices):
        NOT_YET = "", _("Not looked at")
        MET = "met", _("Met")
        UNMET = "unmet", _("Not met")
        NOT_APPLICABLE = "na", _("Not applicable")

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="findings")
    text = models.CharField(_("what is looked at"), max_length=300)  # as it was on that day
    clause = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(_("result"), max_length=5, choices=Result.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    link = models.CharField(_("page it is about"), max_length=300, blank=True)  # within the program
    remedy = models.CharField(_("what is to be done"), max_length=300, blank=True)
    answerable = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["result", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="inspections_item_once")
        ]

    def __str__(self):
        return self.text

    @property
    def is_unmet(self) -> bool:
        return self.result == self.Result.UNMET


class Settlement(models.Model):
    """How a finding was put right, as the inspected say, and the inspecting unit's verdict."""

    class Verdict(models.TextChoices):
        WAITING = "", _("Waiting to be looked at")
        CONFIRMED = "confirmed", _("Confirmed")
        RETURNED = "returned", _("Returned")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="settlements")
    note = models.TextField(_("how it was put right"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verdict_note = models.CharField(max_length=300, blank=True)
    verdict_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    verdict_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(verdict=""), name="inspections_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict_at__gte=F("at")),
                name="inspections_verdict_after_answer",
            ),
        ]

    def __str__(self):
        return self.note[:80]
