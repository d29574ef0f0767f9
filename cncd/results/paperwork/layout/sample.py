"""A made-up document with every part and hostile names: templates are tried with it."""

import datetime as dt

from cncd.results.paperwork.drawing import (
    Annex,
    Article,
    Block,
    Bullet,
    Centred,
    Drawn,
    Figure,
    Heading,
    Signing,
    Table,
    Text,
)
from cncd.results.paperwork.layout.rendering import Stamp

STAMP = Stamp(
    "K7M4P2QX", "https://mau.example.vn/vb/K7M4P2QX", "UBND xã Mẫu", 5, dt.date(2026, 1, 5)
)


def sample(
    agency: str = "ỦY BAN NHÂN DÂN XÃ MẪU",
    *,
    title: str = "QUYẾT ĐỊNH",
    superior: str = "",
    place: str = "Mẫu",
    signing: Signing | None = None,
) -> Drawn:
    """A document of that agency; without a title a công văn."""
    number = Figure("1.234", "reports", 1, 1, "/reports/1/", "Lượt người được giúp")
    return Drawn(
        agency=agency,
        superior=superior,
        place_name=place,
        symbol="QĐ-UBND" if title else "UBND-VX",
        title=title,
        about="về việc kiện toàn Tổ công nghệ số cộng đồng và kết quả hoạt động"
        " trong 03 tháng thí điểm trên địa bàn",
        authority=f"CHỦ TỊCH {agency}" if title == "QUYẾT ĐỊNH" else "",
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Căn cứ Nghị quyết số 07-NQ/TU ngày 27/10/2021 của Ban Chấp hành Đảng bộ tỉnh;",
            "Theo đề nghị của công chức Văn hóa - Xã hội",
        ),
        addressees=() if title == "QUYẾT ĐỊNH" else ("Ủy ban nhân dân huyện Mẫu", "Sở Mẫu"),
        body=_body(number),
        annexes=(
            Annex("Danh sách thành viên", (Table(("TT", "Họ và tên"), (("1", "Người Mẫu"),)),)),
            Annex("Biểu số liệu", (Text("Biểu ngang."),), landscape=True),
        ),
        recipients=("Như Điều 3", "UBND huyện (b/c)"),
        filed="VT, VX",
        signing=signing or Signing("CHỦ TỊCH", "Người Ký Mẫu", "ỦY BAN NHÂN DÂN"),
        fields={"vi_du": "ví dụ"},
    )


def _body(number: Figure) -> tuple[Block, ...]:
    """Every kind of block, and enough of them for a second page."""
    return (
        Centred("QUYẾT ĐỊNH:"),
        Article("Điều 1.", ("Công nhận kết quả: ", number, " lượt người được hướng dẫn.")),
        Heading("I. TÌNH HÌNH CHUNG"),
        Text(("Các chữ có dấu: Ắ Ằ Ẵ ặ ễ Ữ ự Ợ ỡ Ỵ ỹ; tổng số " + "từ ngữ dài " * 20, number)),
        Heading("1. Tập huấn", 2),
        Heading("a) Tại xã", 3),
        Bullet("Bảo đảm 100% sản phẩm OCOP lên sàn thương mại điện tử."),
        Table(
            ("STT", "Nội dung", "Đơn vị tính", "Kết quả"),
            tuple((str(n), f"Chỉ tiêu số {n}", "lượt", number) for n in range(1, 12)),
            caption="Bảng 1. Kết quả thực hiện",
            total=True,
        ),
        *(Text("Nội dung kế tiếp của văn bản để sang trang thứ hai. " * 5) for _ in range(6)),
        Text("Các cơ quan, đơn vị nghiêm túc thực hiện"),
    )
