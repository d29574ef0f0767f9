"""What is asked in the demo: a plan of the province carried down to the teams, last month's work of
the example commune, the theme of the month, and one reminder (II.2.9, IV.1, IV.3).
"""

import datetime as dt

from cncd.config.demo import clock
from cncd.foundation.documents.actions import add_document
from cncd.team.programme.models import Content
from cncd.work.directives.actions import (
    Source,
    To,
    Wanted,
    accept_answer,
    acknowledge,
    draft_directive,
    exempt,
    issue_directive,
    rebuild,
    return_answer,
    send_answer,
)
from cncd.work.directives.actions.campaigns import plan_campaign
from cncd.work.directives.actions.reminding import remind
from cncd.work.directives.models import Ask, Directive, Obligation

Audience, Evidence = Directive.Audience, Ask.Evidence
DAYS = dt.timedelta


class Asked:
    """Builds it, with the officers and teams of the demo."""

    def __init__(self, demo):
        self.demo, self.today = demo, demo.today
        self.commune, self.teams = demo.example, demo.by_commune[demo.example.pk]
        self.officer = demo.accounts["commune_officer", self.commune.pk]
        self.above = next((d for d in demo.districts if d.pk == self.commune.parent_id), None)

    def build(self) -> None:
        self.last_month()
        self.of_province()
        self.groups_below()
        self.theme()
        rebuild(now=self.demo.now)  # reactions are paused, and what was logged later counts too

    def at(self, day: dt.date) -> dt.datetime:
        """Some moment of office hours, on that day or the next working one, not after now."""
        return min(clock.office(self.demo.random, day), self.demo.now)

    def give(self, by, place, on: dt.date, to: To, source: Source, title: str, text: str, *asks):
        now = self.at(on)
        about = {"place": place, "title": title, "text": text, "to": to, "source": source}
        directive = draft_directive(**about, asks=asks, by=by, now=now)
        return issue_directive(directive=directive, by=by, now=now)

    def rows(self, directive) -> list[Obligation]:
        rows = Obligation.objects.filter(directive=directive).order_by("pk")
        return list(rows.select_related("team", "place"))

    def answered(self, row: Obligation, by, on: dt.date, text: str, checked_by=None) -> None:
        """Acknowledged and answered on the day; accepted two days later when somebody checks it."""
        now = self.at(on)
        answer = send_answer(obligation=row, text=text, by=by, made_at=now, now=now)
        if checked_by:
            accept_answer(answer=answer, by=checked_by, now=self.at(on + DAYS(2)))

    def last_month(self) -> None:
        """The teams of the commune reviewed their lists: most in time, one late, one exempt."""
        first = self.demo.periods[-2].first_day
        due = clock.working_day(first + DAYS(19))
        source = Source(said_by="Chủ tịch UBND xã", said_on=clock.working_day(first + DAYS(2)))
        ask = Wanted("Rà soát, bổ sung danh sách hộ chưa có tài khoản VNeID", due, Evidence.ANSWER)
        text = "Từng ấp rà lại danh sách, ghi rõ số hộ cần hỗ trợ tại nhà."
        directive = self.give(
            self.officer, self.commune, first + DAYS(3), To(Audience.TEAMS), source,
            "Rà soát hộ chưa có tài khoản VNeID", text, ask,
        )  # fmt: skip
        for number, row in enumerate(self.rows(directive)):
            author = self.demo.authors[row.team_id][0]
            if number == 5:  # never answered
                continue
            if number == 4:
                reason = "Ấp đang kiện toàn Tổ, cán bộ xã rà soát thay."
                exempt(obligations=[row], reason=reason, by=self.officer, now=self.at(due))
            else:
                late = due + DAYS(4) if number == 2 else due - DAYS(3)
                told = f"Đã rà soát, còn {7 + 3 * number} hộ cần đến tận nhà."
                self.answered(row, author, late, told, self.officer)

    def of_province(self) -> None:
        """A document of the province: three districts and their communes' teams, in every state."""
        demo, level = self.demo, "district" if self.demo.districts else "commune"
        by, on = demo.accounts["province_officer", demo.province.pk], self.today - DAYS(16)
        units = demo.districts or demo.communes
        units = sorted(units, key=lambda unit: unit.pk != self.commune.parent_id)[:4]
        source = Source(document=self._paper(by, on), clause="IV.3")
        due = self.today + DAYS(6)
        report = Wanted("Báo cáo kết quả lập Tổ và phân công cán bộ theo dõi", due, Evidence.ANSWER)
        text = "Các đơn vị báo cáo về Sở, nêu rõ khó khăn, vướng mắc và đề xuất."
        directive = self.give(
            by, demo.province, on, To(Audience.UNITS, units=tuple(units)), source,
            "Đẩy mạnh hoạt động của Tổ công nghệ số cộng đồng quý này", text, report,
        )  # fmt: skip
        rows = self.rows(directive)
        mine = [demo.accounts[f"{level}_officer", row.place_id] for row in rows]
        acknowledge(obligations=rows[:1], by=mine[0], now=self.at(on + DAYS(1)))
        if len(rows) > 2:
            told = "Đã phân công cán bộ theo dõi từng xã."
            self.answered(rows[1], mine[1], on + DAYS(5), told, by)
            self.answered(rows[2], mine[2], on + DAYS(8), "Đã lập xong các Tổ.")
            answer = rows[2].answers.get()
            note = "Chưa nêu khó khăn, vướng mắc. Xin bổ sung."
            return_answer(answer=answer, note=note, by=by, now=self.at(on + DAYS(10)))

    def groups_below(self) -> None:
        """The district asks three communes, and each team below them, to help people with VNeID."""
        if self.above is None:
            return
        by, on = self.demo.accounts["district_officer", self.above.pk], self.today - DAYS(9)
        content = Content.objects.on(self.today).get(code="vneid")
        others = [c for c in self.demo.communes if c.parent_id == self.above.pk]
        units = (self.commune, *[c for c in others if c.pk != self.commune.pk][:2])
        source = Source(said_by="Chủ tịch UBND huyện", said_on=clock.working_day(on, step=-1))
        ask = Wanted(
            "Mỗi Tổ hướng dẫn cài VNeID cho ít nhất 10 người", self.today + DAYS(2),
            Evidence.ACTIVITIES, of_teams=True, amount=10, measure="people", content=content,
        )  # fmt: skip
        directive = self.give(
            by, self.above, on, To(Audience.UNITS, units=units), source,
            "Cao điểm hỗ trợ cài đặt VNeID", "Ưu tiên người cao tuổi, hộ neo đơn.", ask,
        )  # fmt: skip
        open_rows = Obligation.objects.open().filter(directive=directive, team__in=self.teams)
        late = list(open_rows.values_list("pk", flat=True)[:3])
        if late:
            note = "Đã gọi, hẹn làm xong trong tuần."
            remind(obligations=late, how="phone", note=note, by=self.officer,
                   now=self.at(self.today - DAYS(1)))  # fmt: skip

    def theme(self) -> None:
        """The theme of the month of the example commune, each year anew."""
        period = self.demo.periods[-1]
        contents = Content.objects.on(self.today).filter(
            code__in=["thanh-toan", "vi-dien-tu", "vneid"]
        )
        plan_campaign(
            place=self.commune,
            kind="theme",
            name="Tháng thanh toán không dùng tiền mặt",
            text="Vận động hộ kinh doanh dán mã QR; hướng dẫn thanh toán tiền điện, nước.",
            since_on=period.first_day,
            until_on=period.last_day + DAYS(1),
            repeats="year",
            audience="teams",
            contents=list(contents),
            amount=15,
            measure="people",
            by=self.officer,
            now=max(self.at(period.first_day), clock.moment(period.first_day, 8, 0)),
        )

    def _paper(self, by, on: dt.date):
        """The plan it rests on, with the fields of Nghị định 30/2020, Phụ lục VI."""
        day = clock.working_day(on, step=-1)
        return add_document(
            kind="plan",
            number="128/KH-UBND",
            issued_on=day,
            issuer="Ủy ban nhân dân tỉnh (minh họa)",
            signer="Nguyễn Văn Minh Họa",
            signer_title="Phó Chủ tịch",
            subject="Đẩy mạnh hoạt động của Tổ công nghệ số cộng đồng",
            place=self.demo.province,
            details={
                "file_notation": "CĐS-01",
                "ordinal": 12,
                "language": "Tiếng Việt",
                "pages": 4,
                "recipients": "Ủy ban nhân dân các huyện, thị xã, thành phố",
                "priority": "urgent",
                "copies": 45,
                "due_on": self.today + DAYS(6),
            },
            by=by,
            now=self.at(on),
        )
