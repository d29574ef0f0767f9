"""The packaged templates, in readable form: `scripts/paper_templates.py` writes them as .docx.

Each is an ordinary Word file with tags such as {{ co_quan }}; an office takes one, changes it in
Word or LibreOffice, and uploads it as its own. A tag that begins with "p " stands for whole
paragraphs and needs a line of its own.
"""

import io
import zipfile

from cncd.results.paperwork.layout.ooxml import (
    KEPT,
    NAMESPACE,
    cell,
    paragraph,
    row,
    rule,
    run,
    table,
)
from cncd.results.paperwork.layout.styles import TABLE_STYLE, styles_xml
from cncd.results.paperwork.rules import measures as m
from cncd.results.paperwork.rules.lines import width_mm
from cncd.results.paperwork.rules.measures import twips

LEFT_FOOT, RIGHT_FOOT = 80.0, m.TEXT_WIDTH - 80.0
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"

NUMBER = "{% if so_ky_hieu %}Số: {{ so_ky_hieu }}{% endif %}"


def body_of(name: str) -> str:
    """What stands in the document, without its last section."""
    return {"van-ban": _named, "cong-van": _dispatch, "giay-chung-nhan": _certificate}[name]()


NAMES = ("van-ban", "cong-van", "giay-chung-nhan")
# A certificate is none of the 29 kinds of the decree: a sheet across, framed, in larger letters.
CHANGES = {
    "giay-chung-nhan": {
        "TenLoai": {"size": 28, "before": 12, "after": 6},
        "TrichYeu": {"size": 16, "after": 6},
        "ThanBai": {"size": 16, "align": "center", "first": 0, "after": 4},
        "GachDauDong": {"size": 16, "align": "center", "first": 0},
        "DiaDanhNgay": {"size": 14, "before": 0},
        "HoTen": {"before": 54},
    }
}


def _text(style: str, text: str) -> str:
    return paragraph(style, run(text))


def _when(tag: str, *inside: str) -> str:
    """These paragraphs only where there is something to print."""
    start, end = _text("ThanBai", f"{{%p if {tag} %}}"), _text("ThanBai", "{%p endif %}")
    return f"{start}{''.join(inside)}{end}"


def _motto_rule(width: float) -> str:
    return rule("Ke", width, width_mm(m.MOTTO, m.NORMAL, bold=True))


def _state(width: float) -> str:
    """Quốc hiệu, tiêu ngữ, and a line as long as it."""
    return _text("QuocHieu", m.MOTTO_STATE) + _text("TieuNgu", m.MOTTO) + _motto_rule(width)


def _agency() -> str:
    return (
        _when("co_quan_chu_quan", _text("CoQuanChuQuan", "{{ co_quan_chu_quan }}"))
        + _text("CoQuan", "{{ co_quan }}")
        + _text("Ke", "{{p ke_co_quan }}")
    )


def _head(*below_number: str) -> str:
    widths = (m.AGENCY_WIDTH, m.STATE_WIDTH)
    number = _text("SoKyHieu", NUMBER) + "".join(below_number)
    day = _text("DiaDanhNgay", "{{ dia_danh_ngay }}")
    return table(
        TABLE_STYLE[0],
        widths,
        row(cell(widths[0], _agency()), cell(widths[1], _state(widths[1]))),
        row(cell(widths[0], number), cell(widths[1], day)),
    )


def _foot() -> str:
    widths = (LEFT_FOOT, RIGHT_FOOT)
    signing = _text("ChuKy", "{{p chu_ky }}") + _text("HoTen", "{{ nguoi_ky }}")
    left = _text("NoiNhan", "{{p noi_nhan }}")
    # A cell must end with a paragraph of its own.
    foot = row(cell(widths[0], left + paragraph("Ke")), cell(widths[1], signing))
    return paragraph("SauBang", more=KEPT) + table(TABLE_STYLE[0], widths, foot)


def _named() -> str:
    """Documents with a kind of their own: quyết định, kế hoạch, báo cáo, tờ trình."""
    return (
        _head()
        + _text("TenLoai", "{{ ten_loai }}")
        + _text("TrichYeu", "{{ trich_yeu }}")
        + _text("Ke", "{{p ke_trich_yeu }}")
        + _text("KinhGui", "{{p kinh_gui }}")
        + _when("tham_quyen", _text("ThamQuyen", "{{ tham_quyen }}"))
        + _text("CanCu", "{{p can_cu }}")
        + _text("ThanBai", "{{p than_bai }}")
        + _foot()
        + _text("PhuLuc", "{{p phu_luc }}")
    )


def _dispatch() -> str:
    """Công văn: no kind, the subject under the number."""
    return (
        _head(_text("VeViec", "V/v {{ trich_yeu }}"))
        + _text("KinhGui", "{{p kinh_gui }}")
        + _text("CanCu", "{{p can_cu }}")
        + _text("ThanBai", "{{p than_bai }}")
        + _foot()
        + _text("PhuLuc", "{{p phu_luc }}")
    )


