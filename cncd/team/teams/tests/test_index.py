"""The index of places a team falls under follows the tree, and a rebuild finds nothing to mend."""

import datetime as dt

import pytest

from cncd.foundation.documents.models import Document
from cncd.foundation.places.actions import change_place, create_place, succeed_places
from cncd.foundation.places.models import Level
from cncd.team.teams.actions import consolidate_team, follow_places, form_team, rebuild_index
from cncd.team.teams.models import Team, TeamIndex
from cncd.team.teams.queries import reaches, unit_of

REFORM = dt.date(2026, 7, 1)
BEFORE, AFTER = dt.date(2026, 6, 30), REFORM
LEVELS = ["province", "district", "commune", "hamlet"]


def units(team, day) -> list[int | None]:
    """The team's province, district, commune and hamlet that day."""
    return [unit_of([team.pk], level, day).get(team.pk) for level in LEVELS]


def new_hamlet(cast, name, code, commune):
    return create_place(
        kind="ap", code=code, name=name, parent=commune, since_on=REFORM, by=cast.ha
    )


def pass_on(cast, kind, *shares):
    succeed_places(kind=kind, shares=shares, on=REFORM, by=cast.ha)


@pytest.fixture
def decision(cast):
    return Document.objects.create(
        number="9/QĐ-UBND", issued_on=dt.date(2026, 6, 20), issuer="UBND xã", place=cast.nhon_my
    )


def test_the_index_of_a_formed_team_is_right_and_a_rebuild_changes_nothing(cast):
    expected = [cast.soc_trang.pk, cast.ke_sach.pk, cast.nhon_my.pk, cast.my_phuoc.pk]
    assert units(cast.team, BEFORE) == expected
    assert rebuild_index() == 0


def test_a_lost_or_wrong_index_is_rebuilt_to_the_same_rows(cast):
    fields = ("team", "place", "level", "since_on", "until_on")
    rows = set(TeamIndex.objects.values_list(*fields))
    TeamIndex.objects.filter(team=cast.team).delete()
    TeamIndex.objects.filter(team=cast.team_my_hoa).update(until_on=REFORM)
    assert rebuild_index() > 0
    assert set(TeamIndex.objects.values_list(*fields)) == rows


def test_a_team_follows_its_hamlet_into_another_commune_from_that_day(cast):
    change_place(place=cast.my_phuoc, on=REFORM, by=cast.ha, parent=cast.xuan_hoa)
    assert units(cast.team, BEFORE)[2] == cast.nhon_my.pk
    assert units(cast.team, AFTER)[2] == cast.xuan_hoa.pk
    assert units(cast.team_my_hoa, AFTER)[2] == cast.nhon_my.pk
    assert rebuild_index() == 0


def test_a_team_follows_its_commune_into_another_district(cast):
    change_place(place=cast.nhon_my, on=REFORM, by=cast.ha, parent=cast.tran_de)
    assert units(cast.team, BEFORE)[1] == cast.ke_sach.pk
    assert units(cast.team, AFTER)[1] == cast.tran_de.pk
    assert rebuild_index() == 0


def test_a_team_of_an_ended_hamlet_falls_to_the_successor_and_its_commune(cast):
    heir = new_hamlet(cast, "Mới", "31540.009", cast.xuan_hoa)
    pass_on(cast, "merge", (cast.my_phuoc, heir, 1), (cast.my_hoa, heir, 1))
    assert units(cast.team, BEFORE)[2:] == [cast.nhon_my.pk, cast.my_phuoc.pk]
    assert units(cast.team, AFTER)[2:] == [cast.xuan_hoa.pk, heir.pk]
    assert units(cast.team_my_hoa, AFTER)[2:] == [cast.xuan_hoa.pk, heir.pk]
    assert rebuild_index() == 0


def test_a_split_hamlet_takes_its_team_along_with_the_larger_share(cast):
    small = new_hamlet(cast, "Nhỏ", "31552.008", cast.nhon_my)
    large = new_hamlet(cast, "Lớn", "31540.008", cast.xuan_hoa)
    pass_on(cast, "split", (cast.my_phuoc, small, 0.3), (cast.my_phuoc, large, 0.7))
    assert units(cast.team, AFTER)[2:] == [cast.xuan_hoa.pk, large.pk]
    assert rebuild_index() == 0


def test_a_part_that_is_transferred_leaves_the_team_where_it_is(cast):
    pass_on(cast, "transfer", (cast.my_phuoc, cast.hoa_loc, 0.4))
    assert units(cast.team, AFTER)[2:] == [cast.nhon_my.pk, cast.my_phuoc.pk]
    assert rebuild_index() == 0


def test_communes_that_merge_take_their_teams_along(cast):
    merged = create_place(
        kind="xa", code="31999", name="Nhơn Hòa", parent=cast.ke_sach, since_on=REFORM, by=cast.ha
    )
    pass_on(cast, "merge", (cast.nhon_my, merged, 1), (cast.xuan_hoa, merged, 1))
    assert units(cast.team, BEFORE)[2] == cast.nhon_my.pk
    assert units(cast.team, AFTER)[2:] == [merged.pk, cast.my_phuoc.pk]
    assert Team.objects.visible_to(cast.minh).count() == 2
    assert rebuild_index() == 0


def test_a_team_of_two_hamlets_falls_under_one_place_of_each_level(cast, decision):
    consolidate_team(
        team=cast.team,
        decision=decision,
        on=BEFORE,
        by=cast.lan,
        places=[cast.my_phuoc, cast.my_hoa],
    )
    for day in (BEFORE - dt.timedelta(days=1), BEFORE, AFTER):
        rows = TeamIndex.objects.on(day).filter(team=cast.team)
        assert sorted(rows.values_list("level__rank", flat=True)) == [1, 2, 3, 4]
    assert units(cast.team, AFTER)[3] == cast.my_phuoc.pk
    assert rebuild_index() == 0


def test_an_entry_that_names_no_places_rebuilds_everything(cast):
    TeamIndex.objects.all().delete()

    class Entry:
        rows = ["775 units"]

    follow_places(Entry(), Level.objects.first())
    assert units(cast.team, AFTER)[2] == cast.nhon_my.pk


def test_a_tree_without_districts_carries_teams_just_as_well(cast, decision):
    city = create_place(
        kind="tinh", code="92", name="Cần Thơ", parent=None, since_on=REFORM, by=None
    )
    commune = create_place(
        kind="xa", code="31999", name="Thới An Hội", parent=city, since_on=REFORM, by=None
    )
    hamlet = create_place(
        kind="ap", code="31999.001", name="Ninh Thới", parent=commune, since_on=REFORM, by=None
    )
    team = form_team(places=[hamlet], decision=decision, since_on=AFTER, members=[], by=None)
    assert units(team, AFTER) == [city.pk, None, commune.pk, hamlet.pk]
    [row] = reaches([city], AFTER)
    assert (row.hamlets, row.covered, row.teams) == (1, 1, 1)
