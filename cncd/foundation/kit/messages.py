"""What the page says after something was done, with a way to take it back."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message

UNDO = "undo:"


def say_done(request, text: str, *, undo: str = "") -> None:
    """Shows the text on the next page; with `undo`, beside it a button that posts there."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_of(message: Message) -> str:
    """The address that undoes what the message speaks of; empty when nothing does."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
