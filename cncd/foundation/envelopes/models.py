"""The door for entries from outside: the same id and content gets the first answer again."""

import datetime as dt

from django.conf import settings
from django.db import models


class Envelope(models.Model):
    id = models.UUIDField(primary_key=True)  # made by the sender
    kind = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)  # sha256 of the content
    answer = models.JSONField(default=dict)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    made_at = models.DateTimeField()  # on the sender's clock, corrected
    received_at = models.DateTimeField()
    skew = models.DurationField(default=dt.timedelta)  # how far the sender's clock was ahead

    class Meta:
        ordering = ["-received_at"]
