"""Answers with their files, and later due days."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.work.directives.models.obligations import Obligation


class AnswerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(obligation__in=Obligation.objects.visible_to(user))

    def waiting(self):
        return self.filter(state=Answer.State.SENT)


class Answer(models.Model):
    """A text with files, sent by the bearer, accepted or returned by the giver's side."""

    class State(models.TextChoices):
        SENT = "sent", _("Waits to be checked")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="answers")
    text = models.TextField(_("answer"), blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    made_at = models.DateTimeField()  # by the corrected clock of the device
    made_on = models.DateField()  # its day here: done in time when accepted later
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)  # of whoever checked it

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(state__in=["sent", "accepted"]),
                name="directives_one_answer_at_a_time",
            )
        ]

    def __str__(self):
        return str(self.obligation)


class AnswerFile(models.Model):
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT)


class Extension(models.Model):
    """A later due day for one obligation, with the reason."""

    obligation = models.ForeignKey(Obligation, models.CASCADE, related_name="extensions")
    before_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=models.F("before_on")), name="directives_extension_is_later"
            )
        ]
