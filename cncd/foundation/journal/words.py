"""The words the journal speaks in: every room's `sentences.py`, gathered once.

SENTENCES: event → sentence with {actor}, {subject} and keys of before, after.
FIELDS: key → label. VALUES: key → {value: words}, for codes among the values.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from cncd.foundation.kit import figures

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
CODE = re.compile(r"[a-z][a-z0-9_]*")  # a key in the manner of the code, not of people


@dataclass(frozen=True)
class Room:
    """What one room says about its events."""

    label: str
    name: str
    sentences: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)

    def label_of(self, key: str) -> str:
        """The key in words; "" for a code nobody gave a label to, which is not shown."""
        found = self.fields.get(key)
        return str(found or ("" if CODE.fullmatch(key) else key))

    def words(self, key: str, value) -> str:
        """The value in words."""
        known = self.values.get(key, {})
        if isinstance(value, str | int) and value in known:
            return str(known[value])
        if isinstance(value, list | tuple):
            return ", ".join(self.words(key, each) for each in value) or nothing()
        if isinstance(value, dict):
            return ", ".join(f"{k}: {self.words(k, v)}" for k, v in value.items()) or nothing()
        return plain_words(key, value)


def nothing() -> str:
    return _("nothing")


def plain_words(key: str, value) -> str:
    """A plain value as people write it."""
    if value is None or value == "":
        return nothing()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return str(value) if key == "year" else figures.number(value)
    text = str(value)
    try:
        return _day_or_moment(key, text)
    except (ValueError, OverflowError):  # somebody wrote “2026-02-30” in a field of words
        return text


def _day_or_moment(key: str, text: str) -> str:
    if DAY.fullmatch(text):
        day = dt.date.fromisoformat(text)
        # Days are kept half-open; people count the last day in.
        return figures.day(day - dt.timedelta(days=1) if key == "until_on" else day)
    if MOMENT.fullmatch(text):
        return figures.daytime(dt.datetime.fromisoformat(text))
    return _("nothing to report") if text == "none" else text


@cache
def rooms() -> tuple[Room, ...]:
    """Every room that has sentences, from the ground floor up."""
    return tuple(
        _room(path) for path in settings.ROOMS if find_spec(f"{path}.sentences") is not None
    )


def _room(path: str) -> Room:
    config = apps.get_app_config(path.rpartition(".")[2])
    said = import_module(f"{path}.sentences")
    return Room(
        label=config.label,
        name=config.verbose_name,
        sentences=said.SENTENCES,
        fields=getattr(said, "FIELDS", {}),
        values=getattr(said, "VALUES", {}),
    )


@cache
def _room_of_events() -> dict[str, Room]:
    return {event: room for room in rooms() for event in room.sentences}


def room_of(event: str) -> Room:
    """The room whose event it is; a room without words for an event nobody has a sentence for."""
    return _room_of_events().get(event) or Room("", "")


def sentence_of(event: str) -> str:
    """What happened, with {actor}, {subject} and other keys still to be filled in."""
    found = room_of(event).sentences.get(event)
    return str(found) if found else _("{actor} changed {subject}")


def events_of(label: str) -> list[str]:
    """The events of one room."""
    return [event for room in rooms() if room.label == label for event in room.sentences]
