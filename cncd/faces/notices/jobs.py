"""What notices do by the clock, and after something happened."""

from django_tasks import task

from cncd.faces.notices import actions, telling
from cncd.foundation.journal.models import Entry


@task
def remind() -> None:
    """Tells what is due about now, and what is late: whatever a room has to say by the clock."""
    telling.remind()


@task
def tell_of(entry_id: int) -> None:
    """Tells whom a journal entry concerns; its reaction, when a room has news of that event."""
    telling.tell_of(Entry.objects.get(pk=entry_id))


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
