"""What a person may do: own posts, posts stood in for, delegations, teams; by date and by place."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from cncd.foundation.people import actions, authority
from cncd.foundation.people.models import Branch, Person, Posting, User
from cncd.foundation.people.permissions import ADMIN, PERMISSIONS
from cncd.foundation.places.models import Place
from tests.cast import BEGINNING, TODAY, person

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


def again(user) -> User:
    """The account as the next request sees it."""
    return User.objects.get(pk=user.pk)


def test_an_officer_may_act_at_her_place_and_below_and_nowhere_else(cast):
    assert cast.lan.can("teams.form")
    assert cast.lan.can("teams.form", place=cast.nhon_my)
    assert cast.lan.can("teams.form", place=cast.my_phuoc)
    assert not cast.lan.can("teams.form", place=cast.xuan_hoa)
    assert not cast.lan.can("teams.form", place=cast.ke_sach)
    assert not cast.lan.can("programme.change")


def test_the_province_reaches_everything_of_its_own_and_nothing_of_another(cast):
    reach = authority.reach(cast.ha, permission="reports.accept")
    assert {cast.soc_trang.pk, cast.tran_de.pk, cast.dau_giong.pk} <= set(
        reach.values_list("pk", flat=True)
    )
    assert not cast.ha.can("reports.accept", place=cast.bac_lieu)
    assert not cast.outsider.can("reports.accept", place=cast.my_phuoc)


def test_a_leader_may_act_in_the_own_team_only(cast):
    assert cast.tu.can("reports.send", team=cast.team)
    assert not cast.tu.can("reports.send", team=cast.team_my_hoa)
    assert not cast.tu.can("reports.send", place=cast.nhon_my)
    assert not cast.cuong.can("reports.send", team=cast.team)
    assert cast.cuong.can("activities.log", team=cast.team)


def test_a_team_below_a_place_counts_when_the_caller_names_both(cast):
    assert cast.lan.can("activities.log", team=cast.team, place=cast.my_phuoc)
    assert not cast.dung.can("activities.log", team=cast.team, place=cast.my_phuoc)


def test_one_may_be_an_officer_and_a_member_of_a_team(cast):
    actions.post_person(
        person=cast.cuong.person,
        role="union_commune",
        place=cast.xuan_hoa,
        since_on=BEGINNING,
        by=cast.ha,
    )
    both = again(cast.cuong)
    assert both.can("phone.open")
    assert both.can("desk.open")
    assert both.can("activities.view", place=cast.hoa_loc)
    assert both.can("activities.log", team=cast.team)
    assert not both.can("activities.log", place=cast.hoa_loc)
    assert authority.roots(both) == {cast.xuan_hoa.pk}
    assert authority.team_ids(both) == {cast.team.pk}


def test_a_posting_that_ended_gives_nothing_and_one_to_come_gives_nothing_yet(cast):
    posting = Posting.objects.get(person=cast.dung.person)
    actions.end_posting(posting=posting, until_on=TODAY, by=cast.ha)
    actions.post_person(
        person=cast.dung.person,
        role="commune_officer",
        place=cast.nhon_my,
        since_on=TODAY + 3 * DAY,
        by=cast.ha,
    )
    dung = again(cast.dung)
    assert authority.grants(dung) == []
    assert dung.can("teams.form", place=cast.xuan_hoa, on=TODAY - DAY)
    assert not dung.can("teams.form", place=cast.nhon_my, on=TODAY + 2 * DAY)
    assert dung.can("teams.form", place=cast.nhon_my, on=TODAY + 3 * DAY)
    assert dung.can("account.own")


def test_a_role_that_is_no_longer_in_force_gives_nothing(cast):
    role = cast.roles["district_officer"]
    role.until_on = TODAY
    role.save()
    assert not again(cast.minh).can("desk.open")
    assert again(cast.minh).can("desk.open", on=TODAY - DAY)


def test_a_reader_reads_and_changes_nothing(cast):
    assert cast.xem.can("reports.view", place=cast.my_phuoc)
    changes = [
        code
        for code in PERMISSIONS
        if code.rpartition(".")[2]
        in ("change", "form", "accept", "send", "log", "assign", "confirm", "unlock", "admit")
    ]
    assert changes
    assert not [code for code in changes if cast.xem.can(code)]


def test_the_administrator_of_the_installation_reaches_every_place(cast):
    boss = actions.open_account(
        person=person("Quản Trị Máy"), login="root-1", by=None, is_superuser=True
    )
    assert authority.sees_everything(boss)
    assert boss.can("places.change", place=cast.bac_lieu)
    assert authority.reach(boss).count() == Place.objects.count()
    assert Person.objects.visible_to(boss).count() == Person.objects.count()
    assert not boss.can("teams.form"), "administering is not governing"


def test_an_administrator_of_a_province_does_not_see_everything(cast):
    assert not authority.sees_everything(cast.quan_tri)
    assert ADMIN in {g.role for g in authority.grants(cast.quan_tri)}
    assert not cast.quan_tri.can("places.change", place=cast.bac_lieu)


def test_strangers_may_do_nothing(cast):
    stranger = AnonymousUser()
    assert authority.grants(stranger) == []
    assert not authority.can(stranger, "account.own")
    assert not authority.can(stranger, "places.view")
    assert not Person.objects.visible_to(stranger).exists()
    assert not Posting.objects.visible_to(stranger).exists()


def test_a_substitute_has_the_powers_from_the_first_day_to_the_last(cast):
    posting = Posting.objects.get(person=cast.hung.person)
    actions.substitute(
        posting=posting,
        person=cast.dung.person,
        since_on=TODAY + DAY,
        until_on=TODAY + 8 * DAY,
        by=cast.minh,
    )
    dung = again(cast.dung)
    for offset, holds in [(0, False), (1, True), (7, True), (8, False)]:
        assert dung.can("reports.accept", place=cast.nhon_my, on=TODAY + offset * DAY) == holds
    assert dung.can("teams.form", place=cast.hoa_loc), "the own post goes on"
    assert again(cast.hung).can("reports.accept", place=cast.nhon_my, on=TODAY + 2 * DAY)


@pytest.fixture
def delegated(cast):
    """UBND huyện Kế Sách lets its Phòng VH&TT accept reports from tomorrow on (II.2.9)."""
    branch = Branch.objects.get(code="ubnd")
    board, office = (
        actions.create_agency(
            name=name, branch=branch, place=cast.ke_sach, since_on=BEGINNING, by=cast.ha
        )
        for name in ("UBND huyện Kế Sách", "Phòng VH&TT huyện Kế Sách")
    )
    clerk = person("Huỳnh Thị Thơ", "tho")
    cast.tho = clerk.user
    actions.post_person(
        person=clerk,
        role="union_district",
        place=cast.ke_sach,
        since_on=BEGINNING,
        agency=office,
        by=cast.ha,
    )
    actions.delegate(
        giver=board,
        taker=office,
        role="district_officer",
        place=cast.ke_sach,
        since_on=TODAY + DAY,
        until_on=TODAY + 30 * DAY,
        by=cast.ha,
    )
    return cast


def test_officers_of_an_agency_act_by_delegation_while_it_lasts(delegated):
    tho = again(delegated.tho)
    where = delegated.nhon_my
    assert not tho.can("reports.accept", place=where)
    assert tho.can("reports.accept", place=where, on=TODAY + DAY)
    assert not tho.can("reports.accept", place=delegated.tran_de, on=TODAY + DAY)
    assert not tho.can("reports.accept", place=where, on=TODAY + 30 * DAY)


def test_a_substitute_acts_by_delegation_too(delegated):
    posting = Posting.objects.get(person=delegated.tho.person)
    actions.substitute(
        posting=posting,
        person=delegated.viettel.person,
        since_on=TODAY,
        until_on=TODAY + 9 * DAY,
        by=delegated.ha,
    )
    viettel = again(delegated.viettel)
    assert viettel.can("reports.accept", place=delegated.nhon_my, on=TODAY + DAY)
    assert not viettel.can("reports.accept", place=delegated.nhon_my, on=TODAY + 9 * DAY)


def test_one_s_own_post_elsewhere_is_not_widened_by_somebody_elses_delegation(delegated):
    assert not again(delegated.son).can("reports.accept", place=delegated.nhon_my, on=TODAY + DAY)


def test_the_successor_of_a_place_reaches_what_went_before(cast):
    from cncd.foundation.places.actions import create_place, succeed_places

    new = create_place(
        kind="xa",
        code="31553",
        name="Nhơn Mỹ Mới",
        parent=cast.ke_sach,
        since_on=TODAY - 10 * DAY,
        by=None,
    )
    succeed_places(kind="merge", shares=[(cast.nhon_my, new, 1)], on=TODAY - 10 * DAY, by=None)
    late = person("Lê Văn Mới", "moi").user
    actions.post_person(
        person=late.person, role="commune_officer", place=new, since_on=TODAY - 10 * DAY, by=None
    )
    assert late.can("reports.accept", place=cast.nhon_my)
    assert late.can("reports.accept", place=cast.my_phuoc)
    assert not late.can("reports.accept", place=cast.xuan_hoa)


def test_delegation_adds_one_query(delegated, django_assert_num_queries):
    user = User.objects.select_related("person").get(pk=delegated.tho.pk)
    authority.remember_grants(user)
    with django_assert_num_queries(4):  # postings, delegations, teams; what the union promised
        user.can("desk.open")
