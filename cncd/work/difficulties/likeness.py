"""When two difficulties are taken to be one: no database, no clock.

Sentences are compared by the ideas in them: "sóng yếu", "mất sóng" and "không có mạng" are one.
Measured on the labelled pairs of `tests/data/pairs.csv`; the threshold was chosen on one half.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from cncd.foundation.kit.alike import Likeness, likeness, read
from cncd.foundation.kit.readings import Reading
from cncd.foundation.kit.text import fold
from cncd.work.difficulties.kinds import KIND_OF
from cncd.work.difficulties.vocabulary import (
    EMPTY,
    FILLERS,
    IDEAS,
    LACKING,
    SHORT,
    TROUBLES,
)

ASKED_FROM = 0.28  # from here on a person is asked whether the two are one
MISTYPED_FROM = 4  # letters of a word that a slip may be looked for in

_PHRASED = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, SHORT), key=len, reverse=True)) + r")\b"
)
_LACKING = re.compile(r"\b(?:" + "|".join(LACKING) + r")\b")
_FILLERS = re.compile(r"\b(?:" + "|".join(FILLERS) + r")\b")
KNOWN = frozenset(
    word
    for phrase in [*(each for phrases in IDEAS.values() for each in phrases), *LACKING, *EMPTY]
    for word in phrase.split()
)


def text_likeness(one: str, other: str) -> Likeness:
    """How likely two texts tell of one difficulty, from 0 to 1, with reasons for doubting it."""
    return likeness(reading(one), reading(other), TROUBLES)


def text_keys(text: str) -> set[str]:
    """What a text is looked up by: each of its ideas and telling words."""
    return {word.plain for word in reading(text).heavy}


def kind_guessed(text: str) -> str:
    """The code of the kind of difficulty a text speaks of; "" when it names no known idea."""
    said = [KIND_OF[word.plain] for word in reading(text).words if word.plain in KIND_OF]
    return max(dict.fromkeys(said), key=said.count, default="")


@lru_cache(maxsize=20_000)
def reading(text: str) -> Reading:
    """The text as it is compared: folded, slips put right, its ideas named."""
    words = " ".join(_right(word) for word in re.sub(r"[^\w]+", " ", fold(text)).split())
    plain = _PHRASED.sub(lambda found: SHORT[found[0]], words)
    plain = " ".join(_FILLERS.sub(" ", plain).split())
    return read(_LACKING.sub("thieu", plain), TROUBLES)


@lru_cache(maxsize=20_000)
def _right(word: str) -> str:
    """A word nobody knows, a letter away from just one that is known, is that word."""
    if word in KNOWN or word in SHORT or len(word) < MISTYPED_FROM or word.isdecimal():
        return word
    near = [each for each in KNOWN if OSA.distance(word, each, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else word
