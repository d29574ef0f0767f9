"""What many entries of one request have in common is read once, and anew after a change.

Outside `reading_once` nothing is kept, and every question goes to the database.
"""

from collections.abc import Callable, Hashable, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_read: ContextVar[dict | None] = ContextVar("what this request has read", default=None)


@contextmanager
def reading_once():
    """Until the end of the block, `read_once` asks each question once."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def read_once(key: Hashable, ask: Callable[[], Any], *, of: Iterable[str]):
    """The answer to `ask()`; `of` names the rooms a change of which makes it untrue.

    Callers share the answer and must not change it.
    """
    held = _read.get()
    if held is None:
        return ask()
    if key not in held:
        held[key] = (frozenset(of), ask())
    return held[key][1]


def has_changed(room: str) -> None:
    """What rested on that room is asked anew; the journal says so with every entry."""
    held = _read.get()
    if held:
        for key in [key for key, (rooms, _answer) in held.items() if room in rooms]:
            del held[key]


def forget() -> None:
    """All is asked anew: what a transaction read may have been undone with it."""
    held = _read.get()
    if held:
        held.clear()
