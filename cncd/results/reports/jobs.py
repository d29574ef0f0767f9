"""What reports do by the clock."""

from django_tasks import task

from cncd.results.reports.actions import lock_reports


@task
def lock_due_reports() -> None:
    """Locks the accepted reports whose day has come; runs every day soon after midnight."""
    lock_reports()
