"""Training in the demo: plans, courses held and to come, who came, what is still lacking (IV.1)."""

import datetime as dt

from cncd.config.demo import clock
from cncd.foundation.documents.actions import add_document
from cncd.foundation.people.models import Person, User
from cncd.team.teams.models import Membership
from cncd.work.training.actions import (
    hold_session,
    invite,
    open_course,
    plan_session,
    record_list,
)
from cncd.work.training.actions.certificates import number_certificate
from cncd.work.training.actions.drafting import draft_plan
from cncd.work.training.actions.feedback import give_feedback
from cncd.work.training.actions.planning import add_line, approve_plan, begin_plan, submit_plan
from cncd.work.training.actions.quizzes import take_quiz, write_quiz
from cncd.work.training.models import Completion, Topic
from cncd.work.training.rules.drafting import Limits

DAY = dt.timedelta(days=1)
LINES = (  # title, topics, quarter, seats, cost, trainer
    ("Tự bảo vệ trên mạng, phòng chống lừa đảo", ("tu-bao-ve",), 2, 40, 3_500_000, True),
    ("Thanh toán không dùng tiền mặt", ("thanh-toan",), 3, 40, 2_800_000, True),
    ("Dịch vụ công trực tuyến và VNeID", ("dich-vu-cong",), 4, 40, 3_000_000, False),
)
QUESTIONS = (  # question, answers, the right one, why
    ("Có người gọi xưng là công an, đòi chuyển tiền để “kiểm tra tài khoản”. Bà con nên làm gì?",
     ("Chuyển một ít cho yên tâm", "Tắt máy, báo công an xã", "Đọc mã OTP cho họ kiểm tra"), 1,
     "Công an không làm việc và không yêu cầu chuyển tiền qua điện thoại."),
    ("Mã OTP ngân hàng gửi về điện thoại thì được đọc cho ai?",
     ("Nhân viên ngân hàng gọi đến", "Người quen nhờ", "Không đọc cho ai"), 2,
     "Ngân hàng không bao giờ hỏi mã OTP."),
    ("Tin nhắn báo trúng thưởng kèm đường dẫn lạ thì nên làm gì?",
     ("Bấm vào xem thử", "Không bấm, xóa tin", "Gửi cho cả nhóm cùng xem"), 1,
     "Đường dẫn lạ có thể lấy mật khẩu hoặc cài phần mềm độc hại."),
    ("Mật khẩu nào khó đoán nhất?",
     ("Ngày sinh", "12345678", "Một câu dài có số, chỉ mình nhớ"), 2,
     "Mật khẩu dài, không dính tới thông tin cá nhân thì khó đoán."),
)  # fmt: skip


