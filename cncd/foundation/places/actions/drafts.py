"""How a place and its versions are written, one or ten thousand; all actions here share it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cncd.foundation.kit.text import fold, sort_key
from cncd.foundation.places.models import Place, PlaceKind, PlaceVersion

BATCH = 1_000


@dataclass
class Draft:
    """A place that is about to begin; `parent` may be another draft that stands before it."""

    kind: PlaceKind
    code: str
    name: str
    parent: "Place | Draft | None"
    since_on: dt.date
    until_on: dt.date | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_approximate: bool = False
    document: object = None
    place: Place | None = None  # once written; given at the start: a new version of that place


def keys_of(kind: PlaceKind, name: str) -> dict[str, str]:
    """What is stored beside a name to search and sort by; "Phường 2" stands before "Phường 10"."""
    return {
        "search_key": fold(f"{kind.name} {name}"),
        "sort_key": sort_key(name, numbers=True),
    }


def add_places(drafts: Iterable[Draft]) -> list[Place]:
    """Writes the drafts as places with a first version, in their order; not the index."""
    drafts = list(drafts)
    new = [draft for draft in drafts if draft.place is None]
    for draft in new:
        draft.place = Place(level=draft.kind.level)
    Place.objects.bulk_create([draft.place for draft in new], batch_size=BATCH)
    PlaceVersion.objects.bulk_create((first_version(draft) for draft in drafts), batch_size=BATCH)
    return [draft.place for draft in drafts]


def first_version(draft: Draft) -> PlaceVersion:
    """The version a draft asks for, not yet written."""
    parent = draft.parent.place if isinstance(draft.parent, Draft) else draft.parent
    return PlaceVersion(
        place=draft.place,
        code=draft.code,
        name=draft.name,
        kind=draft.kind,
        parent=parent,
        since_on=draft.since_on,
        until_on=draft.until_on,
        latitude=draft.latitude,
        longitude=draft.longitude,
        is_approximate=draft.is_approximate,
        document=draft.document,
        **keys_of(draft.kind, draft.name),
    )


def replace_version(
    old: PlaceVersion, on: dt.date, until: dt.date | None, **changes
) -> PlaceVersion:
    """Ends the version on the day and opens a changed copy; on its first day it is corrected."""
    if old.since_on == on:
        new = old
    else:
        new = PlaceVersion.objects.get(pk=old.pk)
        new.pk, new._state.adding = None, True
        new.since_on, new.document = on, None
        PlaceVersion.objects.filter(pk=old.pk).update(until_on=on, is_last=False)
    new.until_on = until
    for field, value in changes.items():
        setattr(new, field, value)
    for field, value in keys_of(new.kind, new.name).items():
        setattr(new, field, value)
    new.save()
    return new


def end_version(version: PlaceVersion, on: dt.date) -> None:
    """The place is no more from that day; it stays known as this version."""
    version.until_on = on
    version.save(update_fields=["until_on"])
