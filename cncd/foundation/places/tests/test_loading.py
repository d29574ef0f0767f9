"""The published trees, and Sóc Trăng from 2022 through 2024 to Cần Thơ in 2025."""

import csv
import datetime as dt
from collections import Counter

import pytest

from cncd.foundation.journal.models import Entry
from cncd.foundation.places import queries
from cncd.foundation.places.actions import Refused, create_place, load_tree, rebuild_index
from cncd.foundation.places.loading import read_units
from cncd.foundation.places.models import Place, PlaceVersion, Succession
from cncd.foundation.places.passings import SHIPPED

pytestmark = pytest.mark.django_db

IN_2022 = dt.date(2022, 6, 1)
IN_2024 = dt.date(2024, 10, 1)
LAST_OLD = dt.date(2025, 6, 30)
REFORM = dt.date(2025, 7, 1)


def counts(day):
    return Counter(Place.objects.alive(day).values_list("level__code", flat=True))


def test_the_tree_of_2022_has_the_published_numbers():
    units = Counter(len(unit.code) for unit in read_units("2022"))
    assert units == {2: 63, 3: 705, 5: 10_599}


def test_the_tree_of_2025_has_the_published_numbers_and_positions():
    units = read_units("2025")
    assert Counter(len(unit.code) for unit in units) == {2: 34, 5: 3_321}
    assert Counter(unit.kind for unit in units if unit.parent) == {
        "xa": 2_621,
        "phuong": 687,
        "dac_khu": 13,
    }
    assert all(unit.position for unit in units)


def test_every_unit_of_2022_has_a_position_and_the_guessed_ones_say_so():
    units = read_units("2022")
    assert all(unit.position for unit in units)
    guessed = [unit for unit in units if unit.is_approximate]
    assert 0 < len(guessed) < 1_000
    places = Counter(unit.position for unit in guessed)
    assert places.most_common(1)[0][1] == 1


def test_soc_trang_loads_with_clean_names_and_official_codes():
    places = load_tree(tree="2022", province="94", by=None)
    assert len(places) == 1 + 11 + 109
    assert counts(IN_2022) == {"province": 1, "district": 11, "commune": 109}
    kinds = Counter(
        PlaceVersion.objects.filter(place__level__code="commune").values_list(
            "kind__code", flat=True
        )
    )
    assert kinds == {"xa": 80, "phuong": 17, "thi_tran": 12}
    assert str(queries.at_code("31672", IN_2022)) == "Xã Đại Ân 2"  # published with two spaces
    nhon_my = queries.at_code("31552", IN_2022)
    assert [a.full_name for a in queries.ancestors(nhon_my, IN_2022)] == [
        "Tỉnh Sóc Trăng",
        "Huyện Kế Sách",
    ]
    [entry] = Entry.objects.filter(event="places.loaded")
    assert len(entry.rows) == 121


def test_the_tree_of_2022_ends_with_the_reform_unless_left_open():
    load_tree(tree="2022", province="94", by=None)
    assert counts(LAST_OLD)["commune"] == 109
    assert not Place.objects.alive(REFORM).exists()
    load_tree(tree="2022", province="95", by=None, open_ended=True)
    assert counts(REFORM)["district"] == 7


def test_loading_again_adds_nothing():
    load_tree(tree="2022", province="94", by=None)
    assert load_tree(tree="2022", province="94", by=None) == []
    assert Entry.objects.filter(event="places.loaded").count() == 1


def test_trees_that_would_overlap_are_refused():
    load_tree(tree="2022", province="92", by=None, open_ended=True)
    with pytest.raises(Refused) as refused:
        load_tree(tree="2025", province="92", by=None)
    assert "92" in str(refused.value)


@pytest.mark.parametrize(("tree", "province"), [("2022", "00"), ("2025", "94"), ("1975", None)])
def test_an_unknown_tree_or_province_is_refused(tree, province):
    with pytest.raises(Refused):
        load_tree(tree=tree, province=province, by=None)


# -- the list of successions this room ships ----------------------------------------------------


@pytest.fixture(scope="module")
def shipped():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def communes(rows):
    return [row for row in rows if row["Ngày hiệu lực"] == "01/07/2025" and len(row["Mã cũ"]) == 5]


def test_the_reform_turns_108_communes_into_43_whole(shipped):
    rows = communes(shipped)
    assert len(rows) == len({row["Mã cũ"] for row in rows}) == 108
    assert {row["Tỷ lệ"] for row in rows} == {"1"}
    new = {row["Mã mới"]: row for row in rows}
    assert Counter(row["Loại mới"] for row in new.values()) == {"Phường": 8, "Xã": 35}


def test_the_list_agrees_with_the_published_trees(shipped):
    old = {unit.code: unit for unit in read_units("2022", "94")}
    new = {unit.code: unit for unit in read_units("2025", "92")}
    rows = communes(shipped)
    # Old Phường 1 (31513) had passed into Phường 9, whose code and its own name went on.
    assert {row["Mã cũ"] for row in rows} == {c for c in old if len(c) == 5} - {"31513"}
    assert all(new[row["Mã mới"]].name == row["Tên mới"] for row in rows)
    assert all(
        row["Tên cũ"].endswith(old[row["Mã cũ"]].name) for row in rows if row["Mã cũ"] != "31522"
    )


