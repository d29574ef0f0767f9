"""Measures a Word file against decree 30/2020/NĐ-CP: page, margins, typeface, places, lines.

It reads what the file says (styles and their parents, cells, sections), so that a layout can be
judged on upload, also where no LibreOffice is installed. Tests measure the printed PDF besides.
"""

import io
import re
import unicodedata

from django.utils.translation import gettext as _

from cncd.foundation.kit.figures import number
from cncd.results.paperwork.layout.ooxml import W
from cncd.results.paperwork.layout.styles import NAMES
from cncd.results.paperwork.rules import measures as m
from cncd.results.paperwork.rules.lines import width_mm

TYPED_LINE = re.compile(r"[\s_─━═=*.‒–—-]{3,}")
DASHES = re.compile("[‐‑‒–—―]")
SIZED = {
    "QuocHieu": "quoc_hieu", "TieuNgu": "tieu_ngu", "CoQuan": "co_quan", "CoQuanChuQuan": "co_quan",
    "SoKyHieu": "so", "DiaDanhNgay": "ngay", "TenLoai": "ten_loai", "TrichYeu": "trich_yeu",
    "VeViec": "ve_viec", "ThanBai": "than_bai", "CanCu": "than_bai", "ChuKy": "chu_ky",
    "HoTen": "chu_ky", "NoiNhan": "noi_nhan", "NoiNhanDanhSach": "ds_noi_nhan",
    "SoTrang": "so_trang",
}  # fmt: skip


class Layout:
    """A Word file with the properties that hold in the end: its own, else those of its style."""

    def __init__(self, content: bytes):
        from docx import Document

        self.document = Document(io.BytesIO(content))
        self.root = self.document.element.body
        styles = self.document.styles.element
        self.styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self.names = {_name(style): key for key, style in self.styles.items()}
        self.defaults = styles.find(f"{W}docDefaults")

    def paragraphs(self):
        return list(self.root.iter(f"{W}p"))

    def value(self, paragraph, path: str, attribute: str = "val", *, run=None):
        """`rPr/sz` or `pPr/ind` of a paragraph or run, from the nearest place that says it."""
        for place in self._places(paragraph, run, of_run=path.startswith("rPr")):
            found = place.find("/".join(f"{W}{part}" for part in path.split("/")))
            if found is not None and (attribute == "" or found.get(f"{W}{attribute}") is not None):
                return found.get(f"{W}{attribute}", "") if attribute else found
        return None

    def _places(self, paragraph, run, *, of_run: bool):
        if run is not None:
            yield run
        if not of_run:
            yield paragraph
        style = self.styles.get(_style_of(paragraph), self.styles.get("Normal"))
        while style is not None:
            yield style
            base = style.find(f"{W}basedOn")
            style = self.styles.get(base.get(f"{W}val")) if base is not None else None
        if self.defaults is not None:
            yield from (self.defaults.find(f"{W}{kind}Default") for kind in ("rPr", "pPr")
                        if self.defaults.find(f"{W}{kind}Default") is not None)  # fmt: skip

    def size(self, paragraph, run=None) -> float:
        found = self.value(paragraph, "rPr/sz", run=run)
        return int(found) / 2 if found else 10.0

    def marked(self, paragraph, tag: str, run=None) -> bool:
        found = self.value(paragraph, f"rPr/{tag}", "", run=run)
        return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "none")

    def length(self, paragraph, attribute: str, *, path: str = "pPr/ind") -> float:
        """Twentieths of a point of a paragraph's indent or spacing; 0 where nobody says any."""
        return float(self.value(paragraph, path, attribute) or 0)

    def room(self, paragraph) -> float:
        """How wide the paragraph's line may be, in mm."""
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        wide = self.text_width() if cell is None else self._inside(cell)
        sides = self.length(paragraph, "left") + self.length(paragraph, "right")
        return wide - m.mm_of(sides)

    def _inside(self, cell) -> float:
        table = next(cell.iterancestors(f"{W}tbl"))
        wide = cell.find(f"{W}tcPr/{W}tcW")
        margins = [table.find(f"{W}tblPr/{W}tblCellMar/{W}{side}") for side in ("left", "right")]
        taken = sum(108 if side is None else float(side.get(f"{W}w")) for side in margins)
        return m.mm_of(float(wide.get(f"{W}w")) - taken) if wide is not None else 0.0

    def text_width(self) -> float:
        section = self.document.sections[0]
        return section.page_width.mm - section.left_margin.mm - section.right_margin.mm


