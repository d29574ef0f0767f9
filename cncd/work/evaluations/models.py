"""Evaluation of teams (IV.3): criteria and weights as rows, three scorings, one decision."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team


class Rules(Dated):
    """A set of criteria, weights and classes for teams of a level; a round keeps the one it opened
    with.

    Drafted first; in force from a day once the weights add up to 100.
    """

    level = models.ForeignKey("places.Level", models.PROTECT, verbose_name=_("level of the teams"))
    name = models.CharField(_("name"), max_length=160)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    far = models.PositiveSmallIntegerField(_("marks apart that need a reason"), default=2)
    in_force = models.BooleanField(default=False)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["level", "-since_on", "-pk"]
        verbose_name_plural = "rules"

    def __str__(self):
        return self.name


class Criterion(models.Model):
    """What is marked from 0 to 10, how much it weighs, and which figures stand beside it."""

    rules = models.ForeignKey(Rules, models.CASCADE, related_name="criteria")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("criterion"), max_length=200)
    guide = models.CharField(_("how to mark"), max_length=500, blank=True)
    clause = models.CharField(_("clause of the plan"), max_length=60, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight, percent"))
    evidence = DocumentField(default=list)  # codes a provider of EVALUATION_EVIDENCE knows
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "criteria"
        unique_together = [("rules", "code")]

    def __str__(self):
        return self.name


class Grade(models.Model):
    """A class of results: from so many points on."""

    rules = models.ForeignKey(Rules, models.CASCADE, related_name="grades")
    name = models.CharField(_("class"), max_length=60)  # "Hoàn thành tốt"
    least = models.DecimalField(_("from (points)"), max_digits=4, decimal_places=1)

    class Meta:
        ordering = ["-least"]
        unique_together = [("rules", "least")]

    def __str__(self):
        return self.name


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Opened by a unit in reach, and those in which one sees a team."""
        if authority.sees_everything(user, "evaluations.view"):
            return self
        seen = Evaluation.objects.visible_to(user).values("round")
        own = authority.reach(user, permission="evaluations.decide")
        return self.filter(Q(pk__in=seen) | Q(place__in=own))


class Round(models.Model):
    """A district (or a province of two levels) evaluates its teams for some months."""

    class Kind(models.TextChoices):
        QUARTER = "quarter", _("Quarter")
        HALF = "half", _("Half-year")
        YEAR = "year", _("Year")
        PILOT = "pilot", _("Pilot")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="evaluation_rounds")
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("for"), max_length=10, choices=Kind.choices)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    rules = models.ForeignKey(Rules, models.PROTECT, related_name="rounds")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)
    self_due_on = models.DateField(_("teams score by"))
    score_due_on = models.DateField(_("communes score by"))
    decide_due_on = models.DateField(_("decided by"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-last_day", "-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="evaluations_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(score_due_on__gte=models.F("self_due_on"))
                & Q(decide_due_on__gte=models.F("score_due_on")),
                name="evaluations_steps_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    def due_on(self, step: str):
        """The last day of a step."""
        return {
            Step.SELF: self.self_due_on,
            Step.COMMUNE: self.score_due_on,
            Step.DECIDE: self.decide_due_on,
        }[step]


class Step(models.TextChoices):
    SELF = "self", _("The team scores itself")
    COMMUNE = "commune", _("The commune scores")
    DECIDE = "decide", _("The unit above decides")


class EvaluationQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(round__withdrawn_at=None)

    def visible_to(self, user):
        """Of teams in one's sight."""
        return self.filter(team__in=Team.objects.visible_to(user, "evaluations.view"))

    def undecided(self):
        return self.standing().filter(decided_at=None)


class Evaluation(models.Model):
    """One team in one round: which step it is at, what each step came to."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="evaluations")
    team = models.ForeignKey(Team, models.PROTECT, related_name="evaluations")
    self_at = models.DateTimeField(null=True, blank=True)
    self_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    self_total = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    commune_at = models.DateTimeField(null=True, blank=True)
    commune_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    commune_total = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_total = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    grade = models.ForeignKey(Grade, models.PROTECT, null=True, related_name="+")
    returned_note = models.CharField(max_length=300, blank=True)  # until the step is sent again
    version = models.PositiveIntegerField(default=1)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["team__sort_key"]
        unique_together = [("round", "team")]

    def __str__(self):
        return f"{self.team}, {self.round}"


class Score(models.Model):
    """A mark from 0 to 10 for a criterion, given at one step; none where it does not apply."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    step = models.CharField(max_length=10, choices=Step.choices)
    mark = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    is_na = models.BooleanField(_("does not apply"), default=False)
    note = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["criterion__order", "pk"]
        unique_together = [("evaluation", "criterion", "step")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__gte=0, mark__lte=10), name="evaluations_mark_0_10"
            ),
            models.CheckConstraint(
                condition=Q(mark=None) | Q(is_na=False), name="evaluations_mark_or_none"
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.mark}"


class Decision(models.Model):
    """What was decided, frozen whole: marks of all steps, evidence, total and class."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    content = DocumentField()
    total = models.DecimalField(max_digits=4, decimal_places=1)
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    reopened_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        unique_together = [("evaluation", "number")]

    def __str__(self):
        return f"{self.evaluation}: {self.total}"
