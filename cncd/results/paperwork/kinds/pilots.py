"""Báo cáo tổng kết thí điểm: what was tried, what came of it, what cannot be concluded (IV.3)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from cncd.results.paperwork.drawing import (
    Annex,
    Bullet,
    Drawn,
    Heading,
    Subject,
    Table,
    Text,
)
from cncd.results.paperwork.drawing import Figure as Bound
from cncd.results.paperwork.kinds import issuers
from cncd.results.paperwork.kinds.phrases import count, day, one, or_none, paragraphs
from cncd.results.paperwork.registry import PaperKind
from cncd.results.pilots.models import Pilot
from cncd.results.pilots.queries import synthesis_of
from cncd.results.pilots.queries.given import Conclusion, Figure, Synthesis

KINDS_OF_UNIT = {"pilot": "Thí điểm", "comparison": "Đối chứng"}
UNIT_HEADS = ("TT", "Khóm, ấp", "Xã, huyện", "Vai trò", "Tổ", "Số hộ", "Lý do chọn")
VALUE_HEADS = ("TT", "Khóm, ấp", "Chỉ tiêu", "ĐVT", "Trước thí điểm", "Giữa kỳ", "Kết thúc")
EFFECT_HEADS = (
    "TT", "Chỉ tiêu (trên 100 hộ)", "Nơi thí điểm", "Nơi đối chứng", "Chênh lệch",
    "Khoảng tin cậy 95%", "Kết luận",
)  # fmt: skip


def find(pk, user) -> Subject | None:
    """A pilot within sight, told by the unit that runs it."""
    pilots = Pilot.objects.visible_to(user).standing().select_related("place__level", "document")
    pilot = one(pilots, pk)
    if pilot is None:
        return None
    last_day = pilot.days.last_day
    named = issuers.named_on(pilot.place, last_day)
    return Subject(
        record=pilot,
        label=pilot.name[:200],
        address=pilot.get_absolute_url(),
        place=pilot.place,
        issuer=issuers.office_short(pilot.place, named, last_day),
    )


def drawn(subject: Subject, at: dt.date, user) -> Drawn:
    """The synthesis as it was confirmed, or as it stands while nobody has confirmed it."""
    pilot = subject.record
    found = synthesis_of(pilot, at)
    issuer = issuers.office_of(pilot.place, at)
    return Drawn(
        **issuer.head,
        title="BÁO CÁO",
        symbol=issuer.sign("BC"),
        about=f"Tổng kết {_lower(found.name)}",
        addressees=(issuers.above(pilot.place, at),),
        bases=(f"Căn cứ {found.legal_basis}",) if found.legal_basis else (),
        body=(
            Heading("I. KHÁI QUÁT VIỆC TRIỂN KHAI"),
            *_setting(found, subject.address),
            Heading("II. KẾT QUẢ THÍ ĐIỂM"),
            *_results(found, subject.address),
            Heading("III. ĐÁNH GIÁ, NHỮNG ĐIỀU CHƯA THỂ KẾT LUẬN"),
            *paragraphs(found.assessment),
            *_doubts(found, subject.address),
            Heading("IV. KHÓ KHĂN, VƯỚNG MẮC VÀ KẾT QUẢ GIẢI QUYẾT"),
            *or_none(_troubles(found)),
            Heading("V. BÀI HỌC KINH NGHIỆM"),
            *or_none(Bullet(f"{each.kind}: {each.text}") for each in found.lessons),
            Heading("VI. ĐỀ XUẤT, KIẾN NGHỊ"),
            *or_none(paragraphs(found.proposals)),
        ),
        annexes=_annexes(found, subject),
        recipients=("Như trên", "Các đơn vị tham gia thí điểm"),
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def bound(figure: Figure, label: str, key: str, page: str, room: str = "pilots") -> Bound:
    """The figure of the pilot on paper: bound to the only record behind it, else to the pilot."""
    records = figure.records
    room, pk, version = records[0] if len(records) == 1 else (room, key, 0)
    return Bound(figure.shown, room, pk, version, figure.address or page, label[:300])


def stated(text: str, label: str, found: Synthesis, page: str) -> Bound:
    """What the pilot's own page works out, a number or a sentence with numbers."""
    return Bound(text, "pilots", found.pilot_id, found.version, page, label[:300])


def _doubts(found: Synthesis, page: str):
    for place, each in enumerate(found.cannot_say, 1):
        yield Bullet(stated(each.rstrip("."), f"Điều chưa thể kết luận {place}", found, page))


def _setting(found: Synthesis, page: str) -> tuple:
    tried = [unit for unit in found.units if unit.kind == "pilot"]
    compared = [unit for unit in found.units if unit.kind == "comparison"]
    where = "; ".join(", ".join(filter(None, [u.name, u.commune, u.district])) for u in tried)
    blocks = [
        Text(
            f"Thời gian thí điểm: {found.months:02d} tháng, từ ngày {day(found.issued_on)} đến hết "
            f"ngày {day(found.last_day)}; số liệu tính đến ngày {day(found.as_of)}."
        ),
        Text(
            ("Địa bàn thí điểm (",
             stated(count(len(tried), "khóm, ấp"), "Số khóm, ấp thí điểm", found, page),
             f"): {where or 'chưa chọn'}.")
        ),
    ]  # fmt: skip
    if compared:
        size = stated(count(len(compared), "khóm, ấp"), "Số khóm, ấp đối chứng", found, page)
        blocks.append(Text(("Địa bàn đối chứng: ", size, ", chọn theo quy tắc nêu trước.")))
    if not found.confirmed:
        blocks.append(Text("Số liệu trong dự thảo này chưa được đơn vị chủ trì xác nhận."))
    return tuple(blocks)


