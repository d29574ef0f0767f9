"""The pages of plans, gaps, quizzes, opinions and certificates."""

import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cncd.work.training.actions import planning
from cncd.work.training.actions.quizzes import QuizTaken, change_quiz, take_quiz, write_quiz
from cncd.work.training.models import (
    Attendance,
    Completion,
    Feedback,
    Invitation,
    PlanLine,
    Quiz,
    TrainingPlan,
)
from cncd.work.training.tests.test_planning import hold, log, room
from tests.cast import person
from tests.forms import fields

__all__ = ["room"]

QUESTIONS = [
    {"text": "Mã OTP đọc cho ai?", "choices": ["Ngân hàng", "Không ai"], "right": 1},
    {"text": "Tin trúng thưởng?", "choices": ["Xóa", "Bấm xem"], "right": 0,
     "explanation": "Đường dẫn lạ có thể lấy mật khẩu."},
]  # fmt: skip


def words(page) -> str:
    return " ".join(page.content.decode().split())


def sheet(answer) -> list[list]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)
                                    if answer.streaming else answer.content))  # fmt: skip
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_a_draft_is_shown_written_changed_and_goes_out_to_excel(room, page_client):
    c = room
    log(c, c.team, c.tu, thanh_toan=60, zalo=40)
    desk = page_client.as_(c.lan)
    assert "Lập dự thảo kế hoạch từ mức thiếu →" in words(desk.get("/training/plans/?year=2027"))
    at = "/training/plans/draft/"
    form = fields(desk.get(at), at) | {"places": "30", "cost": "1.500.000", "courses": "2"}
    shown = words(desk.post(at, form | {"preview": "1"}))
    assert "60 × 100 ÷ 100 = 60" in shown
    assert "đã hết số lớp mở được" in shown
    assert not TrainingPlan.objects.exists()
    answer = desk.post(at, form)
    plan = TrainingPlan.objects.get()
    assert (answer["Location"], plan.year) == (plan.get_absolute_url(), 2027)
    assert "3.000.000" in words(desk.get(answer["Location"]))

    line = plan.lines.first()
    edit = reverse("training:line", args=[line.pk])
    change = fields(desk.get(edit), edit)
    assert change["cost"] == ["1.500.000"]
    desk.post(edit, change | {"people": "25", "asks_above": "on"})
    line.refresh_from_db()
    assert (line.people, line.asks_above, line.classes, line.cost) == (25, True, 0, 0)
    wrong = words(desk.post(edit, fields(desk.get(edit), edit) | {"asks_above": ""}))
    assert "Ghi ít nhất một lớp, hoặc đề nghị cấp trên mở" in wrong
    rows = sheet(desk.get(plan.get_absolute_url() + "?export=xlsx"))
    assert [1_500_000 in row for row in rows].count(True) == 2  # the line and the sum, as numbers

    out = reverse("training:remove_line", args=[line.pk])
    desk.post(out, fields(desk.get(out), out))
    assert plan.lines.count() == 1


