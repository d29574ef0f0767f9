"""Climbing by the clock over whole months; whatever people and places do, somebody owns it."""

import datetime as dt
import itertools
import random

import pytest
from django.db import connection
from django.utils import timezone

from cncd.foundation.journal.models import Entry
from cncd.foundation.people.actions import end_posting, post_person
from cncd.foundation.people.models import Posting
from cncd.foundation.places.actions import create_place, set_setting, succeed_places
from cncd.foundation.places.models import Place
from cncd.work.difficulties import actions
from cncd.work.difficulties.actions import Said, climb_overdue, keep_owned
from cncd.work.difficulties.jobs import climb
from cncd.work.difficulties.models import Case, Step, Turn
from cncd.work.difficulties.queries import answerable
from tests.cast import BEGINNING, person, team

JANUARY = dt.date(2027, 1, 1)


def where(case):
    case.refresh_from_db()
    return case.owner, case.with_leaders


def test_unanswered_it_climbs_level_by_level_to_the_leaders_of_the_province(c):
    case = c.raised().case
    seen = []
    for day in range(60):
        climb.func()
        if not seen or seen[-1][1:] != where(case):
            seen.append((day, *where(case)))
        c.days(1)
    assert seen == [
        (0, c.nhon_my, False),
        (6, c.ke_sach, False),  # 5 days at the commune, until 17:00: the next morning
        (14, c.soc_trang, False),  # 7 at the district
        (25, c.soc_trang, True),  # 10 at the office of the province, Sở first
    ]
    assert answerable(case, timezone.localdate()) == [c.binh]
    assert Case.objects.overdue(timezone.now()).get() == case  # late, and still its leaders'
    assert [turn.ended for turn in case.turns.all()] == ["climbed"] * 3 + [""]
    assert case.climbs == 3


def test_who_answers_follows_the_owner(c):
    case = c.raised().case
    day = timezone.localdate()
    asked = [[c.lan], [c.minh], [c.ha], [c.binh]]
    for people in asked:
        case.refresh_from_db()
        assert answerable(case, day) == people
        c.days(20)
        climb_overdue()
    case.refresh_from_db()
    assert answerable(case, day) == [c.binh]


def test_run_twice_each_climbs_once_and_answered_ones_never(c):
    open_, answered = c.raised().case, c.raised("Chưa có kinh phí").case
    actions.answer_case(case=answered, text="Đã cấp", by=c.lan)
    c.days(6)
    assert climb_overdue() == 1
    assert climb_overdue() == 0
    assert where(open_)[0] == c.ke_sach
    assert where(answered)[0] == c.nhon_my
    assert Step.objects.filter(what="climbed").count() == 1
    assert Entry.objects.filter(event="difficulty.climbed").count() == 1


def test_after_standing_still_for_months_each_level_still_has_all_its_days(c):
    case = c.raised().case
    c.days(90)
    assert climb_overdue() == 1
    assert where(case) == (c.ke_sach, False)
    assert timezone.localdate(case.due_at) == timezone.localdate() + dt.timedelta(days=7)


def test_many_climb_in_few_statements_with_one_entry_for_each_unit(
    c, django_assert_max_num_queries
):
    for number in range(30):
        c.raised(f"Sóng yếu ở tuyến kênh {number}")
    for _number in range(10):
        c.raised("Chưa có máy in", team=c.team_dau_giong, by=c.sa)
    c.days(6)
    Entry.objects.all().delete()
    with django_assert_max_num_queries(60):
        assert climb_overdue() == 40
    assert Entry.objects.count() == 2
    assert Case.objects.filter(owner=c.ke_sach).count() == 30


def test_days_are_settings_by_place_and_date(c):
    set_setting(
        key="difficulties.days_commune", value=2, place=c.ke_sach, since_on=dt.date(2026, 11, 3),
        by=c.ha,
    )  # fmt: skip
    assert timezone.localdate(c.raised().case.due_at) == dt.date(2026, 11, 7)
    c.days(1)
    assert timezone.localdate(c.raised().case.due_at) == dt.date(2026, 11, 5)
    there = c.raised(team=c.team_dau_giong, by=c.sa).case
    assert timezone.localdate(there.due_at) == dt.date(2026, 11, 8)


def test_where_the_province_is_right_above_the_commune_it_climbs_there(c):
    top = create_place(
        kind=c.kinds["tinh"], code="92", name="Cần Thơ", parent=None, since_on=BEGINNING, by=None
    )
    ward = create_place(
        kind=c.kinds["xa"], code="92.1", name="Long Phú", parent=top, since_on=BEGINNING, by=None
    )
    hamlet = create_place(
        kind=c.kinds["ap"], code="92.1.1", name="Mười", parent=ward, since_on=BEGINNING, by=None
    )
    own = team(c, "92.1.1", "Tổ ấp Mười", hamlet, (person("Lê Văn Mười"), "leader"))
    said = Said("Sóng yếu")
    of_team = actions.raise_difficulty(said=said, team=own, by=None).case
    of_commune = actions.raise_difficulty(said=said, place=ward, by=None).case
    seen = {of_team: [where(of_team)], of_commune: [where(of_commune)]}
    for _month in range(4):
        c.days(30)
        climb_overdue()
        for case, course in seen.items():
            course.append(where(case))
    assert seen[of_team] == [(ward, False), (top, False), (top, True), (top, True), (top, True)]
    assert seen[of_commune] == [(top, False), (top, True), (top, True), (top, True), (top, True)]


