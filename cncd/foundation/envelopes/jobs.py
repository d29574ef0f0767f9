"""Housekeeping of envelopes, by the clock."""

from django_tasks import task

from cncd.foundation.envelopes import actions


@task
def forget_old_envelopes() -> None:
    """Deletes receipts of 180 days ago."""
    actions.forget_old_envelopes()
