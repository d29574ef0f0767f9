"""The monthly report of a team or a unit: drafts, sent versions, returned figures, answers."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.results.reports.rules import is_on_time
from cncd.team.teams.models import Team

WAITED = dt.timedelta(minutes=5)  # longer than any page takes to be sent


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user, permission: str = "reports.view"):
        if authority.sees_everything(user, permission):
            return self
        return self.filter(
            Q(team__in=Team.objects.visible_to(user, permission))
            | Q(place__in=authority.reach(user, permission=permission))
        )

    def of_teams(self):
        return self.exclude(team=None)

    def of_places(self):
        return self.exclude(place=None)

    def counting(self):
        """Sent at least once: the last sent version counts, whatever the state since."""
        return self.exclude(sent=None)


class Report(models.Model):
    """One per team (or place) and period."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")
        LOCKED = "locked", _("Locked")

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="reports")
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="reports")
    period = models.ForeignKey("programme.Period", models.PROTECT, related_name="reports")
    level = models.ForeignKey("places.Level", models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    due_at = models.DateTimeField(null=True)  # None: not due to report
    first_made_at = models.DateTimeField(null=True)  # of the first sending, corrected phone clock
    first_received_at = models.DateTimeField(null=True)
    sent = models.ForeignKey(  # the version that counts
        "ReportVersion", models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    lock_on = models.DateField(null=True)
    edition = models.PositiveIntegerField(default=0)  # grows with each change; guards stale pages

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period__first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None) ^ Q(place=None), name="reports_of_a_team_or_a_place"
            ),
            models.UniqueConstraint(fields=["team", "period"], name="reports_once_per_team"),
            models.UniqueConstraint(fields=["place", "period"], name="reports_once_per_place"),
        ]
        indexes = [models.Index(fields=["period", "state"])]

    def __str__(self):
        owner = self.team or getattr(self.place, "full_name", None) or self.place
        return _("report of {owner}, {period}").format(owner=owner, period=self.period)

    def get_absolute_url(self):
        return reverse("reports:report", args=[self.pk])

    @property
    def is_on_time(self) -> bool | None:
        """None while not sent, or when nothing is due."""
        return is_on_time(self.first_made_at, self.due_at)

    @property
    def is_missing(self) -> bool:
        """Due, past its moment, never sent."""
        return bool(self.due_at and self.sent_id is None and timezone.now() > self.due_at)


class ReportVersion(models.Model):
    """What was (or, while `sent_at` is empty, is about to be) said.

    `figures` maps a measure code to {"value": int | "none", "computed": int | "none",
    "reason": str, "from": [index into records]}; a code that is absent was not reported.
    """

    class Origin(models.TextChoices):
        OWN = "own", _("By the team or unit itself")
        ON_BEHALF = "on_behalf", _("Reported on behalf")
        IMPORTED = "imported", _("Imported from an old report")

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.OWN)
    figures = DocumentField(default=dict)
    records = DocumentField(default=list)  # [[room, record id, version number], …]
    snapshot = DocumentField(default=dict)  # a unit's report: totals and children as confirmed
    nothing_happened = models.BooleanField(default=False)  # "tháng này không phát sinh"
    narrative = models.TextField(_("results in words"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    next_month = models.TextField(_("next month"), blank=True)
    warnings = DocumentField(default=list)  # [{"check", "measure", "message", "reason"}]
    changed = DocumentField(default=dict)  # {code: [before, after]} against the version before
    made_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)  # received by the server
    sent_by = models.ForeignKey(  # of a draft: who wrote last
        "people.User", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_version_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(sent_at=None), name="reports_one_draft_at_a_time"
            ),
        ]

    @property
    def has_waited(self) -> bool:
        """Whether it was made a while before it arrived: on a phone without a network."""
        return bool(self.made_at and self.sent_at and self.sent_at - self.made_at > WAITED)


class ReportedDifficulty(models.Model):
    version = models.ForeignKey(ReportVersion, models.CASCADE, related_name="difficulties")
    category = models.ForeignKey("programme.DifficultyCategory", models.PROTECT)
    text = models.CharField(_("difficulty"), max_length=500)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]


class FigureReturn(models.Model):
    """A reviewer's note on one figure; open until a resent version settles it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="returns")
    measure = models.ForeignKey("programme.Measure", models.PROTECT)
    note = models.CharField(_("note"), max_length=500)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    passed_from = models.ForeignKey(  # the commune passed a district's return on to a team
        "self", models.CASCADE, null=True, related_name="passed_to"
    )
    settled_by = models.ForeignKey(
        ReportVersion, models.SET_NULL, null=True, related_name="settles"
    )

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "measure"],
                condition=Q(settled_by=None),
                name="reports_one_open_return_per_figure",
            )
        ]


class Extension(models.Model):
    """A later due moment for one team or unit, with the reason."""

    period = models.ForeignKey("programme.Period", models.CASCADE)
    team = models.ForeignKey(Team, models.CASCADE, null=True)
    place = models.ForeignKey("places.Place", models.CASCADE, null=True)
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")


class ReportAnswer(models.Model):
    """What the level above says to a unit's report (UBND tỉnh / Ban Chỉ đạo to Sở)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"))
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
