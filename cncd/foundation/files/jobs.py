"""Housekeeping of uploads, by the clock."""

from django_tasks import task

from cncd.foundation.files import actions
from cncd.foundation.kit.import_store import forget_old_uploads


@task
def tidy_files() -> None:
    """Deletes what nobody owns or confirmed: stored files, their strays, files to import."""
    actions.forget_unowned()
    actions.delete_strays()
    forget_old_uploads()
