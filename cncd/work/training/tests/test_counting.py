"""TC11, TC12, XH04, XH05: worked examples, a random country counted by hand, and what it costs."""

import datetime as dt
import random
from collections import defaultdict
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cncd.team.teams.models import Membership
from cncd.work.training import actions
from cncd.work.training.models import Attendance, Completion, Session
from cncd.work.training.queries import counted
from cncd.work.training.tests.builders import TODAY, at, course, held, session

pytestmark = pytest.mark.django_db

WORDS = ("attended", "trained", "classes", "learners")
COUNTERS = [SimpleNamespace(pk=pk, counts=word, filters={}) for pk, word in enumerate(WORDS, 1)]
OCTOBER = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
NOVEMBER = (dt.date(2026, 11, 1), dt.date(2026, 11, 30))


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(at(TODAY, 20), tick=False) as clock:
        yield clock


@pytest.fixture
def c(cast, programme):
    cast.course = course(cast)
    return cast


def figures(team, days) -> tuple:
    found = counted([team], *days, COUNTERS)[team.pk]
    return tuple(found[n.pk].value if n.pk in found else 0 for n in COUNTERS)


def came(c, day, *users, of=None):
    of = session(of or c.course, day)
    people = [getattr(user, "person_id", None) or user.pk for user in users]
    return actions.record_list(session=of, came=people, by=None)


def test_a_member_counts_once_a_course_in_the_month_of_the_first_session(c):
    came(c, dt.date(2026, 10, 20), c.tu, c.nhan)
    came(c, dt.date(2026, 11, 3), c.tu, c.cuong)
    came(c, dt.date(2026, 11, 10), c.tu, of=course(c, title="Thanh toán"))
    assert figures(c.team, OCTOBER) == (2, 2, 0, 0)
    assert figures(c.team, NOVEMBER) == (2, 3, 0, 0)  # Cường, and Tư in the second course
    found = counted([c.team], *NOVEMBER, COUNTERS)[c.team.pk][1]
    assert [record[0] for record in found.records] == ["attendances"] * 2


def test_what_is_taken_back_moves_the_count_to_the_next_session(c):
    first = came(c, dt.date(2026, 10, 20), c.tu)[0]
    came(c, dt.date(2026, 11, 3), c.tu)
    actions.withdraw_attendance(attendance=first, reason="Ký hộ", by=None)
    assert (figures(c.team, OCTOBER)[:2], figures(c.team, NOVEMBER)[:2]) == ((0, 0), (1, 1))


def test_it_counts_for_the_team_of_that_day_and_completion_goes_with_the_person(c):
    came(c, dt.date(2026, 10, 5), c.cuong)
    moved = dt.date(2026, 10, 15)
    row = Membership.objects.get(person=c.cuong.person_id)
    Membership.objects.filter(pk=row.pk).update(until_on=moved)
    Membership.objects.create(
        team=c.team_my_hoa, person=row.person, position="member", tie="lives",
        document=row.document, since_on=moved,
    )  # fmt: skip
    assert figures(c.team, OCTOBER)[:2] == (1, 0)
    assert figures(c.team_my_hoa, OCTOBER)[:2] == (0, 1)


def test_a_class_of_two_meetings_counts_once_in_the_month_it_began(c):
    first = actions.log_class(held=held(c, held_on=dt.date(2026, 10, 30)), team=c.team, by=c.tu)
    on = held(c, people=11, continues=first, newcomers=3, held_on=dt.date(2026, 11, 6))
    actions.log_class(held=on, team=c.team, by=c.tu)
    assert figures(c.team, OCTOBER)[2:] == (1, 12)
    assert figures(c.team, NOVEMBER)[2:] == (0, 3)


def test_a_joint_class_counts_for_its_owner_alone_and_the_communes_for_the_hamlets_team(c):
    joint = held(c, joint_teams=[c.team_my_hoa])
    actions.log_class(held=joint, team=c.team, by=c.tu)
    actions.log_class(held=held(c, place=c.my_hoa, people=20), by=c.lan)
    assert figures(c.team, NOVEMBER)[2:] == (1, 12)
    assert figures(c.team_my_hoa, NOVEMBER)[2:] == (1, 20)


