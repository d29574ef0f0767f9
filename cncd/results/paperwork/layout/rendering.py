"""Fills a template with a document: docxtpl, in a sandbox that knows our tags and nothing else."""

import copy
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cncd.results.paperwork.drawing import Drawn
from cncd.results.paperwork.layout.body import SECTION, Body, about_lines
from cncd.results.paperwork.layout.ooxml import W
from cncd.results.paperwork.layout.styles import NAMES, RULED_STYLE
from cncd.results.paperwork.rules import codes
from cncd.results.paperwork.rules.lines import broken, width_mm
from cncd.results.paperwork.rules.measures import AGENCY_WIDTH, NORMAL, SMALL, STATE_WIDTH
from cncd.results.paperwork.rules.words import day_of_document
from cncd.results.paperwork.seals import MARK

PACKAGED = Path(__file__).parent.parent / "packaged"
QR_MM = 13.0
OPEN_NUMBER = "      "  # left blank for the clerk
MARKER = re.compile(re.escape(SECTION).replace(r"\{\}", "(portrait|landscape)"))
V_V = re.compile(r"^(về việc|v/v)\s+", re.IGNORECASE)  # printed by the template itself
SPECIAL = {"QUYẾT ĐỊNH": "Quyết định", "TỜ TRÌNH": "Tờ trình", "": "Công văn"}


@dataclass(frozen=True)
class Stamp:
    """What is known of a document beside its words: its number, its day, its code."""

    code: str
    address: str  # of the page that confirms it
    issuer: str
    number: int | None = None
    issued_on: object = None
    year: int | None = None  # printed where the day is still open


class Xml(str):
    """WordprocessingML that `ooxml` wrote, every text in it escaped: it goes in as it is."""

    def __html__(self) -> str:
        return self


@cache
def packaged_template(name: str) -> bytes:
    return (PACKAGED / f"{name}.docx").read_bytes()


def sandbox():
    """A Jinja environment without globals: a template sees its tags; unknown ones fail. Only what
    `checking` let through comes here, so nothing in it can run on for long."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    return environment


def rendered(template: bytes, drawn: Drawn, stamp: Stamp, *, closing: bool = True) -> bytes:
    """The document as a Word file.

    Raises jinja2.TemplateError or an error of lxml for a template that was never checked.
    """
    from docx import Document
    from docxtpl import DocxTemplate

    held = DocxTemplate(io.BytesIO(template))
    held.init_docx()
    ids = {style.name: style.style_id for style in held.docx.styles}
    body = Body(drawn, _ids(ids), ids.get(RULED_STYLE[1], RULED_STYLE[0]))
    held.render(tags(body, stamp, closing=closing, picture=_picture(held, stamp)), sandbox())
    made = io.BytesIO()
    held.save(made)
    document = Document(io.BytesIO(made.getvalue()))
    _set_sections(document)
    _set_close(document)
    _mark_name(document, ids.get(NAMES["HoTen"]))
    _name(document, drawn, stamp)
    finished = io.BytesIO()
    document.save(finished)
    return finished.getvalue()


def _ids(found: dict[str, str]) -> dict[str, str]:
    """python-docx calls “heading 1” “Heading 1”."""
    return found | {name.lower(): key for name, key in found.items() if name.startswith("Heading")}


def tags(body: Body, stamp: Stamp, *, closing: bool, picture) -> dict:
    """Tag → what it prints; the help for offices lists the same ones."""
    drawn = body.drawn
    agency = "\n".join(broken(drawn.agency, AGENCY_WIDTH - 2, SMALL, bold=True))
    superior = "\n".join(broken(drawn.superior, AGENCY_WIDTH - 2, SMALL)) if drawn.superior else ""
    day = day_of_document(stamp.issued_on, stamp.year)
    number = f"{stamp.number:02d}" if stamp.number else OPEN_NUMBER
    full = f"{number}/{drawn.symbol}" if drawn.symbol else ""  # a form of a team has no number
    cited = f"{_kind_of(drawn)} số {full}" if full else _kind_of(drawn)
    reference = f"Kèm theo {cited} {day} của {stamp.issuer}"
    return {
        "co_quan_chu_quan": superior,
        "co_quan": agency,
        "ke_co_quan": Xml(body.agency_rule()),
        "so_ky_hieu": full,
        "dia_danh_ngay": _place_and_day(drawn.place_name, stamp),
        "ten_loai": drawn.title,
        "trich_yeu": "\n".join(about_lines(drawn.about))
        if drawn.title
        else V_V.sub("", drawn.about),
        "ke_trich_yeu": Xml(body.about_rule()),
        "tham_quyen": drawn.authority,
        "kinh_gui": Xml(body.addressees()),
        "can_cu": Xml(body.bases() if drawn.bases else ""),
        "than_bai": Xml(body.body(closing=closing)),
        "chu_ky": Xml(body.signature()),
        "nguoi_ky": drawn.signing.name,
        "noi_nhan": Xml(body.recipients()),
        "phu_luc": Xml(body.annexes(reference)),
        "ma_tra_cuu": f"Mã tra cứu: {codes.shown(stamp.code)}\n{stamp.address}",
        "ma_qr": picture,
        "truong": drawn.fields,
    }


def _place_and_day(place: str, stamp: Stamp) -> str:
    """One line whatever the place is called: an open day gets the room that is left."""
    for blanks in range(len(OPEN_NUMBER), 2, -1):
        day = day_of_document(stamp.issued_on, stamp.year, blank=" " * blanks)
        if width_mm(line := f"{place}, {day}", NORMAL) <= STATE_WIDTH:
            break
    return line


def _kind_of(drawn: Drawn) -> str:
    """“Quyết định” inside a sentence."""
    return SPECIAL.get(drawn.title, drawn.title.capitalize())


def _picture(held, stamp: Stamp):
    from docx.shared import Mm
    from docxtpl import InlineImage

    return InlineImage(held, io.BytesIO(square_of(stamp.address)), width=Mm(QR_MM))


def square_of(address: str) -> bytes:
    """The address as a QR code, PNG, without a margin: the paper around it is white."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0, box_size=8)
    code.add_data(address)
    held = io.BytesIO()
    code.make_image().save(held, "PNG")
    return held.getvalue()


