"""What runs by the clock."""

from django_tasks import task

from cncd.work.directives.actions import campaigns, derive_noted
from cncd.work.directives.evidence import follow_the_day


@task
def follow_the_days() -> None:
    """Asks teams and units that begin today, and passes on what those owe that have ended."""
    follow_the_day()


@task
def derive_what_was_noted() -> None:
    """Makes over what a process noted and did not come to."""
    derive_noted()


@task
def issue_due_campaigns() -> None:
    """Issues what each time of a campaign asks, on its first day; once however often it runs."""
    campaigns.issue_due_campaigns()
