"""The pilot of the plan in the demo (IV.3): three hamlets, three months, just over; difficulties,
costs and lessons, the synthesis begun, and a plan for every hamlet without a team (IV.1).
"""

import datetime as dt

from cncd.config.demo import clock
from cncd.config.demo.ground import PILOTS
from cncd.foundation.documents.actions import add_document
from cncd.foundation.places.models import Place
from cncd.results.pilots import actions
from cncd.results.pilots.models import Moment
from cncd.results.pilots.queries import units_of
from cncd.results.pilots.rules.days import months_later
from cncd.team.programme.models import DifficultyCategory, Measure
from cncd.team.teams.models import Coverage, Team
from cncd.work.difficulties.actions import Said as Difficulty
from cncd.work.difficulties.actions import answer_case, raise_difficulty
from cncd.work.money.actions import Said, record_entry
from cncd.work.money.models import Purpose, Source

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
TROUBLES = (  # day of the pilot, team, kind, what was raised, what was answered
    (
        20,
        0,
        "nguoi-dan",
        "Nhiều hộ trong hẻm đi làm cả ngày, Tổ đến ba lần không gặp",
        "Phường thống nhất để Tổ đi sau 18 giờ, tổ dân phố báo trước cho từng hẻm.",
    ),
    (
        47,
        2,
        "ngon-ngu",
        "Tờ hướng dẫn chỉ có tiếng Việt, nhiều cô chú người Khmer không đọc được",
        "Xã nhờ giáo viên dịch tờ hướng dẫn, đã gửi Tổ 200 bản tiếng Khmer.",
    ),
)
# day of the pilot, source, purpose, đồng, what for
BY_PROVINCE = (
    (9, "ngan-sach-tinh", "tap-huan", 12_600_000, "Hai buổi tập huấn cho ba Tổ thí điểm"),
    (16, "ngan-sach-tinh", "tuyen-truyen", 4_500_000, "In tờ rơi cho ba khóm, ấp thí điểm"),
)
BY_COMMUNE = (
    (24, "ngan-sach-xa", "thiet-bi", 1_250_000, "Loa cầm tay, bảng hướng dẫn cho Tổ thí điểm"),
    (70, "ngan-sach-xa", "ho-tro-thanh-vien", 1_800_000, "Xăng xe, điện thoại cho Tổ thí điểm"),
)
NOT_OF_IT = (38, "ngan-sach-xa", "chi-khac", 3_400_000, "Sửa hệ thống loa truyền thanh của xã")
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
        self.troubled()
        self.spent()
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

    def troubled(self) -> None:
        """Raised by the teams of the pilot, answered by their communes."""
        kinds = {row.code: row for row in DifficultyCategory.objects.all()}
        units = units_of(self.pilot)
        tried = [unit for unit in units if unit.is_pilot]
        for day, where, kind, text, answer in TROUBLES:
            unit, raised = tried[where % len(tried)], self.issued + day * DAY
            team = Team.objects.get(pk=unit.team_id)
            case = raise_difficulty(
                said=Difficulty(text, kinds[kind]), team=team, by=self.demo.authors[team.pk][0],
                now=self.at(raised),
            ).case  # fmt: skip
            leader = self.demo.accounts["commune_leader", unit.commune_id]
            answer_case(case=case, text=answer, by=leader, now=self.at(raised + 2 * DAY))

    def spent(self) -> None:
        """The province cites the plan; lines of the communes are marked; one is not the pilot's."""
        for line in BY_PROVINCE:
            self._paid(self.demo.province, self.by, *line, document=self.pilot.document)
        first, marked = None, []
        for unit in units_of(self.pilot):
            if unit.is_pilot:
                commune = Place.objects.get(pk=unit.commune_id)
                officer = self.demo.accounts["commune_officer", commune.pk]
                first = first or (commune, officer)
                marked += [self._paid(commune, officer, *line).pk for line in BY_COMMUNE]
        self._paid(*first, *NOT_OF_IT)
        now = self.at(self.pilot.days.last_day + 3 * DAY)
        actions.mark_costs(pilot=self.pilot, spendings=marked, belongs=True, by=self.by, now=now)

    def _paid(self, place, by, day, source, purpose, amount, what, document=None):
        on = self.issued + day * DAY
        said = Said(
            on, Source.objects.get(code=source), Purpose.objects.get(code=purpose), amount, what,
            document,
        )  # fmt: skip
        return record_entry(place=place, said=said, by=by, now=self.at(on))

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
