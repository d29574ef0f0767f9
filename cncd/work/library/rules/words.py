"""Words of a text as the search knows them: folded, and with their marks, in ASCII only.

ASCII, so that the tokenizers of both databases cut alike whatever their locale: "Dịch vụ" is
"dich vu" folded and "dich5 vu5" with marks (signs as in VNI typing, at the end of the syllable, so
that "hoà" and "hòa" are one). Khmer and Chinese write no spaces: each cluster is a word.
"""

import re
import unicodedata
from functools import lru_cache

from cncd.foundation.kit.text import CERTAIN, INVISIBLE

CLUSTER = r"[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*|[\u4e00-\u9fff]"
WORD = re.compile(rf"{CLUSTER}|[^\W_\u1780-\u17ff\u4e00-\u9fff]+")
SIGNS = {
    "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5",
    "\u0302": "6", "\u031b": "7", "\u0306": "8",
}  # fmt: skip
SYLLABLES = 16_384  # Vietnamese has about seven thousand; they come again and again
ZERO = re.compile(r"0\d")
HIDDEN = re.compile(f"[{''.join(map(chr, INVISIBLE))}]")


def _letters() -> tuple[dict[int, str], dict[str, str]]:
    """Every precomposed Vietnamese letter → its plain one, and → its signs."""
    plain, signs = {ord("đ"): "d", ord("Đ"): "d"}, {"đ": "9", "Đ": "9"}
    for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)):
        first, *marks = unicodedata.normalize("NFD", chr(code))
        if first.isascii() and marks:
            plain[code] = first.lower()
            signs[chr(code)] = "".join(SIGNS.get(mark, "") for mark in marks)
    plain |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    return plain, signs


PLAIN, SIGNS_OF = _letters()


def composed(text: str) -> str:
    """The text in one spelling, letter by letter as it will be shown."""
    if HIDDEN.search(text):
        text = HIDDEN.sub("", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """A composed text without marks and capitals, every letter still at its place."""
    return text.translate(PLAIN)


@lru_cache(maxsize=SYLLABLES)
def folded(word: str) -> str:
    """One word as it is looked for: plain, Roman numerals Arabic, "02" as "2", ASCII."""
    found = plain(word)
    if len(found) < 5:
        found = CERTAIN.get(found, found) if len(found) > 1 else found
        found = found[1:] if ZERO.fullmatch(found) else found
    return found if found.isascii() else _spelt(found)


@lru_cache(maxsize=SYLLABLES)
def marked(word: str) -> str:
    """One word with its marks: "Hoà" and "hòa" are "hoa2"; without any it is the folded one."""
    signs = "".join(sorted("".join(SIGNS_OF.get(letter, "") for letter in word)))
    return folded(word) + signs


def has_marks(word: str) -> bool:
    return any(letter in SIGNS_OF for letter in word)


def words(text: str) -> list[str]:
    """The words of a composed text, as written, in order."""
    return WORD.findall(text)


def keys(text: str) -> tuple[str, str]:
    """What is kept of a text to be searched: (folded words, words with marks)."""
    found = words(composed(text))
    return " ".join(map(folded, found)), " ".join(map(marked, found))


def _spelt(word: str) -> str:
    """Letters of other scripts by their numbers: tokenizers cut none of these apart."""
    return "".join(sign if sign.isascii() else f"u{ord(sign):x}" for sign in word)
