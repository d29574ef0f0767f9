"""`cncd places …` as typed in a terminal."""

import datetime as dt

import pytest
from click.testing import CliRunner

from cncd.foundation.kit.sheets import workbook
from cncd.foundation.places import loading, queries
from cncd.foundation.places.cli import places
from cncd.foundation.places.models import Place, PlaceIndex

pytestmark = pytest.mark.django_db

REFORM = dt.date(2025, 7, 1)


def run(*arguments):
    return CliRunner().invoke(places, [str(each) for each in arguments])


def test_a_province_is_loaded_joined_with_its_successor_and_rebuilt():
    assert "121" in run("load", "--tree", "2022", "--province", "94").output
    assert "104" in run("load", "--tree", "2025", "--province", "92").output
    assert run("successions").exit_code == 0
    assert str(queries.at_code("31507", REFORM)) == "Phường Sóc Trăng"
    PlaceIndex.objects.filter(inherited=True).delete()
    assert run("rebuild").exit_code == 0
    assert PlaceIndex.objects.filter(inherited=True).exists()


def test_a_second_time_says_what_is_in_the_way():
    run("load", "--tree", "2022", "--province", "94")
    run("load", "--tree", "2025", "--province", "92")
    run("successions")
    again = run("successions")
    assert again.exit_code == 1
    assert "Phường 1" in again.output


def test_one_province_or_all_must_be_chosen():
    for wrong in ([], ["--province", "94", "--all"]):
        done = run("load", "--tree", "2022", *wrong)
        assert done.exit_code == 2
        assert "--all" in done.output
    done = run("load", "--tree", "2022", "--province", "00")
    assert done.exit_code == 1
    assert "00" in done.output


def test_missing_data_tells_what_to_install(monkeypatch):
    monkeypatch.setattr(loading, "OLD_PACKAGE", "not_there")
    done = run("load", "--tree", "2022", "--province", "94")
    assert done.exit_code == 1
    assert "cncd[units]" in done.output


def test_hamlets_come_from_a_file_or_its_wrong_rows_are_listed(cast, tmp_path):
    file = tmp_path / "ap.xlsx"
    head = ["Mã xã", "Tên ấp"]
    file.write_bytes(workbook(head, [["31552", "Mỹ Thạnh"], ["31673", "Đầu Bờ"]]))
    assert "2" in run("import-hamlets", file).output
    assert Place.objects.at_level("hamlet").count() == 6
    file.write_bytes(workbook(head, [["31552", "Mỹ Lợi"], ["99999", "Mỹ Tân"]]))
    done = run("import-hamlets", file)
    assert done.exit_code == 1
    assert "99999" in done.output
    assert Place.objects.at_level("hamlet").count() == 6


def test_a_list_of_successions_is_refused_by_its_row(cast, tmp_path):
    file = tmp_path / "nhap.csv"
    file.write_text(
        "Ngày hiệu lực,Hình thức,Mã cũ,Tên cũ,Mã mới,Tên mới,Loại mới,Mã cấp trên\n"
        "01/07/2025,Nhập,31552,Xã Nhơn Mỹ,31540,Xuân Hòa,Xã,943\n"
        "01/08/2025,Nhập,31673,Xã Khác Tên,31540,Xuân Hòa,Xã,943\n",
        encoding="utf-8",
    )
    done = run("successions", file)
    assert done.exit_code == 1
    assert "Dòng 3: " in done.output
    assert "Thị trấn Trần Đề" in done.output
    assert cast.nhon_my in Place.objects.alive(REFORM)
    file.write_text("Không có gì\n", encoding="utf-8")
    assert run("successions", file).exit_code == 1
