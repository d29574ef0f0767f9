"""PostgreSQL's side of the search: two generated columns of `library_searched`, each with GIN, and
a small one of the titles, which says what of much is worth ranking.
"""

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
# Texts of two pages stay in their rows: looked up one by one in TOAST they took half the time.
RANKED_BY_TITLE = [
    "ALTER TABLE library_searched SET (toast_tuple_target = 8160)",
    """ALTER TABLE library_searched ADD COLUMN title_words tsvector GENERATED ALWAYS AS (
    to_tsvector('simple', title)) STORED""",
]
DROPPED = [
    "ALTER TABLE library_searched DROP COLUMN words",
    "ALTER TABLE library_searched DROP COLUMN marked_words",
]
RANKED = 300  # of more finds, those with the marks, with the words in the title, the newest


def every(asked: Asked, *, unfinished: bool = False) -> str:
    """A question to the folded words, for texts that hold every term; the last may go on."""
    last = len(asked.terms) - 1
    return " & ".join(
        _loose(term, unfinished and place == last) for place, term in enumerate(asked.terms)
    )


def some(asked: Asked) -> str:
    """For texts that hold at least one term."""
    return " | ".join(_loose(term) for term in asked.terms)


def strict(asked: Asked) -> str:
    """A question to the marked words: for the terms typed with marks."""
    return " & ".join(_phrase(term.strict) for term in asked.terms if term.strict)


def best(items, match: str, strict: str, most: int) -> tuple[str, list]:
    """The best: (id, title, body, has the marks, how many match); those with the marks first."""
    inner, values = items.order_by().values("pk").query.sql_with_params()
    said = f"""WITH exact AS MATERIALIZED (
        SELECT item_id FROM library_searched WHERE marked_words @@ %s::tsquery
    ), found AS MATERIALIZED (
        SELECT item_id, item_id IN (SELECT item_id FROM exact) AS exact,
        title_words @@ %s::tsquery AS titled FROM library_searched
        WHERE words @@ %s::tsquery AND item_id IN ({inner})
    ), near AS MATERIALIZED (
        SELECT item_id, exact FROM found
        ORDER BY exact DESC, titled DESC, item_id DESC LIMIT {RANKED}
    ) SELECT near.item_id, title, body, exact, (SELECT count(*) FROM found)
    FROM near JOIN library_searched USING (item_id)
    ORDER BY exact DESC, ts_rank(words, %s::tsquery, 1) DESC, item_id LIMIT {most}"""  # noqa: S608
    return said, [strict, match, match, *values, match]


def _loose(term: Term, unfinished: bool = False) -> str:
    ways = [_phrase(way) for way in term.ways]
    if unfinished:
        ways.append(_phrase(term.ways[0], unfinished=True))
    return f"({' | '.join(ways)})"


def _phrase(way, *, unfinished: bool = False) -> str:
    """The words one behind the other; the last one may go on."""
    return "(" + " <-> ".join(f"'{word}'" for word in way) + (":*)" if unfinished else ")")
