"""Whom one sees, whom one may look after, and what finding that out costs."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cncd.foundation.people import actions, authority, standing
from cncd.foundation.people.models import Person, Posting, User
from tests.cast import BEGINNING, TODAY, person

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


def again(user) -> User:
    """The account as the next request sees it."""
    return User.objects.get(pk=user.pk)


def test_people_in_reach_are_oneself_those_posted_or_living_there_and_members_of_teams(cast):
    neighbour = actions.add_person(full_name="Kim Sa Rây", home=cast.my_hoa, by=cast.lan)
    seen = set(Person.objects.visible_to(cast.lan))
    assert {cast.lan.person, cast.hung.person, cast.tu.person, cast.bay, neighbour} <= seen
    assert not {cast.dung.person, cast.sa.person, cast.ha.person, cast.outsider.person} & seen
    assert set(Person.objects.visible_to(cast.tu)) >= {cast.tu.person, cast.bay}
    assert cast.liem.person not in Person.objects.visible_to(cast.tu)
    assert set(Person.objects.visible_to(cast.cuong)) == {cast.cuong.person}


def test_nobody_is_listed_twice(cast):
    actions.post_person(
        person=cast.hung.person,
        role="union_commune",
        place=cast.nhon_my,
        since_on=BEGINNING,
        by=cast.ha,
    )
    for user in (cast.ha, cast.lan, cast.tu):
        seen = list(Person.objects.visible_to(user).values_list("pk", flat=True))
        assert len(seen) == len(set(seen))


def test_requiring_raises_and_the_system_itself_passes(cast):
    with pytest.raises(PermissionDenied):
        authority.require(cast.lan, "teams.form", place=cast.xuan_hoa)
    authority.require(cast.lan, "teams.form", place=cast.nhon_my)
    authority.require(None, "teams.form", place=cast.xuan_hoa)


def test_the_account_of_somebody_above_is_out_of_hand_even_when_they_live_here(cast):
    actions.change_person(person=cast.minh.person, home=cast.my_phuoc, by=None)
    assert cast.minh.person in Person.objects.visible_to(cast.lan)
    for permission in ("people.change", "people.admit"):
        with pytest.raises(PermissionDenied):
            standing.require_person(cast.lan, permission, cast.minh.person)
    standing.require_person(cast.ha, "people.admit", cast.minh.person)


def test_only_an_administrator_lets_an_administrator_in(cast):
    with pytest.raises(PermissionDenied):
        standing.require_person(cast.ha, "people.admit", cast.quan_tri.person)
    boss = actions.open_account(
        person=person("Máy Chủ"), login="root-2", by=None, is_superuser=True
    )
    with pytest.raises(PermissionDenied):
        standing.require_person(cast.quan_tri, "people.admit", boss.person)


def test_grants_cost_three_queries_once_per_request(cast, django_assert_num_queries):
    user = User.objects.select_related("person").get(pk=cast.minh.pk)
    authority.remember_grants(user)
    with django_assert_num_queries(2):  # own posts, memberships: no agency, no delegation
        user.can("desk.open")
        user.can("reports.accept", place=cast.ke_sach)
        authority.roots(user, "people.view")
    with django_assert_num_queries(1):
        user.can("reports.accept", place=cast.my_phuoc)
    with django_assert_num_queries(1):
        list(authority.reach(user, permission="reports.accept"))


def test_people_in_reach_is_one_query(cast, django_assert_num_queries):
    user = User.objects.select_related("person").get(pk=cast.lan.pk)
    authority.remember_grants(user)
    authority.grants(user)
    with django_assert_num_queries(1):
        list(Person.objects.visible_to(user))


def test_officers_are_let_in_from_the_level_above_or_by_an_administrator(cast):
    for officer, user in [(cast.lan, cast.hung), (cast.hung, cast.lan), (cast.ha, cast.binh)]:
        with pytest.raises(PermissionDenied):
            standing.require_other(officer, "people.admit", user)
    standing.require_other(cast.minh, "people.admit", cast.hung)
    standing.require_other(cast.quan_tri, "people.admit", cast.binh)
    standing.require_other(cast.ha, "people.admit", cast.thuong)
    standing.require_person(cast.lan, "people.change", cast.hung.person)


def test_a_substitute_counts_as_the_one_they_stand_in_for(cast):
    actions.substitute(
        posting=Posting.objects.get(person=cast.minh.person),
        person=cast.cuong.person,
        since_on=TODAY,
        until_on=TODAY + DAY,
        by=cast.ha,
    )
    with pytest.raises(PermissionDenied):
        standing.require_other(cast.lan, "people.admit", cast.cuong)
    standing.require_other(cast.lan, "people.admit", cast.tu)


def test_what_an_agency_acts_for_counts_too(cast):
    branch = cast.ubnd_nhon_my.branch
    office = actions.create_agency(
        name="Trung tâm Văn hóa", branch=branch, place=cast.nhon_my, since_on=BEGINNING, by=cast.ha
    )
    post = {"role": "union_commune", "place": cast.nhon_my, "since_on": BEGINNING, "by": cast.minh}
    actions.post_person(person=cast.cuong.person, agency=office, **post)
    standing.require_other(cast.lan, "people.admit", cast.cuong)
    actions.delegate(
        giver=cast.ubnd_nhon_my,
        taker=office,
        role="commune_leader",
        place=cast.nhon_my,
        since_on=TODAY,
        by=cast.minh,
    )
    with pytest.raises(PermissionDenied):
        standing.require_other(cast.lan, "people.admit", cast.cuong)


def test_looking_after_many_costs_as_much_as_one(cast, django_assert_num_queries):
    user = User.objects.select_related("person").get(pk=cast.minh.pk)
    authority.remember_grants(user)
    authority.grants(user)
    many = [each.person for each in (cast.tu, cast.nhan, cast.cuong, cast.lan, cast.hung)]
    with django_assert_num_queries(6):
        standing.require_people(user, "people.admit", many)
    with django_assert_num_queries(6):
        standing.require_people(user, "people.admit", [cast.lan.person])
