"""What the programme does by the clock."""

from django.utils import timezone
from django_tasks import task

from .actions import ensure_period
from .queries import scheme_in_use


@task
def open_next_period() -> None:
    """Opens the period of today for the scheme in use; runs every day soon after midnight."""
    if scheme := scheme_in_use():
        ensure_period(scheme=scheme, day=timezone.localdate())
