"""Standing in for somebody, and one agency acting for another: the actions."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cncd.foundation.people import actions
from cncd.foundation.people.models import Branch, Delegation, Posting, Substitution
from tests.cast import BEGINNING, TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def hoa(cast):
    return actions.add_person(full_name="Sơn Thị Hoa", home=cast.nhon_my, by=cast.lan)


def posting_of(user) -> Posting:
    return Posting.objects.get(person=user.person)


def test_a_substitute_stands_in_inside_the_post_and_one_at_a_time(cast, hoa):
    posting = posting_of(cast.lan)
    actions.end_posting(posting=posting, until_on=TODAY + 30 * DAY, by=cast.minh)
    with pytest.raises(actions.BadDates):
        actions.substitute(
            posting=posting, person=hoa, since_on=TODAY, until_on=TODAY + 31 * DAY, by=cast.minh
        )
    actions.substitute(
        posting=posting, person=hoa, since_on=TODAY, until_on=TODAY + 9 * DAY, by=cast.minh
    )
    with pytest.raises(actions.AlreadySubstituted) as refused:
        actions.substitute(
            posting=posting,
            person=cast.dung.person,
            since_on=TODAY + 8 * DAY,
            until_on=TODAY + 9 * DAY,
            by=cast.minh,
        )
    assert "Sơn Thị Hoa" in refused.value.message
    assert "30/11/2026" in refused.value.message
    for nobody in (cast.lan.person, cast.minh.person):
        with pytest.raises(actions.SamePerson):
            actions.substitute(
                posting=posting,
                person=nobody,
                since_on=TODAY + 10 * DAY,
                until_on=TODAY + 11 * DAY,
                by=cast.minh,
            )


def test_a_substitution_ends_early_or_never_begins(cast, hoa):
    posting = posting_of(cast.lan)
    rows = [
        actions.substitute(
            posting=posting,
            person=hoa,
            since_on=TODAY + n * DAY,
            until_on=TODAY + (n + 5) * DAY,
            by=cast.minh,
        )
        for n in (0, 10)
    ]
    actions.end_substitution(substitution=rows[0], until_on=TODAY + 2 * DAY, by=cast.minh)
    actions.end_substitution(substitution=rows[1], until_on=TODAY, by=cast.minh)
    assert [row.until_on for row in Substitution.objects.all()] == [TODAY + 2 * DAY]
    with pytest.raises(PermissionDenied):
        actions.end_substitution(substitution=rows[0], until_on=TODAY + DAY, by=cast.lan)


@pytest.fixture
def agencies(cast):
    branch = Branch.objects.get(code="ubnd")
    return [
        actions.create_agency(name=name, branch=branch, place=place, since_on=BEGINNING, by=cast.ha)
        for name, place in [
            ("UBND huyện Kế Sách", cast.ke_sach),
            ("Phòng VH&TT Kế Sách", cast.ke_sach),
            ("UBND huyện Trần Đề", cast.tran_de),
        ]
    ]


def delegate(giver, taker, place, by, since_on=TODAY, role="district_officer", **more):
    return actions.delegate(
        giver=giver, taker=taker, role=role, place=place, since_on=since_on, by=by, **more
    )


def test_delegation_is_refused_where_it_makes_no_sense(cast, agencies):
    board, office, other = agencies
    with pytest.raises(actions.AgencyNotThere):
        delegate(board, board, cast.ke_sach, cast.ha)
    with pytest.raises(actions.AgencyNotThere):
        delegate(other, office, cast.ke_sach, cast.ha)
    with pytest.raises(actions.WrongLevel):
        delegate(board, office, cast.nhon_my, cast.ha)
    with pytest.raises(actions.NotYoursToGrant):
        delegate(board, office, cast.ke_sach, cast.ha, role="admin")
    with pytest.raises(PermissionDenied):
        delegate(board, office, cast.ke_sach, cast.lan)
    delegate(board, office, cast.ke_sach, cast.minh)
    with pytest.raises(actions.AlreadyDelegated):
        delegate(board, office, cast.ke_sach, cast.minh, since_on=TODAY + DAY)
    assert Delegation.objects.count() == 1


def test_a_delegation_ends(cast, agencies):
    row = delegate(*agencies[:2], cast.ke_sach, cast.minh)
    actions.end_delegation(delegation=row, until_on=TODAY + 5 * DAY, by=cast.minh)
    row.refresh_from_db()
    assert row.until_on == TODAY + 5 * DAY
    with pytest.raises(actions.BadDates):
        actions.end_delegation(delegation=row, until_on=TODAY + 6 * DAY, by=cast.minh)
