"""Recognition in the demo: one proposal decided and numbered, one open; two questions about
figures, one of them explained (IV.3).
"""

import datetime as dt

from cncd.config.demo import clock
from cncd.foundation.documents.actions import add_document
from cncd.foundation.people.models import Posting
from cncd.results.reports.models import Report
from cncd.results.rewards import actions
from cncd.results.rewards.actions import Named, Ruling, Wanted
from cncd.results.rewards.models import Form
from cncd.team.programme.answering import head_of
from cncd.team.teams.models import Membership
from cncd.work.activities.actions import Line, log_batch
from cncd.work.activities.rules import Done

DAYS = dt.timedelta
CROWDS = (168, 131)  # people helped on one day, by one and by two members
ANSWER = (
    "Hôm đó Tổ ra quân ở nhà văn hóa ấp cùng Công an xã và Đoàn xã, có chín người cùng làm, "
    "sổ ký nhận còn lưu. Tổ chỉ ghi tên tổ trưởng."
)
EXPLAINED = "Đúng: xã đã đối chiếu sổ ký nhận của buổi ra quân ngày đó."
REASONS = (
    "Báo cáo đúng hạn cả quý, giúp nhiều hộ lớn tuổi cài VNeID, đưa sản phẩm của ấp lên sàn.",
    "Đều đặn đến từng nhà, tự học thêm để hướng dẫn bà con thanh toán trên điện thoại.",
)


class Crowds:
    """Before the reports: two teams helped more people on a day than the hands named allow."""

    def __init__(self, demo):
        self.demo = demo

    def build(self) -> None:
        demo, period = self.demo, self.demo.periods[-2]
        demo.doubted = demo.by_commune[demo.example.pk][-2:]
        day = clock.working_day(period.first_day + DAYS(9))
        lines = []
        for hands, (team, people) in enumerate(zip(demo.doubted, CROWDS, strict=False), 1):
            held = Membership.objects.on(day).filter(team=team).values_list("person", flat=True)
            done = Done(
                kind="huong-dan", happened_on=day, people=people, contents={"vneid": people},
                participants=tuple(held[:hands]),
            )  # fmt: skip
            lines.append(Line(team, done, demo.authors[team.pk][0], clock.moment(day, 19, 40)))
        officer = demo.accounts["commune_officer", demo.example.pk]
        log_batch(lines=lines, by=officer, subject=demo.example, confirmed=True)


class Rewarded:
    """After the reports: what was asked and answered, proposed and decided."""

    def __init__(self, demo):
        self.demo, self.today = demo, demo.today
        self.commune, self.teams = demo.example, demo.by_commune[demo.example.pk]
        self.officer = demo.accounts["commune_officer", self.commune.pk]
        above = next((d for d in demo.districts if d.pk == self.commune.parent_id), None)
        self.above = above or demo.province

    def build(self) -> None:
        self.questions()
        merit = Form.objects.get(code="giay-khen")
        first, member = self.teams[0], self.member(self.teams[0])
        self.decided([Named(first, merit, REASONS[0]), Named(first, merit, REASONS[1], member)])
        # Whoever decides reads what was asked about the figures of the first, and its answer.
        named = dict.fromkeys([*self.demo.doubted[:1], *self.teams[1:2]])
        self.propose([Named(team, merit, REASONS[0]) for team in named], back=3)

    def at(self, back: int) -> dt.datetime:
        day = clock.working_day(self.today - DAYS(back), step=-1)
        return min(clock.office(self.demo.random, day), self.demo.now)

    def title(self, head) -> str:
        return Posting.objects.on(self.today).get(person=head, place=self.above).title

    def member(self, team):
        rows = Membership.objects.on(self.today).filter(team=team, position="member")
        return rows.select_related("person").order_by("pk")[0].person

    def questions(self) -> None:
        """Both teams are asked; the first answers, and the commune finds it in order."""
        period = self.demo.periods[-2]
        rows = Report.objects.filter(team__in=self.demo.doubted, period=period).counting()
        found = actions.look_at_month(
            place=self.commune, period=period, reports=list(rows.select_related("sent")),
            now=self.at(6),
        )  # fmt: skip
        mine = [sign for sign in found if sign.team_id == self.demo.doubted[0].pk]
        for sign in mine:
            lead = Membership.objects.on(self.today).get(team=sign.team_id, position="leader")
            user = getattr(lead.person, "user", None)
            actions.answer_sign(sign=sign, answer=ANSWER, by=user, now=self.at(5))
            actions.settle_sign(sign=sign, verdict="explained", reason=EXPLAINED,
                                by=self.officer, now=self.at(4))  # fmt: skip

    def propose(self, named: list[Named], back: int):
        first, last = self.demo.periods[-4:][0].first_day, self.demo.periods[-2].last_day
        title = f"Khen thưởng Tổ và thành viên, tháng {first:%m} đến tháng {last:%m/%Y}"
        wanted = Wanted(self.above, title, first, last, "", named)
        by = {"by": self.officer, "now": self.at(back)}
        made = actions.draft_proposal(place=self.commune, wanted=wanted, **by)
        return actions.send_proposal(proposal=made, version=made.version, **by)

    def decided(self, named: list[Named]) -> None:
        made = self.propose(named, back=16)
        head = head_of(self.above, self.today)
        rulings = [Ruling(row.pk, "granted") for row in made.candidates.all()]
        actions.decide_candidates(
            proposal=made, rulings=rulings, version=made.version, by=head.user, now=self.at(12)
        )
        document = add_document(
            kind="decision", number="412/QĐ-UBND", issued_on=self.at(11).date(),
            issuer=f"UBND {str(self.above)[:1].lower()}{str(self.above)[1:]}", place=self.above,
            signer=head.full_name, signer_title=self.title(head), by=None, now=self.at(11),
            subject="Về việc khen thưởng tập thể, cá nhân của Tổ công nghệ số cộng đồng",
        )  # fmt: skip
        actions.issue_decision(proposal=made, document=document, by=head.user, now=self.at(10))
