"""Delivered against promised, who could help, and whom a promise lets in."""

import datetime as dt

import pytest
from django.utils import timezone

from cncd.foundation.people.actions import substitute
from cncd.foundation.people.authority import Grant, person_grants
from cncd.foundation.people.models import Posting
from cncd.foundation.places.actions import succeed_places
from cncd.work.partners import actions
from cncd.work.partners.models import Pledge
from cncd.work.partners.queries import delivered, helping, standings
from cncd.work.partners.tests.conftest import SINCE, UNTIL
from tests.cast import TODAY

DAY = dt.timedelta(days=1)


def helper_places(user, day=TODAY) -> set[int]:
    return {g.place_id for g in person_grants(user.person, day) if g.role == "helper"}


def test_a_storefront_counts_where_when_and_for_whom_it_was_opened(help_, pledged, market):
    made = pledged()
    market.shop(market.owner(), helped_by=help_.firm)
    market.shop(market.owner("Hộ B"), on=SINCE, helped_by=help_.firm)
    market.shop(market.owner("Hộ C"), on=SINCE - DAY, helped_by=help_.firm)  # before the promise
    market.shop(market.owner("Hộ D"), helped_by=help_.other_firm)
    market.shop(market.owner("Hộ E"))
    market.shop(market.owner("Hộ F", help_.hoa_loc), helped_by=help_.firm)  # elsewhere
    assert delivered([made]) == {made.pk: 2}


def test_a_product_counts_from_its_first_day_on_a_floor_and_a_district_counts_its_communes(
    help_, pledged, market
):
    own = pledged(kind="listings")
    wide = pledged(kind="listings", place=help_.ke_sach, by=help_.minh)
    market.listing(
        market.product("Bánh pía", market.owner()), on=SINCE, helped_by=help_.firm, broken=True
    )
    market.listing(market.product("Mắm", market.owner("B", help_.hoa_loc)), helped_by=help_.firm)
    assert delivered([own, wide]) == {own.pk: 1, wide.pk: 2}


def test_many_promises_are_counted_in_six_queries(
    help_, pledged, market, django_assert_max_num_queries
):
    for place, by in ((help_.nhon_my, help_.lan), (help_.xuan_hoa, help_.dung)):
        for kind in ("shops", "listings"):
            for agency in (help_.firm, help_.other_firm, help_.union):
                pledged(place=place, kind=kind, agency=agency, by=by)
    market.shop(market.owner(), helped_by=help_.firm)
    pledges = list(Pledge.objects.all())
    with django_assert_max_num_queries(6):
        rows = standings(pledges)
    assert sum(row.delivered for row in rows) == 1
    assert {row.left for row in rows} == {9, 10}
    assert {row.unit for row in rows} == {"Xã Nhơn Mỹ", "Xã Xuân Hòa"}


def test_who_could_help_is_found_at_the_hamlet_and_goes_when_all_is_given(
    help_, pledged, market, django_assert_max_num_queries
):
    pledged(agency=help_.other_firm, amount=1)
    pledged(agency=help_.firm, place=help_.ke_sach, by=help_.minh, kind="listings", amount=5)
    with django_assert_max_num_queries(10):
        found = helping([help_.my_phuoc.pk, help_.hoa_loc.pk, help_.dau_giong.pk])
    assert [(row.agency, row.left) for row in found[help_.my_phuoc.pk]] == [
        ("Doanh nghiệp Sóng Xanh", 5),
        ("Doanh nghiệp Gió Nam", 1),
    ]
    assert found[help_.my_phuoc.pk][1].contact == (
        "Quách Văn Gió, Nhân viên kinh doanh, 0570 000 009"
    )
    assert [row.agency for row in found[help_.hoa_loc.pk]] == ["Doanh nghiệp Sóng Xanh"]
    assert help_.dau_giong.pk not in found
    market.shop(market.owner(), helped_by=help_.other_firm)
    assert [row.left for row in helping([help_.nhon_my])[help_.nhon_my.pk]] == [5]


def test_a_promise_lets_its_agency_in_while_it_holds_and_nobody_else(help_, pledged):
    made = pledged()
    assert helper_places(help_.viettel) == {help_.nhon_my.pk}
    assert helper_places(help_.gio) == set()
    assert helper_places(help_.viettel, SINCE - DAY) == set()
    assert helper_places(help_.viettel, UNTIL) == set()
    assert help_.viettel.can("registers.view", place=help_.my_phuoc)
    assert not help_.viettel.can("registers.view", place=help_.hoa_loc)
    assert not help_.viettel.can("registers.enter", place=help_.my_phuoc)
    actions.withdraw_pledge(pledge=made, reason="Ghi nhầm", by=help_.lan, version=1)
    assert helper_places(help_.viettel) == set()


def test_whoever_stands_in_for_the_enterprise_helps_too(help_, pledged):
    pledged(agency=help_.other_firm)
    posting = Posting.objects.get(person=help_.gio.person)
    substitute(posting=posting, person=help_.xem.person, since_on=TODAY, until_on=UNTIL, by=None)
    assert Grant("helper", help_.nhon_my.pk) in person_grants(help_.xem.person, TODAY)


def test_a_promise_to_a_commune_that_ended_holds_for_what_it_passed_into(help_, pledged, market):
    made = pledged()
    market.shop(market.owner(), on=SINCE, helped_by=help_.firm)
    succeed_places(
        kind="merge",
        shares=[(help_.nhon_my, help_.xuan_hoa, 1)],
        on=TODAY,
        by=None,
        document=None,
    )
    assert helper_places(help_.viettel) == {help_.xuan_hoa.pk}
    assert delivered([made]) == {made.pk: 1}
    assert [row.left for row in helping([help_.xuan_hoa.pk])[help_.xuan_hoa.pk]] == [9]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("viettel", {"firm"}),
        ("gio", {"other_firm"}),
        ("lan", {"firm", "other_firm", "wide"}),
        ("dung", {"elsewhere", "wide"}),
        ("ha", {"firm", "other_firm", "wide", "elsewhere"}),
        ("outsider", set()),
        ("tu", set()),
    ],
)
def test_each_sees_the_promises_of_their_reach_and_an_enterprise_its_own(help_, pledged, who, sees):
    made = {
        "firm": pledged(),
        "other_firm": pledged(agency=help_.other_firm),
        "wide": pledged(agency=help_.union, place=help_.ke_sach, by=help_.minh),
        "elsewhere": pledged(agency=help_.union, place=help_.xuan_hoa, by=help_.dung),
    }
    seen = set(Pledge.objects.visible_to(getattr(help_, who)))
    assert seen == {made[name] for name in sees}
    assert timezone.localdate() == TODAY