def problems(content: bytes, *, certificate: bool = False) -> list[str]:
    """What is not as the decree wants it, in words; a certificate is judged by its head alone."""
    layout = Layout(content)
    found = [*_motto(layout, m.MOTTO_STATE, "quoc_hieu"), *_motto(layout, m.MOTTO, "tieu_ngu")]
    found += [*_line_below(layout), *_typed_lines(layout), *_typefaces(layout)]
    if not certificate:
        found += [*_page(layout), *_sizes(layout), *_body(layout), *_page_number(layout)]
    return found


def _page(layout: Layout):
    section = layout.document.sections[0]
    size = (section.page_width.mm, section.page_height.mm)
    if any(abs(is_ - due) > 0.5 for is_, due in zip(size, m.A4, strict=True)):
        yield _("The page is %(wide)s × %(high)s mm; it must be A4 upright, 210 × 297 mm.") % {
            "wide": number(round(size[0])), "high": number(round(size[1]))
        }  # fmt: skip
    names = {"top": _("top"), "bottom": _("bottom"), "left": _("left"), "right": _("right")}
    for side, span in m.MARGINS.items():
        wide = getattr(section, f"{side}_margin").mm
        if not span.holds(wide):
            yield _("The %(side)s margin is %(is)s mm; it must be %(least)s to %(most)s mm.") % {
                "side": names[side], "is": number(wide, 1), "least": number(span.least),
                "most": number(span.most),
            }  # fmt: skip


def _motto(layout: Layout, text: str, key: str):
    """One line, one paragraph, bold, of the right size, and room for it."""
    found = next((p for p in layout.paragraphs() if _text(p) == text), None)
    if found is None:
        yield _lost(layout, text)
        return
    run = next(found.iter(f"{W}r"))
    size, bold = layout.size(found, run), layout.marked(found, "b", run)
    needed, room = width_mm(text, size, bold=bold), layout.room(found)
    if needed > room:
        yield _("“%(text)s” would break over two lines: it needs %(need)s mm and has %(room)s mm."
                " Make its column wider or its letters smaller.") % {
            "text": text, "need": number(needed, 1), "room": number(room, 1)
        }  # fmt: skip
    if not m.SIZES[key].holds(size) or not bold:
        yield _("“%(text)s” must be bold, size %(least)s to %(most)s.") % {
            "text": text, "least": number(m.SIZES[key].least), "most": number(m.SIZES[key].most)
        }  # fmt: skip
    if any(layout.marked(found, "u", run) for run in found.iter(f"{W}r")):
        yield _("“%(text)s” is underlined; the line below it must be a border.") % {"text": text}


def _lost(layout: Layout, text: str) -> str:
    whole = " ".join(_text(paragraph) for paragraph in layout.paragraphs())
    if text in " ".join(whole.split()):
        return _("“%(text)s” is broken over two lines. It must stand on one.") % {"text": text}
    if text in DASHES.sub("-", whole):
        return _("“%(text)s” has long dashes; it must have hyphens with spaces.") % {"text": text}
    return _("“%(text)s” is missing, or written otherwise.") % {"text": text}


def _line_below(layout: Layout):
    """The line below the motto: a border, as long as the text."""
    paragraphs = layout.paragraphs()
    place = next((n for n, p in enumerate(paragraphs) if _text(p) == m.MOTTO), None)
    if place is None:
        return
    size = layout.size(paragraphs[place], next(paragraphs[place].iter(f"{W}r")))
    due = width_mm(m.MOTTO, size, bold=True)
    next_one = ((paragraph, "top") for paragraph in paragraphs[place + 1 : place + 2])
    for paragraph, side in ((paragraphs[place], "bottom"), *next_one):
        if layout.value(paragraph, f"pPr/pBdr/{side}", "") is not None:
            is_ = layout.room(paragraph)
            if abs(is_ - due) > due * 0.1:
                yield _("The line below the motto is %(is)s mm long; the text is %(due)s mm.") % {
                    "is": number(is_, 1), "due": number(due, 1)
                }  # fmt: skip
            return
    yield _("The solid line below the motto is missing. It must be a border, as long as the text.")


