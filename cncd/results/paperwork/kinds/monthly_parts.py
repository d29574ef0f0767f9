"""The parts every monthly report has: results by content, difficulties, proposals, next month."""

import datetime as dt

from cncd.foundation.kit.counting import NONE
from cncd.foundation.kit.figures import day as shown_day
from cncd.results.paperwork.drawing import Bullet, Figure, Heading, Text
from cncd.results.paperwork.kinds.phrases import called, count, or_none, paragraphs
from cncd.results.reports.models import Report
from cncd.team.programme.answering import head_of

CONTENTS = (  # II.2.1 to II.2.7
    ("II.2.1", "Tuyên truyền chủ trương, chính sách về chuyển đổi số"),
    ("II.2.2", "Hướng dẫn cài đặt, sử dụng mạng xã hội"),
    ("II.2.3", "Thương mại điện tử, thanh toán không dùng tiền mặt"),
    ("II.2.4", "Dịch vụ công trực tuyến, các ứng dụng, nền tảng của tỉnh"),
    ("II.2.5", "Các nhiệm vụ xã hội số"),
    ("II.2.6", "Đào tạo, tập huấn"),
    ("II.2.7", "Kênh trao đổi, chia sẻ thông tin"),
)
SILENT, NOTHING = "Chưa báo cáo", "Không phát sinh"


def results(report: Report, lines) -> tuple:
    """Results in general and by content; 0, nothing arose and not reported are kept apart."""
    general, by_content = [], {clause: [] for clause, _ in CONTENTS}
    for line in lines:
        clause = next((clause for clause, _ in CONTENTS if clause in line.clause), None)
        (by_content[clause] if clause else general).append(line)
    blocks = [*paragraphs(report.sent.narrative)]
    blocks += _told([line for line in general if line.is_headline])
    for place, (clause, title) in enumerate(CONTENTS, 1):
        blocks.append(Heading(f"{place}. {title}", 2))
        blocks += or_none(_told(by_content[clause]))
    return tuple(blocks)


def _told(lines) -> list:
    """A line for each figure that says something; the others gathered, by what they say."""
    blocks = [Bullet(line.told) for line in lines if line.says_something]
    for words, value in (("Bằng 0", 0), (NOTHING, NONE), (SILENT, None)):
        names = [line.short for line in lines if line.value == value and not line.says_something]
        if names:
            blocks.append(Bullet(f"{words}: {'; '.join(names)}"))
    return blocks


def difficulties(report: Report, cases=()) -> tuple:
    """What was written in the report, then the cases that wait at the unit for an answer."""
    said = [
        Bullet(f"{row.category.name}: {row.text}")
        for row in report.sent.difficulties.select_related("category")
    ]
    waiting = [Bullet((f"{case.text}, hạn trả lời ", _case(case))) for case in cases]
    head = [Text("Khó khăn, vướng mắc đang chờ đơn vị trả lời:")] if waiting else []
    return or_none([*said, *head, *waiting])


def _case(case) -> Figure:
    page = case.get_absolute_url()
    label = f"Hạn trả lời: {case.text}"[:300]
    return Figure(shown_day(case.due_at), "difficulties", case.pk, case.version, page, label)


def closing(report: Report) -> tuple:
    """Proposals and the tasks of the next month, as typed in the report."""
    return (
        Heading("V. ĐỀ XUẤT, KIẾN NGHỊ"),
        *or_none(paragraphs(report.sent.proposals)),
        Heading("VI. NHIỆM VỤ KỲ TỚI"),
        *or_none(paragraphs(report.sent.next_month)),
    )


def answerable(unit, day: dt.date, title: str) -> tuple:
    """Who answers for the targets on that day (IV.3)."""
    person = head_of(unit, day)
    who = f"{called(person)}, {title}" if person else f"chưa có {title}"
    return (Text(f"Người chịu trách nhiệm về chỉ tiêu, nhiệm vụ được giao: {who}."),)


def sent_of(due: int, on_time: int, late: int, bind) -> Text:
    """“07/08 Tổ đã gửi báo cáo (06 đúng hạn, 01 trễ hạn), 01 Tổ chưa gửi.”"""
    sent = on_time + late
    return Text(
        (
            "Báo cáo của các Tổ: phải gửi ",
            bind(count(due), "Tổ phải báo cáo"),
            ", đã gửi ",
            bind(count(sent), "Tổ đã báo cáo"),
            " (đúng hạn ",
            bind(count(on_time), "Báo cáo đúng hạn"),
            ", trễ hạn ",
            bind(count(late), "Báo cáo trễ hạn"),
            "), chưa gửi ",
            bind(count(max(due - sent, 0)), "Tổ chưa báo cáo"),
            ".",
        )
    )
