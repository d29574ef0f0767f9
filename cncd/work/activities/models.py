"""What was done: one row per activity, with every version kept."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.team.teams.models import Team


class ActivityQuerySet(models.QuerySet):
    def standing(self):
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def between(self, first_day, last_day):
        """Happened within the days, both included."""
        return self.filter(happened_on__gte=first_day, happened_on__lte=last_day)

    def naming_households(self):
        """Those that name a household by its code."""
        return self.filter(pk__in=Activity.visited.through.objects.values("activity"))

    def visible_to(self, user):
        """Of the teams in reach, and those they joined in ("phối hợp")."""
        if authority.sees_everything(user, "activities.view"):
            return self
        teams = Team.objects.visible_to(user, "activities.view")
        return self.of_teams(teams)

    def of_teams(self, teams):
        """Owned by one of the teams, or joined in by one."""
        joined = Activity.joint_teams.through.objects.filter(team__in=teams)
        return self.filter(Q(team__in=teams) | Q(pk__in=joined.values("activity")))

    def listed(self):
        """With what a line of a list shows."""
        return self.select_related("kind", "team", "recorded_by__person").prefetch_related(
            "contents__content", "joint_teams"
        )


class Activity(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="activities")
    kind = models.ForeignKey("programme.ActivityKind", models.PROTECT, verbose_name=_("kind"))
    happened_on = models.DateField(_("date"), db_index=True)
    ended_on = models.DateField(null=True, blank=True)  # a summary log: last day of its range
    is_summary = models.BooleanField(default=False)  # "tổng hợp tháng", flagged "ước tính"
    people = models.PositiveIntegerField(_("people"), default=0)
    elderly = models.PositiveIntegerField(_("people aged 60 and over"), default=0)
    households = models.PositiveIntegerField(_("households reached"), default=0)
    # Those of them that were named by their code in the list of the hamlet.
    visited = models.ManyToManyField("households.Household", blank=True, related_name="activities")
    times = models.PositiveIntegerField(default=1)  # a summary log stands for this many activities
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("hamlet"))
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    co_organisers = models.CharField(_("together with"), max_length=300, blank=True)
    joint_teams = models.ManyToManyField(Team, blank=True, related_name="joint_activities")
    participants = models.ManyToManyField("people.Person", blank=True, related_name="activities")
    note = models.TextField(_("note"), blank=True)
    search_key = models.TextField(blank=True)  # kit.text.fold of venue, co-organisers and note
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()  # by the corrected clock of the device
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)  # "nhập thay" by the commune
    sheet_code = models.CharField(max_length=10, blank=True)  # of the paper it was read from
    sheet_line = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-recorded_at"]
        indexes = [models.Index(fields=["team", "happened_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(elderly__lte=models.F("people")),
                name="activities_elderly_within_people",
            ),
            models.CheckConstraint(
                condition=Q(is_summary=False, ended_on=None)
                | Q(is_summary=True, ended_on__gte=models.F("happened_on")),
                name="activities_summary_has_a_range",
            ),
            models.CheckConstraint(
                condition=Q(sheet_code="", sheet_line=None)
                | ~Q(sheet_code="") & ~Q(sheet_line=None),
                name="activities_line_of_a_sheet",
            ),
            models.UniqueConstraint(
                fields=["sheet_code", "sheet_line"],
                condition=~Q(sheet_code=""),
                name="activities_sheet_line_once",
            ),
        ]

    def __str__(self):
        return f"{self.kind.short_name} {self.days}"

    @property
    def contents_in_words(self) -> str:
        """Contents with their counts, the largest first: "VNeID 4, Zalo 2"."""
        rows = sorted(self.contents.all(), key=lambda row: (-row.count, row.content.order))
        return ", ".join(f"{row.content.short_name} {row.count}" for row in rows)

    @property
    def days(self) -> str:
        """The day, "22/11/2026", or the range of a summary, "01/11–22/11/2026"."""
        if self.ended_on:
            return f"{self.happened_on:%d/%m}–{self.ended_on:%d/%m/%Y}"
        return f"{self.happened_on:%d/%m/%Y}"


class ActivityContent(models.Model):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="contents")
    content = models.ForeignKey("programme.Content", models.PROTECT)
    count = models.PositiveIntegerField()

    class Meta:
        unique_together = [("activity", "content")]


class ActivityLanguage(models.Model):
    """People helped in a language other than Vietnamese."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="languages")
    language = models.ForeignKey("programme.Language", models.PROTECT)
    people = models.PositiveIntegerField()

    class Meta:
        unique_together = [("activity", "language")]


class ActivityPhoto(models.Model):
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photos")
    file = models.ForeignKey("files.StoredFile", models.PROTECT)


class ActivityVersion(models.Model):
    """The content of an activity as it stood; reports freeze (activity, number)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = DocumentField()  # the fields above, codes instead of ids
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        unique_together = [("activity", "number")]
