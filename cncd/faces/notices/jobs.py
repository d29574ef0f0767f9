"""What notices do by the clock, and after something happened."""

from django_tasks import task

from cncd.faces.notices import actions, telling
from cncd.foundation.journal.models import Entry


@task
def remind() -> None:
    """Tells who owes a report that is due about now, and officers who is missing."""
    telling.remind()


@task
def tell_of_report(entry_id: int) -> None:
    """Tells who wrote a report what became of it; a reaction to its journal entry."""
    telling.tell_of_report(Entry.objects.get(pk=entry_id))


@task
def deliver() -> None:
    """Wakes the devices that wait for it; by the clock too, for what could not be sent before."""
    from cncd.faces.notices.delivering import deliver_waiting  # loads cryptography

    if deliver_waiting():
        deliver.enqueue()


@task
def forget_old_notices() -> None:
    """Deletes notices of 180 days ago."""
    actions.forget_old_notices()
