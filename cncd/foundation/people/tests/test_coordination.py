"""Who acts for a unit on a day, who guides it: delegations, substitutes, two levels (II.2.9)."""

import datetime as dt

import pytest

from cncd.foundation.people import actions
from cncd.foundation.people.coordination import guides_at, guides_of, officers_at
from cncd.foundation.people.models import Branch, Posting
from cncd.foundation.places.actions import create_place
from tests.cast import BEGINNING, TODAY, person

DAY = dt.timedelta(days=1)
ACCEPT, GIVE = "reports.accept", "directives.give"


@pytest.fixture
def board(cast):
    return _agency("UBND huyện Kế Sách", cast.ke_sach)


@pytest.fixture
def office(cast):
    """Phòng VH&TT, with one officer who holds no right over the district of her own."""
    found = _agency("Phòng VH&TT Kế Sách", cast.ke_sach)
    cast.phong = person("Trần Thị Phòng", "phong").user
    cast.phong_post = actions.post_person(
        person=cast.phong.person,
        role="reader",
        place=cast.ke_sach,
        since_on=BEGINNING,
        agency=found,
        by=None,
    )
    return found


def _agency(name, place):
    branch = Branch.objects.get(code="ubnd")
    return actions.create_agency(name=name, branch=branch, place=place, since_on=BEGINNING, by=None)


def _delegate(board, office, place, since, until=None):
    return actions.delegate(
        giver=board,
        taker=office,
        role="district_officer",
        place=place,
        since_on=since,
        until_on=until,
        by=None,
    )


def test_its_own_officers_answer_and_its_leaders_where_it_has_none(cast):
    places = [cast.nhon_my.pk, cast.xuan_hoa.pk, cast.tran_de.pk, cast.my_phuoc.pk]
    found = guides_at(places, ACCEPT, TODAY)
    assert found == {
        cast.nhon_my.pk: [cast.lan],
        cast.xuan_hoa.pk: [cast.dung],
        cast.tran_de.pk: [cast.son],
        cast.my_phuoc.pk: [],
    }
    actions.end_posting(posting=_post(cast.lan), until_on=TODAY, by=None)
    assert guides_at(places, ACCEPT, TODAY)[cast.nhon_my.pk] == [cast.hung]
    assert guides_at(places, ACCEPT, TODAY - DAY)[cast.nhon_my.pk] == [cast.lan]


def test_leaders_answer_for_what_only_officers_may_do_rather_than_nobody(cast):
    actions.end_posting(posting=_post(cast.lan), until_on=TODAY, by=None)
    place = cast.nhon_my.pk
    assert guides_at([place], "broadcasts.record", TODAY) == {place: [cast.hung]}
    assert officers_at([place], "broadcasts.record", TODAY) == {}


def test_what_only_leaders_may_do_goes_to_leaders(cast):
    place = cast.nhon_my.pk
    assert guides_at([place], "training.approve", TODAY) == {place: [cast.hung]}


def test_while_a_delegation_holds_the_agency_answers_and_before_and_after_the_office(
    cast, board, office
):
    _delegate(board, office, cast.ke_sach, TODAY, TODAY + 10 * DAY)
    place = cast.ke_sach.pk
    days = [TODAY - DAY, TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY]
    who = [guides_at([place], ACCEPT, day)[place] for day in days]
    assert who == [[cast.minh], [cast.phong], [cast.phong], [cast.minh]]
    assert set(officers_at([place], ACCEPT, TODAY)[place]) == {cast.minh, cast.phuc, cast.phong}


def test_an_agency_without_anybody_leaves_it_to_the_office(cast, board, office):
    _delegate(board, office, cast.ke_sach, TODAY)
    actions.end_posting(posting=cast.phong_post, until_on=TODAY + DAY, by=None)
    place = cast.ke_sach.pk
    assert guides_at([place], ACCEPT, TODAY)[place] == [cast.phong]
    assert guides_at([place], ACCEPT, TODAY + DAY)[place] == [cast.minh]


def test_substitutes_answer_at_the_unit_and_in_the_agency_it_was_delegated_to(cast, board, office):
    for post, who in ((_post(cast.lan), cast.dung), (cast.phong_post, cast.son)):
        actions.substitute(
            posting=post, person=who.person, since_on=TODAY, until_on=TODAY + 5 * DAY, by=None
        )
    _delegate(board, office, cast.ke_sach, TODAY)
    places = [cast.nhon_my.pk, cast.ke_sach.pk]
    now, later = (guides_at(places, ACCEPT, day) for day in (TODAY, TODAY + 5 * DAY))
    assert set(now[cast.nhon_my.pk]) == {cast.lan, cast.dung}
    assert set(now[cast.ke_sach.pk]) == {cast.phong, cast.son}
    assert (later[cast.nhon_my.pk], later[cast.ke_sach.pk]) == ([cast.lan], [cast.phong])
    assert cast.son.can(ACCEPT, place=cast.nhon_my, on=TODAY)  # who is asked may also do it


def test_the_unit_above_guides_through_the_agency_since_the_delegation_began(cast, board, office):
    row = _delegate(board, office, cast.ke_sach, TODAY, TODAY + 10 * DAY)
    places = [cast.nhon_my.pk, cast.ke_sach.pk, cast.soc_trang.pk, cast.my_phuoc.pk]
    found = guides_of(places, TODAY)
    commune = found[cast.nhon_my.pk]
    assert (commune.place_id, commune.agency, commune.delegation) == (cast.ke_sach.pk, office, row)
    assert commune.since_on == TODAY
    assert found[cast.ke_sach.pk].place_id == cast.soc_trang.pk
    assert found[cast.ke_sach.pk].agency is None
    assert found[cast.my_phuoc.pk].place_id == cast.nhon_my.pk
    assert cast.soc_trang.pk not in found
    later = guides_of(places, TODAY + 10 * DAY)[cast.nhon_my.pk]
    assert (later.agency, later.document, later.since_on) == (None, None, BEGINNING)


def test_with_two_levels_the_province_guides_the_commune(cast):
    commune = create_place(
        kind=cast.kinds["xa"],
        code="31999",
        name="Hai Cấp",
        parent=cast.bac_lieu,
        since_on=TODAY,
        by=None,
    )
    assert guides_of([commune.pk], TODAY)[commune.pk].place_id == cast.bac_lieu.pk
    assert guides_of([commune.pk], TODAY - DAY) == {}
    assert guides_at([cast.bac_lieu.pk], GIVE, TODAY) == {cast.bac_lieu.pk: [cast.outsider]}


def test_many_units_are_asked_in_as_many_queries_as_one(cast, board, office, count_queries):
    _delegate(board, office, cast.ke_sach, TODAY)
    places = [cast.nhon_my.pk, cast.xuan_hoa.pk, cast.ke_sach.pk, cast.tran_de.pk]
    assert count_queries(lambda: guides_at(places, ACCEPT, TODAY)) <= 6
    assert count_queries(lambda: guides_of(places, TODAY)) == 2


@pytest.fixture
def count_queries(django_assert_max_num_queries):
    def count(run):
        with django_assert_max_num_queries(99) as asked:
            run()
        return len(asked)

    return count


def _post(user) -> Posting:
    return Posting.objects.get(person=user.person)