def test_a_plan_is_begun_sent_approved_with_a_document_and_opened_again(room, page_client):
    c = room
    desk = page_client.as_(c.lan)
    at = "/training/plans/new/"
    form = fields(desk.get(at), at) | {"year": "2027"}
    desk.post(at, form)
    answer = desk.post(at, form)  # sent twice
    plan = TrainingPlan.objects.get()
    assert answer["Location"] == plan.get_absolute_url()
    assert "Đơn vị đã có kế hoạch năm 2027" in words(
        desk.post(at, fields(desk.get(at), at) | {"year": "2027"})
    )
    add = reverse("training:add_line", args=[plan.pk])
    topic = c.topics["thanh-toan"].pk
    line = fields(desk.get(add), add) | {
        "title": "Thanh toán", "topics": [topic], "audience": "teams", "people": "40",
        "quarter": "2", "cost": "2.000.000",
    }  # fmt: skip
    desk.post(add, line)
    assert PlanLine.objects.get().cost == 2_000_000
    submit, recall = (
        reverse(f"training:{name}_plan", args=[plan.pk]) for name in ("submit", "recall")
    )
    desk.post(submit)
    assert recall in desk.get(plan.get_absolute_url()).text
    desk.post(recall)
    plan.refresh_from_db()
    assert plan.state == "draft"
    desk.post(submit)
    assert desk.get(reverse("training:approve_plan", args=[plan.pk])).status_code == 403

    leader = page_client.as_(c.hung)
    approve = reverse("training:approve_plan", args=[plan.pk])
    form = fields(leader.get(approve), approve)
    assert "Ghi số và ngày của văn bản" in words(leader.post(approve, form))
    leader.post(approve, form | {"paper-number": "9/KH-UBND", "paper-issued_on": "20/11/2026",
                                 "paper-issuer": "UBND xã Nhơn Mỹ"})  # fmt: skip
    plan.refresh_from_db()
    assert (plan.state, plan.document.number) == ("approved", "9/KH-UBND")
    document = words(leader.get(plan.document.get_absolute_url()))
    assert "Kế hoạch tập huấn của Xã Nhơn Mỹ, 2027" in document
    reopen = reverse("training:reopen_plan", args=[plan.pk])
    leader.post(reopen, fields(leader.get(reopen), reopen) | {"reason": "Thêm lớp"})
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_plans_are_seen_below_and_only_when_approved_above(room, page_client):
    c = room
    plan = planning.begin_plan(place=c.ke_sach, year=2026, by=c.minh)
    at = plan.get_absolute_url()
    for who, status in (("minh", 200), ("ha", 200), ("lan", 404), ("son", 404), ("outsider", 404)):
        assert page_client.as_(getattr(c, who)).get(at).status_code == status, who
    TrainingPlan.objects.update(state="approved")
    assert page_client.as_(c.lan).get(at).status_code == 200
    assert (
        page_client.as_(c.lan).get(reverse("training:add_line", args=[plan.pk])).status_code == 403
    )


def test_gaps_open_level_by_level_down_to_the_card_of_a_team(room, page_client):
    c = room
    log(c, c.team, c.tu, thanh_toan=30, zalo=70)
    hold(c, c.topics["thanh-toan"], people=[c.tu.person])
    province = words(page_client.as_(c.ha).get("/training/gaps/"))
    assert "Huyện Kế Sách" in province
    commune = words(page_client.as_(c.lan).get("/training/gaps/"))
    card_at = reverse("training:team_gaps", args=[c.team.pk])
    assert f'href="{card_at}"' in commune
    desk = page_client.as_(c.lan)
    for page in (desk.get(card_at), page_client.as_(c.tu).get(card_at)):
        card = words(page)
        assert "30 × 75 ÷ 100 = 23" in card
        assert "30/100 lượt giúp: 30%" in card
        assert "3/4 thành viên chưa học xong: 75%" in card
    assert "23 điểm: thiếu nhiều" in words(desk.get(reverse("teams:team", args=[c.team.pk])))
    rows = sheet(desk.get("/training/gaps/?export=xlsx"))
    assert any(23 in row for row in rows)
    assert page_client.as_(c.dung).get(card_at).status_code == 404


@pytest.mark.parametrize(("address", "most"), [
    ("/training/gaps/", 26), ("/training/plans/", 30), ("/training/untrained/", 30),
    ("/training/certificates/", 24), ("/training/quizzes/", 22),
])  # fmt: skip
def test_pages_ask_no_more_for_more_rows(room, page_client, address, most):
    c = room
    desk = page_client.as_(c.ha)
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    for team, place in ((c.team, c.nhon_my), (c.team_my_hoa, c.nhon_my)):
        people = [row.person for row in team.memberships.select_related("person")]
        hold(c, c.topics["thanh-toan"], people=people, place=place)
    for place, by in ((c.nhon_my, c.lan), (c.xuan_hoa, c.dung), (c.tran_de, c.son)):
        plan = planning.begin_plan(place=place, year=2026, by=by)
        for number in range(3):
            planning.add_line(plan=plan, title=f"Lớp {number}", audience="teams", people=9,
                              quarter=1, by=by)  # fmt: skip
    write_quiz(place=c.nhon_my, title="Thử", questions=QUESTIONS, pass_mark=1, by=c.lan)
    with CaptureQueriesContext(connection) as many:
        desk.get(address)
    assert len(many) <= most
    assert len(many) <= len(few) + 4  # what an empty list need not ask at all


