"""The keys records are found and sorted by: made over whenever a name is written, rebuildable."""

from collections.abc import Iterable

from django.db import transaction

from cncd.foundation.kit.alike import keys, read
from cncd.foundation.kit.text import fold, sort_key
from cncd.work.registers.models import Owner, OwnerKey, Product, Shop
from cncd.work.registers.vocabulary import NAMES

AT_ONCE = 1_000


def keys_of(name: str) -> set[str]:
    """What an owner of that name is looked up by."""
    return keys(read(name, NAMES))


def owner_keys(name: str) -> tuple[str, str]:
    """(search_key, sort_key) of an owner of that name."""
    return fold(name)[:200], sort_key(name)


def product_keys(product: Product) -> tuple[str, str]:
    """(search_key, sort_key): a product is found by its owner's name too."""
    return fold(f"{product.name} {product.owner.name}")[:400], sort_key(product.name)


def shop_key(shop: Shop) -> str:
    """What a storefront is found by: its own name and its owner's."""
    return fold(f"{shop.name} {shop.owner.name}")[:400]


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
