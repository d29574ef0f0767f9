"""PostgreSQL's side of the search: two generated columns of `library_searched`, each with GIN."""

from cncd.work.library.rules.asking import Asked, Term

MADE = [
    """ALTER TABLE library_searched ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')
    ) STORED""",
    """ALTER TABLE library_searched ADD COLUMN marked_words tsvector GENERATED ALWAYS AS (
    to_tsvector('simple', marked)) STORED""",
    "CREATE INDEX library_searched_words ON library_searched USING gin (words)",
    "CREATE INDEX library_searched_marked ON library_searched USING gin (marked_words)",
]
DROPPED = [
    "ALTER TABLE library_searched DROP COLUMN words",
    "ALTER TABLE library_searched DROP COLUMN marked_words",
]
NOTHING_STRICT = ""


def every(asked: Asked, *, unfinished: bool = False) -> tuple[str, str]:
    """(question to the folded words, question to the marked ones) for every term."""
    last = len(asked.terms) - 1
    said = [_loose(term, unfinished and place == last) for place, term in enumerate(asked.terms)]
    return " & ".join(said), NOTHING_STRICT


def some(asked: Asked) -> tuple[str, str]:
    """For texts that hold at least one term."""
    return " | ".join(_loose(term) for term in asked.terms), NOTHING_STRICT


def strict(asked: Asked) -> tuple[str, str]:
    """For texts that hold every term, those typed with marks with the same marks."""
    marked = [_phrase(term.strict) for term in asked.terms if term.strict]
    return every(asked)[0], " & ".join(marked)


def best(items, match: tuple[str, str], most: int) -> tuple[str, list]:
    """The best of the items: SQL and its parameters."""
    where, values = _where(items, match)
    order = f"ORDER BY ts_rank(words, %s::tsquery, 1) DESC, item_id LIMIT {most}"
    return f"SELECT item_id FROM library_searched {where} {order}", [*values, match[0]]  # noqa: S608


def count(items, match: tuple[str, str]) -> tuple[str, list]:
    """How many of the items match."""
    where, values = _where(items, match)
    return f"SELECT count(*) FROM library_searched {where}", values  # noqa: S608


def _where(items, match: tuple[str, str]) -> tuple[str, list]:
    inner, values = items.order_by().values("pk").query.sql_with_params()
    loose, strict = match
    marked = "AND marked_words @@ %s::tsquery" if strict else ""
    said = [loose, strict] if strict else [loose]
    return f"WHERE words @@ %s::tsquery {marked} AND item_id IN ({inner})", [*said, *values]


def _loose(term: Term, unfinished: bool = False) -> str:
    ways = [_phrase(way) for way in term.ways]
    if unfinished:
        ways.append(_phrase(term.ways[0], unfinished=True))
    return f"({' | '.join(ways)})"


def _phrase(way, *, unfinished: bool = False) -> str:
    """The words one behind the other; the last one may go on."""
    return "(" + " <-> ".join(f"'{word}'" for word in way) + (":*)" if unfinished else ")")
