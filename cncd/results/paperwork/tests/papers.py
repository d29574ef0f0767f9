"""The documents that are printed and measured: hostile names, forms of signing, long tables."""

from dataclasses import replace

from cncd.results.paperwork.drawing import Annex, Figure, Signing, Table, Text
from cncd.results.paperwork.layout.joining import joined
from cncd.results.paperwork.layout.packaged import docx_of, packed, parts_of
from cncd.results.paperwork.layout.rendering import Stamp, rendered
from cncd.results.paperwork.layout.sample import STAMP, sample
from cncd.results.paperwork.rules.measures import twips

LONGEST = "THỊ TRẤN HUỲNH HỮU NGHĨA"  # of the 109 communes of the packaged tree
OPEN = Stamp("K7M4P2QX", "https://cncd.soctrang.example.vn/vb/K7M4P2QX", "UBND", None, None, 2026)
KT = Signing("PHÓ CHỦ TỊCH", "Nguyễn Thị Hoàng Yến Phương", "ỦY BAN NHÂN DÂN", "KT", "CHỦ TỊCH")


def bad() -> bytes:
    """A template whose column is too narrow, so that the quốc hiệu breaks."""
    parts = parts_of("van-ban")
    name = "word/document.xml"
    parts[name] = parts[name].replace(f'w:w="{twips(91)}"', f'w:w="{twips(80)}"')
    return packed(parts)


def full(paragraphs: int):
    """So many lines that the signature hardly stands on the first page, or no more."""
    return replace(sample(), body=(Text("Thực hiện đúng Kế hoạch"),) * paragraphs, annexes=())


def certificate(number: int) -> bytes:
    """One of several that are joined: its own name, code and square."""
    drawn = replace(sample(title="GIẤY CHỨNG NHẬN"), body=(Text(f"Ông Số {number}"),), annexes=())
    stamp = replace(STAMP, code=f"AAAA{number}BBB", address=f"https://mau.example.vn/{number}")
    return rendered(docx_of("giay-chung-nhan"), drawn, stamp, closing=False)


def table(rows: int) -> Annex:
    """A table as the province's report has it: a unit in each row, the sum in the last."""
    lines = [(str(n), f"Xã Đại Ân {n}", Figure(str(n), "totals", n)) for n in range(1, rows + 1)]
    total = ("", "Cộng", Figure("1.234", "totals", 0))
    heads = ("STT", "Đơn vị", "Số Tổ phải báo cáo")
    return Annex(f"Bảng {rows}", (Table(heads, (*lines, total), total=True, small=True),),
                 landscape=rows == COMMUNES)  # fmt: skip


COMMUNES = 109
EDGES = range(36, 43)  # so many rows that the sum would just fall off a page
FULL = range(8, 24, 3)
DOCUMENTS = {
    "decision": lambda: rendered(docx_of("van-ban"), sample(), STAMP),
    "hostile": lambda: rendered(
        docx_of("cong-van"),
        sample(f"ỦY BAN NHÂN DÂN {LONGEST}", title="", place="Huỳnh Hữu Nghĩa", signing=KT),
        OPEN,
    ),
    "sở": lambda: rendered(
        docx_of("van-ban"),
        sample("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", superior="ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG",
               title="BÁO CÁO", place="Sóc Trăng",
               signing=Signing("PHÓ GIÁM ĐỐC", "Lê Văn A", form="TUQ", head="CHỦ TỊCH")),
        STAMP,
    ),
    "long": lambda: rendered(
        docx_of("van-ban"),
        sample("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ VÀ THỰC HIỆN ĐỀ ÁN 06 PHƯỜNG NGÃ BẢY - VĨNH CHÂU",
               title="TỜ TRÌNH",
               signing=Signing("CHÁNH VĂN PHÒNG", "Lê Văn B", form="TL", head="TRƯỞNG BAN")),
        STAMP,
    ),
    "certificate": lambda: rendered(
        docx_of("giay-chung-nhan"),
        sample(title="GIẤY CHỨNG NHẬN", signing=Signing("GIÁM ĐỐC", "Lê Văn C", form="Q")),
        STAMP,
        closing=False,
    ),
    **{f"full {n}": lambda n=n: rendered(docx_of("van-ban"), full(n), STAMP) for n in FULL},
    "province": lambda: rendered(
        docx_of("van-ban"),
        replace(sample(title="BÁO CÁO"), annexes=tuple(map(table, (COMMUNES, *EDGES)))),
        STAMP,
    ),
    "certificates": lambda: joined(map(certificate, range(2, 5))),
    "bad": lambda: rendered(bad(), sample(), STAMP),
}  # fmt: skip
