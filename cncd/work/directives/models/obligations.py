"""What one unit, agency or team owes: one row per ask and bearer."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people import authority
from cncd.foundation.people.permissions import ENTERPRISE
from cncd.team.teams.models import Team
from cncd.work.directives.models.directives import Ask, Directive, places_seen


class ObligationQuerySet(models.QuerySet):
    def standing(self):
        """Of directives that were not withdrawn."""
        return self.exclude(directive__state=Directive.State.WITHDRAWN)

    def open(self):
        """Still to be done: in force, neither done nor exempt nor passed on."""
        return self.filter(directive__state=Directive.State.ISSUED, status__in=OPEN)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)

    def in_time(self):
        return self.filter(status=Obligation.Status.DONE, done_on__lte=F("due_on"))

    def late(self):
        """Done after the due day."""
        return self.filter(status=Obligation.Status.DONE, done_on__gt=F("due_on"))

    def of(self, user, permission: str = "directives.view"):
        """Borne by a unit, an agency or a team of the person's own: not by what is below it."""
        held = authority.permitted(user, permission)
        places = {g.place_id for g in held if g.place_id and g.role != ENTERPRISE}
        own = Q(agency__in=authority.own_agencies(user))
        teams = authority.team_ids(user, permission)
        return self.filter(Q(place__in=places, agency=None) | own | Q(team__in=teams))

    def answerable_by(self, user):
        """Those in whose name the person may acknowledge and answer."""
        return self.of(user, "directives.answer")

    def visible_to(self, user):
        """Given at a place in reach, or borne there, or by one's own team or agency."""
        if authority.sees_everything(user, "directives.view"):
            return self
        places = places_seen(user).values("pk")
        teams = Team.objects.visible_to(user, "directives.view").values("pk")
        found = (
            Q(directive__place__in=places)
            | Q(place__in=places)
            | Q(agency__in=authority.own_agencies(user))
        )
        held = authority.permitted(user, "directives.view")
        if any(grant.role != ENTERPRISE for grant in held):
            found |= Q(team__in=teams)
        return self.filter(found)

    def listed(self):
        """With what a line of a list shows."""
        return self.select_related(
            "ask__content", "directive__document", "place__level", "agency", "team", "above"
        )


class Obligation(models.Model):
    """Việc được giao: one ask, borne by a unit (place), an agency of it, or a team.

    `status`, `progress`, `needed` and `done_on` are derived (actions.deriving) and can be rebuilt;
    late and overdue are computed from `done_on`, `due_on` and the day.
    """

    class Status(models.TextChoices):
        GIVEN = "given", _("Not yet acknowledged")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        WORKING = "working", _("Working on it")
        WAITING = "waiting", _("Waits to be checked")
        DONE = "done", _("Done")
        EXEMPT = "exempt", _("Exempt")
        PASSED = "passed", _("Handed on")

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="obligations")
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="obligations")
    place = models.ForeignKey(  # a unit, or where the agency is
        "places.Place", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    team = models.ForeignKey(
        "teams.Team", models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    above = models.ForeignKey(  # of a team: what its unit owes for the same ask
        "self", models.SET_NULL, null=True, blank=True, related_name="below"
    )
    watches = models.CharField(max_length=10, blank=True)  # evidence followed; "" : those below
    given_at = models.DateTimeField()
    given_on = models.DateField()
    due_on = models.DateField(_("to be done by"))  # with extensions
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    exempted_at = models.DateTimeField(null=True, blank=True)
    exempted_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    exempt_reason = models.CharField(_("reason"), max_length=300, blank=True)
    passed_on = models.DateField(null=True, blank=True)  # the day it went to the heirs
    heirs = models.ManyToManyField("self", symmetrical=False, related_name="forebears", blank=True)
    # Derived.
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.GIVEN)
    progress = models.PositiveIntegerField(default=0)
    needed = models.PositiveIntegerField(default=1)
    done_on = models.DateField(null=True, blank=True)  # the day on which the evidence was complete

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["team", "status"]),
            models.Index(fields=["place", "status"]),
            models.Index(fields=["directive", "status"]),
            models.Index(fields=["watches", "team"]),
            models.Index(fields=["watches", "place"]),
            models.Index(fields=["status", "due_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(place=None) ^ Q(team=None), name="directives_borne_by_unit_or_team"
            ),
            models.CheckConstraint(
                condition=Q(agency=None) | ~Q(place=None), name="directives_agency_has_a_place"
            ),
            models.UniqueConstraint(
                fields=["ask", "team"], condition=~Q(team=None), name="directives_team_asked_once"
            ),
            models.UniqueConstraint(
                fields=["ask", "place"],
                condition=~Q(place=None) & Q(agency=None),
                name="directives_unit_asked_once",
            ),
            models.UniqueConstraint(
                fields=["ask", "agency"],
                condition=~Q(agency=None),
                name="directives_agency_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(status="done") ^ Q(done_on=None), name="directives_done_on_a_day"
            ),
        ]

    def __str__(self):
        return self.ask.text

    def get_absolute_url(self):
        return reverse("directives:obligation", args=[self.pk])

    @property
    def bearer(self):
        """The team, agency or place that owes it."""
        return self.team or self.agency or self.place

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_late(self) -> bool:
        """Done, but after the due day."""
        return self.done_on is not None and self.done_on > self.due_on

    def is_overdue(self, today) -> bool:
        return self.is_open and self.due_on < today


OPEN = (
    Obligation.Status.GIVEN,
    Obligation.Status.ACKNOWLEDGED,
    Obligation.Status.WORKING,
    Obligation.Status.WAITING,
)


class Pending(models.Model):
    """An obligation whose derived columns are to be made over: noted while entries are gathered."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="+")
