"""Vietnamese text: one spelling to keep, one to search by, one to sort by.

Databases disagree about Vietnamese (SQLite knows no collation, a server may lack ICU), so both keys
are stored beside the name and compare byte by byte, in any collation.
"""

import re
import unicodedata
from functools import lru_cache

KEY_LENGTH = 400  # what the sort_key columns hold

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def nfc(text: str) -> str:
    """The text composed (NFC) and without invisible characters; lines and spaces stay."""
    return unicodedata.normalize("NFC", str(text).translate(INVISIBLE))


def tidy(text: str) -> str:
    """A one-line name as it should be kept: NFC, trimmed, spaces single."""
    return " ".join(nfc(text).split())


# -- searching --------------------------------------------------------------------------------

TONES_AND_SHAPES = re.compile("[\u0300-\u036f]")  # Latin marks only: Khmer vowels are letters
APOSTROPHES = re.compile("['’‘ʼ`´]")
JOINERS = re.compile(r"[\s_\-‐‑‒–—,;:()\"“”]+")
SHOUTED = re.compile(r"(?<=[\s_\-–,;:(])(V|X|VI|XI|XX)(?=$|[_\-–,;:)])")
LEADING_ZERO = re.compile(r"(?<!\d)0(\d)(?!\d)")
ROMAN = {
    roman: str(number)
    for number, roman in enumerate(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split(), 1
    )
}
ALSO_SYLLABLES = {"V", "X", "VI", "XI", "XX"}  # "vi thanh" is Vị Thanh, not 6 Thanh
CERTAIN = {r.lower(): number for r, number in ROMAN.items() if r not in ALSO_SYLLABLES}


def _arabic(words: list[str]) -> list[str]:
    """Numerals written as Roman ones become Arabic; an "i" in front is a letter."""
    return [
        word if place == 0 and word == "i" else CERTAIN.get(word, word)
        for place, word in enumerate(words)
    ]


@lru_cache(maxsize=4096)  # headings, digits and names come again and again
def fold(text: str) -> str:
    """The search key: "Trần Đề", "TRAN DE" and decomposed letters fold to "tran de".

    Marks, case, đ, spaces, joining signs and the place of a tone mark vanish; a Roman numeral that
    stands alone becomes Arabic ("Hòa Tú II" = "Hoà Tú 2"), unless it may be a syllable.
    """
    plain = SHOUTED.sub(lambda match: ROMAN[match[1]], tidy(text))
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = unicodedata.normalize("NFKD", plain).casefold().replace("đ", "d")
    plain = APOSTROPHES.sub("", TONES_AND_SHAPES.sub("", plain))
    plain = " ".join(_arabic(JOINERS.sub(" ", plain).split()))
    return unicodedata.normalize("NFC", LEADING_ZERO.sub(r"\1", plain))


MARKS = re.compile("[\u0300-\u036fđ]")


def spelling(text: str) -> str:
    """Equal for two ways to write one name ("Hoà"/"HÒA"), unequal for two names ("Hòa"/"Hóa")."""
    marks = MARKS.findall(unicodedata.normalize("NFD", tidy(text)).casefold())
    return f"{fold(text)}/{''.join(sorted(marks))}"


TEAM = re.compile(
    r"\b(?:to )?(?:cns?cd|cdscd)\b"
    r"|\b(?:to )?(?:cong nghe|chuyen doi) (?:so )?cong dong\b"
    r"|\bto (?:cong nghe|chuyen doi)(?: so)?(?: cong)?$"  # somebody is still typing it
)


def expand(text: str) -> str:
    """The search key of a team's name: each way to say "tổ công nghệ số cộng đồng" is "cncd"."""
    return TEAM.sub("cncd", fold(text))


# -- sorting ----------------------------------------------------------------------------------

ALPHABET = (
    " _-–—,;:!?.…'‘’\"“”«»()[]{}§¶@*/\\&#%`´^¨°©®+±÷×<=>|¦~"
    "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
)
BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
WEIGHTS = {
    letter: BASE36[place // 36] + BASE36[place % 36] for place, letter in enumerate(ALPHABET, 1)
}
SHAPES = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê", ("o", "\u0302"): "ô",
          ("o", "\u031b"): "ơ", ("u", "\u031b"): "ư"}  # fmt: skip
TONES = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}  # huyền hỏi ngã sắc nặng
DIGITS = re.compile(r"\d+")


def _letters(text):
    """Each letter as (lower-case letter with its shape, weight of its tone, weight of its case)."""
    for whole in re.findall(
        r"[^\u0300-\u036f][\u0300-\u036f]*", unicodedata.normalize("NFD", text)
    ):
        letter, tone = whole[0].lower()[:1], 1
        for mark in whole[1:]:
            if (letter, mark) in SHAPES:
                letter = SHAPES[letter, mark]
            else:
                tone = TONES.get(mark, 7)
        yield letter, tone, 2 if whole[0].isupper() else 1


def _weight(letter: str) -> str:
    return WEIGHTS.get(letter) or f"zz{ord(letter):06x}"


def sort_key(text: str, *, numbers: bool = False) -> str:
    """A key of digits and a–z whose plain order is Vietnamese order (ICU's `vi`).

    Letters decide first, then tones (ngang huyền hỏi ngã sắc nặng), then capitals. With `numbers`,
    "Phường 2" comes before "Phường 10".
    """
    text = tidy(text)
    if numbers:
        text = DIGITS.sub(lambda run: run[0].lstrip("0").zfill(8), text)
    letters = list(_letters(text))
    first = "".join(_weight(letter) for letter, _, _ in letters)
    second = "".join(str(tone) for _, tone, _ in letters).rstrip("1")
    third = "".join(str(case) for _, _, case in letters).rstrip("1")
    return f"{first}00{second}0{third}"[:KEY_LENGTH]


def person_sort_key(full_name: str) -> str:
    """A sort key for people: given name first, then family and middle names."""
    *rest, given = tidy(full_name).split(" ")
    return f"{sort_key(given)}0{sort_key(' '.join(rest))}"[:KEY_LENGTH]
