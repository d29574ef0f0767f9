"""When two ways to write a name are the same, and how they differ when they are not."""

import re
import unicodedata
from functools import lru_cache

TONE = "[\u0300\u0301\u0303\u0309\u0323]"
# Hoà = Hòa, khoẻ = khỏe, Thuý = Thúy: both placements are taught, where no consonant follows.
OLD_PLACE = re.compile(
    rf"(?:([oO])({TONE})([aAeE])|([uU])({TONE})([yY]))(?![^\W\d_]|[\u0300-\u036f])"
)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Equal for spellings that are the same: composed or not, Hoà or Hòa; all else counts."""
    apart = unicodedata.normalize("NFD", text)
    apart = OLD_PLACE.sub(lambda m: f"{m[1]}{m[3]}{m[2]}" if m[1] else f"{m[4]}{m[6]}{m[5]}", apart)
    return unicodedata.normalize("NFC", apart)


@lru_cache(maxsize=8192)
def flat(text: str) -> str:
    """Without diacritics, lower case; as many characters as the composed text has."""
    return "".join(_base(sign) for sign in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=1024)
def _base(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return {"đ": "d", "Đ": "d"}.get(base, base.lower()[:1])


def misses_marks(written: str, right: str) -> bool:
    """Whether it is the right name with some (or all) diacritics left out; case does not matter."""
    written, right = key(written).casefold(), key(right).casefold()
    if written == right or flat(written) != flat(right):
        return False
    return all(_marks(w) <= _marks(r) for w, r in zip(_words(written), _words(right), strict=True))


def _words(text: str) -> list[str]:
    return text.split()


def _marks(word: str) -> set[tuple[int, str]]:
    """Each mark with the letter it stands on; tones belong to the whole word."""
    found, place = set(), -1
    for sign in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(sign):
            place += 1
            if sign == "đ":
                found.add((place, "đ"))
        else:
            found.add((-1 if re.match(TONE, sign) else place, sign))
    return found
