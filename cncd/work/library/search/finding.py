"""The best of what holds all the words: the database finds, one rule ranks, alike on both."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection

from cncd.work.library.models import Searched
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


def find(items, asked: Asked) -> Found:
    """Of these items (a QuerySet) those with every word; when none has, those with some.

    Words typed with their marks are looked for with them first. The last word may be unfinished.
    """
    engine = ENGINES[connection.vendor]
    for match, is_loose in _attempts(engine, asked):
        ids, total = _best(engine, items, match, match)
        if ids:
            strict = _strict(engine, items, asked, match, is_loose)
            return Found(_ranked(strict, ids, asked), total, is_loose)
    return Found((), 0)


def _attempts(engine, asked: Asked):
    if asked.terms:
        yield engine.every(asked), False
        yield engine.every(asked, unfinished=True), False
    if len(asked.terms) > 1:
        yield engine.some(asked), True


def _strict(engine, items, asked: Asked, match, is_loose: bool) -> list[int]:
    """Those that hold the words with the very marks that were typed."""
    if is_loose or not asked.has_marks:
        return []
    return _best(engine, items, engine.strict(asked), match)[0]


def _best(engine, items, match, ranked_by) -> tuple[list[int], int]:
    """(ids, best first; how many match)."""
    try:
        question = engine.best(items, match, ranked_by, BEST)
    except EmptyResultSet:  # Django knows that there can be no such items
        return [], 0
    with connection.cursor() as cursor:
        cursor.execute(*question)
        rows = cursor.fetchall()
    return [pk for pk, _total in rows], rows[0][1] if rows else 0


def _ranked(strict: list[int], loose: list[int], asked: Asked) -> tuple[int, ...]:
    """By what people mean: the phrase as typed, in the title, with its marks; then how often."""
    order = list(dict.fromkeys([*strict, *loose]))
    worth = _worth(order, asked)
    exact = set(strict)
    scores = {
        pk: worth(pk) + (4 if pk in exact else 0) - 2 * place / BEST
        for place, pk in enumerate(order)
    }
    return tuple(sorted(order, key=lambda pk: (-scores[pk], pk))[:BEST])


def _worth(ids: list[int], asked: Asked) -> Callable[[int], float]:
    rows = Searched.objects.filter(pk__in=ids).values_list("pk", "title", "body")
    texts = {pk: (f" {title} ", f" {body} ") for pk, title, body in rows}
    phrases = [[f" {' '.join(way)} " for way in term.ways] for term in asked.terms]
    whole = f" {asked.whole} "

    def worth(pk: int) -> float:
        title, body = texts[pk]
        in_title = sum(any(way in title for way in ways) for ways in phrases) / len(phrases)
        found = 4 * in_title
        if len(phrases) > 1:
            found += 3 * (whole in title) + 2 * (whole in body)
        return found + (title.startswith(whole))

    return worth
