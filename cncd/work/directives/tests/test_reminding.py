"""Đôn đốc: who is chosen, what is said, who is told, what is written down."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.authority import remember_grants
from cncd.work.directives import news
from cncd.work.directives.actions import To, accept_answer, acknowledge, send_answer
from cncd.work.directives.actions.reminding import NobodyToRemind, remind, withdraw_reminder
from cncd.work.directives.models import Directive, Obligation, Reminder
from cncd.work.directives.queries.mine import dues, mine
from cncd.work.directives.queries.reminding import lines, needing, remindable
from cncd.work.directives.rules.reminding import MOST_LINES
from cncd.work.directives.tests.conftest import DUE, of
from cncd.work.directives.texts import text_for_all, texts_of_units
from tests.cast import TODAY
from tests.forms import fields

TEAMS = To(Directive.Audience.TEAMS)
LINK = "https://cncd.example/directives/mine/"


def words(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def asked(cast, given, clock):
    """To its communes, of the district; to its teams, of the commune: both due on 30/11."""
    return (
        given(title="Rà soát Tổ", text="Báo cáo kết quả rà soát"),
        given(cast.nhon_my, TEAMS, title="Lập nhóm", text="Lập nhóm Zalo của ấp"),
    )


def test_only_what_is_late_soon_or_not_acknowledged_needs_a_reminder(cast, asked, clock):
    _of_commune, of_teams = asked
    rows = needing(remindable(cast.minh), TODAY)
    assert rows.count() == 4  # nobody has acknowledged yet
    acknowledge(obligations=Obligation.objects.all(), by=None)
    assert not needing(remindable(cast.minh), TODAY)
    assert needing(remindable(cast.minh), DUE - dt.timedelta(days=3)).count() == 4
    [answer] = [send_answer(obligation=of(of_teams, cast.team), text="Xong", by=cast.tu)]
    accept_answer(answer=answer, by=cast.lan)
    late = lines(needing(remindable(cast.minh), DUE + dt.timedelta(days=2)),
                 DUE + dt.timedelta(days=2))  # fmt: skip
    assert {line.bearer for line in late} == {"Xã Nhơn Mỹ", "Xã Xuân Hòa", "Tổ CNCĐ ấp Mỹ Hòa"}
    assert {line.words for line in late} == {"quá hạn 2 ngày"}


def test_nobody_reminds_himself_nor_those_beside_him(cast, asked):
    assert {line.bearer for line in lines(remindable(cast.lan), TODAY)} == {
        "Tổ CNCĐ ấp Mỹ Phước",
        "Tổ CNCĐ ấp Mỹ Hòa",
    }
    assert not remindable(cast.son)
    with pytest.raises(PermissionDenied):
        remind(obligations=[of(asked[0], cast.nhon_my).pk], how="phone", by=cast.lan)


def test_a_reminder_says_who_when_how_and_reaches_those_who_answer(cast, asked):
    row = of(asked[1], cast.team)
    remind(obligations=[row.pk], how="phone", note="Hẹn thứ sáu", by=cast.lan)
    made = Reminder.objects.get()
    assert (made.how, made.by, made.at, made.note) == (
        "phone", cast.lan, timezone.now(), "Hẹn thứ sáu",
    )  # fmt: skip
    assert set(made.persons.all()) == {cast.tu.person, cast.nhan.person}
    [entry] = Entry.objects.filter(event="obligation.reminded")
    told = news.EVENTS["obligation.reminded"](entry)
    assert {(each.user, each.kind) for each in told} == {
        (cast.tu, "obligation.reminded"),
        (cast.nhan, "obligation.reminded"),
    }
    assert "Lập nhóm Zalo của ấp" in told[0].title


def test_what_is_done_is_not_reminded_of(cast, asked):
    row = of(asked[1], cast.team)
    accept_answer(answer=send_answer(obligation=row, text="Xong", by=cast.tu), by=cast.lan)
    with pytest.raises(NobodyToRemind):
        remind(obligations=[row.pk], how="zalo", by=cast.lan)
    other = of(asked[1], cast.team_my_hoa)
    assert len(remind(obligations=[row.pk, other.pk], how="zalo", by=cast.lan)) == 1


def test_each_unit_has_its_text_of_at_most_twenty_lines_with_one_link(cast, given, asked, clock):
    for number in range(30):
        given(cast.nhon_my, TEAMS, text=f"Việc số {number}")
    found = lines(remindable(cast.minh), TODAY, {cast.ke_sach.pk})
    whole = text_for_all(found, "Huyện Kế Sách", LINK, timezone.localtime())
    texts = {each.unit: each.text for each in
             texts_of_units(found, "Huyện Kế Sách", LINK, timezone.localtime())}  # fmt: skip
    assert set(texts) == {"Xã Nhơn Mỹ", "Xã Xuân Hòa"}  # the teams stand with their commune
    for text in (whole, *texts.values()):
        assert len(text.splitlines()) <= MOST_LINES
        assert text.count("https://") == 1
    assert "Huyện Kế Sách nhắc: Xã Xuân Hòa" in texts["Xã Xuân Hòa"]
    assert "1. Báo cáo kết quả rà soát – hạn 30/11 (còn 8 ngày)" in texts["Xã Xuân Hòa"]
    assert "và 49 việc nữa" in texts["Xã Nhơn Mỹ"]
    assert "Xã Nhơn Mỹ: 63 việc" in whole
    own = lines(remindable(cast.lan), TODAY, {cast.nhon_my.pk})
    mine_ = texts_of_units(own, "Xã Nhơn Mỹ", LINK, timezone.localtime())
    assert {each.unit for each in mine_} == {"Tổ CNCĐ ấp Mỹ Phước", "Tổ CNCĐ ấp Mỹ Hòa"}


def test_one_chooses_from_the_list_reads_the_text_and_logs_it_once(cast, asked, page_client):
    desk = page_client.as_(cast.lan)
    page = desk.get("/directives/reminding/?state=new")
    assert "Tổ CNCĐ ấp Mỹ Phước" in words(page)
    row = of(asked[1], cast.team)
    page = desk.get(f"/directives/reminding/write/?row={row.pk}")
    assert "Lập nhóm Zalo của ấp" in words(page)
    assert "Sơn Văn Tư" in words(page)
    sent = fields(page, "/directives/reminding/write/") | {"how": "zalo", "note": ""}
    for _twice in range(2):
        answer = desk.post("/directives/reminding/write/", sent)
        assert answer["Location"] == "/directives/reminding/"
    assert Reminder.objects.count() == 1
    assert "Chưa chọn" in words(desk.get("/directives/reminding/write/"))


def test_what_is_asked_of_me_stands_soonest_first_and_only_what_is_mine(cast, given, asked):
    given(title="Gấp", text="Nộp danh sách", due_on=TODAY)
    assert [str(row) for row in mine(cast.lan)] == ["Nộp danh sách", "Báo cáo kết quả rà soát"]
    assert [row.team for row in mine(cast.tu)] == [cast.team]
    assert not mine(cast.cuong)  # a plain member does not answer
    found = dues(cast.lan, timezone.now())
    assert [(each.text, each.is_soon) for each in found] == [
        ("Mới giao: Nộp danh sách", True),
        ("Mới giao: Báo cáo kết quả rà soát", False),
    ]
    send_answer(obligation=of(asked[1], cast.team), text="Xong", by=cast.tu)
    assert "1 câu trả lời chờ kiểm tra" in [each.text for each in dues(cast.lan, timezone.now())]
    assert [each.address for each in dues(cast.tu, timezone.now())] == [
        f"/m/asked/{of(asked[1], cast.team).pk}/"
    ]


def test_the_inbox_and_the_page_of_my_own_name_it(cast, asked, page_client):
    desk = page_client.as_(cast.lan)
    assert "Báo cáo kết quả rà soát" in words(desk.get("/desk/inbox/"))
    assert "Báo cáo kết quả rà soát" in words(desk.get("/directives/mine/"))
    assert "Hiện không có việc nào" in words(page_client.as_(cast.ha).get("/directives/mine/"))


def test_asking_what_waits_costs_the_same_however_much_there_is(
    cast, given, asked, django_assert_max_num_queries
):
    for number in range(20):
        given(cast.nhon_my, TEAMS, text=f"Việc số {number}")
    remember_grants(cast.tu)
    with django_assert_max_num_queries(6):  # two of them the person's rights
        assert len(dues(cast.tu, timezone.now())) == 11


def test_a_reminder_logged_by_mistake_is_taken_out_with_a_reason(cast, asked, page_client):
    row = of(asked[1], cast.team)
    [reminder] = remind(obligations=[row.pk], how="phone", by=cast.lan)
    with pytest.raises(PermissionDenied):
        withdraw_reminder(reminder=reminder, reason="Nhầm", by=cast.dung)
    page = f"/obligations/{row.pk}/reminders/{reminder.pk}/withdraw/"
    lan = page_client.as_(cast.lan)
    assert page in words(lan.get(f"/obligations/{row.pk}/"))
    assert page not in words(page_client.as_(cast.tu).get(f"/obligations/{row.pk}/"))
    lan.post(page, {"reason": "Gọi nhầm Tổ"})
    reminder.refresh_from_db()
    assert reminder.withdrawn_reason == "Gọi nhầm Tổ"
    assert Entry.objects.get(event="reminder.withdrawn").reason == "Gọi nhầm Tổ"
    [line] = lines(Obligation.objects.filter(pk=row.pk), TODAY)
    assert (line.times, line.last_at) == (0, None)
    assert lan.get(page).status_code == 404
