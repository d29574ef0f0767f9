"""The calendar of what is due, at an address only its owner knows."""

from django.db import models


class Feed(models.Model):
    """One person's calendar: its secret, and how what it shows has changed."""

    user = models.OneToOneField("people.User", models.CASCADE, related_name="+")
    secret = models.CharField(max_length=64, unique=True)  # digest: whoever asks is known by it
    sealed = models.TextField()  # the secret itself, encrypted, to be shown to its owner
    made_at = models.DateTimeField()
    # {UID: {shown: {title, day, text, address}, sequence, at: moment of the change, over: bool}}
    events = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
