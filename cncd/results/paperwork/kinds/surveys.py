"""Kế hoạch điều tra xã hội học: of a unit and year, its sample by household counts (IV.1).

What is asked, when, by whom and for how much is typed on the paper; the sample follows a stated
rule: one household in ten of each unit below, rounded up, at least five, never more than there are.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import number
from cncd.foundation.places import queries as places
from cncd.foundation.places.models import Level, Place, PlaceIndex
from cncd.results.paperwork.drawing import (
    Annex,
    Bullet,
    Drawn,
    Figure,
    Heading,
    Subject,
    Table,
    Text,
)
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import BLANK, MINISTRY, address, count, one
from cncd.results.paperwork.registry import PaperKind
from cncd.work.households.models import HouseholdCount

ONE_IN, LEAST = 10, 5
HEADS = ("TT", "Đơn vị", "Số hộ", "Số khóm, ấp chưa có số hộ", "Số phiếu", "Ghi chú")


def sample_of(households: int) -> int:
    """How many households of a unit are asked: one in ten, rounded up, at least five."""
    return min(households, max(LEAST, -(-households // ONE_IN))) if households else 0


def find(pk, user) -> Subject | None:
    """“31” or “31.2027”: a unit of the person's, and the year (this one, when none is said)."""
    unit, _dot, said = str(pk).partition(".")
    today = timezone.localdate()
    year = int(said) if said.isdecimal() and len(said) == 4 else today.year
    place = one(Place.objects.select_related("level").exclude(level__code="hamlet"), unit)
    if place is None or not user.can("papers.draw", place=place):
        return None
    named = issuers.named_on(place, today)
    return Subject(
        record=year,
        label=f"{named.full_name}, năm {year}",
        address=address("households:counts", u=place.pk),
        place=place,
        issuer=issuers.office_short(place, named, today),
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """Purpose, subjects, content, sample, time, people and cost; what is open is a dotted line."""
    place, year = subject.place, subject.record
    issuer = issuers.office_of(place, at)
    rows = _rows(place, year, at)
    total = sum(sample_of(households) for _pk, _name, households, _lacking in rows)
    sample = Figure(count(total), "households", place.pk, 0, subject.address, "Tổng số phiếu")
    return Drawn(
        **issuer.head,
        title="KẾ HOẠCH",
        symbol=issuer.sign("KH"),
        about=f"Điều tra xã hội học về chuyển đổi số trên địa bàn {issuer.unit} năm {year}",
        bases=(MINISTRY,),
        body=(
            *_what(),
            Heading("IV. MẪU ĐIỀU TRA"),
            Text(
                (f"Quy tắc chọn mẫu: mỗi đơn vị điều tra 1/{ONE_IN} số hộ, làm tròn lên, ít nhất "
                 f"{count(LEAST, 'hộ')}; hộ được chọn ngẫu nhiên theo danh sách mã hộ của khóm, "
                 "ấp. Tổng số phiếu: ", sample, " (phân bổ tại Phụ lục kèm theo).")
            ),
            *_how(issuer),
        ),
        annexes=(_table(rows, subject),),
        recipients=("Cơ quan cấp trên (b/c)", "Các đơn vị trực thuộc"),
        filed="VT, VHXH" if issuer.symbol == "UBND" else "VT",
    )  # fmt: skip


def _what() -> tuple:
    return (
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Text(
            "Thu thập thông tin về hiện trạng chính quyền số, kinh tế số, xã hội số tại địa bàn, "
            "phục vụ xây dựng cơ sở dữ liệu, đánh giá tình hình và đề ra giải pháp phù hợp."
        ),
        Text(
            "Điều tra trung thực, khách quan; người trả lời tự nguyện; không thu thập thông tin "
            "nhận dạng cá nhân ngoài nội dung phiếu."
        ),
        Heading("II. ĐỐI TƯỢNG, PHẠM VI"),
        Text("Hộ gia đình thường trú tại các khóm, ấp; mỗi hộ một người từ đủ 18 tuổi trả lời."),
        Heading("III. NỘI DUNG ĐIỀU TRA"),
        Bullet("Thiết bị và kết nối: điện thoại thông minh, Internet cáp quang, sóng di động"),
        Bullet("Sử dụng dịch vụ công trực tuyến, định danh điện tử"),
        Bullet("Mua bán trên sàn thương mại điện tử, thanh toán không dùng tiền mặt"),
        Bullet("Kỹ năng số cơ bản, an toàn trên môi trường mạng"),
        Bullet("Mức độ hài lòng với hỗ trợ của Tổ công nghệ số cộng đồng"),
        Bullet(f"Nội dung khác: {BLANK}"),
    )


def _how(issuer) -> tuple:
    return (
        Heading("V. THỜI GIAN"),
        Text(f"Từ ngày {BLANK} đến ngày {BLANK}; tổng hợp kết quả trước ngày {BLANK}."),
        Heading("VI. LỰC LƯỢNG THỰC HIỆN"),
        Text(
            "Thành viên Tổ công nghệ số cộng đồng là điều tra viên tại khóm, ấp; mỗi điều tra viên "
            f"phụ trách {BLANK} phiếu. Người giám sát: {BLANK}."
        ),
        Heading("VII. KINH PHÍ"),
        Text(
            f"Dự kiến: {BLANK} đồng, từ ngân sách của đơn vị và các nguồn kinh phí hợp pháp khác."
        ),
        Heading("VIII. TỔ CHỨC THỰC HIỆN"),
        Bullet(f"{issuer.name} tổ chức thực hiện, hướng dẫn, giám sát và tổng hợp kết quả"),
        Bullet("Các đơn vị trực thuộc chỉ đạo, cử người tham gia và bảo đảm tiến độ"),
    )


def _rows(place: Place, year: int, day: dt.date) -> list[tuple[int, str, int, int]]:
    """(unit id, name, households, hamlets without a count) of each unit right below; five queries.

    The count of that year, else the latest one before it, as last stated.
    """
    below = list(places.children(place, day))
    lowest = Level.objects.order_by("-rank").values("pk")[:1]
    index = PlaceIndex.objects.on(day).filter(
        ancestor__in=[unit.pk for unit in below], inherited=False, place__level__in=lowest
    )
    pairs = list(index.values_list("ancestor", "place"))
    counts = HouseholdCount.objects.current().filter(place__in={pk for _unit, pk in pairs})
    counts = counts.filter(year__lte=year, households__isnull=False).order_by("year")
    stated = dict(counts.values_list("place", "households"))
    rows = []
    for unit in below:
        hamlets = [pk for ancestor, pk in pairs if ancestor == unit.pk]
        known = [stated[pk] for pk in hamlets if pk in stated]
        rows.append((unit.pk, unit.full_name, sum(known), len(hamlets) - len(known)))
    return rows


def _table(rows, subject: Subject) -> Annex:
    def bound(pk: int, value: int, label: str) -> Figure:
        where = address("households:counts", u=pk)
        return Figure(number(value), "households", pk, 0, where, label)

    lines = tuple(
        (str(at), name, bound(pk, households, "Số hộ"), number(lacking) if lacking else "",
         bound(pk, sample_of(households), "Số phiếu"),
         "" if households else "chưa có số hộ")
        for at, (pk, name, households, lacking) in enumerate(rows, 1)
    )  # fmt: skip
    total = (
        "", "Cộng", number(sum(row[2] for row in rows)), "",
        number(sum(sample_of(row[2]) for row in rows)), "",
    )  # fmt: skip
    table = Table(HEADS, (*lines, total), (0.8, 5, 1.8, 2, 1.6, 2.4), "clrrrl", total=True)
    return Annex("Phân bổ số phiếu điều tra", (table,))


KIND = PaperKind(
    code="survey_plan",
    label=_("Plan of a sociological survey"),
    subject="survey_plan",
    find=find,
    drawn=drawn,
    document_kind="plan",
    abbreviation="KH",
)
