"""What somebody looks for, taken apart: words that must all be there, each in several ways."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cncd.work.library.rules.words import composed, folded, has_marks, marked, words

MOST_WORDS = 12
QUOTES = str.maketrans("“”„«»", '"""""')

Way = tuple[str, ...]  # words that follow each other


@dataclass(frozen=True)
class Term:
    """One thing looked for: `ways` folded, any of them; `strict` the same with marks, if typed."""

    ways: tuple[Way, ...]
    strict: Way | None = None
    is_phrase: bool = False


@dataclass(frozen=True)
class Asked:
    """A search as understood: every term must be found."""

    terms: tuple[Term, ...]

    @property
    def has_marks(self) -> bool:
        return any(term.strict for term in self.terms)

    @property
    def whole(self) -> str:
        """All its words in a row, folded."""
        return " ".join(" ".join(term.ways[0]) for term in self.terms)


@cache
def synonyms() -> dict[Way, tuple[Way, ...]]:
    """Each way to say something → all the ways, itself first; `synonyms.csv`, folded."""
    found: dict[Way, list[Way]] = defaultdict(list)
    with (Path(__file__).parent / "synonyms.csv").open(encoding="utf-8") as lines:
        for row in csv.reader(lines):
            ways = [tuple(way.split()) for way in row]
            for way in ways:
                found[way] += [way, *ways]
    return {way: tuple(dict.fromkeys(ways)) for way, ways in found.items()}


LONGEST = 6  # words of the longest way in the list


def asked(text: str) -> Asked:
    """Takes the text apart: "quoted words" stay together, short names mean what they stand for."""
    terms: list[Term] = []
    for place, part in enumerate(composed(text).translate(QUOTES).split('"')):
        found = words(part)[: MOST_WORDS - len(terms)]
        if place % 2 and len(found) > 1:
            terms.append(_phrase(found))
        else:
            terms += _single(found)
    return Asked(tuple(dict.fromkeys(terms)))


def _phrase(found: list[str]) -> Term:
    way = tuple(map(folded, found))
    strict = tuple(map(marked, found)) if any(map(has_marks, found)) else None
    return Term(synonyms().get(way, (way,)), strict, is_phrase=True)


def _single(found: list[str]) -> list[Term]:
    """Word by word; where several in a row are known under other names, these as one term."""
    terms, place = [], 0
    keys = tuple(map(folded, found))
    while place < len(found):
        longest = min(LONGEST, len(found) - place)
        for length in range(longest, 0, -1):
            way = keys[place : place + length]
            if length == 1 or way in synonyms():
                terms.append(_term(way, found[place : place + length]))
                place += length
                break
    return terms


def _term(way: Way, written: list[str]) -> Term:
    ways = synonyms().get(way, (way,))
    strict = tuple(map(marked, written)) if any(map(has_marks, written)) else None
    return Term(ways, strict)
