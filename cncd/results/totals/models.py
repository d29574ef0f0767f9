"""What it adds up to. Derived: both tables can be dropped and rebuilt (`cncd totals rebuild`)."""

from django.db import models

from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.team.teams.models import Team


class TeamTotalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team__in=Team.objects.visible_to(user, "totals.view"))


class TeamTotal(models.Model):
    """A team's figures of a period: of its counting version, or provisional from its logs.

    `figures`: {measure code: int | "none"}; a code that is absent was not reported.
    `registry`: figures known without any report (the team exists, has members, was on time).
    """

    class Standing(models.TextChoices):
        PROVISIONAL = "provisional"
        SENT = "sent"
        ACCEPTED = "accepted"

    team = models.ForeignKey(Team, models.CASCADE, related_name="totals")
    period = models.ForeignKey("programme.Period", models.CASCADE)
    place = models.ForeignKey("places.Place", models.CASCADE, null=True)  # its commune at the end
    standing = models.CharField(max_length=12, choices=Standing.choices)
    figures = DocumentField(default=dict)
    registry = DocumentField(default=dict)
    editing = DocumentField(default=list)  # codes of returned figures, "đang sửa"
    state = models.CharField(max_length=10, blank=True)  # of the report; "" when there is none sent
    is_due = models.BooleanField(default=False)
    is_on_time = models.BooleanField(null=True)

    objects = TeamTotalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "team"], name="totals_team_once")]
        indexes = [models.Index(fields=["period", "place"])]


class Recount(models.Model):
    """A note that records changed, and the totals have not yet been made over.

    Of logs: the team and the days. Of a register: the room, the places, the first day. Written in
    the record's own transaction, so that no end of a process can lose it; one row for each change,
    so that nobody waits for another's.
    """

    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    days = DocumentField(default=list)  # ISO days
    room = models.CharField(max_length=30, default="activities")
    places = DocumentField(default=list)  # ids
    since_on = models.DateField(null=True)  # None: from the beginning
    at = models.DateTimeField()  # of the change


class PlaceTotalQuerySet(models.QuerySet):
    def visible_to(self, user):
        if authority.sees_everything(user, "totals.view"):
            return self
        return self.filter(place__in=authority.reach(user, permission="totals.view"))


class PlaceTotal(models.Model):
    """A place's figures of a period, summed over the teams and places below and its own entries.

    `figures`: {measure code: [accepted, sent, provisional, stated, none]}: three sums over what is
    accepted, sent but not accepted, and still provisional; then how many reporters stated a
    number, and how many said "không phát sinh". `own` is the part this level entered itself, in
    the same shape. `counts`: {"teams", "due", "on_time", "late", "waiting", "returned",
    "accepted"} of the teams below.
    """

    place = models.ForeignKey("places.Place", models.CASCADE, related_name="totals")
    period = models.ForeignKey("programme.Period", models.CASCADE)
    parent = models.ForeignKey("places.Place", models.CASCADE, null=True, related_name="+")
    level = models.ForeignKey("places.Level", models.PROTECT)
    figures = DocumentField(default=dict)
    own = DocumentField(default=dict)
    counts = DocumentField(default=dict)
    editing = DocumentField(default=dict)  # {code: how many figures below are being corrected}
    updated_at = models.DateTimeField()

    objects = PlaceTotalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "place"], name="totals_place_once"),
        ]
        indexes = [models.Index(fields=["period", "parent"])]
