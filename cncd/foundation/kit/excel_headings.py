"""Which row of a sheet holds the headings, and which column is which."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils.translation import override

from .excel_cells import is_blank, shown
from .text import fold

SEARCHED = 15  # rows from the top that may hold the headings
TOTALS = {"tong", "tong cong", "tong so", "cong", "total"}


@dataclass(frozen=True)
class Heading:
    """A column that is looked for: by its label in any language, its key, or an alias.

    kind: text, exact (every sign kept), code (digits; `width` brings back leading zeros), phone,
    number, whole, day, yes, choice (of `choices`: (value, label) pairs). A required column must be
    there and be filled.
    """

    key: str
    label: Any  # may be lazy
    aliases: Iterable[str] = ()
    required: bool = False
    kind: str = "text"
    width: int = 0  # of a code, in digits
    max_length: int = 200
    least: int = 0
    most: int = 1_000_000
    choices: Iterable[tuple[Any, Any]] = ()
    help: Any = ""  # for the template
    examples: Iterable[str] = ()  # for the template, one per example row

    def names(self) -> set[str]:
        """Every way the heading may be written, folded."""
        names = {heading_key(name) for name in (self.key, *self.aliases)}
        for language, _name in settings.LANGUAGES:
            with override(language):
                names.add(heading_key(str(self.label)))
        return names


def heading_key(text: str) -> str:
    """“Mã  ẤP (*)” and “ma ap” are the same heading."""
    return re.sub(r"[^0-9a-z ]", "", fold(re.sub(r"\([^)]*\)|\[[^]]*\]|\*", " ", text))).strip()


@dataclass(frozen=True)
class Table:
    """A sheet's rows that hold something, by row number, and where its headings were found."""

    rows: dict[int, list]
    header_row: int = 0  # the last of them, when there are two
    places: dict[str, int] = field(default_factory=dict)  # heading key → column
    doubled: list[Heading] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def score(self) -> int:
        return len(self.places)

    @property
    def width(self) -> int:
        return max((len(cells) for cells in self.rows.values()), default=0)

    def cell(self, cells: list, key: str):
        column = self.places[key]
        return cells[column] if column < len(cells) else None


def find_table(table: Table, columns: list[Heading]) -> Table | None:
    """The table with its headings placed; None when no row near the top looks like headings."""
    names = {name: heading for heading in columns for name in heading.names() if name}
    # A title may repeat one heading by chance; two together are a row of headings.
    needed = min(2, len(columns))
    first = list(table.rows)[:SEARCHED]
    single = [(number, table.rows[number]) for number in first]
    stacked = [
        (below, _stacked(table.rows[number], table.rows[below]))
        for number, below in pairwise(first)
        if below == number + 1
    ]
    best = None
    for last, texts in (*single, *stacked):
        tried = _place(table, names, last, texts)
        if tried.score >= needed and (best is None or tried.score > best.score):
            best = tried
    return best


def _stacked(upper: list, lower: list) -> list:
    """Headings over two rows: the lower one says more where it says anything."""
    width = max(len(upper), len(lower))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    return [low if not is_blank(low) else high for high, low in zip(upper, lower, strict=True)]


def _place(table: Table, names: dict, last: int, texts: list) -> Table:
    places, doubled, unknown = {}, [], []
    for column, cell in enumerate(texts):
        text = "" if is_blank(cell) else shown(cell)
        heading = names.get(heading_key(text)) if text else None
        if heading is None:
            unknown += [text] if text and not _is_ordinal(text) else []
        elif heading.key in places:
            doubled.append(heading)
        else:
            places[heading.key] = column
    return replace(
        table,
        header_row=last,
        places=places,
        doubled=doubled,
        unknown=unknown,
    )


def _is_ordinal(text: str) -> bool:
    return heading_key(text) in {"stt", "tt", "so tt", "so thu tu", "no"}


def is_numbering(cells: list) -> bool:
    """(1) (2) (3)… or A B 1 2 3… under the headings."""
    texts = [shown(cell).strip("() ") for cell in cells if not is_blank(cell)]
    numbers = [text for text in texts if text.isascii() and text.isdecimal()]
    letters = texts[: len(texts) - len(numbers)]
    return (
        len(texts) >= 3
        and numbers == [str(n) for n in range(1, len(numbers) + 1)]
        and texts == letters + numbers
        and letters == list("ABCDEFGH")[: len(letters)]
    )


def is_total(cells: list, written: dict, headings: list[Heading]) -> bool:
    """A row that says "Tổng cộng" where a name should stand, or beside empty required cells."""
    required = [written[heading.key] for heading in headings if heading.required]
    if any(_says_total(cell) for cell in required):
        return True
    return any(is_blank(cell) for cell in required) and any(map(_says_total, cells))


def _says_total(cell) -> bool:
    return not is_blank(cell) and fold(shown(cell)) in TOTALS