# -- sections --------------------------------------------------------------------------------------


def _set_sections(document) -> None:
    """Each marked paragraph ends the section before it; annexes number their pages anew."""
    body = document.element.body
    last = body.sectPr
    before = copy.deepcopy(last)
    for found in list(body.iterchildren(f"{W}p")):
        marked = MARKER.fullmatch("".join(found.itertext(f"{W}t")))
        if not marked:
            continue
        _end_section(found, before)
        before = _annex_section(last, marked[1])
    body.replace(last, before)


def _end_section(paragraph, section) -> None:
    """The marked paragraph becomes the last one, empty, of the section before it.

    An empty one that closes a table there already serves as well: two would begin a page of their
    own below a table that fills its page.
    """
    before = paragraph.getprevious()
    if before.tag == f"{W}p" and before.find(f"{W}r") is None:
        paragraph.getparent().remove(paragraph)
        paragraph = before
    for run in list(paragraph.iterchildren(f"{W}r")):
        paragraph.remove(run)
    paragraph.get_or_add_pPr().append(section)


def _annex_section(last, orientation: str):
    from lxml import etree

    section = copy.deepcopy(last)
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if orientation == "landscape":
        wide, high = size.get(f"{W}w"), size.get(f"{W}h")
        size.set(f"{W}w", high), size.set(f"{W}h", wide), size.set(f"{W}orient", "landscape")
        turned = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
        old = {side: margins.get(f"{W}{side}") for side in turned}
        margins.set(f"{W}top", old["left"]), margins.set(f"{W}bottom", old["bottom"])
        for side in ("left", "right"):
            margins.set(f"{W}{side}", old["bottom"])
    for known in section.findall(f"{W}pgNumType"):
        section.remove(known)
    numbering = etree.SubElement(section, f"{W}pgNumType")
    numbering.set(f"{W}start", "1")
    section.remove(numbering)
    borders = section.find(f"{W}pgBorders")  # Word wants them in this order
    (margins if borders is None else borders).addnext(numbering)
    return section


def _set_close(document) -> None:
    """The square keeps no distance of its own: LibreOffice would add 3 mm on either side."""
    section = document.sections[0]
    bodies = [document.element.body, section.footer._element, section.first_page_footer._element]
    for inline in (one for body in bodies for one in body.iter("{*}inline")):
        for side in "TBLR":
            inline.set(f"dist{side}", "0")


def _mark_name(document, style: str | None) -> None:
    """A bookmark around the signer's name, so that the PDF says where a signature is shown."""
    from docx.oxml import OxmlElement

    body = document.element.body
    named = [p for p in body.iter(f"{W}p") if style and p.style == style]
    known = {
        mark.get(f"{W}name"): int(mark.get(f"{W}id")) for mark in body.iter(f"{W}bookmarkStart")
    }
    if not named or MARK in known:
        return
    first, last = (OxmlElement(f"w:bookmark{end}") for end in ("Start", "End"))
    for mark in (first, last):
        mark.set(f"{W}id", str(max(known.values(), default=0) + 1))
    first.set(f"{W}name", MARK)
    named[-1].get_or_add_pPr().addnext(first)
    named[-1].append(last)


def _name(document, drawn: Drawn, stamp: Stamp) -> None:
    """What Word shows of the file, and no name of a person."""
    properties = document.core_properties
    properties.title = f"{drawn.title or 'CÔNG VĂN'} {drawn.about}"[:250]
    properties.subject = codes.shown(stamp.code)
    properties.author = stamp.issuer[:250]
    properties.last_modified_by = ""
    properties.language = "vi-VN"