def _results(found: Synthesis, page: str) -> tuple:
    totals, key = found.totals, found.pilot_id
    missing = stated("; ".join(found.missing), "Số liệu còn thiếu", found, page)
    rows = (
        ("Số hoạt động của các Tổ thí điểm", totals.activities),
        ("Số lượt người được hỗ trợ", totals.people),
        ("Số báo cáo đã gửi", totals.reports),
        ("Kinh phí đã sử dụng", totals.spent),
    )
    return (
        *(Bullet((f"{label}: ", bound(figure, label, key, page))) for label, figure in rows),
        *(
            Text(stated(_whole(each), f"{each.measure}, {each.name}: nhận xét", found, page))
            for each in found.conclusions
            if each.text
        ),
        *((Text(("Số liệu còn thiếu: ", missing, ".")),) if found.missing else ()),
        Text("Chi tiết từng khóm, ấp tại các Phụ lục kèm theo."),
    )


def _whole(each: Conclusion) -> str:
    """The sentence, what may turn it round, how large an effect had to be to be seen."""
    return " ".join(filter(None, (each.text, each.caution, each.earlier, each.power)))


def _troubles(found: Synthesis):
    for each in found.troubles:
        answer = f"; trả lời: {each.answer} ({each.answered_by})" if each.answer else ""
        room, pk, version = each.record
        raised = Bound(
            day(each.raised_on),
            room,
            pk,
            version,
            each.address,
            f"Khó khăn nêu ngày: {each.text}"[:300],
        )
        yield Bullet((f"{each.place}: {each.text} (nêu ngày ", raised, f", {each.state}){answer}"))


def _annexes(found: Synthesis, subject: Subject) -> tuple[Annex, ...]:
    tables = (
        ("Các khóm, ấp tham gia", _units(found, subject.address)),
        ("Số liệu trước, giữa và cuối thời gian thí điểm", _values(found, subject.address)),
        ("So sánh thay đổi giữa nơi thí điểm và nơi đối chứng", _effects(found, subject.address)),
    )
    annexes = [Annex(title, (table,), landscape=True) for title, table in tables if table.rows]
    if found.assumptions:
        told = tuple(
            Bullet(stated(text.rstrip("."), f"Cách tính {place}", found, subject.address))
            for place, text in enumerate(found.assumptions, 1)
        )
        annexes.append(Annex("Cách tính và những điều phải coi là đúng", told))
    return tuple(annexes)


def _units(found: Synthesis, page: str) -> Table:
    rows = tuple(
        (str(place), unit.name, ", ".join(filter(None, [unit.commune, unit.district])),
         KINDS_OF_UNIT[unit.kind], unit.team or "chưa có", _households(unit, page), unit.why)
        for place, unit in enumerate(found.units, 1)
    )  # fmt: skip
    return Table(UNIT_HEADS, rows, (0.7, 2.4, 3.4, 1.6, 3.4, 1.2, 4), "cllllrl", small=True)


def _values(found: Synthesis, page: str) -> Table:
    def moments(line):
        named = ((line.baseline, "trước"), (line.mid, "giữa kỳ"), (line.end, "kết thúc"))
        for figure, label in named:
            yield bound(figure, f"{line.unit}, {line.measure}, {label}", found.pilot_id, page)

    rows = tuple(
        (str(place), line.unit, line.name, line.unit_of_measure, *moments(line))
        for place, line in enumerate(found.values, 1)
    )
    return Table(VALUE_HEADS, rows, (0.7, 3, 5, 1.5, 2, 2, 2), "clllrrr", small=True)


def _effects(found: Synthesis, page: str) -> Table:
    def cells(each):
        told = (each.pilot_change, each.comparison_change, each.difference,
                each.interval or "không tính được", each.text)  # fmt: skip
        for head, text in zip(EFFECT_HEADS[2:], told, strict=True):
            label = f"{each.measure}, {each.name}: {head.lower()}"
            yield stated(text, label, found, page) if text else ""

    rows = tuple(
        (str(place), each.name, *cells(each)) for place, each in enumerate(found.conclusions, 1)
    )
    return Table(EFFECT_HEADS, rows, (0.7, 4, 1.8, 1.8, 1.8, 2.4, 5), "clrrrll", small=True)


def _households(unit, page: str):
    if unit.households is None:
        return "chưa có"
    return Bound(count(unit.households), "households", unit.place_id, 0, page, "Số hộ")


KIND = PaperKind(
    code="pilot_synthesis",
    label=_("Synthesis report of the pilot"),
    subject="pilot",
    find=find,
    drawn=drawn,
    document_kind="report",
    abbreviation="BC",
)
