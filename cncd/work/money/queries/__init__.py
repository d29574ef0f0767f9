"""Questions about money."""

from cncd.work.money.queries.counted import SPENT, counted_places, told
from cncd.work.money.queries.documents import uses_of_document
from cncd.work.money.queries.plan import Overview, overview
from cncd.work.money.queries.sums import books_below, budgeted, spent, spent_below

__all__ = [
    "SPENT",
    "Overview",
    "books_below",
    "budgeted",
    "counted_places",
    "overview",
    "spent",
    "spent_below",
    "told",
    "uses_of_document",
]
