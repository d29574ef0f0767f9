"""Rows of a list: a QuerySet asked of the database, or plain rows handled here, in one manner."""

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.expressions import BaseExpression, OrderBy

from .cells import value_of
from .text import expand, fold


def rows_of(source):
    return DatabaseRows(source) if isinstance(source, QuerySet) else PlainRows(list(source))


def as_tuple(order) -> tuple:
    if order is None:
        return ()
    return tuple(order) if isinstance(order, list | tuple) else (order,)


def spellings(text: str, folded: str) -> set[str]:
    """The ways to look for a text: as folded, and with the names of a team made one."""
    return {folded, expand(text)}


class DatabaseRows:
    """A QuerySet."""

    def __init__(self, source: QuerySet):
        self.source = source

    def searched(self, text, folded, search, fields):
        """The rows in which every word of the text is found in one of the fields."""
        if search:
            return DatabaseRows(search(self.source, folded))
        found = Q()
        for spelling in spellings(text, folded):
            words = Q()
            for word in spelling.split():
                words &= Q.create([(f"{f}__contains", word) for f in fields], connector=Q.OR)
            found |= words
        return DatabaseRows(self.source.filter(found) if fields else self.source)

    def filtered(self, apply, key, value):
        found = apply(self.source, value) if apply else self.source.filter(**{key: value})
        return DatabaseRows(found)

    def sorted(self, order, down, otherwise):
        """In that order, empty values last either way; the usual order and the key decide ties."""
        wanted = [self._term(term, down) for term in as_tuple(order)]
        if not wanted:
            return self
        usual = [] if order == otherwise else list(as_tuple(otherwise))
        return DatabaseRows(self.source.order_by(*wanted, *usual, "pk"))

    @staticmethod
    def _term(term, down):
        if isinstance(term, OrderBy):
            return term.copy().reverse_ordering() if down else term
        if isinstance(term, str):
            if not down and not term.startswith("-"):
                return F(term).asc(nulls_last=True)
            down ^= term.startswith("-")
            term = F(term.removeprefix("-"))
        assert isinstance(term, BaseExpression | F)
        return term.desc(nulls_last=True) if down else term.asc(nulls_last=True)

    def sum(self, path):
        if callable(path):
            return PlainRows(list(self.source)).sum(path)
        return self.source.order_by().aggregate(sum=Sum(path.replace(".", "__")))["sum"]

    def __iter__(self):
        return self.source.iterator(chunk_size=1000)


class PlainRows:
    """A list of dataclasses, dictionaries or model objects."""

    def __init__(self, source: list):
        self.source = source

    def searched(self, text, folded, search, fields):
        if search:
            return PlainRows(list(search(self.source, folded)))

        def matches(row):
            stack = " ".join(fold(str(value_of(row, f) or "")) for f in fields)
            return any(
                all(word in stack or word in expand(stack) for word in spelling.split())
                for spelling in spellings(text, folded)
            )

        return PlainRows([row for row in self.source if matches(row)])

    def filtered(self, apply, key, value):
        if apply:
            return PlainRows(list(apply(self.source, value)))
        return PlainRows([row for row in self.source if str(value_of(row, key)) == value])

    def sorted(self, order, down, otherwise):
        rows = list(self.source)
        # A sort keeps the order of equals: the least important term goes first.
        for term in reversed(as_tuple(order)):
            backwards = isinstance(term, str) and term.startswith("-")
            path = term.removeprefix("-") if isinstance(term, str) else term
            full = [row for row in rows if value_of(row, path) is not None]
            blank = [row for row in rows if value_of(row, path) is None]
            full.sort(key=lambda row, path=path: value_of(row, path), reverse=down ^ backwards)
            rows = full + blank
        return PlainRows(rows)

    def sum(self, path):
        values = [value_of(row, path) for row in self.source]
        return sum(value for value in values if isinstance(value, int | float))

    def __iter__(self):
        return iter(self.source)


def holding(rows, text: str, words):
    """Of a short catalogue, the rows whose words (row -> text) hold every word of the folded text.

    For tables of a few dozen rows that keep no search key.
    """
    said = ((row.pk, fold(words(row))) for row in rows)
    wanted = text.split()
    return rows.filter(pk__in=[pk for pk, key in said if all(word in key for word in wanted)])
