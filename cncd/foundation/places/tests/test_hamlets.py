"""Hamlets from a file: what is read into each row, what is refused, what is written."""

import datetime as dt
import io
import unicodedata

import pytest

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.excel import UnreadableFile, read_sheet
from cncd.foundation.kit.sheets import workbook
from cncd.foundation.places import queries
from cncd.foundation.places.actions import Refused, import_hamlets
from cncd.foundation.places.hamlets import check_hamlets, headings
from cncd.foundation.places.models import Place, PlaceVersion

pytestmark = pytest.mark.django_db

HEAD = ["Mã xã", "Tên ấp/khóm", "Loại", "Mã ấp", "Từ ngày"]
TODAY = dt.date(2026, 11, 22)


def read(*rows, head=HEAD):
    return read_sheet(io.BytesIO(workbook(head, rows)), headings())


def check(*rows, by=None, head=HEAD, within=None):
    sheet = read(*rows, head=head)
    lines = check_hamlets(sheet, by=by, day=TODAY, within=within)
    return lines, [str(error) for row in sheet for error in row.errors]


def names_in(commune):
    return [(p.code, p.full_name) for p in queries.children(commune, TODAY)]


def test_new_hamlets_get_the_next_local_codes_of_their_commune(cast):
    lines, wrong = check(["31552", "Mỹ Thạnh", "Ấp", "", ""], ["31552", "Mỹ Lợi", None, None, None])
    assert wrong == []
    assert import_hamlets(lines=lines, by=cast.lan) == {"new": 2, "changed": 0}
    assert names_in(cast.nhon_my) == [
        ("31552.002", "Ấp Mỹ Hòa"),
        ("31552.004", "Ấp Mỹ Lợi"),
        ("31552.001", "Ấp Mỹ Phước"),
        ("31552.003", "Ấp Mỹ Thạnh"),
    ]
    [entry] = Entry.objects.filter(event="hamlets.imported")
    assert [row["name"] for row in entry.rows] == ["Ấp Mỹ Thạnh", "Ấp Mỹ Lợi"]


def test_importing_the_same_file_again_changes_nothing(cast):
    rows = [["31552", "Mỹ Thạnh", "Ấp", "", ""], ["31673", "Khóm 2", "", "31673.010", ""]]
    lines, _wrong = check(*rows)
    import_hamlets(lines=lines, by=None)
    kept = set(PlaceVersion.objects.values_list())
    lines, wrong = check(*rows)
    assert wrong == []
    assert [line.differs for line in lines] == [False, False]
    assert import_hamlets(lines=lines, by=None) == {"new": 0, "changed": 0}
    assert set(PlaceVersion.objects.values_list()) == kept


def test_a_second_file_updates_by_code_instead_of_doubling(cast):
    lines, wrong = check(
        ["31552", "Mỹ Phước A", "", "31552.001", "01/07/2026"],
        ["31552", "Mỹ Hòa", "Khóm", "31552.002", ""],
    )
    assert wrong == []
    assert [note.split(": ")[1] for note in lines[0].notes] == ["Mỹ Phước → Mỹ Phước A"]
    assert import_hamlets(lines=lines, by=cast.lan) == {"new": 0, "changed": 2}
    assert (
        queries.names([cast.my_phuoc.pk], dt.date(2026, 6, 30))[cast.my_phuoc.pk].name == "Mỹ Phước"
    )
    assert queries.names([cast.my_phuoc.pk], TODAY)[cast.my_phuoc.pk].name == "Mỹ Phước A"
    assert cast.my_hoa.versions.get().full_name == "Khóm Mỹ Hòa"
    assert Place.objects.at_level("hamlet").count() == 4


def test_decomposed_text_and_lost_zeros_are_put_right(cast):
    cast.nhon_my.versions.update(code="01552")
    name = unicodedata.normalize("NFD", "Mỹ Thạnh")
    lines, wrong = check([1552, f"  {name} ", "ấp", "1552.007", ""])
    assert wrong == []
    assert (lines[0].commune, lines[0].name, lines[0].code) == (
        cast.nhon_my,
        "Mỹ Thạnh",
        "01552.007",
    )
    assert any("01552" in note for note in lines[0].row.notes)


