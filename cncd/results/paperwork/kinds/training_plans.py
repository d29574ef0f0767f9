"""Kế hoạch tập huấn: the unit's plan of a year, line by line, with its cost (II.2.6, IV.1)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.figures import number
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
from cncd.results.paperwork.kinds.phrases import MINISTRY, amount, count, one, paragraphs
from cncd.results.paperwork.registry import NothingToDraw, PaperKind
from cncd.work.training.models import Audience, PlanLine, TrainingPlan

HEADS = (
    "STT", "Nội dung", "Đối tượng", "Số lớp", "Số buổi mỗi lớp", "Số người", "Địa điểm",
    "Thời gian", "Giảng viên, đơn vị hướng dẫn", "Kinh phí (đồng)",
)  # fmt: skip
WIDTHS = (0.7, 4.6, 1.9, 1, 1.1, 1.2, 2.4, 1.3, 2.8, 2)
AUDIENCES = {
    Audience.TEAMS: "Thành viên Tổ công nghệ số cộng đồng",
    Audience.OFFICIALS: "Cán bộ, công chức",
    Audience.CITIZENS: "Người dân",
}
SUMS = {"classes": "số lớp", "people": "số người", "cost": "kinh phí"}
QUARTERS = ("", "Quý I", "Quý II", "Quý III", "Quý IV")


def find(pk, user) -> Subject | None:
    """A plan within sight."""
    plans = TrainingPlan.objects.visible_to(user).select_related("place__level")
    plan = one(plans, pk)
    if plan is None:
        return None
    day = dt.date(plan.year, 1, 1)
    named = issuers.named_on(plan.place, day)
    return Subject(
        record=plan,
        label=f"{named.full_name}, năm {plan.year}",
        address=plan.get_absolute_url(),
        place=plan.place,
        issuer=issuers.office_short(plan.place, named, day),
    )


def drawn(subject: Subject, day: dt.date, user) -> Drawn:
    """Purpose, contents, time, trainers and cost of the courses the unit holds itself."""
    plan = subject.record
    lines = list(plan.lines.select_related("trainer_agency").prefetch_related("topics"))
    own = [line for line in lines if not line.asks_above]
    if not lines:
        raise NothingToDraw(_("The plan has no course yet. Add one, then draw it up."))
    issuer = issuers.office_of(plan.place, day)
    asked = [line for line in lines if line.asks_above]
    carry_out = (
        Heading("V. TỔ CHỨC THỰC HIỆN"),
        Bullet(f"{issuer.name} chủ trì thực hiện Kế hoạch, theo dõi, đôn đốc và báo cáo kết quả"),
        Bullet("Các đơn vị trực thuộc cử đúng thành phần tham dự, bảo đảm thời gian và địa điểm"),
        Bullet("Tổ trưởng các Tổ công nghệ số cộng đồng thông báo, động viên thành viên tham gia"),
    )
    return Drawn(
        **issuer.head,
        title="KẾ HOẠCH",
        symbol=issuer.sign("KH"),
        about=f"Đào tạo, tập huấn về chuyển đổi số {issuer.unit} năm {plan.year}",
        bases=(MINISTRY,),
        body=(
            *_purpose(plan),
            Heading("II. NỘI DUNG, ĐỐI TƯỢNG"),
            *_contents(subject, own),
            Heading("III. THỜI GIAN, ĐỊA ĐIỂM"),
            *_times(own),
            *_asked(subject, asked),
            Heading("IV. KINH PHÍ"),
            *_cost(subject, own),
            *carry_out,
        ),
        annexes=(_table(subject, own),) if own else (),
        recipients=("Cơ quan cấp trên (b/c)", "Các đơn vị trực thuộc", "Các Tổ CNCĐ"),
    )  # fmt: skip


def _purpose(plan: TrainingPlan) -> tuple:
    return (
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Text(
            "Trang bị cho thành viên Tổ công nghệ số cộng đồng, cán bộ, công chức và người dân kỹ "
            "năng sử dụng thiết bị thông minh, nền tảng số, dịch vụ công trực tuyến, thương mại "
            "điện tử, thanh toán không dùng tiền mặt và an toàn trên môi trường mạng."
        ),
        Text(
            "Nội dung tập huấn sát nhu cầu thực tế của từng địa bàn, hình thức dễ hiểu, thực hành "
            "trực tiếp trên thiết bị của học viên; bảo đảm tiết kiệm, hiệu quả."
        ),
        *paragraphs(plan.note),
    )


def _contents(subject: Subject, own: list[PlanLine]) -> tuple:
    plan = subject.record

    def bound(value: int, what: str) -> Figure:
        label = f"Tổng {what}"
        return Figure(count(value, what), "training", plan.pk, plan.version, subject.address, label)

    sums = (
        bound(sum(line.classes for line in own), "lớp"), ", ",
        bound(sum(line.classes * line.sessions for line in own), "buổi"), ", ",
        bound(sum(line.people for line in own), "lượt người"),
    )  # fmt: skip
    topics = {topic.name: None for line in own for topic in line.topics.all()}
    return (
        Text(("Tổ chức ", *sums, " (chi tiết tại Phụ lục kèm theo).")),
        *((Text(f"Chủ đề: {'; '.join(topics)}."),) if topics else ()),
        *(
            Bullet((f"{words}: ", bound(people, f"lượt {words.lower()}")))
            for audience, words in AUDIENCES.items()
            if (people := sum(line.people for line in own if line.audience == audience))
        ),
    )


def _times(own: list[PlanLine]) -> tuple:
    quarters = sorted({line.quarter for line in own})
    return tuple(
        Bullet(f"{QUARTERS[q]}: {'; '.join(line.title for line in own if line.quarter == q)}")
        for q in quarters
    ) or (Text("Đơn vị không tự tổ chức lớp trong năm."),)


def _asked(subject: Subject, lines: list[PlanLine]) -> tuple:
    if not lines:
        return ()
    return (
        Text("Đề nghị cấp trên tổ chức:"),
        *(
            Bullet(
                (
                    f"{line.title}: ",
                    _of_line(subject, line, line.people, "số người đề nghị"),
                    f" người, {QUARTERS[line.quarter]}",
                )
            )
            for line in lines
        ),
    )


def _cost(subject: Subject, own: list[PlanLine]) -> tuple:
    plan = subject.record
    cost = sum(line.cost for line in own)
    where = "dự toán ngân sách của đơn vị và các nguồn kinh phí hợp pháp khác"
    if not cost:
        return (Text(f"Kinh phí thực hiện từ {where}; không phát sinh kinh phí riêng."),)
    page, version = subject.address, plan.version
    total, in_words = amount(cost, "training", plan.pk, version, page, "Tổng kinh phí")
    return (Text(("Tổng kinh phí dự kiến: ", total, " (", in_words, f"), từ {where}.")),)


def _of_line(subject: Subject, line: PlanLine, value: int, what: str) -> Figure:
    label = f"{line.title}: {what}"[:300]
    return Figure(number(value), "training", line.pk, line.version, subject.address, label)


def _table(subject: Subject, own: list[PlanLine]) -> Annex:
    def bound(line: PlanLine, value: int, what: str) -> Figure:
        return _of_line(subject, line, value, what)

    rows = tuple(
        (
            str(place), line.title, AUDIENCES[line.audience], bound(line, line.classes, "số lớp"),
            bound(line, line.sessions, "số buổi"), bound(line, line.people, "số người"),
            line.venue, QUARTERS[line.quarter], _trainer(line), bound(line, line.cost, "kinh phí"),
        )
        for place, line in enumerate(own, 1)
    )  # fmt: skip
    classes, people, cost = (_sum(subject, own, name) for name in ("classes", "people", "cost"))
    last = ("", "Cộng", "", classes, "", people, "", "", "", cost)
    table = Table(HEADS, (*rows, last), WIDTHS, "cllrrrlclr", total=True, small=True)
    return Annex("Danh mục các lớp đào tạo, tập huấn", (table,), landscape=True)


def _sum(subject: Subject, own: list[PlanLine], name: str) -> Figure:
    plan, value = subject.record, sum(getattr(line, name) for line in own)
    label = f"Cộng {SUMS[name]}"
    return Figure(number(value), "training", plan.pk, plan.version, subject.address, label)


def _trainer(line: PlanLine) -> str:
    return ", ".join(filter(None, [line.trainer, str(line.trainer_agency or "")]))


KIND = PaperKind(
    code="training_plan",
    label=_("Training plan"),
    subject="training_plan",
    find=find,
    drawn=drawn,
    document_kind="plan",
    abbreviation="KH",
)