def test_a_unit_that_passes_into_another_hands_its_cases_over(c):
    case = c.raised().case
    new = create_place(
        kind=c.kinds["xa"], code="31999", name="Kế Sách Mới", parent=c.ke_sach,
        since_on=dt.date(2026, 11, 4), by=None,
    )  # fmt: skip
    succeed_places(
        kind="merge", shares=[(c.nhon_my, new, 1), (c.xuan_hoa, new, 1)],
        on=dt.date(2026, 11, 4), by=None, document=None,
    )  # fmt: skip
    post_person(
        person=c.lan.person, role="commune_officer", place=new, since_on=dt.date(2026, 11, 4),
        by=None,
    )  # fmt: skip
    c.days(1)
    assert keep_owned() == 0
    c.days(1)
    assert answerable(case, timezone.localdate()) == [c.lan]
    assert Case.objects.visible_to(c.lan).get() == case  # before any job has run
    assert keep_owned() == 1
    assert where(case)[0] == new
    assert case.due_at > timezone.now()
    assert Step.objects.filter(what="moved").count() == 1


def test_where_nobody_is_left_it_goes_one_level_up(c):
    case = c.raised().case
    actions.assign_case(case=case, to=c.lan, by=c.hung)
    today = timezone.localdate()
    for officer in (c.lan, c.hung):
        posting = Posting.objects.get(person=officer.person)
        end_posting(posting=posting, until_on=today + dt.timedelta(days=1), by=None)
        c.days(1)
        today += dt.timedelta(days=1)
        keep_owned()
        if officer == c.lan:  # the name goes with the person, the case stays
            assert where(case)[0] == c.nhon_my
            assert case.assignee is None
            assert answerable(case, today) == [c.hung]
    assert where(case)[0] == c.ke_sach
    assert answerable(case, today) == [c.minh]


def test_nothing_is_ever_without_an_owner_whatever_happens(c):
    """Officers leave and come, units merge, cases climb, are passed on, joined, answered: each
    open case has an owner that stands, a running turn, and somebody who answers."""
    rng = random.Random(94)
    teams = [(c.team, c.tu), (c.team_my_hoa, c.liem), (c.team_dau_giong, c.sa)]
    officers = itertools.cycle([c.lan, c.dung, c.son, c.minh, c.hung, c.phuc])
    for week in range(16):
        own, by = rng.choice(teams)
        case = c.raised(f"Khó khăn tuần {week}", team=own, by=by).case
        if week % 5 == 1:
            actions.pass_case(case=case, reason="Xin ý kiến", by=None)
        if week % 5 == 2:
            other = Case.objects.open().exclude(pk=case.pk).first()
            actions.join_cases(into=other, cases=[case], by=None)
        if week % 3 == 0:
            officer = next(officers)
            held = Posting.objects.on(timezone.localdate()).filter(person=officer.person)
            for posting in held:
                end_posting(posting=posting, until_on=timezone.localdate(), by=None)
        c.days(7)
        climb.func()
        check_owned(timezone.localdate())
    assert Case.objects.filter(climbs__gte=3).exists()


def check_owned(day):
    alive = set(Place.objects.alive(day).values_list("pk", flat=True))
    for case in Case.objects.open():
        assert case.owner_id in alive
        assert answerable(case, day), case
        assert Turn.objects.get(case=case, until_at=None).owner_id == case.owner_id
    assert not Turn.objects.filter(until_at=None).exclude(case__state="open").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_climb_each_case_once(transactional_db):
    """On PostgreSQL at the same time; on SQLite one after the other."""
    from concurrent.futures import ThreadPoolExecutor

    from cncd.team.programme.models import DifficultyCategory
    from tests.cast import country

    c = country()
    kind = DifficultyCategory.objects.create(code="khac", name="Khác", since_on=BEGINNING)
    made = timezone.now() - dt.timedelta(days=30)
    for number in range(40):
        said = Said(f"Khó khăn {number}", kind)
        actions.raise_difficulty(said=said, team=c.team, by=None, made_at=made, now=made)

    def work(_number):
        try:
            return climb_overdue(at_once=5)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        done = [work(0), climb_overdue()]
    else:
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(work, range(2)))
    assert sum(done) == 40
    assert set(Case.objects.values_list("climbs", flat=True)) == {1}
    assert Turn.objects.filter(until_at=None).count() == 40
