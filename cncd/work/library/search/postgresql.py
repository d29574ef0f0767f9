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
NOTHING_STRICT = ""
RANKED = 300  # of more finds, those with the words in the title and the newest are ranked


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
    others = [_loose(term) for term in asked.terms if not term.strict]
    return " & ".join(others), " & ".join(marked)


def best(items, match: tuple[str, str], ranked_by: tuple[str, str], most: int) -> tuple[str, list]:
    """The best of the items, each with how many match: SQL and its parameters."""
    where, values = _where(items, match)
    said = f"""WITH found AS MATERIALIZED (
        SELECT item_id, ts_rank(title_words, %s::tsquery) AS worth FROM library_searched {where}
    ) SELECT item_id, (SELECT count(*) FROM found) FROM library_searched
    WHERE item_id = ANY(ARRAY(
        SELECT item_id FROM found ORDER BY worth DESC, item_id DESC LIMIT {RANKED}))
    ORDER BY ts_rank(words, %s::tsquery, 1) DESC, item_id LIMIT {most}"""  # noqa: S608
    return said, [ranked_by[0], *values, ranked_by[0]]


def _where(items, match: tuple[str, str]) -> tuple[str, list]:
    inner, values = items.order_by().values("pk").query.sql_with_params()
    asked = [
        (f"{column} @@ %s::tsquery", words)
        for column, words in zip(("words", "marked_words"), match, strict=True)
        if words
    ]
    where = " AND ".join([*(condition for condition, _words in asked), f"item_id IN ({inner})"])
    return f"WHERE {where}", [*(words for _condition, words in asked), *values]


def _loose(term: Term, unfinished: bool = False) -> str:
    ways = [_phrase(way) for way in term.ways]
    if unfinished:
        ways.append(_phrase(term.ways[0], unfinished=True))
    return f"({' | '.join(ways)})"


def _phrase(way, *, unfinished: bool = False) -> str:
    """The words one behind the other; the last one may go on."""
    return "(" + " <-> ".join(f"'{word}'" for word in way) + (":*)" if unfinished else ")")
