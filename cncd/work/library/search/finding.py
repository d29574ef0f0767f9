"""The best of what holds all the words: the database finds, one rule ranks, alike on both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from cncd.work.library.rules.asking import Asked
from cncd.work.library.search import postgresql, sqlite

BEST = 60  # looked at closely, and shown
ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class Found:
    """Ids of the items, best first; `total` of them hold the words, of which these are the best."""

    ids: tuple[int, ...]
    total: int
    is_loose: bool = False  # not all the words stand together anywhere: some of them do

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.ids)


class Hit(NamedTuple):
    """One of the best as the database gives it; `total` is that of all, the same in each."""

    item: int
    title: str
    body: str
    is_exact: bool
    total: int


def find(items, asked: Asked) -> Found:
    """Of these items (a QuerySet) those with every word; when none has, those with some.

    Words typed with their marks are looked for with them first. The last word may be unfinished.
    """
    engine = ENGINES[connection.vendor]
    for match, strict, is_loose in _attempts(engine, asked):
        if hits := _rows(engine.best, items, match, strict):
            return Found(_ranked(hits, asked), hits[0].total, is_loose)
    return Found((), 0)


def _attempts(engine, asked: Asked):
    if asked.terms:
        yield engine.every(asked), engine.strict(asked), False
        yield engine.every(asked, unfinished=True), engine.strict(asked), False
    if len(asked.terms) > 1:
        yield engine.some(asked), "", True


def _rows(best, items, match, strict) -> list[Hit]:
    try:
        question = best(items, match, strict, BEST)
    except EmptyResultSet:  # Django knows that there can be no such items
        return []
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return [Hit(*row) for row in cursor.fetchall()]


def _ranked(hits: list[Hit], asked: Asked) -> tuple[int, ...]:
    """By what people mean: the phrase as typed, in the title, with its marks; then how often."""
    worth = _worth(asked)
    scores = {
        hit.item: worth(hit) + (4 if hit.is_exact else 0) - 2 * place / BEST
        for place, hit in enumerate(hits)
    }
    return tuple(sorted(scores, key=lambda pk: (-scores[pk], pk)))


def _worth(asked: Asked) -> Callable[[Hit], float]:
    phrases = [[f" {' '.join(way)} " for way in term.ways] for term in asked.terms]
    whole = f" {asked.whole} "

    def worth(hit: Hit) -> float:
        title, body = f" {hit.title} ", f" {hit.body} "
        in_title = sum(any(way in title for way in ways) for ways in phrases) / len(phrases)
        found = 4 * in_title
        if len(phrases) > 1:
            found += 3 * (whole in title) + 2 * (whole in body)
        return found + (title.startswith(whole))

    return worth
