"""A directive, in writing or by word of mouth, and the things it asks for."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people import authority
from cncd.foundation.people.permissions import ENTERPRISE
from cncd.foundation.places.models import Place


class DirectiveQuerySet(models.QuerySet):
    def issued(self):
        """In force or closed: what was given and not taken back."""
        return self.filter(state__in=[Directive.State.ISSUED, Directive.State.CLOSED])

    def in_force(self):
        return self.filter(state=Directive.State.ISSUED)

    def given_by(self, user):
        """Of the places (and, for a department or a union, the agency) the person gives for."""
        places = authority.roots(user, "directives.give")
        own = Q(agency=None) | Q(agency__in=authority.own_agencies(user))
        return self.filter(own, place__in=places)

    def asking(self, user):
        """Those that ask something of a unit, an agency or a team of the person's own."""
        from cncd.work.directives.models.obligations import Obligation

        return self.filter(pk__in=Obligation.objects.of(user).values("directive"))

    def visible_to(self, user):
        """Given at a place in reach, or asking something the person sees; drafts: their writers."""
        from cncd.work.directives.models.obligations import Obligation

        if authority.sees_everything(user, "directives.view"):
            return self
        asked = Obligation.objects.visible_to(user).values("directive")
        seen = Q(place__in=places_seen(user)) | Q(pk__in=asked)
        drafts = Q(pk__in=self.model.objects.given_by(user).values("pk"))
        return self.filter(drafts | (seen & ~Q(state=Directive.State.DRAFT)))


def places_seen(user):
    """Places over which the person sees all that is asked: an enterprise sees its own only."""
    held = authority.permitted(user, "directives.view")
    roots = {grant.place_id for grant in held if grant.place_id and grant.role != ENTERPRISE}
    return Place.objects.reached_from(roots, timezone.localdate())


class Directive(models.Model):
    """Chỉ đạo: one giver, an audience, one or more asks. Issuing it makes the obligations."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ISSUED = "issued", _("Being carried out")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Audience(models.TextChoices):
        LEVEL = "level", _("All units of a level below us")
        UNITS = "units", _("Units chosen by name")
        BRANCH = "branch", _("Agencies of a line of work")
        TEAMS = "teams", _("Teams: all below us, or chosen by name")

    place = models.ForeignKey(  # whose directive it is
        "places.Place", models.PROTECT, related_name="directives", verbose_name=_("given by")
    )
    agency = models.ForeignKey(  # a department or a union; None: the unit's own office
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="directives"
    )
    title = models.CharField(_("what it is about"), max_length=200)
    text = models.TextField(_("content"), blank=True)
    clause = models.CharField(_("clause of the plan"), max_length=60, blank=True)
    # In writing (fields of Nghị định 30/2020, Phụ lục VI), or said by somebody on a day.
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="directives"
    )
    said_by = models.CharField(_("said by"), max_length=120, blank=True)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    audience = models.CharField(_("goes to"), max_length=10, choices=Audience.choices)
    level = models.ForeignKey("places.Level", models.PROTECT, null=True, blank=True)
    branch = models.ForeignKey("people.Branch", models.PROTECT, null=True, blank=True)
    units = models.ManyToManyField("places.Place", blank=True, related_name="directives_named")
    teams = models.ManyToManyField("teams.Team", blank=True, related_name="directives_named")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)  # the day of `issued_at` here
    issued_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)  # closed or withdrawn
    ended_on = models.DateField(null=True, blank=True)  # evidence of later days does not count
    ended_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    end_reason = models.CharField(_("reason"), max_length=300, blank=True)
    edition = models.PositiveIntegerField(default=1)  # guards stale pages while it is a draft
    search_key = models.CharField(max_length=600, blank=True)  # fold of title, text, document

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-made_at"]
        indexes = [models.Index(fields=["place", "state"]), models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(document=None) ^ Q(said_on=None),
                name="directives_written_or_said",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", issued_at=None) | ~Q(state="draft") & ~Q(issued_at=None),
                name="directives_issued_unless_draft",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("directives:directive", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.ISSUED


class Ask(models.Model):
    """One thing a directive asks for: what, by when, and the evidence that shows it is done.

    Evidence → what it needs:
    TEAMS       `amount` teams in force in the unit; no amount: every hamlet has a team.
    REPORT      the report of `period` accepted (a team's own, a unit's consolidated one).
    ACTIVITIES  `amount` activities, people or count of `content` (any when empty), of `kind`
                (any when empty), that happened from `since_on` on.
    ANSWER      a text (with a file when `needs_file`) that the giver's side checked and accepted.
    With `of_teams` each team below a unit is asked; the unit's part is done when all theirs is.
    """

    class Evidence(models.TextChoices):
        ANSWER = "answer", _("An answer that we check")
        ACTIVITIES = "activities", _("Activities in the log")
        REPORT = "report", _("A monthly report, accepted")
        TEAMS = "teams", _("Teams formed by decision")

    class Measure(models.TextChoices):
        RECORDS = "records", _("activities")
        PEOPLE = "people", _("people helped")
        COUNT = "count", _("times of the content")

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="asks")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("what is asked"), max_length=500)
    due_on = models.DateField(_("to be done by"))  # the last day on which it is in time
    of_teams = models.BooleanField(_("each team below does it"), default=False)
    evidence = models.CharField(_("evidence"), max_length=10, choices=Evidence.choices)
    amount = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    measure = models.CharField(max_length=10, choices=Measure.choices, default=Measure.RECORDS)
    content = models.ForeignKey("programme.Content", models.PROTECT, null=True, blank=True)
    kind = models.ForeignKey("programme.ActivityKind", models.PROTECT, null=True, blank=True)
    period = models.ForeignKey("programme.Period", models.PROTECT, null=True, blank=True)
    needs_file = models.BooleanField(_("a file is required"), default=False)
    since_on = models.DateField(null=True, blank=True)  # set when issued, unless chosen before

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=1), name="directives_ask_for_something"
            ),
            models.CheckConstraint(
                condition=~Q(evidence="activities") | ~Q(amount=None),
                name="directives_activities_have_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="report") | ~Q(period=None),
                name="directives_report_has_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="teams") | Q(of_teams=False),
                name="directives_teams_are_formed_by_units",
            ),
        ]

    def __str__(self):
        return self.text
