"""Writing a text for the library, and writing its next edition."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from cncd.foundation.journal.actions import record
from cncd.foundation.kit.text import nfc, sort_key, tidy
from cncd.work.library import rules
from cncd.work.library.actions import checks
from cncd.work.library.actions.errors import Waiting, WhatChanged
from cncd.work.library.actions.lines import AUDIENCES, MANY, PLAIN, About, Text, audiences_of
from cncd.work.library.models import Edition, Item
from cncd.work.library.search import index

State = Edition.State
FRAME = 4_000  # bytes of a page around its text, as a phone keeps it


@transaction.atomic
def add_item(
    *, place, text: Text, by, about: About | None = None, agency=None, send: bool = True, now=None
) -> Item:
    """Puts a text on the unit's shelf: published at once, or an enterprise's sent to the Sở (IV.5).

    Without `send` it stays a draft. Raises NothingToRead, ForNobody, NotATranslation,
    PermissionDenied.
    """
    now, about = now or timezone.now(), about or About()
    from_enterprise = bool(agency and agency.is_enterprise)
    checks.require(by, place=place, agency=agency, from_enterprise=from_enterprise)
    checks.check(text, about)
    item = Item(
        place=place, agency=agency, from_enterprise=from_enterprise, title=tidy(text.title),
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    _put(item, about)
    item.save(force_insert=True)
    _relate(item, about)
    state = rules.state_after_writing(send=send, from_enterprise=from_enterprise)
    edition = _edition(item, 1, text, by, now)
    hand(item, edition, state, by, now)
    event = "library_item.submitted" if state == State.SUBMITTED else "library_item.added"
    after = {"kind": item.kind, "state": state, "number": edition.number}
    record(event=event, subject=item, by=by, place=place, after=after, now=now)
    return item


@transaction.atomic
def change_item(
    *,
    item: Item,
    version: int,
    text: Text,
    by,
    about: About | None = None,
    send: bool = True,
    now: dt.datetime | None = None,
) -> Item:
    """Writes the next edition, or goes on with the open one; the earlier ones stay as they were.

    `version` is that of the item the writer saw. Raises ChangedMeanwhile, Waiting, WhatChanged,
    NothingToRead, ForNobody, NotATranslation, PermissionDenied.
    """
    now, item = now or timezone.now(), checks.held(item, by, version)
    about = about or About.of(item)
    checks.check(text, about, item)
    before = item.open.state if item.open else ""
    if before == State.SUBMITTED:
        raise Waiting
    if item.current_id and send and not text.what_changed.strip():
        raise WhatChanged
    told = _put(item, about) | _relate(item, about)
    edition = _next(item, text, by, now)
    state = rules.state_after_writing(
        send=send, from_enterprise=item.from_enterprise, before=before
    )
    hand(item, edition, state, by, now)
    event = "library_item.submitted" if state == State.SUBMITTED else "library_item.changed"
    after = {"state": state, "number": edition.number, "what_changed": edition.what_changed}
    record(event=event, subject=item, by=by, place=item.place_id, after=after | told, now=now)
    return item


@transaction.atomic
def take_back(*, item: Item, version: int, by, now=None) -> Item:
    """Makes a draft again of what was submitted and not yet decided.

    Raises ChangedMeanwhile, NotWaiting, PermissionDenied.
    """
    now, item = now or timezone.now(), checks.held(item, by, version)
    hand(item, checks.waiting_edition(item), State.DRAFT, by, now)
    after = {"state": State.DRAFT}
    record(
        event="library_item.taken_back", subject=item, by=by, place=item.place_id, after=after,
        now=now,
    )  # fmt: skip
    return item


def hand(item: Item, edition: Edition, state: str, by, now: dt.datetime) -> None:
    """Gives the edition its state, and the item what follows from it; the search hears of it."""
    edition.state = state
    if state == State.SUBMITTED:
        edition.submitted_at, edition.submitted_by = now, by
    if state == State.PUBLISHED:
        edition.decided_at, edition.decided_by = now, by
        item.current, item.open, item.published_at = edition, None, now
        item.size = FRAME + rules.size_of(edition.body)
    else:
        item.open = edition
    edition.save()
    shown = item.current or edition
    item.title, item.summary = shown.title, shown.summary
    item.sort_key = sort_key(item.title, numbers=True)
    item.version += 1
    item.save()
    index([item])


def _next(item: Item, text: Text, by, now) -> Edition:
    """The open edition with its new words, or a new one behind the last."""
    if item.open is None:
        last = item.editions.order_by("-number").values_list("number", flat=True).first()
        return _edition(item, (last or 0) + 1, text, by, now)
    edition = item.open
    _say(edition, text)
    edition.written_at, edition.written_by = now, by
    return edition


def _edition(item: Item, number: int, text: Text, by, now) -> Edition:
    edition = Edition(item=item, number=number, written_at=now, written_by=by)
    _say(edition, text)
    return edition


def _say(edition: Edition, text: Text) -> None:
    edition.title, edition.summary = tidy(text.title), tidy(text.summary)
    edition.body, edition.file = nfc(text.body).strip(), text.file
    edition.what_changed = tidy(text.what_changed)


def _put(item: Item, about: About) -> dict:
    """Writes the plain fields over the item; returns what became different, in words."""
    told = {}
    if item.pk and audiences_of(item) != tuple(about.audiences):
        told["audiences"] = ", ".join(about.audiences)
    for name in PLAIN:
        value = getattr(about, name)
        if item.pk and getattr(item, name) != value:
            told[name] = str(value or "")
        setattr(item, name, value)
    for name in AUDIENCES:
        setattr(item, f"for_{name}", name in about.audiences)
    return told


def _relate(item: Item, about: About) -> dict:
    """As `_put`, for contents, duties and platforms."""
    told = {}
    for name in MANY:
        wanted = {row.pk: row for row in getattr(about, name)}
        if set(getattr(item, name).values_list("pk", flat=True)) != set(wanted):
            getattr(item, name).set(wanted)
            told[name] = ", ".join(str(row) for row in wanted.values())
    return told
