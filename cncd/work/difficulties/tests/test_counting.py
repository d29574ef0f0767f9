"""What is counted, against what is counted by hand from the rows (TC16, TC17)."""

import datetime as dt
import random
from types import SimpleNamespace

import pytest
from django.utils import timezone

from cncd.work.difficulties import actions
from cncd.work.difficulties.models import Case, Raising, Turn
from cncd.work.difficulties.queries import counted, counted_places, told

RAISED = SimpleNamespace(pk=1, counts="raised", filters={})
DUE = SimpleNamespace(pk=2, counts="due", filters={})
IN_TIME = SimpleNamespace(pk=3, counts="in_time", filters={})
NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DECEMBER = (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def tc16(c, days=NOVEMBER):
    return counted([c.team], *days, [RAISED])[c.team.pk][1]


def tc17(place, days=NOVEMBER):
    found = counted_places([place], *days, [DUE, IN_TIME])[place.pk]
    return found[3].value, found[2].value


def test_what_a_team_raised_counts_once_until_it_is_taken_back(c):
    assert tc16(c) == (0, (), False)
    one, two = c.raised(), c.raised("Chưa có kinh phí")
    actions.join_cases(into=one.case, cases=[two.case], by=c.lan)
    found = tc16(c)
    assert (found.value, found.kept) == (2, True)
    assert [(case, changed) for case, changed in told(found.records)] == [(one.case, False)] * 2
    actions.withdraw_raising(raising=two, by=c.tu)
    assert tc16(c).value == 1
    assert dict((changed, case) for case, changed in told(found.records)).keys() == {True, False}
    assert tc16(c, DECEMBER).value == 0


def test_an_answer_in_time_counts_and_a_late_or_missing_one_is_only_due(c):
    in_time, late, passed = c.raised().case, c.raised("B").case, c.raised("C").case
    actions.pass_case(case=passed, reason="Xin ý kiến", by=c.lan)
    assert tc17(c.nhon_my) == (0, 3)  # the one passed on is due at the district
    actions.answer_case(case=in_time, text="Xong", by=c.lan)
    c.days(6)
    actions.answer_case(case=late, text="Xong", by=c.lan)
    assert tc17(c.nhon_my) == (1, 3)
    assert tc17(c.ke_sach) == (1, 3)
    assert tc17(c.xuan_hoa) == (0, 0)


def test_what_is_passed_on_or_taken_back_after_its_moment_was_not_answered_in_time(c):
    passed, gone = c.raised(), c.raised("B")
    c.days(6)
    actions.pass_case(case=passed.case, reason="Xin ý kiến", by=c.lan)
    actions.withdraw_raising(raising=gone, by=c.tu)
    assert tc17(c.nhon_my) == (0, 3)  # two at the commune, one at the district


def test_each_level_has_a_moment_of_its_own(c):
    c.raised()
    for _week in range(5):
        c.days(7)
        actions.climb_overdue()
    assert tc17(c.nhon_my) == (0, 2)  # commune 7/11, district 16/11
    assert tc17(c.nhon_my, DECEMBER) == (0, 2)  # the office of the province, then its leaders


def test_an_unknown_word_is_refused(c):
    with pytest.raises(KeyError):
        counted([c.team], *NOVEMBER, [DUE])
    with pytest.raises(KeyError):
        counted_places([c.nhon_my], *NOVEMBER, [RAISED])


def test_counted_as_counted_by_hand_whatever_happened(c):
    rng = random.Random(16)
    teams = [(c.team, c.tu), (c.team_my_hoa, c.liem), (c.team_dau_giong, c.sa)]
    for number in range(50):
        own, by = rng.choice(teams)
        c.raised(f"Khó khăn {number}", team=own, by=by)
        some = rng.choice(list(Case.objects.open()))
        step = rng.randrange(5)
        if step == 0:
            actions.answer_case(case=some, text="Xong", by=None)
        elif step == 1 and not some.with_leaders:
            actions.pass_case(case=some, reason="Xin ý kiến", by=None)
        elif step == 2 and (other := Case.objects.open().exclude(pk=some.pk).first()):
            actions.join_cases(into=other, cases=[some], by=None)
        elif step == 3:
            actions.withdraw_raising(raising=some.raisings.first(), by=None)
        c.days(1)
        actions.climb_overdue()
    for days in (NOVEMBER, DECEMBER):
        for own, _by in teams:
            found = counted([own], *days, [RAISED])[own.pk][1].value
            assert found == sum(
                raising.team_id == own.pk
                and raising.withdrawn_at is None
                and days[0] <= raising.raised_on <= days[1]
                for raising in Raising.objects.all()
            )
        assert tc17(c.nhon_my, days) == by_hand({c.my_phuoc.pk, c.my_hoa.pk}, days)
        assert tc17(c.tt_tran_de, days) == by_hand({c.dau_giong.pk}, days)
        sums = zip(tc17(c.nhon_my, days), tc17(c.tt_tran_de, days), strict=True)
        assert tc17(c.soc_trang, days) == tuple(map(sum, sums))


def by_hand(hamlets: set[int], days) -> tuple[int, int]:
    kept = due = 0
    for turn in Turn.objects.select_related("case"):
        is_due = days[0] <= timezone.localdate(turn.due_at) <= days[1]
        if turn.case.place_id in hamlets and is_due:
            answered = turn.ended in ("answered", "late")
            went_on = turn.ended in ("passed", "joined", "withdrawn")
            due += not (went_on and turn.until_at <= turn.due_at)
            kept += answered and turn.until_at <= turn.due_at
    return kept, due