def test_who_was_never_trained_is_listed_and_invited_with_one_press(room, page_client):
    c = room
    hold(c, c.topics["thanh-toan"], people=[c.tu.person])
    ahead = hold_ahead(c)
    desk = page_client.as_(c.lan)
    page = words(desk.get("/training/untrained/"))
    assert "Thạch Thị Nhàn" in page
    assert "Sơn Văn Tư" not in page.partition("<tbody")[2]
    assert "Nguyễn Thị Lan" in page  # the officer too
    other = desk.get(f"/training/untrained/?lack={c.topics['mua-ban'].pk}")
    assert "Sơn Văn Tư" in words(other)
    sent = {"session": ahead.pk, "row": [f"{c.nhan.person.pk}-{c.team.pk}",
                                         f"{c.sa.person.pk}-{c.team_dau_giong.pk}"]}  # fmt: skip
    answer = desk.post("/training/untrained/invite/", sent, follow=True)
    assert "Đã mời 1 người" in words(answer)  # the other is out of reach
    invited = Invitation.objects.get()
    assert (invited.person, invited.team) == (c.nhan.person, c.team)
    assert "Đã mời" in words(desk.get("/training/untrained/"))
    assert page_client.as_(c.xem).get("/training/untrained/").status_code == 403
    assert page_client.as_(c.dung).post("/training/untrained/invite/", sent).status_code == 404


def hold_ahead(c):
    """A course with a session a week from now."""
    from cncd.work.training.actions import open_course, plan_session

    course = open_course(title="Tuần sau", topics=[c.topics["mua-ban"]], audience="teams",
                         place=c.nhon_my, by=c.lan)  # fmt: skip
    at = dt.datetime(2026, 11, 30, 1, tzinfo=dt.UTC)
    return plan_session(course=course, starts_at=at, ends_at=at + dt.timedelta(hours=2),
                        place=c.nhon_my, by=c.lan)  # fmt: skip


def test_a_quiz_is_written_taken_on_the_phone_and_the_best_try_counts(room, page_client):
    c = room
    desk = page_client.as_(c.lan)
    at = "/training/quizzes/new/"
    form = fields(desk.get(at), at) | {"title": "Lừa đảo", "pass_mark": "2"}
    wrong = form | {"q1-text": "Hỏi?", "q1-a": "Một"}
    assert "ít nhất hai đáp án" in words(desk.post(at, wrong))
    for number, each in enumerate(QUESTIONS, 1):
        answers = dict(zip("ab", each["choices"], strict=True))
        form |= {f"q{number}-{letter}": text for letter, text in answers.items()}
        form |= {f"q{number}-text": each["text"], f"q{number}-right": "AB"[each["right"]]}
    desk.post(at, form)
    quiz = Quiz.objects.get()
    first, second = quiz.questions.all()
    session = hold(c, c.topics["tu-bao-ve"], people=[c.tu.person], quiz=quiz, quiz_required=True)
    assert not Completion.objects.exists()

    wrong = {f"q{first.pk}": "1", f"q{second.pk}": "1"}
    phone, at = page_client.as_(c.tu), reverse("training:take_quiz", args=[session.course_id])
    assert "Hãy chọn một đáp án" in words(phone.post(at, fields(phone.get(at), at)))
    page = words(phone.post(at, fields(phone.get(at), at) | wrong))
    assert "Đúng 1/2 câu" in page
    assert "Chưa đạt" in page
    sent = fields(phone.get(at), at) | {f"q{first.pk}": "1", f"q{second.pk}": "0"}
    phone.post(at, sent)
    assert "Đã đạt" in words(phone.post(at, sent))  # sent twice
    assert quiz.results.count() == 2
    phone.post(
        at, fields(phone.get(at), at) | {f"q{first.pk}": "0", f"q{second.pk}": "0"}
    )  # a worse one afterwards
    assert Completion.objects.standing().get().person == c.tu.person
    assert "Lần tốt nhất: 2/2 câu" in words(phone.get(at))
    other = page_client.as_(c.nhan)
    refused = words(other.post(at, fields(other.get(at), at) | wrong))
    assert "Tên anh/chị chưa có trong danh sách dự" in refused
    with pytest.raises(QuizTaken):
        change_quiz(quiz=quiz, title="Khác", questions=QUESTIONS, pass_mark=1, by=c.lan)
    kept = desk.get(reverse("training:quiz", args=[quiz.pk])).content.decode()
    assert "disabled" in re.search(r'<input[^>]*name="title"[^>]*>', kept)[0]
    assert ">Lưu<" not in kept
    assert take_quiz(course=session.course, answers={}, by=c.tu).right == 0


