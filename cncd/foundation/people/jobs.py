"""Housekeeping that runs by the clock."""

from django_tasks import task

from cncd.foundation.people import actions


@task
def forget_old_visits() -> None:
    """Deletes devices that are signed out and ways in that expired a year ago."""
    actions.forget_old_visits()
