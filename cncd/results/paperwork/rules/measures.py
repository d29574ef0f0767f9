"""The measures of decree 30/2020/NĐ-CP (Phụ lục I) that the layout keeps, and its own choices.

Lengths in mm, sizes of letters in points.
"""

from typing import NamedTuple


class Span(NamedTuple):
    least: float
    most: float

    def holds(self, value: float, slack: float = 0.3) -> bool:
        return self.least - slack <= value <= self.most + slack


A4 = (210.0, 297.0)
MARGINS = {"top": Span(20, 25), "bottom": Span(20, 25), "left": Span(30, 35), "right": Span(15, 20)}
MOTTO_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # quốc hiệu
MOTTO = "Độc lập - Tự do - Hạnh phúc"  # tiêu ngữ
FONT = "Times New Roman"
INDENTS = Span(10, 12.7)  # first line of a paragraph: 1 cm or 1.27 cm
SPACING_LEAST = 6.0  # points between paragraphs
LINES = Span(1.0, 1.5)
SIZES = {
    "quoc_hieu": Span(12, 13), "tieu_ngu": Span(13, 14), "co_quan": Span(12, 13),
    "so": Span(13, 13), "ngay": Span(13, 14), "ten_loai": Span(13, 14), "trich_yeu": Span(13, 14),
    "ve_viec": Span(12, 13), "than_bai": Span(13, 14), "chu_ky": Span(13, 14),
    "noi_nhan": Span(12, 12), "ds_noi_nhan": Span(11, 11), "so_trang": Span(13, 14),
}  # fmt: skip
RULE_SHARE = Span(1 / 3, 1 / 2)  # the line below a name, of the length of its text
OUR_RULE_SHARE = 0.42

# What the packaged layout chose within them.
TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0
TEXT_WIDTH = A4[0] - LEFT - RIGHT
AGENCY_WIDTH, STATE_WIDTH = 74.0, 91.0  # the two columns at the head
SMALL, NORMAL, BODY = 12.0, 13.0, 14.0


def twips(mm: float) -> int:
    """Twentieths of a point, as Word measures."""
    return round(mm * 72 * 20 / 25.4)


def mm_of(twips: float) -> float:
    return twips / 20 / 72 * 25.4
