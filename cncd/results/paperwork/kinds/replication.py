"""Kế hoạch nhân rộng: teams in every hamlet of a unit, wave by wave (IV.1)."""

import datetime as dt

from django.utils import timezone
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
from cncd.results.paperwork.kinds.phrases import amount, count, day, one, or_none, paragraphs
from cncd.results.paperwork.registry import NothingToDraw, PaperKind
from cncd.results.pilots.models import Replication
from cncd.results.pilots.queries import replication_of
from cncd.results.pilots.queries.given import ReplicationPlan

WAVE_HEADS = (
    "Đợt", "Thời gian", "Số xã, phường, thị trấn", "Số khóm, ấp", "Số thành viên",
    "Số buổi tập huấn", "Số người tập huấn", "Sau đợt có Tổ", "Kinh phí (đồng)",
)  # fmt: skip
LATER_HEADS = ("Số người tập huấn", "Sau đợt có Tổ")  # older approved plans do not state them
COMMUNE_HEADS = ("TT", "Xã, phường, thị trấn", "Huyện, thị xã, thành phố", "Đợt",
                 "Số khóm, ấp thành lập mới", "Mức sẵn sàng", "Ghi chú")  # fmt: skip


def find(pk, user) -> Subject | None:
    """A plan within sight, issued by UBND of the unit."""
    plans = Replication.objects.visible_to(user).standing().select_related("place__level", "pilot")
    plan = one(plans, pk)
    if plan is None:
        return None
    return Subject(
        record=plan,
        label=plan.name[:200],
        address=plan.get_absolute_url(),
        place=plan.place,
        issuer=issuers.board_short(issuers.named_on(plan.place, timezone.localdate())),
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """Aim, waves, training, trainers, money and who does what."""
    plan = replication_of(subject.record)
    if not plan.waves:
        raise NothingToDraw(_("The plan has no wave yet: no commune is in it."))
    issuer = issuers.board_of(subject.place, at)
    basis = plan.pilot_basis or plan.pilot_name
    return Drawn(
        **issuer.head,
        title="KẾ HOẠCH",
        symbol=issuer.sign("KH"),
        about=f"Nhân rộng Tổ công nghệ số cộng đồng trên địa bàn {issuer.unit}",
        bases=(f"Căn cứ kết quả thí điểm theo {basis}",) if basis else (),
        body=(
            Heading("I. MỤC TIÊU"),
            *_aim(plan, subject),
            Heading("II. LỘ TRÌNH THỰC HIỆN"),
            _waves(plan, subject),
            Text("Danh sách từng xã, phường, thị trấn tại Phụ lục kèm theo."),
            Heading("III. ĐÀO TẠO, TẬP HUẤN"),
            *_training(plan, subject),
            Heading("IV. KINH PHÍ"),
            *_cost(plan, subject),
            Heading("V. TỔ CHỨC THỰC HIỆN"),
            *or_none(paragraphs(plan.text)),
        ),
        annexes=(_communes(plan, subject),),
        recipients=("Cơ quan cấp trên (b/c)", "Các đơn vị trực thuộc"),
    )


def _bound(plan: ReplicationPlan, subject: Subject, value: int, what: str, label: str) -> Figure:
    shown = count(value, what)
    return Figure(shown, "pilots", plan.plan_id, plan.version, subject.address, label)


def _exact(plan: ReplicationPlan, subject: Subject, value: int, label: str) -> Figure:
    return Figure(number(value), "pilots", plan.plan_id, plan.version, subject.address, label)


def _aim(plan: ReplicationPlan, subject: Subject) -> tuple:
    def bound(value: int, what: str, label: str) -> Figure:
        return _bound(plan, subject, value, what, label)

    return (
        Text(
            ("Hiện có ", bound(plan.hamlets_with_team, "", "Khóm, ấp đã có Tổ"), "/",
             bound(plan.hamlets_all, "khóm, ấp", "Tổng số khóm, ấp"),
             " có Tổ công nghệ số cộng đồng. Đến ngày ", day(plan.last_day),
             ", thành lập thêm Tổ tại ", bound(plan.hamlets, "khóm, ấp", "Khóm, ấp thành lập mới"),
             ", phấn đấu 100% khóm, ấp có Tổ hoạt động.")
        ),
        Text(
            ("Dự kiến có thêm ", bound(plan.members, "thành viên", "Thành viên mới"), ", mỗi Tổ ",
             bound(plan.members_each, "người", "Thành viên mỗi Tổ"), ".")
        ),
    )  # fmt: skip


def _waves(plan: ReplicationPlan, subject: Subject) -> Table:
    def cells(what: str, communes: int, of, trainers: int, covered: int):
        values = (communes, of.hamlets, of.members, of.sessions, trainers, covered, of.cost)
        for head, value in zip(WAVE_HEADS[2:], values, strict=True):
            label = f"{what}: {head.lower()}"
            is_told = value or head not in LATER_HEADS
            yield _exact(plan, subject, value, label) if is_told else "–"

    rows = tuple(
        (str(wave.number), f"{day(wave.first_day)} - {day(wave.last_day)}",
         *cells(f"Đợt {wave.number}", len(wave.communes), wave, wave.trainers,
                wave.covered_after))
        for wave in plan.waves
    )  # fmt: skip
    communes = sum(len(wave.communes) for wave in plan.waves)
    total = (
        "",
        "Cộng",
        *cells("Cộng", communes, plan, plan.trainers_needed, plan.waves[-1].covered_after),
    )
    return Table(
        WAVE_HEADS,
        (*rows, total),
        (0.8, 2.2, 1.2, 1.1, 1.2, 1.2, 1.2, 1.3, 1.9),
        "ccrrrrrrr",
        total=True,
    )


def _training(plan: ReplicationPlan, subject: Subject) -> tuple:
    words = (
        "Mỗi thành viên dự ",
        _bound(plan, subject, plan.sessions_each, "buổi", "Số buổi mỗi thành viên"),
        " tập huấn, mỗi buổi tối đa ",
        _bound(plan, subject, plan.seats, "người", "Số người mỗi buổi"),
        "; tổng cộng ",
        _bound(plan, subject, plan.sessions, "buổi", "Số buổi tập huấn"),
        ".",
    )
    promised = tuple(_promise(each, subject) for each in plan.trainers)
    head = (Text("Đơn vị cam kết tham gia hướng dẫn:"),) if promised else ()
    return (Text(words), *head, *promised)


def _promise(each, subject: Subject) -> Bullet:
    """Who promised what, and how much of it was done."""
    key, page = f"{each.agency} {each.what}"[:60], each.address or subject.address

    def bound(value: int, what: str) -> Figure:
        label = f"{each.agency}: {what} {each.what}"[:300]
        return Figure(number(value), "partners", key, 0, page, label)

    told = f"{each.agency} ({each.place}): {each.what}, cam kết "
    return Bullet(
        (told, bound(each.promised, "cam kết"), ", đã thực hiện ", bound(each.delivered, "đã làm"))
    )


def _cost(plan: ReplicationPlan, subject: Subject) -> tuple:
    def money(value: int, label: str) -> tuple[Figure, Figure]:
        return amount(value, "pilots", plan.plan_id, plan.version, subject.address, label)

    total, in_words = money(plan.cost, "Tổng kinh phí")
    words = (
        "Tổng kinh phí dự kiến: ", total, " (", in_words, "); mỗi Tổ ",
        money(plan.team_cost, "Kinh phí mỗi Tổ")[0], ", mỗi buổi tập huấn ",
        money(plan.session_cost, "Kinh phí mỗi buổi tập huấn")[0], ".",
    )  # fmt: skip
    basis = (Text(f"Cơ sở tính: {plan.cost_basis}"),) if plan.cost_basis else ()
    return (
        Text(words),
        *basis,
        Text("Nguồn: ngân sách của đơn vị, địa phương và các nguồn kinh phí hợp pháp khác."),
    )


def _communes(plan: ReplicationPlan, subject: Subject) -> Annex:
    rows, place = [], 0
    for wave in plan.waves:
        for line in wave.communes:
            place += 1
            unit = f"đơn vị {line.place_id}"
            ready = Figure(f"{line.met}/{line.of}", "pilots", plan.plan_id, plan.version,
                           subject.address, f"Mức sẵn sàng, {unit}")  # fmt: skip
            rows.append(
                (str(place), line.name, line.district, str(wave.number),
                 _exact(plan, subject, line.hamlets, f"Khóm, ấp thành lập mới, {unit}"),
                 ready, line.why)
            )  # fmt: skip
    table = Table(
        COMMUNE_HEADS, tuple(rows), (0.8, 3.2, 3, 0.9, 1.6, 1.4, 3.4), "cllcrcl", small=True
    )
    return Annex("Lộ trình theo từng xã, phường, thị trấn", (table,))


KIND = PaperKind(
    code="replication_plan",
    label=_("Plan of replication"),
    subject="replication",
    find=find,
    drawn=drawn,
    document_kind="plan",
    abbreviation="KH",
)
