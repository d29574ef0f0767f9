"""Taking a written name apart into the parts it was meant to have."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from cncd.work.channels.rules.naming import NAMESAKE, Form, Piece
from cncd.work.channels.rules.spelling import flat

GAP = r"[\s_\-‐‑‒–—―−./,;:|•·>]+"
UNDERSCORES = re.compile(r"(\s*_+\s*)")
ANY_LINE = re.compile(r"(\s*(?:_+|[-‐‑‒–—―−|/,;:•·>]+)\s*)+?")
MOST_PARTS = 6


class Cut(NamedTuple):
    """A name cut into parts, with what stands between them."""

    parts: tuple[str, ...]
    gaps: tuple[str, ...]


def cuts(text: str, forms: tuple[Form, ...]) -> Iterator[Cut]:
    """Each way to cut the name that may have been meant; few."""
    seen = set()
    for cut in chain(_at_signs(text, forms), _at_known_names(text, forms)):
        if cut not in seen and len(cut.parts) <= MOST_PARTS:
            seen.add(cut)
            yield cut


def _at_signs(text: str, forms) -> Iterator[Cut]:
    own = {re.compile(f"({re.escape(form.separator)})") for form in forms}
    for line in (*own, UNDERSCORES, ANY_LINE):
        found = line.split(text)
        if all(part and part == part.strip() for part in found[::2]):
            yield Cut(tuple(found[::2]), tuple(found[1::2]))


def _at_known_names(text: str, forms) -> Iterator[Cut]:
    """Where the expected names stand in the text, in whatever order, with whatever between."""
    bare = flat(text)
    if len(bare) != len(text):
        return
    for form in forms:
        ways = [_ways(piece) for piece in form.pieces]
        places = [next((bare.find(way) for way in each if way in bare), -1) for each in ways]
        if -1 in places:
            continue
        order = sorted(range(len(ways)), key=lambda n: places[n])  # of namesakes any order will do
        if found := re.fullmatch(GAP.join(_any_of(ways[n]) for n in order), bare):
            spans = [found.span(n) for n in range(1, len(ways) + 1)]
            parts = tuple(text[start:end] for start, end in spans)
            yield Cut(parts, tuple(text[one[1] : two[0]] for one, two in pairwise(spans)))


def _any_of(ways: list[str]) -> str:
    return f"({'|'.join(map(re.escape, ways))})"


def _ways(piece: Piece) -> list[str]:
    """How the part may be written, without marks, the longest first."""
    unit, found = piece.unit, {piece.text}
    if unit:
        found |= {unit.name, f"{unit.kind} {unit.name}", f"{unit.short} {unit.name}"}
        if piece.typed != NAMESAKE:
            found |= {f"{unit.short}{unit.name}", f"{unit.short}.{unit.name}",
                      f"{unit.short}. {unit.name}"}  # fmt: skip
    return sorted({flat(each) for each in found}, key=len, reverse=True)
