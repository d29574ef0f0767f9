"""What runs by the clock."""

from django_tasks import task

from cncd.results.rewards.actions import look_for_signs


@task
def look_at_reports() -> None:
    """Looks at the reports that came in for signs of padded counts, each version once."""
    look_for_signs()