CERTIFICATE_WIDTH = m.A4[1] - 2 * m.BOTTOM


def _certificate() -> str:
    widths = (CERTIFICATE_WIDTH / 2, CERTIFICATE_WIDTH / 2)
    signing = (
        _text("DiaDanhNgay", "{{ dia_danh_ngay }}")
        + _text("ChuKy", "{{p chu_ky }}")
        + _text("HoTen", "{{ nguoi_ky }}")
    )
    number = _text("SoKyHieu", NUMBER)
    return (
        _state(CERTIFICATE_WIDTH)
        + _text("TenLoai", "{{ ten_loai }}")
        + _text("CoQuan", "{{ co_quan }}")
        + _text("TrichYeu", "{{ trich_yeu }}")
        + _text("CanCu", "{{p can_cu }}")
        + _text("ThanBai", "{{p than_bai }}")
        + table(TABLE_STYLE[0], widths, row(cell(widths[0], number), cell(widths[1], signing)))
        + _text("PhuLuc", "{{p phu_luc }}")
    )


# -- the file around it ----------------------------------------------------------------------------


def _section(name: str) -> str:
    refs = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{key}"/>'
        for part, kind, key in (
            *(("header", "default", "rId2"), ("header", "first", "rId3")),
            *(("footer", "default", "rId4"), ("footer", "first", "rId5")),
        )
    )
    across = name == "giay-chung-nhan"
    wide, high = (m.A4[1], m.A4[0]) if across else m.A4
    turned = ' w:orient="landscape"' if across else ""
    left, right = (m.BOTTOM, m.BOTTOM) if across else (m.LEFT, m.RIGHT)
    sides = ("top", "left", "bottom", "right")
    frame = "".join(
        f'<w:{side} w:val="thickThinSmallGap" w:sz="24" w:space="24" w:color="000000"/>'
        for side in sides
    )
    borders = f'<w:pgBorders w:offsetFrom="page">{frame}</w:pgBorders>' if across else ""
    return (
        f'<w:sectPr>{refs}<w:pgSz w:w="{twips(wide)}" w:h="{twips(high)}"{turned}/>'
        f'<w:pgMar w:top="{twips(m.TOP)}" w:right="{twips(right)}" w:bottom="{twips(m.BOTTOM)}" '
        f'w:left="{twips(left)}" w:header="{twips(10)}" w:footer="{twips(5)}" w:gutter="0"/>'
        f"{borders}<w:titlePg/></w:sectPr>"
    )


PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)

# As Word has measured since 2013: a table's indent is that of its border.
SETTINGS = (
    '<w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def _first_foot() -> str:
    """The code of the document and its square, within the bottom margin."""
    widths = (15.0, 90.0)
    left = cell(widths[0], _text("MaTraCuu", "{{ ma_qr }}"))
    words = _text("MaTraCuu", "{{ ma_tra_cuu }}")
    right = cell(widths[1], words, more='<w:vAlign w:val="center"/>')
    return table(TABLE_STYLE[0], widths, row(left, right), padding_mm=0.8) + paragraph("Ke")


def _part(tag: str, inside: str) -> str:
    spaces = f'xmlns:w="{NAMESPACE}" xmlns:r="{OFFICE}"'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:{tag} {spaces}>{inside}</w:{tag}>"


def parts_of(name: str) -> dict[str, str]:
    """Path inside the file → its text."""
    kinds = ("header", "header", "footer", "footer")
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": _part("document", f"<w:body>{body_of(name)}{_section(name)}</w:body>"),
        "word/_rels/document.xml.rels": _relations(
            [
                ("styles", "styles.xml"),
                *((k, f"{k}{n}.xml") for n, k in enumerate(kinds, 1)),
                ("settings", "settings.xml"),
            ]
        ),
        "word/styles.xml": styles_xml(CHANGES.get(name)),
        "word/settings.xml": _part("settings", SETTINGS),
        "word/header1.xml": _part("hdr", paragraph("SoTrang", PAGE)),
        "word/header2.xml": _part("hdr", paragraph("SoTrang")),
        "word/footer3.xml": _part("ftr", paragraph("MaTraCuu")),
        "word/footer4.xml": _part("ftr", _first_foot()),
    }


def docx_of(name: str) -> bytes:
    """The template as a Word file; the same bytes each time."""
    return packed(parts_of(name))


def packed(parts: dict[str, str]) -> bytes:
    """Stored without compression: the same bytes whatever the machine's zlib."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), text)
    return held.getvalue()


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings",
             "header1": "header", "header2": "header",
             "footer3": "footer", "footer4": "footer"}  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPES}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(found: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{lines}</Relationships>"
    )
