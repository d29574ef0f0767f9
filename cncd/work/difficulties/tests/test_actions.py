"""Raising, answering, joining, saying whether it helped."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.team.programme.models import DifficultyCategory
from cncd.work.difficulties import actions
from cncd.work.difficulties.actions import (
    ChangedMeanwhile,
    NotAnswered,
    NothingSaid,
    NotInOffice,
    NotJoined,
    NotOpen,
    NowhereToPass,
    Said,
)
from cncd.work.difficulties.models import Case, Raising, Step, Turn


def test_a_team_raises_and_its_commune_owns_it(c):
    raising = c.raised("Cuối ấp  sóng yếu ")
    case = raising.case
    assert case.owner == c.nhon_my
    assert case.text == "Cuối ấp sóng yếu"
    assert timezone.localtime(case.due_at).isoformat() == "2026-11-07T17:00:00+07:00"
    assert [(turn.owner, turn.ended) for turn in case.turns.all()] == [(c.nhon_my, "")]
    assert Entry.objects.get().event == "difficulty.raised"


def test_what_a_commune_raises_itself_goes_to_its_district_and_the_top_to_its_leaders(c):
    said = Said("Chưa có kinh phí hoạt động")
    case = actions.raise_difficulty(said=said, place=c.nhon_my, by=c.lan).case
    assert (case.owner, case.with_leaders) == (c.ke_sach, False)
    case = actions.raise_difficulty(said=said, place=c.soc_trang, by=None).case
    assert (case.owner, case.with_leaders) == (c.soc_trang, True)


def test_without_a_kind_the_words_decide_which_it_is(c):
    for text, kind in [
        ("Khúc này không có sóng, mạng rớt hoài", "song-mang"),
        ("Anh em chưa được hỗ trợ tiền xăng", "kinh-phi"),
        ("ba con so bi lua dao", "lua-dao"),
        ("Trời nóng", "khac"),
    ]:
        assert c.raised(text, kind=None).case.category.code == kind, text


def test_only_a_member_or_the_commune_raises_for_a_team(c):
    for who in (c.tu, c.cuong, c.lan):
        c.raised(by=who)
    for who in (c.liem, c.dung, c.outsider, c.viettel):
        with pytest.raises(PermissionDenied):
            c.raised(by=who)
    with pytest.raises(NothingSaid):
        c.raised("  ")


def test_an_answer_reaches_every_origin_and_each_says_whether_it_helped(c):
    one, two = c.raised(), c.raised("Mất sóng ở ấp", team=c.team_my_hoa, by=c.liem)
    case = actions.join_cases(into=one.case, cases=[two.case], by=c.lan)
    actions.answer_case(case=case, text="Nhà mạng lắp trạm trong tháng 12.", by=c.lan)
    for raising in (one, two):
        raising.refresh_from_db()
        assert raising.case.state == Case.State.ANSWERED
        assert raising.case.answered_for == c.nhon_my
    actions.say_helped(raising=one, helped=True, by=c.nhan)
    with pytest.raises(NothingSaid):
        actions.say_helped(raising=two, helped=False, by=c.liem)
    actions.say_helped(raising=two, helped=False, note="Vẫn không gọi được", by=c.liem)
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.helped, one.case.state) == (True, Case.State.ANSWERED)
    assert (two.helped, two.case.state) == (False, Case.State.OPEN)
    assert two.case == two.first_case
    assert two.case.owner == c.nhon_my
    assert two.case.due_at > timezone.now()
    assert Entry.objects.filter(event="difficulty.reopened").count() == 1


def test_what_did_not_help_alone_is_open_again_and_may_be_answered_again(c):
    raising = c.raised()
    with pytest.raises(NotAnswered):
        actions.say_helped(raising=raising, helped=True, by=c.tu)
    actions.answer_case(case=raising.case, text="Đã báo nhà mạng.", by=c.lan)
    actions.say_helped(raising=raising, helped=False, note="Chưa thấy gì", by=c.tu)
    case = Case.objects.get()
    assert (case.state, case.answer) == (Case.State.OPEN, "")
    assert case.steps.last().details == {"answer": "Đã báo nhà mạng."}
    actions.answer_case(case=case, text="Trạm đã lắp ngày 20/11.", by=c.hung)
    raising.refresh_from_db()
    assert raising.helped is None
    assert [turn.ended for turn in case.turns.all()] == ["answered", "answered"]


def test_helped_said_twice_is_written_once(c):
    raising = c.raised()
    actions.answer_case(case=raising.case, text="Đã lắp.", by=c.lan)
    for _again in range(2):
        actions.say_helped(raising=raising, helped=True, by=c.tu)
    assert Entry.objects.filter(event="difficulty.helped").count() == 1


def test_only_its_own_units_answer(c):
    raising = c.raised()
    for who in (c.dung, c.son, c.tu, c.xem, c.outsider):
        with pytest.raises(PermissionDenied):
            actions.answer_case(case=raising.case, text="Xong", by=who)
    actions.answer_case(case=raising.case, text="Xong", by=c.minh)  # the district above may
    with pytest.raises(NotOpen):
        actions.answer_case(case=raising.case, text="Nữa", by=c.lan)


def test_an_older_page_does_not_overwrite(c):
    case = c.raised().case
    actions.assign_case(case=case, to=c.hung, by=c.lan, version=case.version)
    with pytest.raises(ChangedMeanwhile):
        actions.answer_case(case=case, text="Xong", by=c.lan, version=case.version)
    with pytest.raises(NotInOffice):
        actions.assign_case(case=case, to=c.dung, by=c.lan)


def test_passing_goes_up_or_sideways_with_a_reason_and_all_days_of_that_level(c):
    case = c.raised().case
    with pytest.raises(NothingSaid):
        actions.pass_case(case=case, reason=" ", by=c.lan)
    case = actions.pass_case(case=case, reason="Ngoài thẩm quyền xã", by=c.lan)
    assert case.owner_id == c.ke_sach.pk
    assert timezone.localdate(case.due_at) == dt.date(2026, 11, 9)
    case = actions.pass_case(case=case, to=c.xuan_hoa, reason="Trạm ở Xuân Hòa", by=c.minh)
    assert case.owner_id == c.xuan_hoa.pk
    for where in (c.xuan_hoa, c.my_phuoc):
        with pytest.raises(NowhereToPass):
            actions.pass_case(case=case, to=where, reason="?", by=c.dung)
    assert [turn.ended for turn in case.turns.all()] == ["passed", "passed", ""]
    assert case.climbs == 0


def test_cases_put_together_come_apart_as_they_were(c):
    first, second = c.raised(), c.raised("Không có mạng", team=c.team_my_hoa, by=c.liem)
    third = c.raised("Sóng chập chờn")
    actions.join_cases(into=second.case, cases=[third.case], by=c.lan)
    into = actions.join_cases(into=first.case, cases=[second.case], by=c.lan)
    assert into.raisings.count() == 3
    assert Case.objects.open().get() == into
    [parted] = actions.part_cases(cases=[second.case], by=c.lan)
    third.refresh_from_db()
    assert third.case == parted == second.case  # what was put into it before stays with it
    assert parted.raisings.count() == 2
    assert Case.objects.get(pk=into.pk).raisings.get() == first
    with pytest.raises(NotJoined):
        actions.part_cases(cases=[parted], by=c.lan)
    assert Turn.objects.filter(until_at=None).count() == 2


def test_cases_out_of_reach_or_answered_are_not_put_together(c):
    mine, other = c.raised(), c.raised("Không có mạng", team=c.team_dau_giong, by=c.sa)
    with pytest.raises(PermissionDenied):
        actions.join_cases(into=mine.case, cases=[other.case], by=c.lan)
    with pytest.raises(NotOpen):
        actions.join_cases(into=mine.case, cases=[mine.case], by=c.ha)
    actions.answer_case(case=other.case, text="Xong", by=c.ha)
    with pytest.raises(NotOpen):
        actions.join_cases(into=mine.case, cases=[other.case], by=c.ha)
    answered = actions.join_cases(into=other.case, cases=[mine.case], by=c.ha)
    assert answered.state == Case.State.ANSWERED  # the answer given there reaches the new one too


def test_a_case_goes_with_its_last_origin_and_comes_back_with_it(c):
    raising = c.raised()
    with pytest.raises(PermissionDenied):
        actions.withdraw_raising(raising=raising, by=c.liem)
    actions.withdraw_raising(raising=raising, reason="Ghi nhầm", by=c.tu)
    actions.withdraw_raising(raising=raising, by=c.tu)
    assert Case.objects.get().state == Case.State.WITHDRAWN
    assert Entry.objects.filter(event="difficulty.withdrawn").count() == 1
    c.days(30)
    actions.restore_raising(raising=raising, by=c.tu)
    case = Case.objects.get()
    assert case.is_open
    assert case.due_at > timezone.now()


def test_sent_again_a_report_raises_nothing_twice_and_takes_back_what_it_leaves_out(c):
    network, money = c.kinds_of["song-mang"].pk, c.kinds_of["kinh-phi"].pk
    on = dt.date(2026, 11, 30)
    about = {"team": c.team, "report": "7", "by": c.tu, "on": on}
    said = [(network, "Cuối ấp sóng yếu"), (money, "Chưa có kinh phí xăng xe")]
    assert len(actions.raise_reported(said=said, **about)) == 2
    assert actions.raise_reported(said=[(pk, f" {text} ") for pk, text in said], **about) == []
    kept = Raising.objects.get(category=network)
    actions.raise_reported(said=[(network, "Cuối ấp sóng rất yếu")], **about)
    kept.refresh_from_db()
    assert (kept.text, kept.case.text) == ("Cuối ấp sóng rất yếu",) * 2
    assert list(Raising.objects.standing()) == [kept]
    assert kept.raised_on == on
    twice = [(network, "Cuối ấp sóng rất yếu")] * 2
    assert len(actions.raise_reported(said=twice, **about)) == 1


def test_the_database_refuses_a_case_without_an_owner_a_due_day_or_an_answer(c):
    case = c.raised().case
    for wrong in (
        {"owner": None}, {"due_at": None}, {"state": "answered"}, {"state": "joined"},
        {"due_at": case.since_at},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.create(
            case=case, owner=c.nhon_my, since_at=case.since_at, due_at=case.due_at,
            due_on=dt.date(2026, 11, 7),
        )  # fmt: skip


def test_every_action_leaves_one_entry_and_one_line(c):
    case = c.raised().case
    actions.assign_case(case=case, to=c.lan, by=c.hung)
    actions.sort_case(case=case, category=DifficultyCategory.objects.get(code="khac"), by=c.lan)
    actions.pass_case(case=case, reason="Xin ý kiến", by=c.lan)
    actions.answer_case(case=case, text="Đồng ý", by=c.minh)
    events = list(Entry.objects.order_by("pk").values_list("event", flat=True))
    assert events == [
        "difficulty.raised", "difficulty.assigned", "difficulty.sorted", "difficulty.passed",
        "difficulty.answered",
    ]  # fmt: skip
    assert Step.objects.count() == len(events)
