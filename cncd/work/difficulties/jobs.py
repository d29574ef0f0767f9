"""What runs by the clock in this room."""

from django_tasks import task

from cncd.work.difficulties.actions import climb_overdue, keep_owned


@task
def climb() -> None:
    """Cases follow their units and people; what is unanswered climbs one level."""
    keep_owned()
    climb_overdue()
