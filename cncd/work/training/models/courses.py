"""Courses and the sessions they are held in; a class for citizens is a session without names."""

import datetime as dt
import secrets

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people import authority
from cncd.foundation.places.models import Place, PlaceIndex
from cncd.team.teams.authority import places_in_reach
from cncd.team.teams.models import Team


class Audience(models.TextChoices):
    TEAMS = "teams", _("Teams")
    OFFICIALS = "officials", _("Officials")
    CITIZENS = "citizens", _("Citizens")


def new_secret() -> str:
    return secrets.token_hex(16)


def around(user, permission: str = "training.view"):
    """Places in the person's reach, and those above them: both as subqueries of place."""
    day = timezone.localdate()
    below = places_in_reach(user, permission, day)
    above = PlaceIndex.objects.on(day).filter(place__in=below, inherited=False)
    return below, above.values("ancestor")


class OfPersonInCourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those of courses one may hold sessions of."""
        if authority.sees_everything(user, "training.hold"):
            return self
        below, _above = around(user, "training.hold")
        return self.filter(Q(person=user.person_id) | Q(course__place__in=below))


class CourseQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """Of units in reach and above, and those one was invited to."""
        if authority.sees_everything(user, "training.view"):
            return self
        below, above = around(user)
        invited = Q(sessions__invitations__person=user.person_id)
        came = Q(sessions__attendances__person=user.person_id)
        own = Course.objects.filter(invited | came).values("pk")
        held = Session.objects.filter(team__in=authority.team_ids(user)).values("course")
        return self.filter(Q(place__in=below) | Q(place__in=above) | Q(pk__in=own) | Q(pk__in=held))


class Course(models.Model):
    """What is taught, by whom; completed by whoever came to `sessions_needed` of its sessions."""

    title = models.CharField(_("course"), max_length=200)
    topics = models.ManyToManyField("training.Topic", related_name="courses")
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="courses", verbose_name=_("unit that holds it")
    )
    plan_line = models.ForeignKey(
        "training.PlanLine", models.SET_NULL, null=True, blank=True, related_name="courses",
        verbose_name=_("line of the plan"),
    )  # fmt: skip
    trainer = models.CharField(_("trainer"), max_length=160, blank=True)
    trainer_agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, verbose_name=_("trainer from")
    )
    materials = models.ManyToManyField("library.Item", blank=True, related_name="courses")
    quiz = models.ForeignKey(
        "training.Quiz", models.PROTECT, null=True, blank=True, related_name="courses"
    )
    quiz_required = models.BooleanField(default=False)  # to complete it
    sessions_needed = models.PositiveSmallIntegerField(_("sessions to come to"), default=1)
    note = models.TextField(_("note"), blank=True)
    search_key = models.CharField(max_length=400, db_index=True)  # kit.text.fold of the title
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sessions_needed__gte=1), name="training_course_needs_a_session"
            ),
            models.CheckConstraint(
                condition=Q(quiz_required=False) | Q(quiz__isnull=False),
                name="training_required_quiz_exists",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("training:course", args=[self.pk])

    @property
    def is_for_citizens(self) -> bool:
        return self.audience == Audience.CITIZENS


class SessionQuerySet(models.QuerySet):
    def standing(self):
        """Neither cancelled nor withdrawn."""
        return self.exclude(state=Session.State.CANCELLED).filter(withdrawn_at=None)

    def between(self, first_day: dt.date, last_day: dt.date):
        """Begun within the days, both included."""
        return self.filter(held_on__gte=first_day, held_on__lte=last_day)

    def visible_to(self, user):
        """Of the courses one sees; of classes for citizens, those held in reach."""
        if authority.sees_everything(user, "training.view"):
            return self
        below, _above = around(user)
        own = Q(team__in=authority.team_ids(user)) | Q(place__in=below)
        named = ~Q(course__audience=Audience.CITIZENS)
        return self.filter(own | named & Q(course__in=Course.objects.visible_to(user)))


class Session(models.Model):
    """One meeting of a course. Of a class for citizens nothing personal is kept: counts alone.

    A class of several meetings is a first session and others that continue it.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    held_on = models.DateField(db_index=True)  # the local day of `starts_at`: months look at it
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="sessions", verbose_name=_("place")
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    state_reason = models.CharField(max_length=200, blank=True)  # why it was cancelled
    secret = models.CharField(
        max_length=64, default=new_secret
    )  # of the codes shown at the session
    # A class for citizens:
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="classes",
        verbose_name=_("held by the team"),
    )  # fmt: skip
    joint_teams = models.ManyToManyField(Team, blank=True, related_name="joint_classes")
    co_organisers = models.CharField(_("together with"), max_length=300, blank=True)
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by"
    )
    people = models.PositiveIntegerField(_("people"), null=True, blank=True)
    elderly = models.PositiveIntegerField(_("people aged 60 and over"), null=True, blank=True)
    newcomers = models.PositiveIntegerField(  # of the people, those new to this class
        _("of these, for the first time"), null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()  # by the corrected clock of the device
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["team", "held_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="training_session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(elderly=None) | Q(elderly__lte=F("people")),
                name="training_elderly_within_people",
            ),
            models.CheckConstraint(
                condition=Q(newcomers=None) | Q(newcomers__lte=F("people")),
                name="training_newcomers_within_people",
            ),
        ]

    def __str__(self):
        return f"{self.course.title}, {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("training:session", args=[self.pk])

    @property
    def is_standing(self) -> bool:
        return self.state != self.State.CANCELLED and self.withdrawn_at is None

    @property
    def is_running(self) -> bool:
        return self.state == self.State.PLANNED and self.starts_at <= timezone.now() < self.ends_at

    @property
    def waits_to_be_closed(self) -> bool:
        return self.state == self.State.PLANNED and self.ends_at <= timezone.now()
