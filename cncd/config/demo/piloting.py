"""The pilot of the plan in the demo (IV.3): three hamlets, three months, just over; its lessons,
the synthesis begun, and a plan for every hamlet that still waits for a team (IV.1).
"""

import datetime as dt

from cncd.config.demo import clock
from cncd.config.demo.ground import PILOTS
from cncd.foundation.documents.actions import add_document
from cncd.foundation.places.models import Place
from cncd.results.pilots import actions
from cncd.results.pilots.models import Moment
from cncd.results.pilots.rules.days import months_later
from cncd.team.programme.models import Measure
from cncd.team.teams.models import Coverage

DAY = dt.timedelta(days=1)
SINCE_END = 7  # days since the pilot was over: its synthesis is nearly due
WINDOW = 40 * DAY  # its teams had begun so long before
FOLLOWED = ("TC07", "TC08")
LESSONS = (
    (12, "worked", 0, "Đi cùng Hội Phụ nữ khóm vào buổi tối gặp được nhiều hộ buôn bán hơn hẳn."),
    (33, "failed", 1, "Hẹn bà con ban ngày đúng vụ thu hoạch mía thì hầu như không ai đến."),
    (
        58,
        "worked",
        2,
        "Có tổ viên nói tiếng Khmer, người lớn tuổi mạnh dạn hỏi và làm thử tại chỗ.",
    ),
    (
        79,
        "advice",
        None,
        "Nơi khác nên làm danh sách hộ trước khi ra quân, để biết đã đến nhà nào.",
    ),
)
ASSESSMENT = (
    "Ba Tổ thí điểm đã hoạt động đều trong ba tháng, người dân quen dần với VNeID và thanh toán"
    " không dùng tiền mặt. Số liệu so với ấp đối chứng được nêu kèm mức tin cậy."
)
PROPOSALS = "Đề nghị UBND tỉnh cho triển khai Tổ ở 100% khóm, ấp theo từng đợt."
HOW = (
    "Xã ban hành quyết định thành lập Tổ trong nửa đầu của đợt; Sở phối hợp doanh nghiệp tập huấn"
    " trong nửa sau, xong mới bắt đầu giao mức."
)


class Piloted:
    """Builds it in the name of the province's officer, moment by moment."""

    def __init__(self, demo):
        self.demo, self.today = demo, demo.today
        self.by = demo.accounts["province_officer", demo.province.pk]
        self.issued = months_later(self.today - SINCE_END * DAY, -3)

    def build(self) -> None:
        hamlets = self.hamlets()
        if not hamlets:
            return
        self.pilot = self.begun(hamlets)
        actions.choose_comparisons(pilot=self.pilot, by=self.by, now=self.at(self.issued))
        for moment in Moment:
            last = self.pilot.days.window_of(moment)[1]
            now = self.at(last + 2 * DAY)
            actions.take_values(pilot=self.pilot, moment=moment, by=self.by, now=now)
        self.learnt()
        now = self.at(self.today - DAY)
        actions.write_synthesis(
            pilot=self.pilot, assessment=ASSESSMENT, proposals=PROPOSALS, by=self.by, now=now
        )
        self.planned()

    def hamlets(self) -> list[Place]:
        """One of each pilot district: where a pilot team works, else where any team does."""
        found = []
        for district in self.demo.districts:
            if district.code in PILOTS:
                below = Place.objects.within([district.pk], self.issued)
                rows = Coverage.objects.on(self.issued - WINDOW).filter(place__in=below)
                row = rows.order_by("-team__is_pilot", "team__code").first()
                found += [row.place] if row else []
        return found

    def at(self, day: dt.date) -> dt.datetime:
        """Some moment of office hours, on that day or the next working one, not after now."""
        return min(clock.office(self.demo.random, day), self.demo.now)

    def begun(self, hamlets: list[Place]):
        """Entered on the day the plan was issued, with the figures it follows."""
        province, now = self.demo.province, self.at(self.issued)
        document = add_document(
            kind="plan",
            number="118/KH-UBND",
            issued_on=self.issued,
            issuer="Ủy ban nhân dân tỉnh",
            signer="Huỳnh Văn Khánh",
            signer_title="Phó Chủ tịch",
            subject="Tổ chức thí điểm triển khai Tổ công nghệ số cộng đồng",
            place=province,
            by=self.by,
            now=now,
        )
        return actions.begin_pilot(
            place=province,
            name="Thí điểm Tổ công nghệ số cộng đồng",
            document=document,
            issued_on=self.issued,
            places=hamlets,
            measures=Measure.objects.filter(code__in=FOLLOWED),
            per_unit=3,
            by=self.by,
            now=now,
        )

    def learnt(self) -> None:
        units = list(self.pilot.units.standing().tried().order_by("pk"))
        for day, kind, where, text in LESSONS:
            seen = self.issued + day * DAY
            unit = None if where is None else units[where % len(units)]
            actions.add_lesson(
                pilot=self.pilot, kind=kind, text=text, unit=unit, seen_on=seen, by=self.by,
                now=self.at(seen),
            )  # fmt: skip

    def planned(self) -> None:
        """A draft, if any hamlet still waits for a team."""
        try:
            actions.draft_plan(
                place=self.demo.province,
                pilot=self.pilot,
                name="Kế hoạch nhân rộng Tổ công nghệ số cộng đồng",
                starts_on=months_later(self.today.replace(day=1), 1),
                per_wave=20,
                text=HOW,
                by=self.by,
                now=self.demo.now,
            )
        except actions.AllServed:
            return
