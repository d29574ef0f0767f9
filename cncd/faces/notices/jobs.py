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
def send_code(address_id: int, language: str) -> None:
    """Sends the code that confirms a mailbox or chat; its other end may be slow, or not there."""
    from cncd.faces.notices import delivering  # loads cryptography

    delivering.send_code(address_id, language)


@task
def forget_old_notices() -> None:
    """Deletes notices of 180 days ago."""
    actions.forget_old_notices()
