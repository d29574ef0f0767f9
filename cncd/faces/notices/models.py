"""What each person was told, on which devices, and what became of every try to reach one."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cncd.faces.notices.kinds import KINDS
from cncd.foundation.people.news import CHANNELS, PUSH


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
    kind = models.CharField(max_length=40, choices=[(k.code, k.label) for k in KINDS.values()])
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


class Subscription(models.Model):
    """A device that may be woken: what its browser gave us. It ends with the device's session."""

    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    session = models.ForeignKey("usersessions.UserSession", models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)  # the browser's public key
    auth = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]


class DeliveryQuerySet(models.QuerySet):
    def ready(self, now):
        return self.filter(state=Delivery.State.WAITING, next_at__lte=now)


class Delivery(models.Model):
    """One notice on its way to one device."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Handed to the push service")
        GONE = "gone", _("The device is gone")
        LEFT = "left", _("No longer of use")  # read meanwhile, or too late

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, related_name="deliveries"
    )
    channel = models.CharField(max_length=10, default=PUSH)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claim = models.UUIDField(null=True, db_index=True)  # of the worker that tries it now
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "subscription"], name="notices_once_per_device"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="notices_to_deliver"
            ),
        ]


class Try(models.Model):
    """One try of a delivery, as the push service answered it."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="log")
    at = models.DateTimeField()
    service = models.CharField(max_length=100)  # host name
    status = models.PositiveSmallIntegerField(null=True)  # of HTTP; None: no answer
    told = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