def test_the_type_may_stand_before_the_name(cast):
    lines, _wrong = check(["31673", "Khóm 3", "", "", ""], ["31673", "ấp Đầu Giồng", "", "", ""])
    assert (lines[0].kind.code, lines[0].name) == ("khom", "3")
    assert lines[1].known.place == cast.dau_giong


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["99999", "Mỹ Thạnh", "", "", ""], "99999"),
        (["31552", "", "Ấp", "", ""], "Tên"),
        (["31552", "Mỹ Thạnh", "Thành phố", "", ""], "Loại"),
        (["31552", "Mỹ Thạnh", "", "31540.001", ""], "Xuân Hòa"),
        (["31552", "Mỹ Thạnh", "", "31552.1", ""], "31552.1"),
        (["31552", "Mỹ Thạnh", "", "mã ấp!", ""], "Mã"),
        (["31552", "Mỹ Thạnh", "", "", "01/01/2030"], "01/01/2030"),
        (["31552", "Mỹ Thạnh", "", "", "01/01/2020"], "01/01/2020"),
        (["31552", "Mỹ Thạnh", "", "", "hôm qua"], "hôm qua"),
        (["3155x", "Mỹ Thạnh", "", "", ""], "3155x"),
    ],
)
def test_a_wrong_row_is_named_with_its_column(cast, row, message):
    lines, wrong = check(["31552", "Mỹ Đúng", "", "", ""], row)
    assert len(lines) == 1
    assert len(wrong) == 1
    assert "3" in wrong[0]  # the row, as Excel counts
    assert message in wrong[0]


def test_rows_that_repeat_each_other_are_refused(cast):
    _lines, wrong = check(
        ["31552", "Mỹ Thạnh", "", "31552.008", ""],
        ["31552", "mỹ  thạnh", "", "", ""],
        ["31552", "Mỹ Lợi", "", "31552.008", ""],
    )
    assert len(wrong) == 2


def test_a_row_outside_ones_reach_is_refused(cast):
    rows = [["31552", "Mỹ Thạnh", "", "", ""], ["31540", "Hòa Lợi", "", "", ""]]
    lines, wrong = check(*rows, by=cast.lan)
    assert [line.commune for line in lines] == [cast.nhon_my]
    assert "Xuân Hòa" in wrong[0]
    lines, wrong = check(*rows, within={cast.xuan_hoa.pk})
    assert [line.commune for line in lines] == [cast.xuan_hoa]


def test_columns_may_stand_in_any_order_under_titles(cast):
    head = ["Từ ngày", "STT", "LOẠI", "tên khóm/ấp", "Mã  xã"]
    lines, wrong = check(["01/02/2026", 1, "Ấp", "Mỹ Thạnh", "31552"], head=head)
    assert wrong == []
    assert (lines[0].name, lines[0].since_on) == ("Mỹ Thạnh", dt.date(2026, 2, 1))


def test_a_file_without_the_needed_columns_is_refused(cast):
    with pytest.raises(UnreadableFile):
        read(["Mỹ Thạnh", "Ấp"], head=["Tên ấp", "Loại"])


def test_a_name_taken_in_the_meantime_stops_the_whole_file(cast):
    lines, _wrong = check(["31552", "Mỹ Thạnh", "", "", ""], ["31552", "Mỹ Lợi", "", "", ""])
    other, _wrong = check(["31552", "Mỹ Lợi", "", "31552.050", ""])
    import_hamlets(lines=other, by=None)
    with pytest.raises(Refused):
        import_hamlets(lines=lines, by=None)
    assert Place.objects.at_level("hamlet").count() == 5


def test_hamlets_of_a_commune_that_has_ended_end_with_it(cast):
    reform = dt.date(2025, 7, 1)
    cast.nhon_my.versions.update(until_on=reform)
    lines, _wrong = check(["31552", "Mỹ Thạnh", "", "", ""])
    import_hamlets(lines=lines, by=None)
    assert PlaceVersion.objects.get(name="Mỹ Thạnh").until_on == reform
