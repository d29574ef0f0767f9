"""Units that pass into others, and what is taken back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.foundation.places import queries
from cncd.foundation.places.actions import (
    Refused,
    change_place,
    create_place,
    end_place,
    succeed_places,
    undo_change,
    undo_succession,
)
from cncd.foundation.places.models import Place, PlaceIndex, PlaceVersion, Succession

pytestmark = pytest.mark.django_db

BEFORE = dt.date(2025, 6, 30)
REFORM = dt.date(2025, 7, 1)
LATER = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 11, 22)


def hamlet(cast, parent, name="Mỹ Thuận", code="31552.009", since=REFORM, by=None, kind="ap"):
    return create_place(kind=kind, code=code, name=name, parent=parent, since_on=since, by=by)


def commune(cast, parent, name, code, since=REFORM, kind="xa"):
    return create_place(kind=kind, code=code, name=name, parent=parent, since_on=since, by=None)


def reach(root, day):
    return set(Place.objects.reached_from([root.pk], day))


# -- succession ---------------------------------------------------------------------------------


def merged(cast, by=None, **options):
    """Nhơn Mỹ and Xuân Hòa become a commune that reuses the code of one of them."""
    new = create_place(
        kind="xa", code="31552", name="Nhơn Mỹ", parent=cast.soc_trang, since_on=REFORM, by=None
    )
    return new, succeed_places(
        kind="merge",
        shares=[(cast.nhon_my, new, 1), (cast.xuan_hoa, new, 1)],
        on=REFORM,
        by=by,
        **options,
    )


@pytest.fixture
def closed(cast):
    """The cast's communes with their last day known, as a loaded tree has them."""
    for place in (cast.nhon_my, cast.xuan_hoa):
        place.versions.update(until_on=REFORM)
    for place in (cast.my_phuoc, cast.my_hoa, cast.hoa_loc):
        place.versions.update(until_on=REFORM)
    return cast


def test_a_merger_reuses_a_code_and_hamlets_go_along(closed):
    new, made = merged(closed)
    assert len(made) == 2
    assert set(queries.children(new, TODAY)) == {closed.my_phuoc, closed.my_hoa, closed.hoa_loc}
    assert queries.at_code("31552", BEFORE) == closed.nhon_my
    assert queries.at_code("31552", REFORM) == new


def test_after_a_merger_the_new_commune_reaches_its_predecessors(closed):
    new, _made = merged(closed)
    assert closed.xuan_hoa in reach(new, TODAY)
    assert closed.xuan_hoa not in reach(new, BEFORE)
    assert closed.xuan_hoa not in Place.objects.within([new.pk], TODAY)
    assert closed.xuan_hoa in reach(closed.soc_trang, TODAY)
    assert closed.xuan_hoa in reach(closed.ke_sach, BEFORE)
    assert closed.xuan_hoa not in reach(closed.ke_sach, TODAY)


def test_reach_follows_through_a_second_merger(closed):
    new, _made = merged(closed)
    second = commune(closed, closed.soc_trang, "Đại Nhơn", "31553", since=LATER)
    succeed_places(kind="merge", shares=[(new, second, 1)], on=LATER, by=None)
    assert {closed.nhon_my, closed.my_phuoc, new} <= reach(second, TODAY)
    assert closed.nhon_my not in reach(second, REFORM)


def test_what_was_passed_on_before_a_merger_does_not_carry_the_merged_along(cast):
    neighbour = commune(cast, cast.ke_sach, "Kế An", "31558", since=dt.date(2024, 1, 1))
    part = dt.date(2024, 6, 1)
    succeed_places(kind="transfer", shares=[(cast.nhon_my, neighbour, 0.1)], on=part, by=None)
    succeed_places(kind="merge", shares=[(cast.xuan_hoa, cast.nhon_my, 1)], on=REFORM, by=None)
    assert cast.nhon_my in reach(neighbour, TODAY)
    assert cast.xuan_hoa not in reach(neighbour, TODAY)


def test_a_split_must_say_where_each_hamlet_goes(cast):
    east = commune(cast, cast.ke_sach, "Nhơn Mỹ Đông", "31601")
    west = commune(cast, cast.ke_sach, "Nhơn Mỹ Tây", "31602")
    shares = [(cast.nhon_my, east, 0.6), (cast.nhon_my, west, 0.4)]
    with pytest.raises(Refused) as refused:
        succeed_places(kind="split", shares=shares, on=REFORM, by=None)
    assert "Ấp Mỹ Phước" in str(refused.value)
    assert not Succession.objects.exists()
    where = {cast.my_phuoc: east, cast.my_hoa: west}
    succeed_places(kind="split", shares=shares, on=REFORM, by=None, children=where)
    assert list(queries.children(east, TODAY)) == [cast.my_phuoc]
    assert cast.nhon_my in reach(east, TODAY) & reach(west, TODAY)


