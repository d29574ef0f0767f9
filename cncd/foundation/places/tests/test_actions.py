"""Places by their actions: begin, change, move, merge, split, abolish, undo."""

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
)
from cncd.foundation.places.models import Place, PlaceVersion

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


# -- begin --------------------------------------------------------------------------------------


def test_a_new_place_stands_under_all_above_it_from_its_first_day(cast):
    new = hamlet(cast, cast.nhon_my, by=cast.lan)
    assert new in Place.objects.within([cast.soc_trang.pk], REFORM)
    assert new not in Place.objects.within([cast.soc_trang.pk], BEFORE)
    assert [a.name for a in queries.ancestors(new, TODAY)] == ["Sóc Trăng", "Kế Sách", "Nhơn Mỹ"]


def test_a_name_is_kept_in_one_spelling(cast):
    new = hamlet(cast, cast.nhon_my, name="  Mỹ   Thuận ")
    assert queries.names([new.pk], TODAY)[new.pk].full_name == "Ấp Mỹ Thuận"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Mỹ Phước"}, "name"),
        ({"name": "mỹ phước"}, "name"),
        ({"name": " "}, "name"),
        ({"code": "31552.001"}, "code"),
        ({"code": "mã có dấu"}, "code"),
        ({"code": ""}, "code"),
        ({"kind": "thon_la"}, "kind"),
    ],
)
def test_a_taken_or_impossible_name_code_or_type_is_refused_at_its_field(cast, changes, field):
    wanted = {"kind": "ap", "code": "31552.009", "name": "Mỹ Thuận"} | changes
    with pytest.raises(Refused) as refused:
        create_place(**wanted, parent=cast.nhon_my, since_on=REFORM, by=None)
    assert field in refused.value.message_dict
    assert not PlaceVersion.objects.filter(since_on=REFORM).exists()


def test_hoa_and_its_tones_are_different_names_but_two_spellings_are_one(cast):
    hamlet(cast, cast.nhon_my, name="Mỹ Hóa")
    with pytest.raises(Refused):
        hamlet(cast, cast.nhon_my, name="Mỹ Hoà", code="31552.010")


def test_the_parent_must_be_of_a_higher_level_and_exist(cast):
    for parent, since in (
        (cast.my_phuoc, REFORM),
        (None, REFORM),
        (cast.nhon_my, dt.date(2021, 1, 1)),
    ):
        with pytest.raises(Refused) as refused:
            hamlet(cast, parent, since=since)
        assert "parent" in refused.value.message_dict


def test_a_tree_of_three_levels_is_as_good_as_one_of_four(cast):
    ward = commune(cast, cast.soc_trang, "Phú Lợi", "31510", kind="phuong")
    under = hamlet(cast, ward, code="31510.001", kind="khom")
    assert [a.name for a in queries.ancestors(under, TODAY)] == ["Sóc Trăng", "Phú Lợi"]


def test_officers_keep_hamlets_of_their_own_commune_and_nothing_else(cast):
    hamlet(cast, cast.nhon_my, by=cast.lan)
    with pytest.raises(PermissionDenied):
        hamlet(cast, cast.xuan_hoa, code="31540.009", by=cast.lan)
    with pytest.raises(PermissionDenied):
        create_place(
            kind="xa", code="31999", name="Mới", parent=cast.ke_sach, since_on=REFORM, by=cast.lan
        )
    with pytest.raises(PermissionDenied):
        create_place(kind="tinh", code="99", name="Mới", parent=None, since_on=REFORM, by=cast.ha)


def test_each_action_leaves_one_entry_that_names_what_it_touched(cast):
    Entry.objects.all().delete()
    new = hamlet(cast, cast.nhon_my, by=cast.lan)
    [entry] = Entry.objects.all()
    assert (entry.event, entry.subject_name, entry.actor_name) == (
        "place.created",
        "Ấp Mỹ Thuận",
        "Nguyễn Thị Lan",
    )
    assert [row["place"] for row in entry.rows] == [new.pk]


# -- change -------------------------------------------------------------------------------------


