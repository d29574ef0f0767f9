"""Measures a printed document (PDF) in mm and points: what stands where, how large, which face."""

import io
from dataclasses import dataclass

import pdfplumber
from pdfminer.pdftypes import resolve1

MM = 25.4 / 72


@dataclass(frozen=True)
class Line:
    """One printed line of one column, in mm from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    fonts: frozenset[str]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def is_bold(self) -> bool:
        return all("Bold" in font for font in self.fonts)

    @property
    def is_italic(self) -> bool:
        return all("Italic" in font for font in self.fonts)


@dataclass(frozen=True)
class Rule:
    """A horizontal line, in mm."""

    left: float
    right: float
    top: float

    @property
    def length(self) -> float:
        return self.right - self.left


class Print:
    """A PDF, opened."""

    def __init__(self, content: bytes):
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            self.sizes = [(page.width * MM, page.height * MM) for page in pdf.pages]
            self.lines = [_lines(page) for page in pdf.pages]
            self.rules = [_rules(page) for page in pdf.pages]
            self.pictures = [
                [(i["x0"] * MM, i["top"] * MM, i["x1"] * MM, i["bottom"] * MM) for i in page.images]
                for page in pdf.pages
            ]
            self.characters = [char for page in pdf.pages for char in page.chars]

    def line(self, start: str, page: int = 0) -> Line:
        """The line that begins so."""
        found = [line for line in self.lines[page] if line.text.startswith(start)]
        assert found, (start, [line.text for line in self.lines[page]])
        return found[0]

    def rule_below(self, line: Line, page: int = 0) -> Rule:
        """The nearest horizontal line under a line of text, centred on it."""
        near = [
            rule
            for rule in self.rules[page]
            if 0 <= rule.top - line.bottom + 2 < 5 and rule.left < line.middle < rule.right
        ]
        assert near, (line, self.rules[page])
        return min(near, key=lambda rule: rule.top)


def _lines(page) -> list[Line]:
    words = page.extract_words(
        keep_blank_chars=True,
        x_tolerance=3,
        y_tolerance=2,
        extra_attrs=["size"],
        use_text_flow=False,
    )
    rows = sorted(words, key=lambda word: (round(word["top"]), word["x0"]))
    joined: list[list[dict]] = []
    for word in rows:
        last = joined[-1][-1] if joined else None
        if last and abs(word["bottom"] - last["bottom"]) < 1.5 and word["x0"] - last["x1"] < 10:
            joined[-1].append(word)
        else:
            joined.append([word])
    return [_line(page, row) for row in joined]


def _line(page, row: list[dict]) -> Line:
    left, right = row[0]["x0"], row[-1]["x1"]
    top, bottom = min(w["top"] for w in row), max(w["bottom"] for w in row)
    inside = [
        char
        for char in page.chars
        if left - 1 <= char["x0"] <= right + 1 and top - 1 <= char["top"] <= bottom
        and char["text"].strip()
    ]  # fmt: skip
    return Line(
        text=" ".join(word["text"].strip() for word in row),
        left=left * MM,
        right=right * MM,
        top=top * MM,
        bottom=bottom * MM,
        size=round(max(word["size"] for word in row), 1),
        fonts=frozenset(char["fontname"].partition("+")[2] for char in inside),
    )


def _rules(page) -> list[Rule]:
    found = [(e["x0"], e["x1"], e["top"]) for e in page.edges if e["orientation"] == "h"]
    return [Rule(left * MM, right * MM, top * MM) for left, right, top in found if right - left > 5]


def fonts_of(content: bytes) -> dict[str, bool]:
    """Name of each typeface → whether the file carries its letters."""
    found = {}
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for font in resolve1(page.page_obj.resources.get("Font", {})).values():
                font = resolve1(font)
                inner = resolve1(resolve1(font.get("DescendantFonts", [font]))[0])
                told = resolve1(inner.get("FontDescriptor", {}))
                name = str(told.get("FontName", font.get("BaseFont"))).rpartition("+")[2]
                carried = any(f"FontFile{kind}" in told for kind in ("", "2", "3"))
                found[name.strip("/'")] = carried
    return found
