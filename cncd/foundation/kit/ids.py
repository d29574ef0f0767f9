"""Ids as they come in from outside."""

from uuid import UUID


def uuid_of(text) -> UUID | None:
    """The UUID that the text writes; None for anything else, which then names no row."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