def test_every_new_commune_reuses_a_code_and_in_23_it_means_something_else(shipped):
    members = {}
    for row in communes(shipped):
        members.setdefault(row["Mã mới"], {})[row["Mã cũ"]] = row
    assert all(code in olds for code, olds in members.items())
    other = [
        code
        for code, olds in members.items()
        if olds[code]["Tên cũ"] != f"{olds[code]['Loại mới']} {olds[code]['Tên mới']}"
    ]
    assert (len(members), len(other)) == (43, 23)


def test_four_communes_go_on_and_three_cross_old_district_lines(shipped):
    kept = {row["Tên cũ"] for row in communes(shipped) if row["Hình thức"] == "Giữ nguyên"}
    assert kept == {"Xã Phong Nẫm", "Xã Mỹ Phước", "Xã Lai Hòa", "Xã Vĩnh Hải"}
    district = {unit.code: unit.parent for unit in read_units("2022", "94")}
    districts = {}
    for row in communes(shipped):
        districts.setdefault(row["Tên mới"], set()).add(district[row["Mã cũ"]])
    crossing = {name for name, found in districts.items() if len(found) > 1}
    assert crossing == {"Mỹ Xuyên", "Nhơn Mỹ", "Tân Long"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("31669", "Long Phú"),
        ("31741", "Tân Long"),
        ("31744", "Tân Long"),
        ("31606", "Mỹ Hương"),
        ("31582", "Thuận Hòa"),
        ("31657", "Trường Khánh"),
        ("31666", "Tân Thạnh"),
        ("31714", "Gia Hòa"),
    ],
)
def test_the_eight_namesakes_stay_inside_soc_trang(shipped, old, new):
    assert [row["Tên mới"] for row in communes(shipped) if row["Mã cũ"] == old] == [new]


# -- the whole way ------------------------------------------------------------------------------


@pytest.fixture
def soc_trang():
    load_tree(tree="2022", province="94", by=None)
    mine = queries.at_code("31552", IN_2022)
    return create_place(
        kind="ap",
        code="31552.001",
        name="Mỹ Phước",
        parent=mine,
        since_on=dt.date(2022, 1, 1),
        by=None,
    )


def carry_out():
    from cncd.foundation.places.actions import reorganise
    from cncd.foundation.places.cli import succession_lines

    return reorganise(lines=succession_lines(SHIPPED), by=None)


@pytest.mark.parametrize("new_tree_first", [True, False])
def test_soc_trang_becomes_part_of_can_tho(soc_trang, new_tree_first):
    if new_tree_first:
        load_tree(tree="2025", province="92", by=None)
    else:
        create_place(
            kind="thanh_pho_tw", code="92", name="Cần Thơ", parent=None, since_on=REFORM, by=None
        )
    done = carry_out()
    can_tho = queries.at_code("92", REFORM)
    assert (done["ended"], len(set(Succession.objects.values_list("new")))) == (
        2 + 104 + 11 + 1,
        1 + 39 + 1,
    )
    assert counts(IN_2022)["commune"] == 109
    assert counts(IN_2024)["commune"] == 108
    assert queries.at_code("31522", IN_2022) != queries.at_code("31522", IN_2024)
    assert str(queries.at_code("31522", IN_2024)) == "Phường 1"
    assert counts(REFORM)["district"] == 0
    under = queries.children(can_tho, REFORM).count()
    assert under == (103 if new_tree_first else 43)
    assert rebuild_index() == 0


def test_units_that_go_on_keep_their_identity_and_hamlets_find_their_new_commune(soc_trang):
    lai_hoa = queries.at_code("31810", IN_2022)
    load_tree(tree="2025", province="92", by=None)
    carry_out()
    assert queries.at_code("31810", REFORM) == lai_hoa
    assert lai_hoa.versions.count() == 2
    above = queries.ancestors(soc_trang, REFORM)
    assert [a.full_name for a in above] == ["Thành phố Cần Thơ", "Xã Nhơn Mỹ"]
    assert [a.full_name for a in queries.ancestors(soc_trang, LAST_OLD)] == [
        "Tỉnh Sóc Trăng", "Huyện Kế Sách", "Xã Nhơn Mỹ",
    ]  # fmt: skip


def test_the_new_commune_and_city_reach_all_that_came_before(soc_trang):
    load_tree(tree="2025", province="92", by=None)
    carry_out()
    nhon_my = queries.at_code("31552", REFORM)
    before = {queries.at_code(code, IN_2022) for code in ("31552", "31564", "31642")}
    assert before <= set(Place.objects.reached_from([nhon_my.pk], REFORM))
    can_tho = queries.at_code("92", REFORM)
    reached = Place.objects.reached_from([can_tho.pk], REFORM)
    everything = set(Place.objects.at_level("commune")) | set(Place.objects.at_level("district"))
    assert everything <= set(reached)
    first = queries.at_code("31513", IN_2022)  # old Phường 1, gone since 2024
    assert first in Place.objects.reached_from([queries.at_code("31510", REFORM).pk], REFORM)


def test_carrying_out_the_list_twice_is_refused_and_changes_nothing(soc_trang):
    load_tree(tree="2025", province="92", by=None)
    carry_out()
    kept = set(PlaceVersion.objects.values_list("pk", "since_on", "until_on"))
    with pytest.raises(Refused):
        carry_out()
    assert set(PlaceVersion.objects.values_list("pk", "since_on", "until_on")) == kept