class Training:
    """The plan of the example commune, its courses, and one course of its district."""

    def __init__(self, demo):
        self.demo, self.today, self.commune = demo, demo.today, demo.example
        self.topics = {topic.code: topic for topic in Topic.objects.all()}
        self.officer = demo.accounts["commune_officer", self.commune.pk]
        self.leader = demo.accounts["commune_leader", self.commune.pk]
        teams = [team.pk for team in demo.by_commune[self.commune.pk]]
        rows = Membership.objects.on(self.today).filter(team__in=teams).order_by("team", "pk")
        self.members = list(rows.values_list("person", "team", "position"))

    def build(self) -> None:
        lines = self.plan()
        quiz = self.quiz()
        first = self.held(lines[0], 75, 0.8, quiz=quiz)
        self.answer(first)
        self.held(lines[1], 40, 0.5)
        self.coming(lines[2])
        self.of_district()
        self.next_year()

    def at(self, back: int, hour: int = 8) -> dt.datetime:
        """The hour of a working day so many days ago; negative: to come."""
        return clock.moment(clock.working_day(self.today - back * DAY, step=-1), hour, 0)

    def plan(self) -> list:
        """The commune's plan of this year, approved in spring by its leader."""
        made = self.at(100)
        plan = begin_plan(place=self.commune, year=self.today.year, by=self.officer, now=made)
        lines = [
            add_line(
                plan=plan, title=title, topics=[self.topics[code] for code in codes],
                audience="teams", quarter=quarter, people=seats, cost=cost, by=self.officer,
                venue="Hội trường UBND xã", now=made, need="Người dân hỏi nhiều khi Tổ đến nhà.",
                trainer_agency=self.demo.firm if helped else None,
            )
            for title, codes, quarter, seats, cost, helped in LINES
        ]  # fmt: skip
        add_line(
            plan=plan, title="Bán hàng trên mạng cho chủ thể OCOP", audience="teams", quarter=4,
            topics=[self.topics["mua-ban"]], people=12, asks_above=True, by=self.officer, now=made,
            need="Xã chưa có người dạy được; đề nghị huyện mở chung.",
        )  # fmt: skip
        submit_plan(plan=plan, by=self.officer, now=made)
        paper = add_document(
            kind="plan", number="18/KH-UBND", issued_on=self.at(98).date(), place=self.commune,
            issuer="UBND " + str(self.commune)[:1].lower() + str(self.commune)[1:],
            signer=str(self.leader), signer_title="Chủ tịch", by=self.leader, now=self.at(97),
            subject="Tập huấn, bồi dưỡng cho Tổ công nghệ số cộng đồng",
        )  # fmt: skip
        approve_plan(plan=plan, document=paper, by=self.leader, now=self.at(97))
        return lines

    def quiz(self):
        """Four questions on the commonest swindles."""
        questions = [
            {"text": text, "choices": list(choices), "right": right, "explanation": why}
            for text, choices, right, why in QUESTIONS
        ]
        return write_quiz(
            place=self.commune, title="Nhận biết lừa đảo trên mạng", questions=questions,
            pass_mark=3, topics=[self.topics["tu-bao-ve"]], by=self.officer, now=self.at(80),
        )  # fmt: skip

    def course(self, line, made, **fields):
        return open_course(
            title=line.title, topics=line.topics.all(), audience="teams", place=self.commune,
            plan_line=line, trainer_agency=line.trainer_agency, by=self.officer, now=made, **fields,
        )  # fmt: skip

    def session(self, course, starts_at, made, **fields):
        return plan_session(
            course=course, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=3),
            place=course.place, venue="Hội trường UBND xã", capacity=40, now=made, **fields,
        )  # fmt: skip

    def held(self, line, back: int, share: float, quiz=None):
        """A course of one morning so many days ago, to which a share of the members came."""
        made, start = self.at(back + 10), self.at(back)
        course = self.course(line, made, quiz=quiz, quiz_required=bool(quiz))
        session = self.session(course, start, made, by=self.officer)
        invite(session=session, people=[row[:2] for row in self.members], by=self.officer, now=made)
        came = [row[0] for row in self.members if self.demo.random.random() < share]
        over = start + dt.timedelta(hours=3)
        record_list(session=session, came=came, by=self.officer, made_at=start, now=over)
        return hold_session(session=session, by=self.officer, now=over)

    def answer(self, session) -> None:
        """Those with an account take the quiz, say what they thought; some get their number."""
        there = session.attendances.values("person")
        accounts = list(User.objects.filter(person__in=there).order_by("pk"))
        questions = list(session.course.quiz.questions.all())
        for number, account in enumerate(accounts):
            wrong = number % 4 == 3
            given = {q.pk: (q.right + (wrong and n < 2)) % 3 for n, q in enumerate(questions)}
            later = session.ends_at + dt.timedelta(hours=9, minutes=3 * number)
            take_quiz(course=session.course, answers=given, by=account, now=later)
            if number < 7:
                said = "Nên phát tài liệu in chữ to." if number == 2 else ""
                give_feedback(
                    session=session, rating=5 - number % 3, comment=said, by=account, now=later
                )
        done = Completion.objects.filter(course=session.course).select_related("course__place")
        for number, row in enumerate(done.order_by("pk")[:3], 1):
            number_certificate(
                completion=row, number=f"{number:02d}/GCN", issued_on=self.at(60).date(),
                by=self.officer, now=self.at(60),
            )  # fmt: skip

    def coming(self, line) -> None:
        """A course next week, to which part of the members is invited."""
        made = self.at(3)
        course = self.course(line, made)
        session = self.session(course, self.at(-9), made, by=self.officer)
        people = [row[:2] for row in self.members[::2]]
        invite(session=session, people=people, by=self.officer, now=made)

    def of_district(self) -> None:
        """The district holds for its officials what the communes asked it for."""
        district = next((d for d in self.demo.districts if d.pk == self.commune.parent_id), None)
        if district is None:  # a tree without districts
            return
        officer, made = self.demo.accounts["district_officer", district.pk], self.at(90)
        plan = begin_plan(place=district, year=self.today.year, by=officer, now=made)
        line = add_line(
            plan=plan, title="Bán hàng trên mạng", topics=[self.topics["mua-ban"]], quarter=4,
            audience="officials", people=30, cost=6_000_000, by=officer, now=made,
            need="Các xã đề nghị mở chung.", trainer_agency=self.demo.firm,
        )  # fmt: skip
        submit_plan(plan=plan, by=officer, now=made)
        course = open_course(
            title=line.title, topics=line.topics.all(), audience="officials", place=district,
            plan_line=line, trainer_agency=self.demo.firm, by=officer, now=self.at(30),
        )  # fmt: skip
        start = self.at(20, 14)
        session = plan_session(
            course=course, starts_at=start, ends_at=start + dt.timedelta(hours=3), place=district,
            capacity=30, by=officer, now=self.at(30), venue="Phòng họp UBND huyện",
        )  # fmt: skip
        officials = Person.objects.filter(
            postings__place__in=[c for c in self.demo.communes if c.parent_id == district.pk],
            postings__role__code="commune_officer",
        )
        people = list(officials.order_by("pk").values_list("pk", flat=True))
        invite(session=session, people=[(pk, None) for pk in people], by=officer, now=self.at(30))
        over = start + dt.timedelta(hours=3)
        record_list(session=session, came=people[::2], by=officer, made_at=start, now=over)
        hold_session(session=session, by=officer, now=over)

    def next_year(self) -> None:
        """The draft of next year's plan, from what is still lacking."""
        draft_plan(
            place=self.commune, year=self.today.year + 1, by=self.officer, now=self.at(1),
            limits=Limits(places=40, cost=3_000_000, courses=4, budget=12_000_000),
        )  # fmt: skip
