"""Small pieces of WordprocessingML, as text: paragraphs, runs, tables, lines."""

import re
from html import escape

from cncd.results.paperwork.rules.measures import twips

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # XML 1.0 cannot hold them
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
# A paragraph that takes no room: where Word wants one and a full page has no place for it.
TINY = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
KEPT = "<w:keepNext/>"  # on the page of what follows: no signature stands alone on one


def safe(text: str) -> str:
    """The text as it may stand in XML."""
    return escape(FORBIDDEN.sub("", str(text)), quote=True)


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A stretch of text; a line break in it is a line break on paper."""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    marks = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = (f'<w:t xml:space="preserve">{safe(line)}</w:t>' for line in str(text).split("\n"))
    return f"<w:r>{marks}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(style: str, *runs: str, more: str = "") -> str:
    """A paragraph of a style (by id); `more` are further properties, in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{safe(style)}"/>{more}</w:pPr>{"".join(runs)}</w:p>'


def rule(style: str, cell_mm: float, length_mm: float) -> str:
    """A line of that length, centred: the border of an empty paragraph, nothing typed or drawn."""
    side = twips(max(0.0, (cell_mm - length_mm) / 2))
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    spacing = '<w:spacing w:before="60" w:after="0" w:line="120" w:lineRule="exact"/>'
    indent = f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/>'
    return paragraph(style, more=f"{border}{spacing}{indent}")


def cell(width_mm: float, *paragraphs: str, more: str = "") -> str:
    inside = "".join(paragraphs) or "<w:p/>"
    width = f'<w:tcW w:w="{twips(width_mm)}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}{more}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, head: bool = False) -> str:
    """A row that never breaks over pages; a head is repeated on each."""
    marks = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(cells)}</w:tr>"


def table(style: str, widths_mm, *rows: str, padding_mm: float = 0.0, more: str = "") -> str:
    """A table of fixed columns."""
    widths = [twips(width) for width in widths_mm]
    padding = twips(padding_mm)
    sides = "".join(f'<w:{side} w:w="{padding}" w:type="dxa"/>' for side in ("left", "right"))
    properties = (
        f'<w:tblStyle w:val="{safe(style)}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/>'
        f'{more}<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = f"<w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{head}{''.join(rows)}</w:tbl>"
