"""What hurts: every origin of a difficulty, and the case that is owned, answered, climbs."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team

SHORT = 80  # characters of a text in a list or a sentence
VIEW = "difficulties.view"


class CaseQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Case.State.OPEN)

    def standing(self):
        """Neither put into another nor taken back."""
        return self.filter(state__in=[Case.State.OPEN, Case.State.ANSWERED])

    def overdue(self, now):
        """Open past their moment, those before the top's leaders too."""
        return self.open().filter(due_at__lte=now)

    def climbable(self):
        """Open, and not yet before the leaders of the top, above whom there is nobody."""
        return self.open().filter(with_leaders=False)

    def visible_to(self, user):
        """Owned or raised within reach; a team sees what its own raising became."""
        if authority.sees_everything(user, VIEW):
            return self
        mine = Raising.objects.visible_to(user)
        found = Q(pk__in=mine.values("case")) | Q(pk__in=mine.values("first_case"))
        if roots := authority.roots(user, VIEW):
            found |= Q(owner__in=_reached(user, roots))
        return self.filter(found)

    def listed(self):
        """With what a line of a list shows."""
        return self.select_related("category", "owner__level", "team", "assignee__person")


def _reached(user, roots):
    return authority.reach(user, permission=VIEW).order_by().values("pk")


class Case(models.Model):
    """A difficulty as it is owned and answered: by one place, until one moment."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ANSWERED = "answered", _("answered")
        JOINED = "joined", _("put together with another")
        WITHDRAWN = "withdrawn", _("taken back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    category = models.ForeignKey(
        "programme.DifficultyCategory", models.PROTECT, verbose_name=_("kind of difficulty")
    )
    text = models.CharField(_("what is difficult"), max_length=500)
    search_key = models.TextField(blank=True)  # kit.text.fold of all its origins
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="difficulties", verbose_name=_("where it was raised")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    # Nothing stays without an owner: a place, never a person, and never nobody.
    owner = models.ForeignKey(
        Place, models.PROTECT, related_name="+", verbose_name=_("unit that answers")
    )
    with_leaders = models.BooleanField(default=False)  # at the top: past its office
    assignee = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(_("raised"))
    since_at = models.DateTimeField()  # when it came to its owner
    due_at = models.DateTimeField(_("answer by"))
    climbs = models.PositiveSmallIntegerField(_("times it climbed"), default=0)
    origins = models.PositiveIntegerField(_("from how many places"), default=1)
    into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined_cases"
    )
    answer = models.TextField(_("answer"), blank=True)
    answer_link = models.URLField(_("page that helps"), blank=True)
    answer_document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_for = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["owner", "state", "due_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="joined", into__isnull=False)
                | (~Q(state="joined") & Q(into=None)),
                name="difficulties_joined_into_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered")
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_for__isnull=False)),
                name="difficulties_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("since_at")), name="difficulties_due_after_it_came"
            ),
        ]

    def __str__(self):
        return self.text if len(self.text) <= SHORT else f"{self.text[: SHORT - 1].rstrip()}…"

    def get_absolute_url(self):
        return reverse("difficulties:case", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class RaisingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of the own teams, and of places within reach."""
        if authority.sees_everything(user, VIEW):
            return self
        found = Q(team__in=authority.team_ids(user, VIEW))
        if roots := authority.roots(user, VIEW):
            found |= Q(place__in=_reached(user, roots))
        return self.filter(found)


class Raising(models.Model):
    """One origin of a difficulty: who raised it where, in which words, and whether it helped."""

    class Source(models.TextChoices):
        ALONE = "alone", _("raised by itself")
        LOG = "log", _("raised with an activity")
        REPORT = "report", _("raised in a monthly report")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="raisings")
    first_case = models.ForeignKey(Case, models.PROTECT, related_name="first_raisings")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    category = models.ForeignKey("programme.DifficultyCategory", models.PROTECT)
    text = models.CharField(_("what is difficult"), max_length=500)
    photo = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ALONE)
    source_id = models.CharField(max_length=40, blank=True)  # of the activity or the report
    raised_on = models.DateField()  # the day it counts on
    raised_at = models.DateTimeField()  # by the corrected clock of the device
    recorded_at = models.DateTimeField()
    raised_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    helped = models.BooleanField(null=True, blank=True)
    helped_note = models.CharField(_("what is still missing"), max_length=300, blank=True)
    helped_at = models.DateTimeField(null=True, blank=True)
    helped_by = models.ForeignKey(
        "people.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = RaisingQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at"]
        indexes = [
            models.Index(fields=["team", "raised_on"]),
            models.Index(fields=["source", "source_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(helped__isnull=True) | Q(helped_at__isnull=False),
                name="difficulties_helped_at_some_time",
            ),
        ]

    def __str__(self):
        return self.text


class TurnQuerySet(models.QuerySet):
    def due_between(self, first_day, last_day):
        """Whose moment came in these days, unless it went on before that by hand."""
        gone = [Turn.End.PASSED, Turn.End.JOINED, Turn.End.WITHDRAWN]
        rows = self.filter(due_on__gte=first_day, due_on__lte=last_day)
        return rows.exclude(ended__in=gone, until_at__lte=F("due_at"))


class Turn(models.Model):
    """One stay of a case with one owner, with its own moment to answer by; never changed later."""

    class End(models.TextChoices):
        RUNNING = "", _("waiting")
        ANSWERED = "answered", _("answered in time")
        LATE = "late", _("answered late")
        CLIMBED = "climbed", _("climbed unanswered")
        PASSED = "passed", _("passed on")
        JOINED = "joined", _("put together with another")
        WITHDRAWN = "withdrawn", _("taken back")

    case = models.ForeignKey(Case, models.CASCADE, related_name="turns")
    owner = models.ForeignKey(Place, models.PROTECT, related_name="+")
    with_leaders = models.BooleanField(default=False)
    since_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_on = models.DateField()  # the same day, in Vietnam
    until_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, choices=End.choices, default="", blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["since_at", "pk"]
        indexes = [models.Index(fields=["due_on"]), models.Index(fields=["since_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until_at=None), name="difficulties_one_turn_runs"
            ),
            models.CheckConstraint(
                condition=Q(until_at=None, ended="") | (Q(until_at__isnull=False) & ~Q(ended="")),
                name="difficulties_a_turn_ends_somehow",
            ),
        ]


class Step(models.Model):
    """What happened to a case, for its timeline, and for taking a joining back."""

    class What(models.TextChoices):
        RAISED = "raised", _("Raised")
        CLIMBED = "climbed", _("Climbed: no answer in time")
        PASSED = "passed", _("Passed on")
        MOVED = "moved", _("Passed on with the unit")
        ASSIGNED = "assigned", _("Given to somebody")
        JOINED = "joined", _("Another was put together with it")
        PARTED = "parted", _("Set apart again")
        SORTED = "sorted", _("Sorted anew")
        ANSWERED = "answered", _("Answered")
        HELPED = "helped", _("It helped")
        REOPENED = "reopened", _("Opened again: it did not help")
        WITHDRAWN = "withdrawn", _("Taken back")

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Place, models.PROTECT, related_name="+")  # afterwards
    with_leaders = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    details = DocumentField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["what", "at"])]
