"""Inspections and an evaluation in the demo: one settled, one half settled and late, two to come;
last quarter's marks of some teams (IV.1, IV.3).
"""

import datetime as dt
from decimal import Decimal

from cncd.config.demo import clock
from cncd.team.programme.answering import head_of
from cncd.team.teams.models import Membership
from cncd.work.evaluations import actions as evaluations
from cncd.work.evaluations.models import Round, Step
from cncd.work.evaluations.rules import Mark
from cncd.work.inspections import actions as inspections
from cncd.work.inspections.models import Finding, Item

DAYS = dt.timedelta
MARKS = {
    Step.SELF: (9, 8, 9, 7, 8, 9, 10, 9, 8),
    Step.COMMUNE: (9, 8, 8, 5, 8, 9, 10, 9, 8),
    Step.DECIDE: (9, 8, 8, 6, 8, 9, 10, 9, 8),
}
REASONS = {
    Step.COMMUNE: "Mới có một sản phẩm lên sàn, gian hàng ít đơn",
    Step.DECIDE: "Xã đề nghị đúng, có ghi nhận việc chụp ảnh sản phẩm giúp bà con",
}


class Overseen:
    """Builds it, with the officers and teams of the demo."""

    def __init__(self, demo):
        self.demo, self.today = demo, demo.today
        self.commune, self.teams = demo.example, demo.by_commune[demo.example.pk]
        self.officer = demo.accounts["commune_officer", self.commune.pk]
        above = next((d for d in demo.districts if d.pk == self.commune.parent_id), None)
        self.above = above or demo.province
        level = "district" if above else "province"
        self.above_officer = demo.accounts[f"{level}_officer", self.above.pk]
        self.province_officer = demo.accounts["province_officer", demo.province.pk]

    def build(self) -> None:
        self.of_a_team()
        self.of_the_commune()
        self.to_come()
        self.evaluation()

    def at(self, day: dt.date) -> dt.datetime:
        """Some moment of office hours, on that day or the next working one, not after now."""
        return min(clock.office(self.demo.random, day), self.demo.now)

    # -- inspections ------------------------------------------------------------------------------

    def of_a_team(self) -> None:
        """The commune looked at its first team; what was wrong is put right and confirmed."""
        first, lead = self.teams[0], self.lead(self.teams[0])
        remedy = "Ghi lại nhật ký tháng trước, đính kèm danh sách buổi hỗ trợ"
        row = self.inspected(first, self.commune, self.officer, 40, {"logs": (remedy, lead.person)})
        finding = row.findings.get(result=Finding.Result.UNMET)
        said = inspections.answer_finding(
            finding=finding,
            note="Tổ đã ghi bổ sung 6 buổi hỗ trợ, có sổ giấy đối chiếu.",
            by=lead.person.user,
            now=self.at(self.today - DAYS(33)),
        )
        inspections.judge_answer(
            settlement=said, confirmed=True, by=self.officer, now=self.at(self.today - DAYS(31))
        )

    def of_the_commune(self) -> None:
        """The unit above looked at the commune; one answer waits, one finding is overdue."""
        head = head_of(self.commune, self.today)
        unmet = {
            "targets": ("Giao chỉ tiêu quý đến từng Tổ bằng văn bản", head),
            "broadcasts": ("Phát ít nhất hai tin mỗi tuần trên đài truyền thanh", head),
        }
        row = self.inspected(self.commune, self.above, self.above_officer, 17, unmet)
        waiting = row.findings.get(item__code="broadcasts")
        inspections.answer_finding(
            finding=waiting,
            note="Đã có lịch phát thứ Ba và thứ Sáu hằng tuần, kèm kế hoạch.",
            by=self.officer,
            now=self.at(self.today - DAYS(4)),
        )

    def inspected(self, subject, inspecting, by, back: int, unmet: dict):
        day = clock.working_day(self.today - DAYS(back), step=-1)
        now = self.at(day)
        row = self.plan([subject], inspecting, by, day, day - DAYS(5))[0]
        row = inspections.open_inspection(inspection=row, by=by, now=now)
        rows = list(row.findings.select_related("item"))
        lines = {each.pk: inspections.Line("met") for each in rows if each.item.code not in unmet}
        inspections.note_findings(inspection=row, lines=lines, by=by, version=row.version, now=now)
        for each in rows:
            if each.item.code in unmet:
                remedy, person = unmet[each.item.code]
                inspections.change_finding(
                    finding=each, result=Finding.Result.UNMET, note="Chưa có hồ sơ tại thời điểm "
                    "kiểm tra.", remedy=remedy, answerable=person, due_on=day + DAYS(15), by=by,
                    now=now,
                )  # fmt: skip
        row.refresh_from_db()
        return inspections.close_inspection(
            inspection=row, by=by, version=row.version, now=now,
            conclusion="Cơ bản thực hiện đúng kế hoạch; khắc phục các điểm đã nêu đúng hạn.",
        )  # fmt: skip

    def to_come(self) -> None:
        day = clock.working_day(self.today + DAYS(4))
        some, written = self.teams[1:3] or self.teams, self.today - DAYS(2)
        self.plan(some, self.above, self.above_officer, day, written)

    def plan(self, subjects, inspecting, by, day: dt.date, written: dt.date) -> list:
        return inspections.plan_inspections(
            inspecting=inspecting, subjects=subjects, planned_on=day, leader=by.person,
            party="Công chức văn hóa - xã hội, đại diện Đoàn Thanh niên", by=by,
            now=self.at(written),
        )  # fmt: skip

    def lead(self, team) -> Membership:
        rows = Membership.objects.on(self.today).filter(team=team, person__user__isnull=False)
        return rows.select_related("person__user").order_by("position").get(position="leader")

    # -- evaluation -------------------------------------------------------------------------------

    def evaluation(self) -> None:
        """Last quarter, opened a week ago: the first team decided, the second half way."""
        first, last = last_quarter(self.today)
        since = first_of(self.demo)
        draft = evaluations.draft_rules(
            level=self.teams[0].level, name="Bộ tiêu chí đánh giá Tổ CNCĐ", since_on=since,
            by=self.province_officer, now=self.at(since),
        )  # fmt: skip
        rules = evaluations.enforce_rules(
            rules=draft, since_on=since, by=self.province_officer, now=self.at(since)
        )
        opened = clock.working_day(self.today - DAYS(7), step=-1)
        quarter = (last.month + 2) // 3
        held = evaluations.open_round(
            place=self.above,
            name=f"Đánh giá Tổ CNCĐ quý {('I', 'II', 'III', 'IV')[quarter - 1]}/{last.year}",
            kind=Round.Kind.QUARTER,
            first_day=first,
            last_day=last,
            rules=rules,
            self_due_on=self.today + DAYS(2),
            score_due_on=self.today + DAYS(6),
            decide_due_on=self.today + DAYS(10),
            by=self.above_officer,
            now=self.at(opened),
        )
        steps = list(MARKS)
        for team, done in zip(self.teams, (steps, steps[:2], steps[:1]), strict=False):
            row = held.evaluations.filter(team=team).first()
            for back, step in zip((5, 3, 1), done if row else (), strict=False):
                self.score(row, step, self.today - DAYS(back))

    def score(self, row, step: str, day: dt.date) -> None:
        criteria = list(row.round.rules.criteria.all())
        note = REASONS.get(step, "")
        marks = {
            each.pk: Mark(Decimal(mark), note=note if each.code == "selling" else "")
            for each, mark in zip(criteria, MARKS[step], strict=True)
        }
        users = {
            Step.SELF: self.lead(row.team).person.user,
            Step.COMMUNE: self.officer,
            Step.DECIDE: self.above_officer,
        }
        row.refresh_from_db()
        evaluations.score(
            evaluation=row, step=step, marks=marks, send=True, by=users[step],
            version=row.version, now=self.at(day),
        )  # fmt: skip


def last_quarter(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the calendar quarter before the day's."""
    month = (day.month - 1) // 3 * 3 + 1
    last = dt.date(day.year, month, 1) - DAYS(1)
    return dt.date(last.year, last.month - 2, 1), last


def first_of(demo) -> dt.date:
    """From when the criteria hold: before the quarter that is evaluated, like the checklists."""
    known = Item.objects.order_by("since_on").values_list("since_on", flat=True).first()
    return max(known or demo.start, demo.start)
