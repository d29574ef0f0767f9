"""The words of a document for the page: each figure with the record it came from."""

from dataclasses import dataclass, field

from cncd.results.paperwork.drawing import Signing
from cncd.results.paperwork.layout.body import annex_headings
from cncd.results.paperwork.models import Paper, PaperFigure
from cncd.results.paperwork.rules.signing import lines_of
from cncd.results.paperwork.rules.words import day_of_document


@dataclass(frozen=True)
class Piece:
    """A stretch of words, or one figure."""

    text: str
    figure: PaperFigure | None = None


@dataclass(frozen=True)
class Part:
    """A paragraph (`pieces`) or a table (`heads`, `rows` of cells of pieces)."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    lead: str = ""
    level: int = 0
    heads: list[str] = field(default_factory=list)
    rows: list[list[list[Piece]]] = field(default_factory=list)
    caption: str = ""


@dataclass(frozen=True)
class Sheet:
    """A document as the page shows it."""

    words: dict
    bases: list[list[Piece]]
    body: list[Part]
    annexes: list[tuple[str, str, list[Part]]]  # heading, title, parts
    signing: tuple[str, ...]
    day: str  # as it is printed; empty while it is open


def sheet_of(paper: Paper) -> Sheet:
    """The document with its figures bound; one query."""
    rows, words = list(paper.figures.all()), paper.words

    def pieces(runs: list) -> list[Piece]:
        return [
            Piece(rows[run].text, rows[run]) if isinstance(run, int) else Piece(run) for run in runs
        ]

    def part(block: dict) -> Part:
        if block["t"] == "table":
            cells = [[pieces(cell) for cell in row] for row in block["rows"]]
            return Part("table", heads=block["heads"], rows=cells, caption=block["caption"])
        sign = f"{block['sign']} " if block["t"] == "bullet" else ""
        return Part(
            block["t"], pieces([sign, *block["w"]] if sign else block["w"]),
            block.get("lead", ""), block.get("level", 0),
        )  # fmt: skip

    headings = annex_headings(len(words["annexes"]))
    return Sheet(
        words=words,
        bases=[pieces(base) for base in words["bases"]],
        body=[part(block) for block in words["body"]],
        annexes=[
            (heading, annex["title"], [part(block) for block in annex["body"]])
            for heading, annex in zip(headings, words["annexes"], strict=True)
        ],
        signing=lines_of(Signing(**words["signing"])),
        day=day_of_document(paper.issued_on) if paper.issued_on else "",
    )
