"""How wide text in Times New Roman is, and where a name that is too wide is best broken.

Widths are those of the typeface, in thousandths of its size (Liberation Serif has the same, so that
LibreOffice and Word agree); marks and tones do not widen a letter.
"""

import unicodedata
from functools import cache

REGULAR = {
    180: "'", 200: "|", 250: " ,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr", 389: "Js", 408: '"',
    444: "?acezăâê“”", 469: "^", 480: "{}", 500: "#$*0123456789_bdghknopquvxyđô–", 529: "ơ",
    541: "~", 542: "ư", 556: "FPS", 564: "+<=>", 611: "ELTZÊ", 667: "BCR",
    722: "ADGHKNOQUVXYwĂÂĐÔƠ", 776: "Ư", 778: "&m", 833: "%", 889: "M", 921: "@", 944: "W",
    1000: "…",
}  # fmt: skip
BOLD = {
    220: "|", 250: " ,.", 278: "'/\\il", 333: "!()-:;[]`fjt", 389: "Is", 394: "{}",
    444: "cerzê", 500: "#$*0123456789?J_agovxyăâô–“”", 520: "~", 554: "ơ", 555: '"',
    556: "Sbdhknpquđ", 570: "+<=>", 581: "^", 600: "ư", 611: "FP", 667: "BELTZÊ",
    722: "ACDNRUVXYwĂÂĐ", 778: "GHKOQÔƠ", 796: "Ư", 833: "&m", 930: "@", 944: "M", 1000: "%W…",
}  # fmt: skip
SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: letters of their own
OTHERWISE = 722  # a letter that is not in the list: rather too wide
MM_PER_POINT = 25.4 / 72


@cache
def _widths(bold: bool) -> dict[str, int]:
    table = BOLD if bold else REGULAR
    return {letter: width for width, letters in table.items() for letter in letters}


@cache
def _letter(letter: str, bold: bool) -> int:
    parts = unicodedata.normalize("NFD", letter)
    base = parts[0] + "".join(mark for mark in parts[1:] if mark in SHAPES)
    return _widths(bold).get(unicodedata.normalize("NFC", base), OTHERWISE)


def width_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is on one line, in mm, at a size in points."""
    composed = unicodedata.normalize("NFC", text)
    return sum(_letter(sign, bold) for sign in composed) / 1000 * size * MM_PER_POINT


def broken(text: str, most_mm: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in as few lines as fit, each at most `most_mm` wide, as even as can be.

    A line break in the text stays; names of units (XÃ, PHƯỜNG, THỊ TRẤN, HUYỆN…) begin a line where
    that costs none. A single word that is too wide stands alone.
    """
    lines = []
    for part in text.split("\n"):
        lines += _even(part.split(), most_mm, size, bold)
    return lines or [""]


UNITS = {"XÃ", "PHƯỜNG", "THỊ", "HUYỆN", "TỈNH", "THÀNH", "QUẬN", "ẤP", "KHÓM", "ĐẶC", "KHU"}


def _even(words: list[str], most: float, size: float, bold: bool) -> list[str]:
    """Dynamic programming over the words: fewest lines first, then the least ragged."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(words) + 1):
        found = []
        for start in range(end):
            line = " ".join(words[start:end])
            wide = width_mm(line, size, bold=bold)
            if wide <= most or start == end - 1:
                begins = 0 if start == 0 or words[start].upper() in UNITS else most * most / 4
                cost = best[start][0] + 1e6 + (most - wide) ** 2 + begins
                found.append((cost, [*best[start][1], line]))
        best.append(min(found))
    return best[-1][1]
