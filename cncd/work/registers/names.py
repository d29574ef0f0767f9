"""The keys owners are looked up by: made over whenever a name is written, and rebuildable."""

from collections.abc import Iterable

from django.db import transaction

from cncd.foundation.kit.alike import keys, read
from cncd.work.registers.models import Owner, OwnerKey
from cncd.work.registers.vocabulary import NAMES

AT_ONCE = 1_000


def keys_of(name: str) -> set[str]:
    """What an owner of that name is looked up by."""
    return keys(read(name, NAMES))


def keep_keys(owners: Iterable[Owner]) -> None:
    """Makes the keys of these owners say what their names say; part of the action that names them.

    Two statements for a new owner, three for any number of owners.
    """
    owners = list(owners)
    wanted = {(owner.pk, key) for owner in owners for key in keys_of(owner.name)}
    for start in range(0, len(owners), AT_ONCE):
        some = [owner.pk for owner in owners[start : start + AT_ONCE]]
        OwnerKey.objects.filter(owner__in=some).delete()
    rows = [OwnerKey(owner_id=owner, key=key) for owner, key in sorted(wanted, key=str)]
    OwnerKey.objects.bulk_create(rows, batch_size=AT_ONCE)


@transaction.atomic
def rebuild_keys() -> int:
    """Makes all keys over, as after a restored backup or a changed vocabulary; how many owners."""
    owners = list(Owner.objects.only("pk", "name"))
    OwnerKey.objects.all().delete()
    keep_keys(owners)
    return len(owners)
