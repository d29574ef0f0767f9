"""Keeping what the search looks at; the databases' own indexes follow by themselves."""

from collections.abc import Iterable

from cncd.work.library.models import Item, Searched
from cncd.work.library.rules.markup import text_of
from cncd.work.library.rules.words import keys

FIELDS = ["title", "body", "marked"]


def index(items: Iterable[Item]) -> None:
    """Writes down the words of the texts that stand: the current edition, else the open one."""
    Searched.objects.bulk_create(
        [_searched(item) for item in items],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=FIELDS,
    )


def _searched(item: Item) -> Searched:
    edition = item.current or item.open
    title, marked_title = keys(edition.title)
    text = f"{edition.summary}\n{text_of(edition.body)}\n{item.document or ''}"
    body, marked_body = keys(text)
    return Searched(item=item, title=title, body=body, marked=f"{marked_title} {marked_body}")
