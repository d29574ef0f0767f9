"""The gap on paper, the draft that follows from it, and when a course is finished."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cncd.work.training.rules.completing import completed_on, right_answers
from cncd.work.training.rules.drafting import Limits, Stop, proposals
from cncd.work.training.rules.gaps import Gap, Grade, part, twelve_months
from cncd.work.training.rules.showing import may_show, mean


def test_the_worked_example_of_the_page():
    gap = Gap(asked=120, asked_in_all=400, lacking=7, members=10)
    assert (gap.need, gap.lack, gap.points, gap.grade) == (30, 70, 21, Grade.LARGE)


def test_a_basic_skill_counts_at_least_a_fifth_however_rarely_it_was_asked_for():
    asked = {"asked": 8, "asked_in_all": 400, "lacking": 5, "members": 10}
    assert (Gap(**asked).need, Gap(**asked).points) == (2, 1)
    basic = Gap(**asked, is_basic=True)
    assert (basic.need, basic.is_floored, basic.points) == (20, True, 10)


def test_without_logs_only_the_floor_is_left_and_without_members_nothing():
    assert Gap(0, 0, 4, 4).points == 0
    assert Gap(0, 0, 4, 4, is_basic=True).points == 20
    assert Gap(10, 20, 0, 0, is_basic=True).grade == Grade.NOBODY


@pytest.mark.parametrize(("points", "grade"), [
    (15, Grade.LARGE), (14, Grade.MIDDLE), (5, Grade.MIDDLE), (4, Grade.SMALL), (1, Grade.SMALL),
    (0, Grade.UNASKED),
])  # fmt: skip
def test_grades_begin_at_their_points(points, grade):
    assert Gap(points, 100, 1, 1).grade == grade
    assert Gap(points + 1, 100, 0, 9).grade == Grade.NONE


def test_halves_are_rounded_up_as_people_do():
    assert [part(1, 8), part(1, 200), part(0, 5), part(3, 0)] == [13, 1, 0, 0]


def test_the_months_are_twelve_full_ones():
    assert twelve_months(dt.date(2026, 11, 22)) == (dt.date(2025, 11, 1), dt.date(2026, 10, 31))
    assert twelve_months(dt.date(2024, 2, 29)) == (dt.date(2023, 2, 1), dt.date(2024, 1, 31))


GAPS = st.builds(
    lambda asked, more, lack, rest, basic: Gap(asked, asked + more, lack, lack + rest, basic),
    *[st.integers(0, 500)] * 4, st.booleans(),
)  # fmt: skip


@given(GAPS, GAPS)
def test_points_stay_within_a_hundred_and_fall_when_somebody_learns(one, other):
    assert 0 <= one.points <= 100
    names = ("asked", "asked_in_all", "lacking", "members")
    sums = [getattr(one, name) + getattr(other, name) for name in names]
    assert one + other == Gap(*sums, one.is_basic)
    if one.lacking:
        learned = Gap(one.asked, one.asked_in_all, one.lacking - 1, one.members, one.is_basic)
        assert learned.points <= one.points


BIG, SMALL = Gap(50, 100, 40, 40), Gap(20, 100, 10, 40)


def test_the_largest_gap_is_planned_first_and_what_finds_no_course_is_told():
    found = proposals([(1, SMALL, 0), (2, BIG, 0)], Limits(places=30, cost=3_000_000, courses=2))
    assert [(p.topic, p.classes, p.places, p.cost, p.stop) for p in found] == [
        (2, 2, 40, 6_000_000, Stop.NONE),
        (1, 0, 0, 0, Stop.COURSES),
    ]
    assert found[1].left == 10


def test_money_stops_a_draft_where_courses_would_not():
    limits = Limits(places=30, cost=3_000_000, courses=9, budget=5_000_000)
    [found] = proposals([(2, BIG, 0)], limits)
    assert (found.classes, found.places, found.left, found.stop) == (1, 30, 10, Stop.BUDGET)


def test_seats_that_units_below_hold_are_not_planned_again():
    [found] = proposals([(2, BIG, 25)], Limits(places=30, cost=0, courses=9))
    assert (found.classes, found.places, found.left) == (1, 15, 0)
    [none] = proposals([(2, BIG, 60)], Limits(places=30, cost=0, courses=9))
    assert (none.classes, none.left, none.stop) == (0, 0, Stop.NONE)


@given(
    st.lists(st.tuples(GAPS, st.integers(0, 60)), max_size=8),
    st.builds(Limits, st.integers(1, 60), st.integers(0, 50), st.integers(1, 12),
              st.none() | st.integers(0, 300)),
)  # fmt: skip
def test_a_draft_never_passes_what_the_unit_can_hold(gaps, limits):
    found = proposals([(n, gap, held) for n, (gap, held) in enumerate(gaps)], limits)
    assert sum(p.classes for p in found) <= limits.courses
    assert limits.budget is None or sum(p.cost for p in found) <= limits.budget
    for each in found:
        assert 0 <= each.places <= each.classes * limits.places
        assert each.left == 0 or each.stop


DAYS = [dt.date(2026, 3, day) for day in (2, 9, 16)]


def test_a_course_is_finished_on_the_day_of_the_last_thing_needed():
    assert completed_on(came=DAYS[:1], needed=2, quiz_required=False) is None
    assert completed_on(came=reversed(DAYS), needed=2, quiz_required=False) == DAYS[1]
    assert completed_on(came=DAYS, needed=2, quiz_required=True) is None
    after = dt.date(2026, 3, 20)
    assert completed_on(came=DAYS, needed=2, quiz_required=True, passed=[after]) == after
    assert completed_on(came=DAYS, needed=3, quiz_required=True, passed=[DAYS[0], after]) == DAYS[2]
    assert completed_on(came=[], needed=0, quiz_required=False) is None


def test_a_question_left_out_is_answered_wrongly():
    assert right_answers({1: 0, 2: 1}, {1: 0, 2: 0, 3: 2}) == 1


def test_an_evaluation_hides_what_fewer_than_five_said():
    assert [n for n in range(8) if may_show(n)] == [5, 6, 7]
    assert mean({5: 3, 2: 1}) == 4.25
    assert mean({}) is None