def test_a_team_without_any_record_states_nothing_and_is_asked_who_was_trained(c):
    found = counted([c.team], *NOVEMBER, COUNTERS)[c.team.pk]
    assert {n: each.kept for n, each in found.items()} == {1: False, 3: False, 4: False}
    came(c, TODAY, c.tu)
    found = counted([c.team, c.team_my_hoa], *NOVEMBER, COUNTERS)
    assert [found[c.team.pk][n].kept for n in (1, 2, 3, 4)] == [True, True, False, False]
    assert not found[c.team_my_hoa.pk][1].kept


def test_another_word_is_refused(c):
    with pytest.raises(KeyError):
        counted([c.team], *NOVEMBER, [SimpleNamespace(pk=1, counts="smiles", filters={})])


class Country:
    """Random sessions, attendances and classes, through the actions, some of them taken back."""

    def __init__(self, c, seed: int):
        self.c, self.random = c, random.Random(seed)
        self.people = [c.tu.person, c.nhan.person, c.cuong.person, c.bay, c.liem.person,
                       c.sa.person, c.lan.person]  # fmt: skip
        self.courses = [course(c, title=f"Lớp {n}", sessions_needed=1 + n % 2) for n in range(4)]
        self.teams = {c.team: c.my_phuoc, c.team_my_hoa: c.my_hoa, c.team_dau_giong: c.dau_giong}
        for _step in range(25):
            self.random.choice([self.hold, self.hold, self.teach, self.take_back])()

    def day(self):
        return dt.date(2026, 9, 1) + dt.timedelta(days=self.random.randint(0, 80))

    def hold(self):
        of = session(self.random.choice(self.courses), self.day())
        people = self.random.sample(self.people, self.random.randint(1, 5))
        actions.record_list(session=of, came=[person.pk for person in people], by=None)
        if self.random.random() < 0.15:
            actions.cancel_session(session=of, reason="Mưa", version=of.version, by=None)

    def teach(self):
        team, place = self.random.choice(list(self.teams.items()))
        team = self.random.choice([team, team, None])
        begun = Session.objects.standing().filter(team=team, place=place, people__isnull=False)
        known = begun.filter(continues=None).order_by("pk").first()
        on = known if self.random.random() < 0.3 else None
        said = {"place": place, "held_on": self.day(), "people": self.random.randint(5, 30)}
        said |= {"continues": on, "newcomers": self.random.randint(0, 5) if on else None}
        actions.log_class(held=held(self.c, elderly=1, **said), team=team, by=None)

    def take_back(self):
        rows = list(Attendance.objects.standing().filter(session__state="planned").order_by("pk"))
        if rows:
            row = self.random.choice(rows)
            actions.withdraw_attendance(attendance=row, reason="Nhầm", by=None)

    # -- by hand ------------------------------------------------------------------------------

    def team_on(self, person, day):
        rows = Membership.objects.on(day).filter(person=person)
        found = [row.team for row in rows if row.team.holds_on(day)]
        return found[0] if found else None

    def by_hand(self, team, first, last) -> tuple:
        attended, classes, learners, trained = 0, 0, 0, set()
        for one in self.courses:
            days = defaultdict(list)
            for row in Attendance.objects.filter(session__course=one, withdrawn_at=None):
                if row.session.state != "cancelled":
                    days[row.person].append(row.session.held_on)
            for person, came_on in days.items():
                came_on.sort()
                attended += first <= came_on[0] <= last and self.team_on(person, came_on[0]) == team
                enough = len(came_on) >= one.sessions_needed
                if enough and came_on[one.sessions_needed - 1] <= last:
                    trained.add(person)
        trained = {p for p in trained if self.team_on(p, last) == team}
        for row in Session.objects.filter(people__isnull=False):
            owner = row.team or next(t for t, place in self.teams.items() if place == row.place)
            if owner == team and first <= row.held_on <= last:
                classes += row.continues is None
                learners += row.newcomers
        return attended, len(trained), classes, learners


@pytest.mark.parametrize("seed", range(6))
def test_a_random_country_counts_as_by_hand(c, seed):
    country = Country(c, seed)
    for days in (OCTOBER, NOVEMBER):
        for team in country.teams:
            assert figures(team, days) == country.by_hand(team, *days), (seed, days, team)
    assert Completion.objects.filter(withdrawn_at=None).exists()


def test_counting_takes_as_many_queries_for_three_teams_as_for_one(c):
    country = Country(c, 1)
    with CaptureQueriesContext(connection) as all_of_them:
        counted(list(country.teams), *NOVEMBER, COUNTERS)
    with CaptureQueriesContext(connection) as one:
        counted([c.team], *NOVEMBER, COUNTERS)
    assert len(one) == len(all_of_them) <= 9