def test_a_rename_closes_a_version_and_opens_another(cast):
    change_place(place=cast.nhon_my, on=REFORM, name="Nhơn Mỹ Mới", by=cast.ha)
    called = {
        day: queries.names([cast.nhon_my.pk], day)[cast.nhon_my.pk].name for day in (BEFORE, REFORM)
    }
    assert called == {BEFORE: "Nhơn Mỹ", REFORM: "Nhơn Mỹ Mới"}
    entry = Entry.objects.latest("pk")
    assert (entry.before["name"], entry.after["name"]) == ("Xã Nhơn Mỹ", "Xã Nhơn Mỹ Mới")


def test_a_change_on_the_first_day_of_a_version_corrects_it(cast):
    change_place(place=cast.nhon_my, on=REFORM, name="Nhơn My", by=None)
    change_place(place=cast.nhon_my, on=REFORM, name="Nhơn Mỹ 1", by=None)
    assert cast.nhon_my.versions.count() == 2
    assert queries.names([cast.nhon_my.pk], REFORM)[cast.nhon_my.pk].name == "Nhơn Mỹ 1"


def test_a_move_carries_everything_under_it_along_by_date(cast):
    change_place(place=cast.nhon_my, on=REFORM, parent=cast.tran_de, by=cast.ha)
    assert cast.my_phuoc in Place.objects.within([cast.ke_sach.pk], BEFORE)
    assert cast.my_phuoc not in Place.objects.within([cast.ke_sach.pk], REFORM)
    assert cast.my_phuoc in Place.objects.within([cast.tran_de.pk], REFORM)


def test_what_would_make_two_truths_about_one_day_is_refused(cast):
    change_place(place=cast.nhon_my, on=LATER, name="Nhơn Mỹ 1", by=None)
    with pytest.raises(Refused) as refused:
        change_place(place=cast.nhon_my, on=REFORM, name="Nhơn Mỹ 2", by=None)
    assert "01/01/2026" in str(refused.value)


def test_a_place_cannot_stand_under_itself_or_what_is_below_it(cast):
    for parent in (cast.ke_sach, cast.my_phuoc, cast.nhon_my):
        with pytest.raises(Refused):
            change_place(place=cast.ke_sach, on=REFORM, parent=parent, by=None)


def test_a_change_that_changes_nothing_is_refused(cast):
    with pytest.raises(Refused):
        change_place(place=cast.nhon_my, on=REFORM, name="Nhơn Mỹ", by=None)


def test_the_kind_may_change_within_its_level_only(cast):
    change_place(place=cast.nhon_my, on=REFORM, kind="thi_tran", by=None)
    assert str(Place.objects.get(pk=cast.nhon_my.pk)) == "Thị trấn Nhơn Mỹ"
    with pytest.raises(Refused):
        change_place(place=cast.nhon_my, on=LATER, kind="huyen", by=None)


def test_moving_out_of_reach_needs_authority_over_both_ends(cast):
    district = create_place(
        kind="huyen", code="955", name="Hồng Dân", parent=cast.bac_lieu, since_on=REFORM, by=None
    )
    with pytest.raises(PermissionDenied):
        change_place(place=cast.nhon_my, on=REFORM, parent=district, by=cast.ha)


def test_a_place_with_units_under_it_does_not_just_end(cast):
    with pytest.raises(Refused) as refused:
        end_place(place=cast.nhon_my, on=REFORM, by=None)
    assert "Ấp Mỹ Hòa" in str(refused.value)


def test_an_ended_hamlet_is_answered_for_by_its_commune(cast):
    end_place(place=cast.my_hoa, on=REFORM, by=cast.lan)
    assert cast.my_hoa not in Place.objects.within([cast.nhon_my.pk], REFORM)
    assert {cast.my_hoa, cast.my_phuoc} <= reach(cast.nhon_my, REFORM)
    assert queries.names([cast.my_hoa.pk], TODAY)[cast.my_hoa.pk].name == "Mỹ Hòa"
    assert queries.ancestors(cast.my_hoa, TODAY)[-1] == cast.nhon_my
