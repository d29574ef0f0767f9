"""FTS5's side of the search: a table beside `library_searched`, kept by triggers."""

from cncd.work.library.rules.asking import Asked, Term

MADE = [
    """CREATE VIRTUAL TABLE library_words USING fts5(title, body, marked,
    content='library_searched', content_rowid='item_id', tokenize='unicode61')""",
    """CREATE TRIGGER library_words_added AFTER INSERT ON library_searched BEGIN
    INSERT INTO library_words(rowid, title, body, marked)
    VALUES (new.item_id, new.title, new.body, new.marked); END""",
    """CREATE TRIGGER library_words_gone AFTER DELETE ON library_searched BEGIN
    INSERT INTO library_words(library_words, rowid, title, body, marked)
    VALUES ('delete', old.item_id, old.title, old.body, old.marked); END""",
    """CREATE TRIGGER library_words_changed AFTER UPDATE ON library_searched BEGIN
    INSERT INTO library_words(library_words, rowid, title, body, marked)
    VALUES ('delete', old.item_id, old.title, old.body, old.marked);
    INSERT INTO library_words(rowid, title, body, marked)
    VALUES (new.item_id, new.title, new.body, new.marked); END""",
]
DROPPED = [
    "DROP TRIGGER library_words_added",
    "DROP TRIGGER library_words_gone",
    "DROP TRIGGER library_words_changed",
    "DROP TABLE library_words",
]
WEIGHTS = "10.0, 1.0, 1.0"


def every(asked: Asked, *, unfinished: bool = False) -> str:
    """An expression for texts that hold every term; with `unfinished` the last may go on."""
    last = len(asked.terms) - 1
    return " AND ".join(
        _loose(term, unfinished and place == last) for place, term in enumerate(asked.terms)
    )


def some(asked: Asked) -> str:
    """For texts that hold at least one term."""
    return " OR ".join(_loose(term) for term in asked.terms)


def strict(asked: Asked) -> str:
    """For texts that hold the terms typed with marks, with these very marks."""
    return " AND ".join(f"marked : {_phrase(term.strict)}" for term in asked.terms if term.strict)


def best(items, match: str, strict: str, most: int) -> tuple[str, list]:
    """The best: (id, title, body, has the marks, how many match); those with the marks first."""
    inner, values = items.order_by().values("pk").query.sql_with_params()
    exact = "rowid IN (SELECT rowid FROM library_words WHERE library_words MATCH %s)"
    # The plus sign: else SQLite searches anew for every single item.
    said = f"""WITH found AS MATERIALIZED (
        SELECT rowid AS item, bm25(library_words, {WEIGHTS}) AS worth,
        {exact if strict else "0"} AS exact FROM library_words
        WHERE library_words MATCH %s AND +rowid IN ({inner})
    ) SELECT item, title, body, exact, (SELECT count(*) FROM found)
    FROM found JOIN library_searched ON item_id = item
    ORDER BY exact DESC, worth, item LIMIT {most}"""  # noqa: S608
    return said, [*([strict] if strict else []), match, *values]


def _loose(term: Term, unfinished: bool = False) -> str:
    ways = [_phrase(way) for way in term.ways]
    if unfinished:
        ways.append(f"{ways[0]} *")
    return f"{{title body}} : ({' OR '.join(ways)})"


def _phrase(way) -> str:
    return '"' + " ".join(way) + '"'
