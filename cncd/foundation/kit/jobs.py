"""Housekeeping that runs by the clock."""

import datetime as dt

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .models import Worker

KEPT = dt.timedelta(days=14)


@task
def forget_old_jobs() -> None:
    """Deletes finished jobs and silent workers of 14 days ago, and sessions that have ended."""
    limit = timezone.now() - KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=limit).delete()
    Worker.objects.filter(seen_at__lt=limit).delete()
    call_command("clearsessions")
