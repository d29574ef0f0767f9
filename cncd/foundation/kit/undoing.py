"""Doing something for the sake of the answer only: checked like real, then undone whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_to_undo: ContextVar[list | None] = ContextVar("what lies outside the database", default=None)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is undone at its end: rows with all that hangs on them, and files.

    Jobs and messages wait for a commit that never comes. Whoever lays something down outside the
    database says by `when_undone` how to take it away.
    """
    steps: list[Callable[[], object]] = []
    token = _to_undo.set(steps)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _to_undo.reset(token)
        for step in reversed(steps):
            step()


def when_undone(step: Callable[[], object]) -> None:
    """Remembers what to take away if this is only done for the sake of the answer."""
    steps = _to_undo.get()
    if steps is not None:
        steps.append(step)
