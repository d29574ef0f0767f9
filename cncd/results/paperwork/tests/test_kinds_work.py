"""Plans, certificates and reminders on paper: sums that add up, words that say who and when."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cncd.results.paperwork import actions
from cncd.results.paperwork.documents import drawn_of
from cncd.results.paperwork.drawing import plain
from cncd.results.paperwork.kinds.surveys import LEAST, sample_of
from cncd.results.paperwork.models import Paper
from cncd.results.paperwork.registry import NothingToDraw
from cncd.results.paperwork.tests.reading import drawn, figure, figures_of, row_of, words_of
from cncd.results.paperwork.tests.word import unreadable
from cncd.work.directives.actions import Source, To, Wanted, draft_directive, issue_directive
from cncd.work.directives.models import Ask, Directive
from cncd.work.households.actions import CountLine, state_counts
from cncd.work.training.actions import planning
from cncd.work.training.models import Completion
from cncd.work.training.tests.test_planning import hold, room
from tests.cast import TODAY, place

__all__ = ["room"]
pytestmark = pytest.mark.django_db


def line(c, plan, **fields):
    usual = {
        "title": "Dịch vụ công", "topics": [c.topics["mua-ban"]], "audience": "teams", "need": "",
        "asks_above": False, "classes": 2, "sessions": 3, "people": 60, "venue": "UBND xã",
        "quarter": 1, "cost": 1_250_000, "trainer": "Viettel", "trainer_agency": None,
    }  # fmt: skip
    return planning.add_line(plan=plan, by=c.lan, **usual | fields)


def test_a_training_plan_adds_up_and_says_the_money_in_words(room, page_client):
    c = room
    plan = planning.begin_plan(place=c.nhon_my, year=2027, by=c.lan)
    with pytest.raises(NothingToDraw):
        drawn("training_plan", plan.pk, c.lan, TODAY)
    line(c, plan)
    line(c, plan, title="An toàn số", audience="citizens", people=40, quarter=3, cost=0)
    line(c, plan, title="Sàn thương mại", asks_above=True, classes=0, sessions=1, cost=0)
    paper = drawn("training_plan", plan.pk, c.lan, TODAY)
    told = words_of(paper)
    assert "Tổ chức 04 lớp, 12 buổi, 100 lượt người" in told
    assert "1.250.000 đồng (Một triệu hai trăm năm mươi nghìn đồng)" in told
    assert "Sàn thương mại: 60 người, Quý I" in told
    table = paper.annexes[0].body[0]
    assert row_of(table, "Cộng")[3:] == ["4", "", "100", "", "", "", "1.250.000"]
    assert len(table.rows) == 3
    assert (paper.symbol, paper.about) == (
        "KH-UBND", "Đào tạo, tập huấn về chuyển đổi số xã Nhơn Mỹ năm 2027",
    )  # fmt: skip
    client = page_client.as_(c.lan)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert reverse("paperwork:draw", args=["training_plan", plan.pk]) in page


def test_figures_set_anew_leave_no_old_sum_or_words_behind(room):
    c = room
    plan = planning.begin_plan(place=c.nhon_my, year=2027, by=c.lan)
    line(c, plan)
    paper = actions.draw_paper(kind="training_plan", subject_id=plan.pk, by=c.lan, day=TODAY)
    plan.lines.update(classes=5, people=151, cost=21_000_015)
    assert actions.refresh_figures(paper=paper, revision=1, by=c.lan)
    paper.refresh_from_db()
    told = words_of(drawn_of(paper))
    assert "(Hai mươi mốt triệu không trăm mười lăm đồng)" in told
    assert told == words_of(drawn("training_plan", plan.pk, c.lan, TODAY))


def test_a_certificate_says_who_finished_what_and_when(room, page_client):
    c = room
    hold(c, c.topics["mua-ban"], people=[c.tu.person, c.lan.person])
    mine, officers = Completion.objects.order_by("person__sort_key")[::-1]
    assert mine.person == c.tu.person
    paper = drawn("training_certificate", mine.pk, c.lan)
    told = words_of(paper)
    assert "Ông (bà) Sơn Văn Tư" in told
    assert "Tổ trưởng Tổ công nghệ số cộng đồng ấp Mỹ Phước, xã Nhơn Mỹ" in told
    assert "Khóa tập huấn: “Lớp thử”" in told
    assert "01 buổi, ngày 03/11/2026, hoàn thành ngày 03/11/2026" in told
    assert (paper.title, paper.about) == (
        "GIẤY CHỨNG NHẬN", "Chứng nhận hoàn thành khóa tập huấn",
    )  # fmt: skip
    assert "Tổ công nghệ" not in words_of(drawn("training_certificate", officers.pk, c.lan))
    assert drawn("training_certificate", mine.pk, c.dung) is None
    page = page_client.as_(c.lan).get(reverse("training:certificate", args=[mine.pk]))
    assert (
        reverse("paperwork:draw", args=["training_certificate", mine.pk]) in page.content.decode()
    )


def asked(c, title="Rà soát", due_on=dt.date(2026, 11, 10)):
    directive = draft_directive(
        place=c.ke_sach, agency=None, title=title, by=c.minh,
        to=To(Directive.Audience.LEVEL, level=c.levels["commune"]),
        source=Source(said_by="Chủ tịch UBND huyện", said_on=dt.date(2026, 11, 1)),
        asks=(Wanted(text="Báo cáo kết quả", due_on=due_on, evidence=Ask.Evidence.ANSWER),),
    )  # fmt: skip
    return issue_directive(directive=directive, by=c.minh)


def test_a_letter_reminds_of_what_is_late_and_addresses_who_owes(room, page_client):
    c = room
    with pytest.raises(NothingToDraw):
        drawn("reminding_letter", c.ke_sach.pk, c.minh, TODAY)
    c.clock.move_to(dt.datetime(2026, 11, 2, 5, tzinfo=dt.UTC))
    asked(c)
    c.clock.move_to(dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC))
    paper = drawn("reminding_letter", c.ke_sach.pk, c.minh, TODAY)
    assert figure(paper, "Việc cần đôn đốc") == "02"
    assert figure(paper, "Đã quá hạn") == "02"
    assert paper.addressees == (
        "Ủy ban nhân dân xã Nhơn Mỹ", "Ủy ban nhân dân xã Xuân Hòa",
    )  # fmt: skip
    table = next(block for block in paper.body if hasattr(block, "rows"))
    assert plain(table.rows[0][5]) == "quá hạn 12 ngày"
    assert "trước ngày 25/11/2026" in words_of(paper)
    assert (paper.title, paper.symbol, paper.filed) == ("", "UBND-VX", "VT, VX")
    client = page_client.as_(c.minh)
    for each in figures_of(paper):
        assert client.get(each.address).status_code == 200
    page = client.get(reverse("directives:reminding"), {"u": c.ke_sach.pk}).content.decode()
    assert reverse("paperwork:draw", args=["reminding_letter", c.ke_sach.pk]) in page
    assert drawn("reminding_letter", c.ke_sach.pk, c.son) is None


@given(st.integers(0, 100_000))
def test_one_household_in_ten_is_asked_at_least_five_and_never_more_than_there_are(households):
    sample = sample_of(households)
    assert sample <= households
    assert sample >= min(households, LEAST)
    assert sample >= households / 10


def test_a_survey_plan_shares_the_sample_out_by_the_households_of_each_unit(room, page_client):
    c = room
    lines = [CountLine(c.my_phuoc, households=203, businesses=5)]
    state_counts(year=2026, source="Trưởng ấp", lines=lines, by=None)
    paper = drawn("survey_plan", f"{c.nhon_my.pk}.2026", c.lan, TODAY)
    table = paper.annexes[0].body[0]
    assert row_of(table, "Ấp Mỹ Phước")[2:5] == ["203", "", "21"]
    assert row_of(table, "Ấp Mỹ Hòa")[2:] == ["0", "1", "0", "chưa có số hộ"]
    assert row_of(table, "Cộng")[4] == figure(paper, "Tổng số phiếu") == "21"
    told = words_of(paper)
    for part in ("1. Chính quyền số", "2. Kinh tế số", "3. Xã hội số", "điện thoại thông minh"):
        assert part in told
    members = int(figure(paper, "Số thành viên").split()[0])
    each = int(figure(paper, "Số phiếu mỗi thành viên").split()[0])
    assert members * (each - 1) < 21 <= members * each
    district = drawn("survey_plan", f"{c.ke_sach.pk}", c.minh, TODAY)
    assert row_of(district.annexes[0].body[0], "Xã Nhơn Mỹ")[2:5] == ["203", "1", "21"]
    page = page_client.as_(c.lan).get(reverse("households:counts"), {"u": c.nhon_my.pk})
    assert reverse("paperwork:draw", args=["survey_plan", c.nhon_my.pk]) in page.content.decode()
    assert drawn("survey_plan", f"{c.nhon_my.pk}.2026", c.dung) is None


def test_a_province_of_109_communes_takes_no_more_queries_than_one_of_three(room):
    c = room

    def asked_of() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            paper = drawn("survey_plan", c.ke_sach.pk, c.minh, TODAY)
        return len(queries), len(paper.annexes[0].body[0].rows)

    few, _rows = asked_of()
    for number in range(12):
        commune = place(c, "xa", f"4{number:04d}", f"Xã thử nghiệm {number}", c.ke_sach)
        place(c, "ap", f"4{number:04d}.001", f"Ấp thử {number}", commune)
    many, rows = asked_of()
    assert (many, rows) == (few, 15)


def test_certificates_of_a_course_come_in_one_archive_and_are_drawn_up_once(room, page_client):
    c = room
    hold(c, c.topics["mua-ban"], people=[c.tu.person, c.nhan.person])
    ids = [str(pk) for pk in Completion.objects.values_list("pk", flat=True)]
    desk = page_client.as_(c.lan)
    assert "Lập giấy chứng nhận đã chọn" in desk.get("/training/certificates/").content.decode()
    at, sent = "/papers/many/training_certificate/", {"row": ids, "next": "/training/certificates/"}
    for _time in range(2):
        answer = desk.post(at, sent)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert sorted(name[3:] for name in archive.namelist()) == [
                "son-van-tu-lop-thu.docx", "thach-thi-nhan-lop-thu.docx",
            ]  # fmt: skip
    assert Paper.objects.count() == 2
    whole = desk.post(at, sent | {"together": "1"})
    assert whole["Content-Disposition"].endswith('.docx"')
    assert unreadable(whole.content) == []
    assert desk.post(at, {"next": "/training/certificates/"}).url == "/training/certificates/"
    assert desk.post(at, {"row": ["x"], "next": "https://xa.vn/"}).url == "/papers/"
    assert page_client.as_(c.dung).post(at, sent).url == "/training/certificates/"
    assert Paper.objects.count() == 2
    hold(c, c.topics["mua-ban"], people=[c.lan.person], place=c.ke_sach, by=c.minh)
    above = Completion.objects.get(person=c.lan.person).pk  # one's own, of the district
    refused = desk.post(at, {"row": [*ids, above], "next": "/training/certificates/"}, follow=True)
    assert "thuộc đơn vị khác" in refused.content.decode()
    leader = page_client.as_(c.tu).get("/training/certificates/").content.decode()
    assert "Lập giấy chứng nhận đã chọn" not in leader