def test_a_transfer_moves_the_hamlets_named_and_ends_nothing(cast):
    succeed_places(
        kind="transfer",
        shares=[(cast.nhon_my, cast.xuan_hoa, 0.25)],
        on=REFORM,
        by=cast.ha,
        children={cast.my_hoa: cast.xuan_hoa},
    )
    assert list(queries.children(cast.nhon_my, TODAY)) == [cast.my_phuoc]
    assert cast.my_hoa in Place.objects.within([cast.xuan_hoa.pk], TODAY)
    assert cast.nhon_my in reach(cast.xuan_hoa, TODAY)


def test_a_level_is_abolished_and_its_units_move_up(cast):
    shares = [(cast.ke_sach, cast.soc_trang, 1), (cast.tran_de, cast.soc_trang, 1)]
    succeed_places(kind="abolish", shares=shares, on=REFORM, by=cast.ha)
    assert not Place.objects.at_level("district").alive(REFORM).exists()
    assert list(queries.ancestors(cast.my_phuoc, TODAY)) == [cast.soc_trang, cast.nhon_my]
    assert list(queries.ancestors(cast.my_phuoc, BEFORE))[1] == cast.ke_sach
    assert cast.ke_sach in reach(cast.soc_trang, TODAY)


@pytest.mark.parametrize(
    ("kind", "share"),
    [("merge", 0.5), ("merge", 0), ("merge", 1.2), ("transfer", 1), ("split", 0.9), ("nothing", 1)],
)
def test_shares_that_do_not_add_up_are_refused(cast, kind, share):
    with pytest.raises(Refused):
        succeed_places(kind=kind, shares=[(cast.nhon_my, cast.xuan_hoa, share)], on=REFORM, by=None)


def test_a_place_ends_once(cast):
    succeed_places(kind="merge", shares=[(cast.nhon_my, cast.xuan_hoa, 1)], on=REFORM, by=None)
    other = commune(cast, cast.ke_sach, "Kế An", "31558")
    for on in (REFORM, LATER):
        with pytest.raises(Refused):
            succeed_places(kind="merge", shares=[(cast.nhon_my, other, 1)], on=on, by=None)


def test_nothing_is_half_written_when_one_row_is_refused(cast):
    rows = [(cast.nhon_my, cast.xuan_hoa, 1), (cast.tt_tran_de, cast.ke_sach, 1)]
    with pytest.raises(Refused):
        succeed_places(kind="merge", shares=rows, on=REFORM, by=None)
    assert cast.nhon_my in Place.objects.alive(TODAY)
    assert list(queries.children(cast.nhon_my, TODAY)) == [cast.my_hoa, cast.my_phuoc]


def test_only_those_above_all_the_units_may_merge_them(cast):
    shares = [(cast.nhon_my, cast.xuan_hoa, 1)]
    for user in (cast.lan, cast.minh, cast.outsider):
        with pytest.raises(PermissionDenied):
            succeed_places(kind="merge", shares=shares, on=REFORM, by=user)


# -- undo ---------------------------------------------------------------------------------------


def tree():
    return set(
        PlaceIndex.objects.values_list("place", "ancestor", "inherited", "since_on", "until_on")
    ), set(
        PlaceVersion.objects.values_list("place", "code", "name", "parent", "since_on", "until_on")
    )


def test_a_rename_a_move_an_end_and_a_beginning_can_be_taken_back(cast):
    before = tree()
    change_place(place=cast.nhon_my, on=REFORM, name="Nhơn Mỹ Mới", by=None)
    change_place(place=cast.nhon_my, on=LATER, parent=cast.tran_de, by=None)
    end_place(place=cast.my_hoa, on=LATER, by=None)
    new = hamlet(cast, cast.nhon_my)
    for place in (new, cast.my_hoa, cast.nhon_my, cast.nhon_my):
        undo_change(place=place, by=cast.ha, reason="nhập nhầm")
    assert tree() == before
    assert Entry.objects.filter(event="place.restored").count() == 4


def test_a_merger_can_be_taken_back_as_a_whole(cast):
    before = tree()
    new = create_place(
        kind="xa", code="31777", name="Nhơn Hòa", parent=cast.soc_trang, since_on=REFORM, by=None
    )
    shares = [(cast.nhon_my, new, 1), (cast.xuan_hoa, new, 1)]
    made = succeed_places(kind="merge", shares=shares, on=REFORM, by=None)
    with pytest.raises(Refused):
        undo_change(place=cast.my_hoa, by=None)
    undo_succession(succession=made[0], by=cast.ha)
    assert tree() == before


def test_a_merger_that_something_later_rests_on_stays(cast):
    made = succeed_places(
        kind="merge", shares=[(cast.nhon_my, cast.xuan_hoa, 1)], on=REFORM, by=None
    )
    change_place(place=cast.my_hoa, on=LATER, name="Mỹ Hòa 1", by=None)
    with pytest.raises(Refused) as refused:
        undo_succession(succession=made[0], by=None)
    assert "01/01/2026" in str(refused.value)


def test_a_place_that_records_rest_on_is_not_forgotten(cast):
    with pytest.raises(Refused):
        undo_change(place=cast.my_phuoc, by=None)  # a team covers it
    assert cast.my_phuoc in Place.objects.alive(TODAY)
