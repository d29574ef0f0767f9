"""Kế hoạch điều tra xã hội học: of a unit and year, its sample by household counts (IV.1).

When it is, who watches over it and what it costs is typed on the paper; who asks follows from the
register of teams. The sample follows a stated rule: one household in ten of each unit below,
rounded up, at least five, never more than there are.
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
from cncd.team.programme.queries import indicators_on
from cncd.team.teams.queries import reaches
from cncd.work.households.models import HouseholdCount

ONE_IN, LEAST = 10, 5
SURVEYED = ("KT12", "XH11", "XH12", "XH13", "XH16")  # indicators whose source is a survey
CONTENTS = (
    ("Chính quyền số", "CQ", "Sử dụng dịch vụ công trực tuyến, định danh điện tử, các kênh tiếp "
     "nhận phản ánh, kiến nghị; khó khăn khi nộp hồ sơ trên mạng"),
    ("Kinh tế số", "KT", "Mua bán trên sàn thương mại điện tử, thanh toán không dùng tiền mặt, tài "
     "khoản thanh toán của hộ sản xuất, kinh doanh"),
    ("Xã hội số", "XH", "Điện thoại thông minh, Internet cáp quang, sóng di động; kỹ năng số cơ "
     "bản, an toàn trên môi trường mạng; mức độ hài lòng với hỗ trợ của Tổ công nghệ số cộng đồng"),
)  # fmt: skip
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
            *_content(at),
            Heading("IV. MẪU ĐIỀU TRA"),
            Text(
                (f"Quy tắc chọn mẫu: mỗi đơn vị điều tra 1/{ONE_IN} số hộ, làm tròn lên, ít nhất "
                 f"{count(LEAST, 'hộ')}; hộ được chọn ngẫu nhiên theo danh sách mã hộ của khóm, "
                 "ấp. Tổng số phiếu: ", sample, " (phân bổ tại Phụ lục kèm theo).")
            ),
            *_how(issuer, subject, at, total),
        ),
        annexes=(_table(rows, subject),),
        recipients=("Cơ quan cấp trên (b/c)", "Các đơn vị trực thuộc"),
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
    )


def _content(day: dt.date):
    """The three sides of digital transformation that IV.1 names, each with its indicators."""
    names = dict(indicators_on(day).filter(code__in=SURVEYED).values_list("code", "name"))
    yield Heading("III. NỘI DUNG ĐIỀU TRA")
    yield Text(
        "Các chỉ số liên quan đến chỉ tiêu đánh giá chuyển đổi số: chính quyền số, kinh tế số, xã "
        "hội số."
    )
    for place, (title, prefix, asked) in enumerate(CONTENTS, 1):
        yield Heading(f"{place}. {title}", 2)
        yield Bullet(asked)
        measured = [name for code, name in names.items() if code.startswith(prefix)]
        if measured:
            yield Bullet(f"Chỉ tiêu lấy số liệu từ điều tra: {'; '.join(measured)}")


def _how(issuer, subject: Subject, at: dt.date, total: int) -> tuple:
    return (
        Heading("V. THỜI GIAN"),
        Text(f"Từ ngày {BLANK} đến ngày {BLANK}; tổng hợp kết quả trước ngày {BLANK}."),
        Heading("VI. LỰC LƯỢNG THỰC HIỆN"),
        _people(subject, at, total),
        Text(f"Người giám sát: {BLANK}."),
        Heading("VII. KINH PHÍ"),
        Text(
            f"Dự kiến: {BLANK} đồng, từ ngân sách của đơn vị và các nguồn kinh phí hợp pháp khác."
        ),
        Heading("VIII. TỔ CHỨC THỰC HIỆN"),
        Bullet(f"{issuer.name} tổ chức thực hiện, hướng dẫn, giám sát và tổng hợp kết quả"),
        Bullet("Các đơn vị trực thuộc chỉ đạo, cử người tham gia và bảo đảm tiến độ"),
    )


def _people(subject: Subject, at: dt.date, total: int) -> Text:
    """The members of the teams ask, as many households each as come out evenly (II.2.5)."""
    here = reaches([subject.place.pk], at)[0]
    page = address("teams:list", u=subject.place.pk)

    def bound(value: int, what: str, label: str) -> Figure:
        return Figure(count(value, what), "teams", subject.place.pk, 0, page, label)

    if not here.members:
        return Text(f"Trên địa bàn chưa có thành viên Tổ nào; điều tra viên: {BLANK}.")
    return Text(
        ("Thành viên Tổ công nghệ số cộng đồng là điều tra viên tại khóm, ấp: ",
         bound(here.members, "thành viên", "Số thành viên"), " của ",
         bound(here.teams, "Tổ", "Số Tổ"), ", bình quân mỗi người ",
         bound(-(-total // here.members), "phiếu", "Số phiếu mỗi thành viên"), ".")
    )  # fmt: skip


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
        (str(at), name, bound(pk, households, "Số hộ"),
         bound(pk, lacking, "Số khóm, ấp chưa có số hộ") if lacking else "",
         bound(pk, sample_of(households), "Số phiếu"),
         "" if households else "chưa có số hộ")
        for at, (pk, name, households, lacking) in enumerate(rows, 1)
    )  # fmt: skip
    whole = subject.place.pk
    total = (
        "", "Cộng", bound(whole, sum(row[2] for row in rows), "Cộng số hộ"), "",
        bound(whole, sum(sample_of(row[2]) for row in rows), "Cộng số phiếu"), "",
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
