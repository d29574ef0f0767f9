"""Recognition (IV.3): proposals, decisions, the register of commendations, signs to ask about."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Coded
from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Team


class Form(Coded):
    """A form of commendation: praise, certificate of merit…; rows with dates."""

    for_teams = models.BooleanField(_("for teams"), default=True)
    for_people = models.BooleanField(_("for members"), default=True)


class ProposalQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of units in reach, and those sent to one's own unit; drafts only to their own unit."""
        if authority.sees_everything(user, "rewards.view"):
            return self
        reach = authority.reach(user, permission="rewards.view")
        mine = Q(decider__in=authority.roots(user, "rewards.view"))
        own = Q(place__in=authority.roots(user, "rewards.view"))
        return self.filter(
            own | Q(place__in=reach, sent_at__isnull=False) | mine & ~Q(sent_at=None)
        )

    def waiting(self):
        """Sent, and some of those named not decided yet."""
        undecided = Candidate.objects.filter(verdict="").values("proposal")
        return self.standing().exclude(sent_at=None).filter(pk__in=undecided)


class Proposal(models.Model):
    """A unit proposes teams and members to be commended, by itself or by a unit above it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="reward_proposals")
    decider = models.ForeignKey(Place, models.PROTECT, related_name="reward_proposals_to_decide")
    title = models.CharField(_("title"), max_length=200)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    note = models.TextField(_("note"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(  # the decision, once it has a number
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="rewards_days_in_order"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("rewards:proposal", args=[self.pk])


class Candidate(models.Model):
    """A team, or a member of one, in a proposal: why, what speaks for it, what was decided."""

    class Verdict(models.TextChoices):
        GRANTED = "granted", _("Commended")
        REFUSED = "refused", _("Not this time")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="candidates")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="reward_candidates"
    )
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    basis = DocumentField(default=dict)  # the evidence as it stood when the proposal was sent
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verdict_reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person__sort_key", "team__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "team"],
                condition=Q(person=None),
                name="rewards_team_once_in_a_proposal",
            ),
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(person__isnull=False),
                name="rewards_person_once_in_a_proposal",
            ),
        ]

    def __str__(self):
        return str(self.person or self.team)


class CommendationQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of teams in one's sight, members' names with them; one's own always."""
        if authority.sees_everything(user, "rewards.view"):
            return self
        teams = Team.objects.visible_to(user, "rewards.view")
        return self.filter(Q(team__in=teams) | Q(person=user.person_id))


class Commendation(models.Model):
    """A team or a member named in a decision: counted once, by the unit that decided (TC20)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="commendations")
    team = models.ForeignKey(Team, models.PROTECT, related_name="commendations")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="commendations"
    )
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    given_on = models.DateField(_("date of the decision"))
    reason = models.CharField(_("for what"), max_length=500)
    candidate = models.OneToOneField(
        Candidate, models.PROTECT, null=True, blank=True, related_name="commendation"
    )
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = CommendationQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "pk"]
        indexes = [models.Index(fields=["place", "given_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "team"],
                condition=Q(person=None, withdrawn_at=None),
                name="rewards_team_once_in_a_decision",
            ),
            models.UniqueConstraint(
                fields=["document", "person"],
                condition=Q(person__isnull=False, withdrawn_at=None),
                name="rewards_person_once_in_a_decision",
            ),
        ]

    def __str__(self):
        return f"{self.form} · {self.team}"  # no name: the journal keeps it

    def get_absolute_url(self):
        return reverse("rewards:commendation", args=[self.pk])


class SignQuerySet(models.QuerySet):
    def standing(self):
        """Whose figures still say so, and which no officer found to be asked in vain."""
        return self.filter(gone_at=None).exclude(verdict=Sign.Verdict.CLEARED)

    def open(self):
        return self.standing().filter(verdict="")

    def visible_to(self, user):
        """To who settles questions above the team, and to its own leaders: to nobody else."""
        above = Team.objects.visible_to(user, "rewards.check")
        own = authority.team_ids(user, "rewards.view")
        return self.filter(Q(team__in=above) | Q(team__in=own))


class Sign(models.Model):
    """Something in a team's month that is often seen where counts were padded: a question, no more.

    It changes no figure and no score. The team may answer; an officer says what it was.
    """

    class Kind(models.TextChoices):
        LAST_MONTH = "last_month", _("Same figures as the month before")
        NEIGHBOUR = "neighbour", _("Same figures as another team")
        LAST_EVENING = "last_evening", _("Entered in one go at the end")
        HOUSEHOLDS = "households", _("More households than the hamlet has")
        PEOPLE = "people", _("More people in a day than the hours allow")
        ROUND = "round", _("Round numbers only")
        SAME_NUMBER = "same_number", _("The same number again and again")

    class Verdict(models.TextChoices):
        EXPLAINED = "explained", _("Explained")
        CLEARED = "cleared", _("Asked in vain")
        INSPECT = "inspect", _("To be inspected")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="signs")
    period = models.ForeignKey("programme.Period", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    behind = DocumentField(default=dict)  # the numbers that gave it, and the thresholds of the day
    other = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")  # NEIGHBOUR
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)  # the figures were put right
    answer = models.CharField(_("answer of the team"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verdict_reason = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    objects = SignQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "pk"]
        indexes = [models.Index(fields=["period", "team"])]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "period", "kind"], name="rewards_sign_once_a_month"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return reverse("rewards:sign", args=[self.pk])


class Looked(models.Model):
    """Which version of a report was looked at for signs, so that each is looked at once."""

    version = models.OneToOneField("reports.ReportVersion", models.CASCADE, related_name="+")
    at = models.DateTimeField()
