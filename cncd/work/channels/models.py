"""Groups on Zalo, Viber, Facebook: what each is called, what it should be called, who is in it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.kit.fields import DocumentField
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place
from cncd.team.programme.models.catalogues import CatalogueQuerySet
from cncd.team.teams.models import Team, TeamIndex


class NameRule(Dated):
    """How a group of a level is named (II.2.7): text with {province} {district} {commune} {hamlet}.

    Several may hold for one level; the canonical one is expected, the others are right too.
    """

    level = models.ForeignKey("places.Level", models.PROTECT, related_name="name_rules")
    pattern = models.CharField(_("pattern"), max_length=160)  # "CNCĐ_{commune}_{district}"
    is_canonical = models.BooleanField(_("expected form"), default=False)
    clause = models.CharField(max_length=60, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["level", "-is_canonical", "pk"]

    def __str__(self):
        return self.pattern


class RequiredMember(Dated):
    """A kind of person the common group of a level must hold (II.2.9), and who fits."""

    level = models.ForeignKey("places.Level", models.PROTECT)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    fits = DocumentField(default=dict)  # see rules.members.Fit: roles, branches, at, anywhere
    clause = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = CatalogueQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["level", "order", "pk"]

    def __str__(self):
        return self.name


class ChannelQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def open_on(self, day):
        """Standing, and not closed, on that day."""
        return self.standing().filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)

    def visible_to(self, user):
        """Of places in reach, of one's own teams, and of the units those teams belong to."""
        if authority.sees_everything(user, "channels.view"):
            return self
        places = authority.reach(user, permission="channels.view")
        teams = Team.objects.visible_to(user, "channels.view")
        own = authority.team_ids(user, "channels.view")
        above = TeamIndex.objects.on(timezone.localdate()).filter(team__in=own)
        of_units = Q(place__in=places) | Q(place__in=above.values("place"))
        return self.filter(Q(team=None) & of_units | Q(team__in=teams))

    def within(self, place, day):
        """Of a unit, of the units and teams below it, and of what passed into it by that day."""
        return self.filter(place__in=Place.objects.reached_from([place.pk], day))

    def listed(self):
        """With what a line of a list shows."""
        return self.select_related("platform", "team", "agency", "runner", "level")


class Channel(models.Model):
    """A group; its name is kept exactly as it is on the platform, mistakes included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.ForeignKey("places.Level", models.PROTECT)
    place = models.ForeignKey("places.Place", models.PROTECT)  # the unit it is the group of
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="channels")
    agency = models.ForeignKey("people.Agency", models.PROTECT, null=True, blank=True)
    runner = models.ForeignKey(  # the member who runs it
        "people.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    platform = models.ForeignKey("programme.Platform", models.PROTECT, verbose_name=_("platform"))
    name = models.CharField(_("name of the group"), max_length=200)  # raw
    search_key = models.CharField(max_length=260, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    admins = models.ManyToManyField("people.Person", blank=True, related_name="+")
    member_count = models.PositiveIntegerField(_("members"), null=True, blank=True)
    last_active_on = models.DateField(_("last active"), null=True, blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed from"), null=True, blank=True)
    is_common = models.BooleanField(_("common group"), default=False)  # of a commune, II.2.9
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["place", "level"])]
        constraints = [
            models.CheckConstraint(  # run by a team's member, or by an agency (II.2.7)
                condition=Q(team=None) | Q(agency=None), name="channels_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="channels_closed_after_opened",
            ),
        ]

    def __str__(self):
        return self.name.strip()

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.closed_on is None


class ChannelVersion(models.Model):
    """The content of a channel as it stood; reports freeze (channel, number)."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = DocumentField()
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        unique_together = [("channel", "number")]


class Presence(Dated):
    """That the holder of a posting is in a common group, as somebody ticked."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="presences")
    required = models.ForeignKey(RequiredMember, models.PROTECT)
    posting = models.ForeignKey("people.Posting", models.PROTECT, related_name="+")
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["required__order", "since_on", "pk"]

    def __str__(self):
        return f"{self.required}: {self.posting.person}"