def test_opinions_are_kept_without_names_and_shown_from_five_on(room, page_client):
    c = room
    people = [c.tu.person, c.nhan.person, c.cuong.person, c.liem.person]
    people.append(person("Lâm Thị Sáu", "sau"))
    session = hold(c, c.topics["mua-ban"], people=people[:4])
    Attendance.objects.create(session=session, person=people[4], way="officer",
                              made_at=session.starts_at, recorded_at=session.starts_at)  # fmt: skip
    at = reverse("training:give_feedback", args=[session.pk])
    shown_at = reverse("training:feedback", args=[session.pk])
    for number, who in enumerate((c.tu, c.nhan, c.cuong, c.liem)):
        phone = page_client.as_(who)
        phone.post(at, fields(phone.get(at), at) | {"rating": "4", "comment": f"Ý kiến {number}"})
    page = words(page_client.as_(c.lan).get(shown_at))
    assert "4/5 người dự đã trả lời" in page
    assert "Ý kiến" not in page
    assert "anh/chị đã đánh giá" in words(page_client.as_(c.tu).get(at)).lower()
    again = page_client.as_(c.tu).post(at, {"rating": "1"})
    assert "đã đánh giá buổi này rồi" in words(again)
    from cncd.work.training.actions.feedback import give_feedback

    give_feedback(session=session, rating=5, by=people[4].user)
    page = words(page_client.as_(c.lan).get(shown_at))
    assert "Ý kiến 2" in page
    assert "Trung bình 4,2/5" in page
    assert {field.name for field in Feedback._meta.fields} == {"id", "session", "rating", "comment"}
    assert page_client.as_(c.tu).get(shown_at).status_code in (403, 404)


def test_the_clerk_enters_the_number_of_a_certificate_once(room, page_client):
    c = room
    hold(c, c.topics["mua-ban"], people=[c.tu.person, c.nhan.person])
    one, other = Completion.objects.order_by("pk")
    desk = page_client.as_(c.lan)
    page = words(desk.get("/training/certificates/"))
    assert "Sơn Văn Tư" in page
    at = reverse("training:certificate", args=[one.pk])
    desk.post(at, fields(desk.get(at), at) | {"number": "01/GCN", "issued_on": "20/11/2026"})
    one.refresh_from_db()
    assert (one.number, one.issued_on) == ("01/GCN", dt.date(2026, 11, 20))
    at = reverse("training:certificate", args=[other.pk])
    taken = words(desk.post(at, {"number": "01/GCN", "issued_on": "20/11/2026"}))
    assert "Số 01/GCN đã cấp cho" in taken
    assert "01/GCN" in words(desk.get("/training/certificates/?number=with"))
    assert "Sơn Văn Tư" in words(page_client.as_(c.tu).get("/training/certificates/"))
    assert page_client.as_(c.dung).get(at).status_code == 404
