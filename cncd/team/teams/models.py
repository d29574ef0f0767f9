"""Who does it: teams, the hamlets they cover, and their members, all by date and decision."""

from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.dated import Dated, DatedQuerySet
from cncd.foundation.people import authority
from cncd.foundation.places.models import Place


class Component(models.Model):
    """Thành phần: teacher, health staff, post and telecom staff, able resident… (II.1.1)."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class TeamQuerySet(DatedQuerySet):
    def visible_to(self, user, permission: str | None = None, on=None):
        """Teams the person belongs to, or that stand under a place of theirs, that day (today)."""
        held = authority.permitted(user, permission, on)
        if authority.is_unbound(held):
            return self
        seen = Q(pk__in=authority.teams_of(held))
        if roots := authority.places_of(held):
            seen |= self._standing_under(roots, on or timezone.localdate())
        return self.filter(seen)

    def within(self, roots, day):
        """Teams in force that fall under the places (ids) in the tree of that day."""
        rows = TeamIndex.objects.on(day).filter(place__in=roots)
        return self.filter(pk__in=rows.values("team"))

    def standing_under(self, roots, day):
        """Teams under the places (ids) that day, those dissolved or not yet in force included.

        These belong where the hamlets they last covered, or will first cover, are that day.
        """
        return self.filter(self._standing_under(roots, day))

    @staticmethod
    def _standing_under(roots, day) -> Q:
        rows = TeamIndex.objects.on(day).filter(place__in=roots)
        reached = Place.objects.reached_from(roots, day)
        resting = Coverage.objects.of_teams_not_in_force(day).filter(place__in=reached)
        return Q(pk__in=rows.values("team")) | Q(pk__in=resting.values("team"))


class Team(Dated):
    """Tổ công nghệ số cộng đồng. In force from its decision until dissolved."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=160)
    level = models.ForeignKey("places.Level", models.PROTECT)  # hamlet or commune
    formed_by = models.ForeignKey("documents.Document", models.PROTECT, related_name="teams_formed")
    dissolved_by = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="teams_dissolved"
    )
    is_pilot = models.BooleanField(default=False)  # IV.3
    search_key = models.CharField(max_length=300, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)

    objects = TeamQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["sort_key"]

    def __str__(self):
        return self.name


class OfTeamQuerySet(DatedQuerySet):
    """Rows of a team, with dates of their own."""

    def in_teams_in_force(self, day):
        return self.filter(
            Q(team__until_on=None) | Q(team__until_on__gt=day), team__since_on__lte=day
        )


class CoverageQuerySet(OfTeamQuerySet):
    def of_teams_not_in_force(self, day):
        """What teams dissolved by then, or not yet begun, covered last or will cover first."""
        ended = Q(team__until_on__lte=day) & (
            Q(until_on=None) | Q(until_on__gte=models.F("team__until_on"))
        )
        coming = Q(team__since_on__gt=day, since_on__lte=models.F("team__since_on"))
        return self.filter(ended | coming)


class Coverage(Dated):
    """A hamlet (or, for a commune-level team, a commune) the team serves."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="coverages")
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="team_coverages")
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True)

    objects = CoverageQuerySet.as_manager()


class TeamIndex(Dated):
    """Derived, rebuildable: the places a team falls under, by date (coverage × places.PlaceIndex).

    At most one place of each level on any day; an ended hamlet falls to its successor's commune.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="index")
    place = models.ForeignKey("places.Place", models.CASCADE, related_name="team_index")
    level = models.ForeignKey("places.Level", models.PROTECT)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [
            models.Index(fields=["place", "since_on", "until_on"]),
            models.Index(fields=["team", "since_on"]),
        ]


class MembershipQuerySet(OfTeamQuerySet):
    def visible_to(self, user, permission: str | None = None):
        return self.filter(team__in=Team.objects.visible_to(user, permission))


class Membership(Dated):
    class Position(models.TextChoices):
        LEADER = "leader", _("Team leader")
        DEPUTY = "deputy", _("Deputy leader")
        MEMBER = "member", _("Team member")

    class HamletPost(models.TextChoices):
        HEAD = "head", _("Head of the hamlet board")  # Trưởng ban nhân dân
        UNION = "union", _("Youth Union secretary of the hamlet")  # Bí thư Đoàn
        BOTH = "both", _("Both posts")
        NONE = "", _("No post")

    class Tie(models.TextChoices):
        LIVES = "lives", _("Lives in the hamlet")
        WORKS = "works", _("Works in the hamlet")
        BOTH = "both", _("Lives and works there")
        NEITHER = "neither", _("Neither lives nor works there")

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="memberships")
    position = models.CharField(_("position"), max_length=10, choices=Position.choices)
    hamlet_post = models.CharField(
        _("post in the hamlet"), max_length=10, choices=HamletPost.choices, blank=True
    )
    component = models.ForeignKey(
        Component, models.PROTECT, null=True, blank=True, verbose_name=_("component")
    )
    tie = models.CharField(_("tie to the hamlet"), max_length=10, choices=Tie.choices)
    union_member = models.BooleanField(_("Youth Union member"), default=False)
    document = models.ForeignKey("documents.Document", models.PROTECT)
    version = models.PositiveSmallIntegerField(default=1)  # grows when a typing error is corrected

    objects = MembershipQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = [
            Case(When(position="leader", then=0), When(position="deputy", then=1), default=2),
            "person__sort_key",
            "since_on",
        ]

    def __str__(self):
        return f"{self.person} ({self.get_position_display()})"


class FindingNote(models.Model):
    """Why a finding of the composition rules stands, in an officer's words."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="finding_notes")
    rule = models.CharField(max_length=40)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("people.User", models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        unique_together = [("team", "rule")]
