"""What is known of a signed-in device beside allauth's row of it: its model and its PIN."""

from allauth.usersessions.models import UserSession
from django.db import models


class DeviceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the accounts in reach."""
        from cncd.foundation.people.models import User

        return self.filter(session__user__in=User.objects.visible_to(user))


class Device(models.Model):
    """A phone or computer somebody is signed in on; it ends with its session.

    `pin` is hashed as passwords are and opens this device only; `wrong` counts tries since the
    last right one.
    """

    session = models.OneToOneField(
        UserSession, models.CASCADE, primary_key=True, related_name="device"
    )
    model = models.CharField(max_length=60, blank=True)  # as the browser names it: "SM-A042F"
    pin = models.CharField(max_length=128, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0)

    objects = DeviceQuerySet.as_manager()

    def __str__(self):
        from cncd.foundation.devices.names import device_name

        return device_name(self.session.user_agent, self.model)
