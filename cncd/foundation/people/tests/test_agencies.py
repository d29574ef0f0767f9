"""Agencies: names over time, and one taking over from others."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cncd.foundation.people import actions
from cncd.foundation.people.models import Agency, Branch, Delegation, Posting, Substitution
from tests.cast import BEGINNING, TODAY, person

MERGED = dt.date(2025, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


def found(cast, name, place=None, since_on=BEGINNING, by=None, **more) -> Agency:
    branch = Branch.objects.get(code="information")
    return actions.create_agency(
        name=name,
        branch=branch,
        place=place or cast.soc_trang,
        since_on=since_on,
        by=by or cast.ha,
        **more,
    )


def test_an_agency_bears_the_name_of_the_day(cast):
    agency = found(cast, "Sở Thông tin và Truyền thông", short_name="Sở TT&TT")
    actions.rename_agency(agency=agency, name="Sở Thông tin", on=TODAY, by=cast.ha)
    assert agency.name_on(TODAY - DAY) == "Sở Thông tin và Truyền thông"
    assert agency.name_on(TODAY) == str(agency) == "Sở Thông tin"
    named = Agency.objects.named(TODAY - DAY).get(pk=agency.pk)
    assert (named.name, named.short_name) == ("Sở Thông tin và Truyền thông", "Sở TT&TT")
    assert Agency.objects.named(TODAY).filter(search_key__contains="so thong tin").exists()


def test_a_new_name_begins_after_the_present_one(cast):
    agency = found(cast, "Sở Thông tin và Truyền thông")
    with pytest.raises(actions.BadDates):
        actions.rename_agency(agency=agency, name="Sở Thông tin", on=BEGINNING, by=cast.ha)


def test_two_agencies_of_one_place_bear_different_names(cast):
    found(cast, "Sở Thông tin và Truyền thông")
    with pytest.raises(actions.NameTaken):
        found(cast, "Sở Thông tin  và Truyền thông")
    found(cast, "Sở Thông tin và Truyền thông", place=cast.bac_lieu, by=cast.outsider)


def test_only_the_province_founds_agencies_and_only_its_own(cast):
    for officer, place in [(cast.lan, cast.nhon_my), (cast.ha, cast.bac_lieu)]:
        with pytest.raises(PermissionDenied):
            found(cast, "Cơ quan lạ", place=place, by=officer)


@pytest.fixture
def merged(cast):
    """Sở TT&TT and Sở KH&CN become the new Sở KH&CN on 1/3/2025."""
    cast.so_tttt = found(cast, "Sở Thông tin và Truyền thông")
    cast.khcn_cu = found(cast, "Sở Khoa học và Công nghệ")
    cast.van_phong = found(cast, "Văn phòng UBND tỉnh")
    cast.clerk = person("Huỳnh Thị Thơ", "tho")
    post = {"role": "province_officer", "place": cast.soc_trang, "agency": cast.so_tttt, "by": None}
    cast.posting = actions.post_person(
        person=cast.clerk, since_on=BEGINNING, until_on=TODAY + 90 * DAY, **post
    )
    cast.later = actions.post_person(person=person("Người Đến Sau"), since_on=MERGED + DAY, **post)
    actions.substitute(
        posting=cast.posting,
        person=cast.thuong.person,
        since_on=MERGED - DAY,
        until_on=MERGED + 9 * DAY,
        by=None,
    )
    actions.delegate(
        giver=cast.van_phong,
        taker=cast.so_tttt,
        role="province_officer",
        place=cast.soc_trang,
        since_on=BEGINNING,
        by=None,
    )
    cast.khcn = found(cast, "Sở Khoa học và Công nghệ (mới)", since_on=MERGED)
    old = [cast.so_tttt, cast.khcn_cu]
    actions.succeed_agency(old=old, new=cast.khcn, on=MERGED, by=cast.ha)
    return cast


def test_the_old_agencies_end_and_the_new_one_knows_them(merged):
    alive = Agency.objects.alive(MERGED)
    assert not alive.filter(pk__in=[merged.so_tttt.pk, merged.khcn_cu.pk]).exists()
    assert alive.filter(pk=merged.khcn.pk).exists()
    assert {row.old for row in merged.khcn.predecessors.all()} == {merged.so_tttt, merged.khcn_cu}
    assert merged.so_tttt.name_on(TODAY) == "Sở Thông tin và Truyền thông"


def test_posts_go_on_under_the_new_agency_and_history_keeps_the_old_name(merged):
    old, new = Posting.objects.filter(person=merged.clerk).order_by("since_on")
    assert (old.agency, old.until_on, old.successor) == (merged.so_tttt, MERGED, new)
    assert (new.agency, new.since_on, new.until_on) == (merged.khcn, MERGED, TODAY + 90 * DAY)
    merged.later.refresh_from_db()
    assert merged.later.agency == merged.khcn


def test_rights_have_no_gap_on_the_day_of_the_merger(merged):
    user = merged.clerk.user
    for day in (MERGED - DAY, MERGED, MERGED + DAY):
        assert user.can("reports.accept", place=merged.nhon_my, on=day)
        assert merged.thuong.can("reports.accept", place=merged.nhon_my, on=day)
    assert Substitution.objects.count() == 2
    assert not merged.thuong.can("reports.accept", place=merged.nhon_my, on=MERGED + 9 * DAY)


def test_delegations_go_on_under_the_new_agency(merged):
    old, new = Delegation.objects.order_by("since_on")
    assert (old.taker, old.until_on) == (merged.so_tttt, MERGED)
    assert (new.taker, new.since_on, new.giver) == (merged.khcn, MERGED, merged.van_phong)


def test_a_successor_must_exist_and_be_another(cast):
    agency, late = found(cast, "Sở Một"), found(cast, "Sở Hai", since_on=TODAY)
    with pytest.raises(actions.AgencyNotThere):
        actions.succeed_agency(old=[agency], new=late, on=TODAY - DAY, by=cast.ha)
    with pytest.raises(actions.BadDates):
        actions.succeed_agency(old=[agency], new=agency, on=TODAY, by=cast.ha)


def test_officers_may_stay_behind(cast):
    agency, new = found(cast, "Sở Một"), found(cast, "Sở Hai")
    posting = actions.post_person(
        person=person("Ai Đó"),
        role="province_officer",
        agency=agency,
        place=cast.soc_trang,
        since_on=BEGINNING,
        by=None,
    )
    actions.succeed_agency(old=[agency], new=new, on=TODAY, by=cast.ha, move_postings=False)
    posting.refresh_from_db()
    assert (posting.agency, posting.until_on) == (agency, None)


def test_seeding_roles_again_adds_nothing(cast):
    assert actions.seed_roles() == 0
