"""Typing in what stands on a sheet: read, refused at the box, written once."""

import pytest
from django.apps import apps
from django.urls import reverse

from cncd.foundation.journal.models import Entry
from cncd.work.activities.actions import withdraw_activity
from cncd.work.activities.models import Activity
from cncd.work.logsheets.rules import sheet_code
from cncd.work.logsheets.tests.conftest import line


def page(paper) -> str:
    return reverse("logsheets:sheet", args=[paper.code])


def entered() -> list[tuple]:
    rows = Activity.objects.order_by("sheet_line")
    return [
        (row.sheet_line, row.happened_on.day, row.contents_in_words, row.people) for row in rows
    ]


@pytest.fixture
def lan(page_client, cast, paper):
    """The officer of the commune."""
    return page_client.as_(cast.lan)


def test_the_officer_types_in_a_sheet_and_it_counts_as_entered_on_behalf(lan, paper, cast):
    sent = line(1) | line(
        2, "21/11", "1=3, 4=2", "5", elderly="2", language_khmer="1", note="ở chợ"
    )
    sent |= line(4, "3", "D", "12")
    assert lan.post(page(paper), sent).status_code == 302
    assert entered() == [
        (1, 20, "VNeID 5", 5),
        (2, 21, "Zalo 3, VNeID 2", 5),
        (4, 3, "", 12),
    ]
    first = Activity.objects.get(sheet_line=1)
    assert (first.on_behalf, first.sheet_code, first.team) == (True, paper.code, cast.team)
    assert Activity.objects.get(sheet_line=4).kind.short_name == "Họp dân"
    entry = Entry.objects.get(event="activities.logged")
    assert entry.rows[0]["paper"] == f"{paper.code}/1"
    shown = lan.get(page(paper))
    assert "VNeID 5" in shown.content.decode()
    assert "l1-day" not in shown.content.decode()
    assert "Từ tờ giấy" in lan.get(reverse("activities:activity", args=[first.pk])).content.decode()


def test_a_member_enters_their_own_sheet(page_client, cast, paper):
    assert page_client.as_(cast.tu).post(page(paper), line(1)).status_code == 302
    assert not Activity.objects.get().on_behalf


def test_mistakes_stand_at_the_boxes_and_nothing_is_written(lan, paper):
    sent = line(1) | line(2, "31", "xyz", "5") | line(3, "20", "vnei", "4", elderly="9")
    sent |= line(5, "30", "Zalo", "1")
    answer = lan.post(page(paper), sent)
    for words in ("không có ngày này", "Không có nội dung “xyz”", "Dòng 3, từ 60 tuổi"):
        assert words in answer.content.decode()
    assert "Ngày này chưa tới" in answer.content.decode()
    assert 'value="xyz"' in answer.content.decode()
    assert entered() == []
    assert not Entry.objects.filter(event="activities.logged").exists()


def test_what_is_unusual_is_asked_once(lan, paper):
    many = line(1, people="900")
    assert "Đúng như vậy" in lan.post(page(paper), many).content.decode()
    assert entered() == []
    assert lan.post(page(paper), many | {"confirmed": "on"}).status_code == 302
    assert entered() == [(1, 20, "VNeID 900", 900)]


def test_the_same_sheet_sent_twice_or_gone_on_with_adds_only_new_lines(lan, paper):
    lan.post(page(paper), line(1) | line(2, people="7"))
    lan.post(page(paper), line(1) | line(2, people="7"))
    assert len(entered()) == 2
    lan.post(page(paper), line(2, people="7") | line(3, people="8"))
    assert [row[0] for row in entered()] == [1, 2, 3]
    answer = lan.post(page(paper), line(2, people="70"))
    assert "đã nhập với nội dung khác" in answer.content.decode()
    assert entered()[1] == (2, 20, "VNeID 7", 7)


def test_a_line_taken_back_is_shown_and_not_entered_again(lan, paper, cast):
    lan.post(page(paper), line(1))
    withdraw_activity(activity=Activity.objects.get(), by=cast.lan, reason="nhầm")
    assert "Đã rút lại" in lan.get(page(paper)).content.decode()
    lan.post(page(paper), line(1))
    assert Activity.objects.count() == 1


def test_a_locked_month_is_refused_with_what_to_do(lan, paper, cast):
    about = {"team": cast.team, "period": paper.period, "level": cast.team.level}
    apps.get_model("reports", "Report").objects.create(state="locked", **about)
    answer = lan.post(page(paper), line(1))
    assert "Mở khóa báo cáo" in answer.content.decode()
    assert entered() == []


def test_only_who_may_enter_for_the_team_opens_its_sheet(page_client, cast, paper):
    for who in (cast.dung, cast.liem):
        answer = page_client.as_(who).get(page(paper))
        assert answer.status_code == 404
    other = sheet_code(cast.team.pk, "2031-05")
    assert page_client.as_(cast.lan).get(f"/logsheets/{other}/").status_code == 404


def test_a_code_typed_on_the_first_page_opens_the_sheet_or_says_what_is_wrong(lan, paper):
    typed = paper.code.lower().replace("-", " ")
    answer = lan.get(reverse("logsheets:list"), {"code": typed})
    assert answer["Location"] == page(paper)
    wrong = paper.code[:-1] + ("2" if paper.code[-1] != "2" else "3")
    assert "Mã chưa đúng" in lan.get(f"{reverse('logsheets:list')}?code={wrong}").content.decode()


def test_sheets_are_printed_for_all_teams_or_one_also_for_the_coming_month(lan, cast, paper):
    every = lan.get(f"{reverse('logsheets:print_all')}?m=2026-12&pages=2")
    coming = sheet_code(cast.team.pk, "2026-12")
    assert every.content.decode().count(coming) == 2
    assert "Tháng 12/2026" in every.content.decode()
    assert "Tờ 2/2" in every.content.decode()
    own = lan.get(reverse("logsheets:print", args=[cast.team.pk]))
    assert own.content.decode().count(paper.code) == 1
    assert "VNeID" in own.content.decode()
