"""A sign asks the team, an officer says what it was; it never changes a figure or a point."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.duties import duties_of
from cncd.foundation.places.actions import set_setting
from cncd.results.reports.actions import return_figures
from cncd.results.reports.models import Report, ReportVersion
from cncd.results.rewards import actions, jobs, news
from cncd.results.rewards.actions import NeedsReason, NotNow
from cncd.results.rewards.models import Looked, Sign
from cncd.results.rewards.queries.compared import compare
from cncd.results.totals.models import TeamTotal
from cncd.work.activities.actions import withdraw_activity
from cncd.work.activities.models import Activity
from tests.outbox import Phone

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
DAY = dt.timedelta(days=1)


@pytest.fixture
def crowd(r, c):
    """October of Mỹ Phước: 97 people helped on one day by two members named, and sent."""
    r.log(8, month=10, people=97, participants=(c.tu.person.pk, c.nhan.person.pk))
    r.log(9, month=10, people=96, participants=(c.tu.person.pk, c.nhan.person.pk))
    r.send(month=10)
    jobs.look_at_reports.func()
    return Sign.objects.get()


def test_the_team_is_asked_in_plain_words_and_nothing_changes(crowd, r, c):
    figures = list(TeamTotal.objects.order_by("pk").values("figures", "standing"))
    assert (crowd.kind, crowd.team, crowd.behind["people"], crowd.behind["most"]) == (
        "people", c.team, 97, 96,
    )  # fmt: skip
    told = list(news.asked(Entry.objects.get(event="signs.found")))
    assert {each.user for each in told} == {c.tu, c.nhan}
    assert "Tháng 10/2026" in told[0].title
    now = timezone.now()
    assert [duty.kind for duty in duties_of(c.tu, now) if duty.key == f"sign {crowd.pk}"]
    score = compare([c.team], c.nhon_my, FIRST, LAST)[0].score
    for verdict in ("inspect", "explained"):
        if verdict == "inspect":
            actions.answer_sign(sign=crowd, answer="Cả Tổ cùng làm", by=c.tu)
        actions.settle_sign(sign=crowd, verdict=verdict, reason="Đã xem", by=c.lan)
        assert compare([c.team], c.nhon_my, FIRST, LAST)[0].score == score
        actions.reopen_sign(sign=crowd, by=c.lan)
    assert list(TeamTotal.objects.order_by("pk").values("figures", "standing")) == figures


def test_nobody_is_sent_to_be_inspected_unheard(crowd, c, clock):
    with pytest.raises(NotNow):
        actions.settle_sign(sign=crowd, verdict="inspect", reason="Nghi ngờ", by=c.lan)
    with pytest.raises(NeedsReason):
        actions.settle_sign(sign=crowd, verdict="explained", reason=" ", by=c.lan)
    clock.shift(dt.timedelta(days=3, minutes=1))
    settled = actions.settle_sign(sign=crowd, verdict="inspect", reason="Chưa trả lời", by=c.lan)
    told = list(news.settled(Entry.objects.latest("pk")))
    assert {each.user for each in told if hasattr(each, "user")} == {c.tu, c.nhan}
    with pytest.raises(NotNow):
        actions.answer_sign(sign=settled, answer="Muộn", by=c.tu)


def test_whoever_decides_reads_the_question_and_the_answer_first(crowd, r, c, page_client):
    page, desk = r.propose().get_absolute_url(), page_client.as_(c.phuc)
    assert "Tổ chưa trả lời" in desk.get(page).content.decode()
    actions.answer_sign(sign=crowd, answer="Buổi chợ phiên, cả Tổ cùng làm", by=c.tu)
    actions.settle_sign(sign=crowd, verdict="explained", reason="Có ảnh buổi chợ", by=c.lan)
    told = desk.get(page).content.decode()
    for words in (
        "97 người",
        "Buổi chợ phiên, cả Tổ cùng làm",
        "Có ảnh buổi chợ",
        "Nguyễn Thị Lan",
    ):
        assert words in told, words


def test_what_was_asked_in_vain_is_held_against_nobody(crowd, r, c, page_client):
    page = r.propose().get_absolute_url()
    actions.settle_sign(sign=crowd, verdict="cleared", reason="Nhập đúng, có 12 người", by=c.lan)
    assert compare([c.team], c.nhon_my, FIRST, LAST)[0].signs == {}
    assert "97 người" not in page_client.as_(c.phuc).get(page).content.decode()
    assert actions.look_for_signs() == []
    actions.reopen_sign(sign=crowd, by=c.lan)
    assert compare([c.team], c.nhon_my, FIRST, LAST)[0].signs == {"": 1}


def test_who_answers_and_who_settles(crowd, c, page_client):
    for user in (c.cuong, c.lan, c.liem, c.outsider):
        with pytest.raises(PermissionDenied):
            actions.answer_sign(sign=crowd, answer="Đúng", by=user)
    for user in (c.tu, c.dung, c.son, c.outsider, c.xem):
        with pytest.raises(PermissionDenied):
            actions.settle_sign(sign=crowd, verdict="explained", reason="Đúng", by=user)
    names = "tu nhan cuong lan minh ha liem dung outsider doan xem son".split()
    seeing = {name for name in names if Sign.objects.visible_to(getattr(c, name))}
    assert seeing == {"tu", "nhan", "lan", "minh", "ha"}
    for user, status in ((c.doan, 404), (c.xem, 404), (c.minh, 200)):
        assert page_client.as_(user).get(crowd.get_absolute_url()).status_code == status
    actions.answer_sign(sign=crowd, answer="Đúng", by=c.nhan)
    assert any(duty.key == "signs answered" for duty in duties_of(c.lan, timezone.now()))


def test_figures_put_right_let_the_question_go(crowd, r, c):
    assert Looked.objects.count() == ReportVersion.objects.exclude(sent_at=None).count() == 1
    assert actions.look_for_signs() == []  # each version once
    report = Report.objects.get()
    log = Activity.objects.get(people=97)
    withdraw_activity(activity=log, version=log.version, reason="Ghi nhầm", by=c.tu)
    return_figures(report=report, notes={"TC08": "Xem lại"}, by=c.lan)
    r.send(month=10)
    actions.look_for_signs()
    crowd.refresh_from_db()
    assert crowd.gone_at is not None
    assert not any(duty.key.startswith("sign ") for duty in duties_of(c.tu, timezone.now()))


def test_thresholds_are_settings_of_the_unit(r, c):
    set_setting(key="signs.minutes_a_person", value=5, place=c.ke_sach, since_on=FIRST, by=c.ha)
    r.log(8, month=10, people=97, participants=(c.tu.person.pk, c.nhan.person.pk))
    r.send(month=10)
    assert actions.look_for_signs() == []


def test_the_later_of_two_teams_is_asked_about_the_same_figures(r, c, clock):
    for team, by, _place in ((c.team, c.tu, c.my_phuoc), (c.team_my_hoa, c.liem, c.my_hoa)):
        for day, code in ((5, "vneid"), (6, "an-toan-mang"), (7, "vi-dien-tu"), (8, "thanh-toan")):
            r.log(day, month=10, team=team, by=by, people=day, contents={code: day})
        clock.shift(dt.timedelta(minutes=10))
        r.send(team=team, by=by, month=10)
    found = actions.look_for_signs()
    assert [(sign.kind, sign.team, sign.other) for sign in found] == [
        ("neighbour", c.team_my_hoa, c.team)
    ]


def test_an_answer_kept_on_the_phone_arrives_later(crowd, c, page_client):
    page_client.force_login(c.tu)
    page = page_client.get(reverse("rewards:asked", args=[c.team.pk])).content.decode()
    assert 'data-outbox="sign.answer"' in page
    assert "97" in page
    about = {"sign": str(crowd.pk)}
    assert Phone(page_client).send("sign.answer", about, {"answer": " "})["state"] == "refused"
    said = Phone(page_client).send("sign.answer", about, {"answer": "Cả Tổ làm"}, ago=DAY)
    assert said["state"] == "recorded", said
    crowd.refresh_from_db()
    assert crowd.answer == "Cả Tổ làm"
    page_client.force_login(c.liem)
    assert Phone(page_client).send("sign.answer", about, {"answer": "Không"})["state"] == "refused"
