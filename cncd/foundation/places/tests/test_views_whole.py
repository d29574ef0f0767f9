"""Pages for whole reorganisations, settings and files."""

import datetime as dt
import io
import json

import pytest
from django.urls import reverse

from cncd.foundation.kit.sheets import workbook
from cncd.foundation.places import queries
from cncd.foundation.places.actions import end_place, set_setting
from cncd.foundation.places.models import Boundary, Place, PlaceVersion, Setting, Succession

pytestmark = pytest.mark.django_db

REFORM = dt.date(2025, 7, 1)
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC), tick=False)


def excel(*rows):
    head = ["Mã xã", "Tên ấp/khóm", "Loại", "Mã ấp", "Từ ngày"]
    file = io.BytesIO(workbook(head, rows))
    file.name = "ap.xlsx"
    return file


# -- reorganisations ----------------------------------------------------------------------------


def test_a_merger_is_looked_at_before_it_is_recorded(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:succession", args=[cast.nhon_my.pk, "merge"])
    assert "31552 Xã Nhơn Mỹ, Huyện Kế Sách" in client.get(address).text
    sent = {
        "on": "01/07/2025",
        "olds": "31552 Xã Nhơn Mỹ\nXuân Hòa",
        "name": "Nhơn Mỹ",
        "code": "31552",
        "kind": "xa",
        "parent": "94",
    }
    preview = client.post(address, sent)
    assert "Chưa ghi gì" in preview.text
    assert "2 ấp" in preview.text
    assert not Succession.objects.exists()
    page = client.post(address, sent | {"confirm": "1"}, follow=True)
    assert "Đã ghi nhận việc sắp xếp" in page.text
    new = queries.at_code("31552", TODAY)
    assert new != cast.nhon_my
    assert queries.children(new, TODAY).count() == 3
    undo = reverse("places:succession-undo", args=[Succession.objects.first().pk])
    assert "Xã Xuân Hòa → Xã Nhơn Mỹ" in client.get(undo).text
    client.post(undo, {"reason": "nhập nhầm"}, follow=True)
    assert queries.at_code("31552", TODAY) == cast.nhon_my


def test_a_division_asks_where_each_hamlet_goes(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:succession", args=[cast.nhon_my.pk, "split"])
    client.get(address)
    sent = {
        "on": "01/07/2025",
        "part-TOTAL_FORMS": "4",
        "part-INITIAL_FORMS": "0",
        "part-0-name": "Nhơn Đông",
        "part-0-code": "31552",
        "part-0-share": "60",
        "part-1-successor": "31540",
        "part-1-share": "40",
    }
    preview = client.post(address, sent)
    assert "Xã Nhơn Đông (31552)" in preview.text
    assert "60%" in preview.text
    child = f"child-{cast.my_phuoc.pk}"
    half = client.post(address, sent | {"confirm": "1", child: "0"})
    assert not Succession.objects.exists()
    assert "Ấp Mỹ Hòa" in half.text
    chosen = {"confirm": "1", child: "0", f"child-{cast.my_hoa.pk}": "1"}
    client.post(address, sent | chosen, follow=True)
    assert cast.my_hoa in queries.children(cast.xuan_hoa, TODAY)
    assert list(queries.children(queries.at_code("31552", TODAY), TODAY)) == [cast.my_phuoc]


@pytest.mark.parametrize(
    ("kind", "sent", "message"),
    [
        ("merge", {"olds": "31552", "successor": "9999x"}, "Không có đơn vị nào"),
        ("merge", {"olds": "31552\nkhông có", "successor": "31540"}, "không có"),
        ("merge", {"olds": "31552"}, "Hãy điền mục này"),
        ("abolish", {"olds": "943"}, ""),
        ("split", {"part-0-name": "Đông", "part-0-code": "31601"}, "phần trăm"),
        ("split", {"part-0-successor": "31540", "part-0-share": "150"}, ""),
        ("split", {}, "ít nhất một đơn vị"),
    ],
)
def test_a_reorganisation_that_cannot_be_read_is_explained(page_client, cast, kind, sent, message):
    forms = {"part-TOTAL_FORMS": "4", "part-INITIAL_FORMS": "0", "on": "01/07/2025"}
    address = reverse("places:succession", args=[cast.nhon_my.pk, kind])
    page = page_client.as_(cast.ha).post(address, forms | sent | {"confirm": "1"})
    assert page.status_code == 200
    assert message in page.text
    assert not Succession.objects.exists()


def test_what_the_action_refuses_returns_to_the_form(page_client, cast):
    address = reverse("places:succession", args=[cast.nhon_my.pk, "split"])
    sent = {
        "on": "01/07/2025",
        "part-TOTAL_FORMS": "4",
        "part-INITIAL_FORMS": "0",
        "part-0-successor": "31540",
        "part-0-share": "60",
        "confirm": "1",
        f"child-{cast.my_phuoc.pk}": "0",
        f"child-{cast.my_hoa.pk}": "0",
    }
    page = page_client.as_(cast.ha).post(address, sent)
    assert "0,6" in page.text
    assert not Succession.objects.exists()


def test_an_unknown_form_of_reorganisation_is_not_found(client, cast):
    client.force_login(cast.ha)
    assert client.get(f"/places/{cast.nhon_my.pk}/eat/").status_code == 404


# -- settings -----------------------------------------------------------------------------------


def test_a_province_chooses_the_largest_team_from_a_day_on(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:settings", args=[cast.soc_trang.pk])
    client.get(address)
    address += "?key=team.max_members"
    client.get(address)
    sent = {"value": "12", "since_on": "01/07/2025"}
    assert "12" in client.post(address, sent, follow=True).text
    assert queries.setting("team.max_members", cast.my_phuoc, TODAY) == 12
    assert "do Tỉnh Sóc Trăng chọn" in client.get(f"/places/{cast.nhon_my.pk}/").text
    for wrong in ("500", "0", "mười", ""):
        page = client.post(address, sent | {"value": wrong, "since_on": "01/08/2025"})
        assert page.status_code == 200
    assert Setting.objects.count() == 1
    remove = reverse("places:setting-withdraw", args=[Setting.objects.get().pk])
    client.get(remove)
    client.post(remove, {"reason": "nhầm"}, follow=True)
    assert not Setting.objects.exists()


def test_settings_elsewhere_do_not_exist_for_an_outsider(client, cast):
    chosen = set_setting(
        key="team.max_members", value=9, place=cast.soc_trang, since_on=REFORM, by=None
    )
    client.force_login(cast.outsider)
    address = reverse("places:setting-withdraw", args=[chosen.pk])
    assert client.post(address, {"reason": "x"}).status_code == 404
    assert client.get(reverse("places:settings-everywhere")).status_code == 403


# -- files --------------------------------------------------------------------------------------


def test_hamlets_come_from_excel_in_two_steps(page_client, cast):
    client = page_client.as_(cast.lan)
    address = reverse("places:hamlets")
    client.get(address)
    preview = client.post(address, {"file": excel(["31552", "Mỹ Thạnh", "", "", ""])}, follow=True)
    assert "31552.003" in preview.text
    assert Place.objects.at_level("hamlet").count() == 4
    token = preview.request["QUERY_STRING"]
    digest = preview.text.split('name="digest" value="')[1].split('"')[0]
    done = client.post(f"{address}?{token}", {"digest": digest}, follow=True)
    assert "Thêm mới 1" in done.text
    assert Place.objects.at_level("hamlet").count() == 5


def test_wrong_rows_are_shown_and_nothing_is_written(page_client, cast):
    client = page_client.as_(cast.lan)
    rows = [
        ["31552", "Mỹ Thạnh", "", "", ""],
        ["31540", "Hòa Lợi", "", "", ""],
        ["1", "x", "", "", ""],
    ]
    preview = client.post(reverse("places:hamlets"), {"file": excel(*rows)}, follow=True)
    assert "ngoài phạm vi" in preview.text
    assert "00001" in preview.text
    assert Place.objects.at_level("hamlet").count() == 4


def test_the_template_of_a_commune_begins_with_its_hamlets(page_client, cast):
    from cncd.foundation.kit.excel import read_sheet
    from cncd.foundation.places.hamlets import check_hamlets, headings

    address = reverse("places:hamlets-under", args=[cast.nhon_my.pk]) + "?template=1"
    page = page_client.as_(cast.lan).get(address)
    content = b"".join(page.streaming_content) if page.streaming else page.content
    sheet = read_sheet(io.BytesIO(content), headings())
    assert [row["name"] for row in sheet] == ["Mỹ Hòa", "Mỹ Phước"]
    lines = check_hamlets(sheet, by=cast.lan, day=TODAY)
    assert [line.differs for line in lines] == [False, False]


def test_a_file_of_another_commune_is_refused_on_the_page_of_this_one(page_client, cast):
    address = reverse("places:hamlets-under", args=[cast.nhon_my.pk])
    file = excel(["31540", "Hòa Lợi", "", "", ""])
    preview = page_client.as_(cast.ha).post(address, {"file": file}, follow=True)
    assert "ngoài phạm vi" in preview.text


def test_a_list_of_reorganisations_is_tried_out_before_it_is_written(page_client, cast):
    head = [
        "Ngày hiệu lực",
        "Hình thức",
        "Mã cũ",
        "Tên cũ",
        "Mã mới",
        "Tên mới",
        "Loại mới",
        "Mã cấp trên mới",
    ]
    rows = [
        ["01/07/2025", "Nhập", "31552", "Xã Nhơn Mỹ", "31552", "Nhơn Hòa", "Xã", "943"],
        ["01/07/2025", "Nhập", "31540", "Xã Xuân Hòa", "31552", "Nhơn Hòa", "Xã", "943"],
    ]
    client = page_client.as_(cast.ha)
    address = reverse("places:reorganise")

    def send(rows):
        file = io.BytesIO(workbook(head, rows))
        file.name = "sap-xep.xlsx"
        return client.post(address, {"file": file}, follow=True)

    wrong = send([*rows, ["01/07/2025", "Nhập", "99999", "", "31552", "", "", ""]])
    assert "99999" in wrong.text
    assert not Succession.objects.exists()
    preview = send(rows)
    digest = preview.text.split('name="digest" value="')[1].split('"')[0]
    done = client.post(
        f"{address}?{preview.request['QUERY_STRING']}", {"digest": digest}, follow=True
    )
    assert "2 đơn vị kết thúc" in done.text
    assert Succession.objects.count() == 2
    assert str(queries.at_code("31552", TODAY)) == "Xã Nhơn Hòa"


def test_boundaries_come_from_a_geojson_file(page_client, cast):
    client = page_client.as_(cast.ha)
    address = reverse("places:boundaries")
    client.get(address)
    ring = [[106.0, 9.7], [106.1, 9.7], [106.1, 9.8], [106.0, 9.7]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"code": "31552"}, "geometry": shape}

    def send(content, **more):
        file = io.BytesIO(content)
        file.name = "ranh-gioi.geojson"
        sent = {"file": file, "source": "Sở NN&MT", "since_on": "01/01/2022"}
        return client.post(address, sent | more, follow=True)

    assert "không phải là tệp GeoJSON" in send(b"xyz").text
    assert not Boundary.objects.exists()
    page = send(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    assert "ranh giới của 1 đơn vị" in page.text
    assert Boundary.objects.get().place == cast.nhon_my


def test_a_version_never_shows_a_day_it_does_not_hold(page_client, cast):
    end_place(place=cast.my_hoa, on=REFORM, by=None)
    last = PlaceVersion.objects.get(place=cast.my_hoa).last_day
    assert f"{last:%d/%m/%Y}" == "30/06/2025"
