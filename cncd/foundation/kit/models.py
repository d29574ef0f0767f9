"""The one row kit keeps: which job workers are alive."""

from django.db import models


class Worker(models.Model):
    """A job worker and when it last gave a sign of life."""

    id = models.CharField(primary_key=True, max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.id
