"""A plan drafted from what the teams lack, approved, held, and the gap it leaves behind."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.training.models import Completion, Course, Quiz, Session, Topic, TrainingPlan
from tests.forms import fields

NOW = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)


def words(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def november(cast, programme):
    """Nhơn Mỹ, whose team was asked for paying online more than for anything else."""
    with time_machine.travel(NOW, tick=False) as clock:
        cast.clock = clock
        contents = {"thanh-toan": 60, "zalo": 40}
        done = Done(
            happened_on=dt.date(2026, 10, 5), kind="huong-dan", people=80, contents=contents
        )
        log_activity(team=cast.team, done=done, by=cast.tu)
        yield cast


def fill(desk, at: str, **values):
    """Fills in the page's form and sends it."""
    return desk.post(at, fields(desk.get(at), at.partition("?")[0]) | values)


def approved_plan(desk, leader) -> str:
    """Drafted from the gaps, sent, approved with its document: the address of the plan."""
    plan = fill(desk, "/training/plans/draft/?year=2026", places="30", courses="2")["Location"]
    assert "Mức thiếu 60 × 100 ÷ 100 = 60 điểm" in words(desk.get(plan))
    desk.post(f"{plan}submit/")
    assert "Chờ duyệt" in words(leader.get(plan))
    paper = {"paper-number": "5/KH-UBND", "paper-issued_on": "20/11/2026"}
    fill(leader, f"{plan}approve/", **paper)
    assert TrainingPlan.objects.get().state == "approved"
    return plan


def test_a_commune_plans_holds_and_closes_a_gap(november, page_client):
    c, desk, leader = november, page_client.as_(november.lan), page_client.as_(november.hung)
    card = reverse("training:team_gaps", args=[c.team.pk])
    assert "60 × 100 ÷ 100 = 60" in words(desk.get(card))
    plan = approved_plan(desk, leader)
    line = TrainingPlan.objects.get().lines.get(topics__code="thanh-toan")
    opening = f"{reverse('training:open_course')}?line={line.pk}"
    assert f'href="{opening}"' in words(desk.get(plan))
    sent = fields(desk.get(opening), reverse("training:open_course"))
    answer = desk.post(opening, sent)  # the line fills the form in
    course = Course.objects.get()
    assert (course.plan_line, course.title) == (line, line.title)
    fill(desk, answer["Location"], day="24/11/2026", starts="08:00", ends="10:00")
    session = Session.objects.get()
    rows = [f"{person.pk}-{c.team.pk}" for person in (c.tu.person, c.nhan.person, c.cuong.person)]
    desk.post(reverse("training:invite_untrained"), {"session": session.pk, "row": rows})

    c.clock.move_to(dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC))
    tick = reverse("training:tick", args=[session.pk])
    form = fields(desk.get(tick), tick)
    form["came"] = [str(c.tu.person.pk), str(c.nhan.person.pk)]
    desk.post(tick, form)
    desk.post(reverse("training:close_session", args=[session.pk]))

    assert Completion.objects.standing().count() == 2
    assert "60 × 50 ÷ 100 = 30" in words(desk.get(card))
    district = words(page_client.as_(c.minh).get("/training/plans/"))
    assert "Đã duyệt" in district
    page = words(desk.get(plan))
    assert "Kế hoạch 5/KH-UBND" in page
    names = words(desk.get("/training/certificates/"))
    assert "Thạch Thị Nhàn" in names
    assert "Lý Văn Cường" not in names.partition("<tbody")[2]


def test_a_member_learns_answers_the_quiz_and_tells_what_it_was_like(november, page_client):
    c, desk = november, page_client.as_(november.lan)
    quiz = {"title": "Trả tiền trên mạng", "pass_mark": "1", "q1-text": "Mã OTP đọc cho ai?",
            "q1-a": "Ngân hàng", "q1-b": "Không ai", "q1-right": "B"}  # fmt: skip
    fill(desk, reverse("training:write_quiz"), **quiz)
    answer = fill(
        desk, reverse("training:open_course"), title="Trả tiền trên mạng", audience="teams",
        topics=[str(Topic.objects.get(code="thanh-toan").pk)], place=str(c.nhon_my.pk),
        quiz=str(Quiz.objects.get().pk), quiz_required="on",
    )  # fmt: skip
    course = Course.objects.get()
    fill(desk, answer["Location"], day="22/11/2026", starts="08:00", ends="10:00")
    session = Session.objects.get()
    tick = reverse("training:tick", args=[session.pk])
    asked = {"session": session.pk, "row": [f"{c.tu.person.pk}-{c.team.pk}"]}
    desk.post(reverse("training:invite_untrained"), asked)
    desk.post(tick, fields(desk.get(tick), tick) | {"came": [str(c.tu.person.pk)]})
    assert not Completion.objects.exists()

    phone, at = page_client.as_(c.tu), reverse("training:take_quiz", args=[course.pk])
    question = course.quiz.questions.get()
    assert "Chưa đạt" in words(fill(phone, at, **{f"q{question.pk}": "0"}))
    assert "Đã đạt" in words(fill(phone, at, **{f"q{question.pk}": "1"}))
    fill(phone, reverse("training:give_feedback", args=[session.pk]), rating="5")
    done = Completion.objects.standing().get()
    assert (done.person, done.completed_on) == (c.tu.person, dt.date(2026, 11, 22))
    shown = words(desk.get(reverse("training:feedback", args=[session.pk])))
    assert "1/1 người dự đã trả lời" in shown
    assert "Trung bình" not in shown
