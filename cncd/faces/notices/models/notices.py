"""What each person was told, and by which channels they want to be."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from cncd.foundation.people.news import CHANNELS, kinds


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and nobody else's: there is no permission to read another's notices."""
        return self.filter(user_id=user.pk)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing one person should know; told once, whoever finds it out first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # a Kind of some room
    what = models.CharField(max_length=80)  # plain values: "team 12, 2026-11"
    moment = models.CharField(max_length=60)  # "T-3 of 2026-11-30", or the journal entry's id
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    address = models.CharField(max_length=300)  # path and query only
    made_at = models.DateTimeField()
    until_at = models.DateTimeField()  # later a push would be of no use
    read_at = models.DateTimeField(null=True)
    search_key = models.CharField(max_length=450)  # fold(title and text)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "what", "moment"], name="notices_told_once"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-made_at"]),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=["kind", "moment"]),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("notices:notice", args=[self.pk])

    @property
    def is_read(self) -> bool:
        """Opened by the person. What is not to stand at the bell was read before it was made."""
        return self.read_at is not None and self.read_at >= self.made_at

    @property
    def kind_label(self):
        """As its room calls it; its code when the room tells of it no more."""
        found = kinds().get(self.kind)
        return found.label if found else self.kind


class Preference(models.Model):
    """Where a person differs from the usual channels of a kind."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "channel"], name="notices_one_choice_per_channel"
            ),
        ]
