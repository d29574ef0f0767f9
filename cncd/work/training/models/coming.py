"""Who was invited, who came, who completed what, and what they thought of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people import authority

from .courses import Course, OfPersonInCourseQuerySet, Session, around


class OfSessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those of the sessions one may hold."""
        if authority.sees_everything(user, "training.hold"):
            return self
        below, _above = around(user, "training.hold")
        return self.filter(
            Q(person=user.person_id) | Q(session__course__place__in=below)
            | Q(session__team__in=authority.team_ids(user, "training.hold"))
        )  # fmt: skip


class InvitationQuerySet(OfSessionQuerySet):
    def seated(self):
        return self.filter(state=Invitation.State.ACCEPTED)

    def standing(self):
        return self.exclude(state=Invitation.State.WITHDRAWN)


class Invitation(models.Model):
    """A person asked to a session; a seat is taken by accepting, first come, first served."""

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACCEPTED = "accepted", _("Will come")
        WAITING = "waiting", _("Waits for a seat")
        DECLINED = "declined", _("Cannot come")
        WITHDRAWN = "withdrawn", _("Invitation withdrawn")

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="invitations")
    team = models.ForeignKey(
        "teams.Team", models.PROTECT, null=True, blank=True, related_name="+"
    )  # as whose member; an official has none
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)  # the turn on the waiting list
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="training_invited_once_a_session"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.session}"


class AttendanceQuerySet(OfSessionQuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)

    def counting(self):
        """Those that count: neither they nor their session were taken back."""
        return self.standing().filter(session__in=Session.objects.standing())


class Attendance(models.Model):
    """A person who came to a session: by the code shown there, or ticked on the list."""

    class Way(models.TextChoices):
        QR = "qr", _("Scanned the code")
        LIST = "list", _("Ticked on the list")
        OFFICER = "officer", _("Added afterwards")

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="attendances")
    way = models.CharField(_("way of attendance"), max_length=10, choices=Way.choices)
    made_at = models.DateTimeField()  # by the corrected clock of the device
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)  # of an addition afterwards
    gave_feedback = models.BooleanField(default=False)  # that, and never which
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["person", "session"])]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="training_came_once_a_session"
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.session}"


class CompletionQuerySet(OfPersonInCourseQuerySet):
    def standing(self):
        return self.filter(withdrawn_at=None)


class Completion(models.Model):
    """A person completed a course: derived from attendance and quiz, made over by `completing`."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="completions")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="completions")
    completed_on = models.DateField()
    number = models.CharField(_("certificate number"), max_length=40, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # what it rested on was taken back

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_on", "person__sort_key"]
        indexes = [models.Index(fields=["person", "completed_on"])]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="training_completed_once")
        ]

    def __str__(self):
        return f"{self.person}: {self.course}"


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of sessions in reach of who holds them; nobody's own can be told."""
        if authority.sees_everything(user, "training.hold"):
            return self
        below, _above = around(user, "training.hold")
        return self.filter(session__course__place__in=below)


class Feedback(models.Model):
    """What somebody who came thought of a session; bound to no person and to no moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="feedback")
    rating = models.PositiveSmallIntegerField(_("how useful"))
    comment = models.TextField(_("comment"), blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5), name="training_rating_of_five"
            )
        ]

    def __str__(self):
        return f"{self.rating}: {self.session_id}"