def _typed_lines(layout: Layout):
    for paragraph in layout.paragraphs():
        text = _text(paragraph)
        if TYPED_LINE.fullmatch(text):
            yield _("A line is typed with signs (%(signs)s). Make it a border.") % {
                "signs": text[:12]
            }


def _typefaces(layout: Layout):
    wrong = set()
    for paragraph in layout.paragraphs():
        for run in paragraph.iter(f"{W}r"):
            if run.find(f"{W}t") is not None:
                named = layout.value(paragraph, "rPr/rFonts", "ascii", run=run)
                wrong |= {named or _("none named")} - {m.FONT}
    if wrong:
        yield _("The typeface must be Times New Roman; found: %(names)s.") % {
            "names": ", ".join(sorted(wrong))
        }


def _sizes(layout: Layout):
    for key, place in SIZED.items():
        style = layout.styles.get(layout.names.get(NAMES[key], ""))
        if style is None:
            continue
        size, span = layout.size(_as_if_in(style)), m.SIZES[place]
        if not span.holds(size):
            yield _("Style “%(style)s” is size %(is)s; it must be %(least)s to %(most)s.") % {
                "style": NAMES[key], "is": number(size), "least": number(span.least),
                "most": number(span.most),
            }  # fmt: skip


def _body(layout: Layout):
    style = layout.styles.get(layout.names.get(NAMES["ThanBai"], ""))
    if style is None:
        return
    inside = _as_if_in(style)
    if layout.value(inside, "pPr/jc") != "both":
        yield _("The body must be justified.")
    first = m.mm_of(layout.length(inside, "firstLine"))
    if not m.INDENTS.holds(first):
        yield _("The first line of a paragraph stands %(is)s mm in; it must be 10 or 12.7 mm.") % {
            "is": number(first, 1)
        }
    spacing = (layout.length(inside, "before", path="pPr/spacing")
               + layout.length(inside, "after", path="pPr/spacing")) / 20  # fmt: skip
    if spacing < m.SPACING_LEAST:
        yield _("Between paragraphs there are %(is)s pt; there must be at least 6.") % {
            "is": number(spacing)
        }
    line = layout.length(inside, "line", path="pPr/spacing") / 240 or 1.0
    if layout.value(inside, "pPr/spacing", "lineRule") == "auto" and not m.LINES.holds(line, 0.01):
        yield _("The line spacing is %(is)s; it must be single to 1.5.") % {"is": number(line, 2)}


def _page_number(layout: Layout):
    section = layout.document.sections[0]
    if not section.different_first_page_header_footer:
        yield _("The page number must not show on the first page.")
    header = section.header._element
    page = [p for p in header.iter(f"{W}p") if "PAGE" in "".join(p.itertext(f"{W}instrText"))]
    if not page and header.find(f".//{W}fldSimple") is None:
        yield _("The page number is missing in the top margin.")
    if page and layout.value(page[0], "pPr/jc") != "center":
        yield _("The page number must stand in the middle of the top margin.")


def _text(paragraph) -> str:
    """Its text in one spelling; a line break is a break."""
    parts = [
        "\n" if node.tag == f"{W}br" else node.text or ""
        for node in paragraph.iter(f"{W}t", f"{W}br")
    ]
    return unicodedata.normalize("NFC", "".join(parts)).strip()


def _style_of(paragraph) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val") if found is not None else "Normal"


def _name(style) -> str:
    return style.find(f"{W}name").get(f"{W}val")


def _as_if_in(style):
    """An empty paragraph of the style."""
    from docx.oxml import OxmlElement

    paragraph = OxmlElement("w:p")
    named = OxmlElement("w:pStyle")
    named.set(f"{W}val", style.get(f"{W}styleId"))
    paragraph.get_or_add_pPr().append(named)
    return paragraph
