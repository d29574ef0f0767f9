"""The paragraph styles of our documents: one table, from which `styles.xml` is written.

An office's own template keeps the names and may change what stands behind them.
"""

from typing import NamedTuple

from cncd.results.paperwork.layout.ooxml import NAMESPACE, safe
from cncd.results.paperwork.rules.measures import BODY, FONT, NORMAL, SMALL, twips


class Style(NamedTuple):
    id: str
    name: str  # what Word and LibreOffice show
    size: float = BODY
    bold: bool = False
    italic: bool = False
    align: str = "center"  # left center right both
    before: float = 0.0  # points
    after: float = 0.0
    first: float = 0.0  # mm the first line stands in
    left: float = 0.0  # mm the paragraph stands in
    line: float = 1.0
    caps: bool = False
    outline: int = -1  # level in the navigation of Word
    next_kept: bool = False


BODY_LINE = 1.1
STYLES = (
    Style("QuocHieu", "CNCĐ Quốc hiệu", SMALL, bold=True),
    Style("TieuNgu", "CNCĐ Tiêu ngữ", NORMAL, bold=True),
    Style("CoQuanChuQuan", "CNCĐ Cơ quan chủ quản", SMALL),
    Style("CoQuan", "CNCĐ Cơ quan ban hành", SMALL, bold=True),
    Style("Ke", "CNCĐ Đường kẻ", 4),
    Style("SoKyHieu", "CNCĐ Số, ký hiệu", NORMAL, before=3),
    Style("DiaDanhNgay", "CNCĐ Địa danh, ngày tháng", NORMAL, italic=True, before=3),
    Style("VeViec", "CNCĐ Về việc", SMALL, before=6),
    Style("TenLoai", "CNCĐ Tên loại", BODY, bold=True, before=14),
    Style("TrichYeu", "CNCĐ Trích yếu", BODY, bold=True),
    Style("ThamQuyen", "CNCĐ Thẩm quyền ban hành", BODY, bold=True, before=8, after=6),
    Style("KinhGui", "CNCĐ Kính gửi", BODY, before=10, after=6),
    Style("KinhGuiNhieu", "CNCĐ Kính gửi nhiều nơi", BODY, align="left", left=38, after=2),
    Style("CanCu", "CNCĐ Căn cứ", BODY, italic=True, align="both", after=6, first=12.7,
          line=BODY_LINE),
    Style("ThanBai", "CNCĐ Thân bài", BODY, align="both", after=6, first=12.7, line=BODY_LINE),
    Style("GachDauDong", "CNCĐ Gạch đầu dòng", BODY, align="both", after=6, first=12.7,
          line=BODY_LINE),
    Style("Giua", "CNCĐ Dòng giữa", BODY, bold=True, before=6, after=6, next_kept=True),
    Style("Heading1", "heading 1", BODY, bold=True, align="both", before=6, after=6, first=12.7,
          line=BODY_LINE, outline=0, next_kept=True),
    Style("Heading2", "heading 2", BODY, bold=True, align="both", after=6, first=12.7,
          line=BODY_LINE, outline=1, next_kept=True),
    Style("Heading3", "heading 3", BODY, bold=True, italic=True, align="both", after=6,
          first=12.7, line=BODY_LINE, outline=2, next_kept=True),
    Style("TenBang", "CNCĐ Tên bảng", NORMAL, bold=True, before=6, after=4, next_kept=True),
    Style("DauBang", "CNCĐ Đầu bảng", NORMAL, bold=True, before=2, after=2, next_kept=True),
    Style("OBang", "CNCĐ Ô bảng", NORMAL, align="left", before=2, after=2),
    Style("DauBangNho", "CNCĐ Đầu bảng nhỏ", 11, bold=True, before=1, after=1, next_kept=True),
    Style("OBangNho", "CNCĐ Ô bảng nhỏ", 11, align="left", before=1, after=1),
    Style("SauBang", "CNCĐ Sau bảng", 6),
    Style("ChuKy", "CNCĐ Quyền hạn, chức vụ", BODY, bold=True, next_kept=True),
    Style("HoTen", "CNCĐ Họ tên người ký", BODY, bold=True, before=72),
    Style("NoiNhan", "CNCĐ Nơi nhận", SMALL, bold=True, italic=True, align="left"),
    Style("NoiNhanDanhSach", "CNCĐ Danh sách nơi nhận", 11, align="left"),
    Style("PhuLuc", "CNCĐ Phụ lục", BODY, bold=True, outline=0),
    Style("TenPhuLuc", "CNCĐ Tên phụ lục", BODY, bold=True, caps=True),
    Style("KemTheo", "CNCĐ Kèm theo văn bản", BODY, italic=True, after=8),
    Style("SoTrang", "CNCĐ Số trang", BODY),
    Style("MaTraCuu", "CNCĐ Mã tra cứu", 8, align="left"),
)  # fmt: skip
NAMES = {style.id: style.name for style in STYLES}
TABLE_STYLE, RULED_STYLE = ("KhungKhongKe", "CNCĐ Khung không kẻ"), ("BangKe", "CNCĐ Bảng")
# What `body.py` writes with: a template must have them.
NEEDED = tuple(
    NAMES[key]
    for key in (
        *("Ke", "KinhGui", "KinhGuiNhieu", "CanCu", "ThanBai", "GachDauDong", "Giua"),
        *("Heading1", "Heading2", "Heading3", "TenBang", "DauBang", "OBang", "DauBangNho"),
        *("OBangNho", "SauBang", "ChuKy", "HoTen", "NoiNhan", "NoiNhanDanhSach"),
        *("PhuLuc", "TenPhuLuc", "KemTheo"),
    )
)


def styles_xml(changes: dict[str, dict] | None = None) -> str:
    """The whole of `word/styles.xml`; `changes` are other measures of some styles, by id."""
    changes = changes or {}
    written = "".join(_paragraph_style(s._replace(**changes.get(s.id, {}))) for s in STYLES)
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}"
        f'<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" '
        'w:type="dxa"/></w:tblPr></w:style>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{normal}{written}{_table_styles()}</w:styles>'
    )


def _paragraph_style(style: Style) -> str:
    half = round(style.size * 2)
    spacing = (
        f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
    )
    indent = f'<w:ind w:left="{twips(style.left)}" w:right="0" w:firstLine="{twips(style.first)}"/>'
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    kept = "<w:keepNext/>" if style.next_kept else ""
    marks = "".join(
        tag
        for tag, wanted in (
            ("<w:b/><w:bCs/>", style.bold),
            ("<w:i/><w:iCs/>", style.italic),
            ("<w:caps/>", style.caps),
        )
        if wanted
    )
    return (
        f'<w:style w:type="paragraph" w:customStyle="{int(not style.name.startswith("heading"))}" '
        f'w:styleId="{style.id}"><w:name w:val="{safe(style.name)}"/><w:basedOn w:val="Normal"/>'
        f'<w:qFormat/><w:pPr>{kept}{spacing}{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{marks}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _table_styles() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    found = ""
    for (key, name), borders in (
        (TABLE_STYLE, ""),
        (RULED_STYLE, f"<w:tblBorders>{sides}</w:tblBorders>"),
    ):
        found += (
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="TableNormal"/><w:tblPr>{borders}</w:tblPr></w:style>'
        )
    return found
