"""Where a person may be reached besides the page, and at which hours."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cncd.foundation.people.news import CHANNELS, EMAIL, SERVICE

ADDRESSED = (EMAIL, SERVICE)


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


class AddressQuerySet(models.QuerySet):
    def in_use(self):
        """Confirmed by whoever holds it, and not given up since."""
        return self.filter(stopped_at=None).exclude(confirmed_at=None)


class Address(models.Model):
    """A mailbox, or a chat that Apprise reaches, of a person or of the office of a unit."""

    user = models.ForeignKey("people.User", models.CASCADE, null=True, related_name="addresses")
    place = models.ForeignKey("places.Place", models.CASCADE, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=[(c, CHANNELS[c]) for c in ADDRESSED])
    sealed = models.TextField()  # encrypted; never shown again
    shown = models.CharField(max_length=120)  # as it may be shown: not enough to write to
    made_at = models.DateTimeField()
    code = models.CharField(max_length=64, blank=True)  # digest of the code sent there
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=200, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(place=None), name="notices_address_of_one"
            ),
            models.UniqueConstraint(fields=["user", "channel"], name="notices_one_of_a_person"),
            models.UniqueConstraint(fields=["place", "channel"], name="notices_one_of_an_office"),
        ]

    def __str__(self):
        return self.shown

    @property
    def is_in_use(self) -> bool:
        return bool(self.confirmed_at and not self.stopped_at)


class Manner(models.Model):
    """When a person wants to be told: hours of quiet, and many notices in one message."""

    class Digest(models.TextChoices):
        NONE = "none", _("Each notice at once")
        DAILY = "daily", _("Once a day, all in one message")
        WEEKLY = "weekly", _("Once a week, all in one message")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    user = models.OneToOneField("people.User", models.CASCADE, related_name="+")
    has_quiet = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=dt.time(21))
    quiet_until = models.TimeField(default=dt.time(6))
    urgent_passes = models.BooleanField(default=False)
    digest = models.CharField(max_length=10, choices=Digest.choices, default=Digest.NONE)
    digest_channel = models.CharField(
        max_length=10, choices=[(c, CHANNELS[c]) for c in ADDRESSED], default=EMAIL
    )
    digest_at = models.TimeField(default=dt.time(7))
    digest_weekday = models.PositiveSmallIntegerField(
        choices=Weekday.choices, default=Weekday.MONDAY
    )
