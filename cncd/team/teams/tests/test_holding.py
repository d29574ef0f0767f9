"""A record of a place counts for one team, whatever became of the place."""

import datetime as dt
from decimal import Decimal

import pytest

from cncd.foundation.documents.models import Document
from cncd.foundation.places.actions import create_place, succeed_places
from cncd.foundation.places.models import Succession
from cncd.team.teams.actions import dissolve_team, form_team
from cncd.team.teams.authority import places_in_reach
from cncd.team.teams.lines import MemberLine
from cncd.team.teams.queries import holders, places_held
from tests.cast import TODAY

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=30)


@pytest.fixture
def paper(db):
    return Document.objects.create(number="9/NQ", issued_on=TODAY, issuer="HĐND", place=None)


def team_of(cast, code, places, paper, since_on=TODAY):
    return form_team(
        places=places,
        decision=paper,
        since_on=since_on,
        members=[MemberLine(cast.bay, "leader", hamlet_post="head")],
        by=None,
        name=f"Tổ {code}",
        code=code,
    )


def test_a_hamlets_records_count_for_the_team_that_covers_it(cast):
    places = [cast.my_phuoc.pk, cast.my_hoa.pk, cast.hoa_loc.pk]
    assert holders(TODAY, places) == {
        cast.my_phuoc.pk: cast.team.pk,
        cast.my_hoa.pk: cast.team_my_hoa.pk,
    }
    assert places_held([cast.team.pk], TODAY) == {cast.my_phuoc.pk: cast.team.pk}


def test_nobody_holds_before_the_team_began_or_after_it_ended(cast, paper):
    assert holders(cast.team.since_on - dt.timedelta(days=1), [cast.my_phuoc.pk]) == {}
    dissolve_team(team=cast.team, decision=paper, on=TODAY, by=None)
    assert holders(TODAY, [cast.my_phuoc.pk]) == {}


def test_of_two_teams_the_earlier_one_holds(cast, paper):
    team_of(cast, "X1", [cast.my_phuoc], paper)
    assert holders(TODAY, [cast.my_phuoc.pk]) == {cast.my_phuoc.pk: cast.team.pk}


def test_a_team_of_the_commune_holds_what_no_hamlet_team_does(cast, paper):
    whole = team_of(cast, "X2", [cast.xuan_hoa], paper)
    near = team_of(cast, "X3", [cast.nhon_my], paper)
    places = [cast.hoa_loc.pk, cast.xuan_hoa.pk, cast.my_phuoc.pk, cast.nhon_my.pk]
    assert holders(TODAY, places) == {
        cast.hoa_loc.pk: whole.pk,
        cast.xuan_hoa.pk: whole.pk,
        cast.my_phuoc.pk: cast.team.pk,
        cast.nhon_my.pk: near.pk,
    }


def test_records_of_a_merged_hamlet_go_with_it(cast, paper):
    succeed_places(
        kind=Succession.Kind.MERGE,
        shares=[(cast.my_hoa, cast.my_phuoc, 1)],
        on=LATER,
        by=None,
        document=paper,
    )
    assert holders(TODAY, [cast.my_hoa.pk]) == {cast.my_hoa.pk: cast.team_my_hoa.pk}
    found = holders(LATER, [cast.my_hoa.pk])
    assert found == {cast.my_hoa.pk: cast.team.pk}
    assert places_held([cast.team.pk], LATER).keys() == {cast.my_phuoc.pk, cast.my_hoa.pk}


def test_of_a_split_hamlet_the_larger_part_holds(cast, paper):
    new = create_place(
        kind=cast.kinds["ap"],
        code="31552.009",
        name="Mỹ Lộc",
        parent=cast.nhon_my,
        since_on=LATER,
        by=None,
    )
    succeed_places(
        kind=Succession.Kind.SPLIT,
        shares=[(cast.my_hoa, new, Decimal("0.6")), (cast.my_hoa, cast.my_phuoc, Decimal("0.4"))],
        on=LATER,
        by=None,
        document=paper,
    )
    larger = team_of(cast, "X4", [new], paper, since_on=LATER)
    assert holders(LATER, [cast.my_hoa.pk]) == {cast.my_hoa.pk: larger.pk}


def test_reach_is_the_offices_and_the_hamlets_of_ones_teams(cast):
    def reached(user, permission="registers.view"):
        return set(places_in_reach(user, permission).values_list("pk", flat=True))

    assert reached(cast.tu) == {cast.my_phuoc.pk}
    assert reached(cast.lan) == {cast.nhon_my.pk, cast.my_phuoc.pk, cast.my_hoa.pk}
    assert reached(cast.viettel) == set()
    assert cast.dau_giong.pk in reached(cast.thuong)
    assert reached(cast.outsider) == {cast.bac_lieu.pk}
    assert reached(cast.tu, "registers.verify") == set()
