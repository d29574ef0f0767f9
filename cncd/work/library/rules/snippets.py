"""The part of a text where something was found, with the hits marked."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from cncd.work.library.rules.asking import Asked, Way
from cncd.work.library.rules.words import WORD, composed, folded, plain

BEFORE, LENGTH = 60, 220
GAP = r"[\W_]+"
ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
ROMAN_OF = {str(number): roman for number, roman in enumerate(ROMANS, 1)}


class Piece(NamedTuple):
    text: str
    is_hit: bool


def snippet(text: str, asked: Asked) -> list[Piece]:
    """About two lines around the place where most of the terms stand; empty when none does."""
    text = composed(" ".join(text.split()))
    hits = _hits(text, asked)
    if not hits:
        return []
    begin = _best(hits)
    begin = max(0, text.rfind(" ", 0, max(0, begin - BEFORE)) + 1) if begin > BEFORE else 0
    end = min(len(text), begin + LENGTH)
    end = len(text) if end == len(text) else text.rfind(" ", begin, end)
    end = end if end > begin else min(len(text), begin + LENGTH)
    pieces = _cut(text, begin, end, [span[:2] for span in hits])
    before = [Piece("… ", False)] if begin else []
    return [*before, *pieces, *([Piece(" …", False)] if end < len(text) else [])]


def highlighted(text: str, asked: Asked) -> list[Piece]:
    """The whole text, with the hits marked."""
    text = composed(text)
    return _cut(text, 0, len(text), [span[:2] for span in _hits(text, asked)])


def _hits(text: str, asked: Asked) -> list[tuple[int, int, int]]:
    """(begin, end, number of the term) of every hit, in order."""
    seen = plain(text)
    found = []
    for number, term in enumerate(asked.terms):
        for way in term.ways:
            found += [(begin, end, number) for begin, end in _spans(_pattern(way), seen)]
    if not found:
        found = _in_other_scripts(text, asked)
    return sorted(found)


def _spans(pattern: re.Pattern, seen: str) -> Iterator[tuple[int, int]]:
    at = 0
    while hit := pattern.search(seen, at):
        begin, at = hit.span()
        # Looked at here: a pattern that begins with its word is found ten times faster.
        if begin and seen[begin - 1].isalnum():
            at = begin + 1
        else:
            yield begin, at


@lru_cache(maxsize=256)
def _pattern(way: Way) -> re.Pattern:
    words = [rf"(?:0?{word}|{ROMAN_OF[word]})" if word in ROMAN_OF else re.escape(word)
             for word in way]  # fmt: skip
    return re.compile(rf"{GAP.join(words)}(?![^\W_])")


def _in_other_scripts(text: str, asked: Asked) -> list[tuple[int, int, int]]:
    number_of = {word: number for number, term in enumerate(asked.terms)
                 for way in term.ways for word in way}  # fmt: skip
    spans = ((hit.start(), hit.end(), folded(hit[0])) for hit in WORD.finditer(text))
    return [(begin, end, number_of[key]) for begin, end, key in spans if key in number_of]


def _best(hits: list[tuple[int, int, int]]) -> int:
    """Where the stretch begins that holds most different terms, then most hits."""

    starts = [begin for begin, _end, _number in hits]
    numbers = [number for _begin, _end, number in hits]

    def worth(begin: int) -> tuple[int, int, int]:
        first, last = (bisect_left(starts, at) for at in (begin, begin + LENGTH - BEFORE))
        return len(set(numbers[first:last])), last - first, -begin

    return max(starts[:60], key=worth)


def _cut(text: str, begin: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], begin
    for first, last in spans:
        if first < at or last > end:
            continue
        if first > at:
            pieces.append(Piece(text[at:first], False))
        pieces.append(Piece(text[first:last], True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return pieces
