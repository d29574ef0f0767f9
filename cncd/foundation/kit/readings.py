"""A short Vietnamese text as it is compared: its words with what each weighs, its numbers and
sizes set apart. What is usual in a kind of text comes in as a `Vocabulary`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from .text import MARKS, fold, tidy

AMOUNT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kg|kí|ký|ki|gram|gam|gr|g|ml|lít|lit|l)(?![^\W\d_])")
IN_SMALLEST = {"kg": 1000, "kí": 1000, "ký": 1000, "ki": 1000, "lít": 1000, "lit": 1000, "l": 1000}
LIQUID = {"ml", "lít", "lit", "l"}
PACKED = re.compile(
    r"(?:vỉ|lốc|hộp|thùng|combo|set)\s*(\d+)(?!\s*[\d.,])"
    r"|(\d+)\s*(?:cái|trứng|quả|trái|gói|viên|túi|chai|lon|que|miếng|hũ|hộp|bịch)(?![^\W\d_])"
)
ROMAN = {"i": "1", "v": "5", "x": "10"}  # that stand alone: no syllables, if they are the rest
PIECES = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What is usual in a kind of text; words are given as `spelled`, phrases folded."""

    long_forms: Mapping[str, str] = field(default_factory=dict)  # phrase → the word it counts as
    weights: Mapping[str, float] = field(default_factory=dict)  # of empty words; others weigh 1
    words: frozenset[str] = frozenset()  # real words: none of them is a slip of another
    exclusive: tuple[frozenset[str], ...] = ()  # of each group a thing is one at most
    numerals: Mapping[str, str] = field(default_factory=dict)  # word for a number → its figures

    @cached_property
    def longest(self) -> int:
        return max((phrase.count(" ") + 1 for phrase in self.long_forms), default=1)

    @cached_property
    def abbreviated(self) -> set[str]:
        """The words that stand for a phrase."""
        return {word for phrase, word in self.long_forms.items() if " " in phrase}

    @cached_property
    def unmarked(self) -> dict[str, float]:
        """The weights of words written without dấu, where that leaves no doubt."""
        found: dict[str, set[float]] = {}
        for word, weight in self.weights.items():
            found.setdefault(word.partition("/")[0], set()).add(weight)
        return {plain: weights.pop() for plain, weights in found.items() if len(weights) == 1}

    def weight(self, word: str, *, is_marked: bool) -> float:
        """What a word counts for; in a text without dấu by its letters alone."""
        return (self.weights if is_marked else self.unmarked).get(word, 1.0)


class Word(NamedTuple):
    plain: str  # folded
    spelled: str  # with its marks; "" for an abbreviation, which has none
    weight: float


@dataclass(frozen=True)
class Reading:
    """A text as it is compared."""

    words: tuple[Word, ...]
    numbers: tuple[str, ...]
    amounts: frozenset[tuple[str, float]]
    is_marked: bool  # written with dấu at all
    has_short: bool  # something was abbreviated

    @property
    def weight(self) -> float:
        """What all its words weigh."""
        return sum(word.weight for word in self.words)

    @property
    def heavy(self) -> tuple[Word, ...]:
        """The words that tell this from others."""
        return telling(self.words)


def telling(words) -> tuple[Word, ...]:
    return tuple(word for word in words if word.weight > 0.5)


@lru_cache(maxsize=50_000)
def read(text: str, vocabulary: Vocabulary) -> Reading:
    """The words of a text with their weights, its numbers, and the sizes it names, set apart."""
    plain = tidy(text).casefold()
    amounts = {_amount(*found) for found in AMOUNT.findall(plain)}
    unweighed = AMOUNT.sub(" ", plain)
    amounts |= {("packed", float(one or other)) for one, other in PACKED.findall(unweighed)}
    pieces = PIECES.findall(PACKED.sub(" ", unweighed))
    folded = [fold(ROMAN.get(piece, piece)) for piece in pieces]
    is_marked = bool(MARKS.search(unicodedata.normalize("NFD", plain)))
    words, numbers, has_short, place = [], [], False, 0
    while place < len(pieces):
        many, word = _phrase(folded, place, vocabulary)
        if word:
            has_short |= many == 1 and word in vocabulary.abbreviated
            words.append(Word(word, "", vocabulary.weight(word, is_marked=False)))
        elif folded[place].isdigit():
            numbers.append(folded[place].lstrip("0") or "0")
        elif folded[place]:
            full = spelled(pieces[place])
            words.append(Word(folded[place], full, vocabulary.weight(full, is_marked=is_marked)))
        place += many
    return Reading(tuple(words), tuple(numbers), frozenset(amounts), is_marked, has_short)


def _phrase(folded: list[str], place: int, vocabulary: Vocabulary) -> tuple[int, str]:
    """How many words from here make one, and that word; (1, "") when they make none."""
    for many in range(min(vocabulary.longest, len(folded) - place), 0, -1):
        found = vocabulary.long_forms.get(" ".join(folded[place : place + many]))
        if found:
            return many, found
    return 1, ""


def _amount(number: str, unit: str) -> tuple[str, float]:
    value = float(number.replace(",", ".")) * IN_SMALLEST.get(unit, 1)
    return ("ml" if unit in LIQUID else "g", value)


@lru_cache(maxsize=20_000)
def spelled(word: str) -> str:
    """Equal for two ways to set the same marks ("hoà", "hòa"), unequal for two words."""
    marks = MARKS.findall(unicodedata.normalize("NFD", word.casefold()))
    return f"{fold(word)}/{''.join(sorted(marks))}" if marks else fold(word)
