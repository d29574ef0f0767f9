import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cncd.foundation.documents.models import Document
from cncd.team.programme import actions, queries
from cncd.team.programme.models import Indicator, Target

YEAR = {"since_on": dt.date(2026, 1, 1), "until_on": dt.date(2027, 1, 1)}
SPAN = {"since_on": "01/01/2026", "last_day": "31/12/2026"}


def url(name, *args):
    return reverse(f"programme:{name}", args=args)


def give(by, code, unit, value, **more):
    indicator = Indicator.objects.select_related("measure").get(code=code)
    of = {"team": unit} if type(unit).__name__ == "Team" else {"place": unit}
    line = actions.TargetLine(indicator, value, **of)
    return actions.assign_targets(lines=[line], by=by, **YEAR | more)[0]


def text(response) -> str:
    return response.content.decode()


def errors(response) -> str:
    """The summary of what is wrong on a form."""
    assert response.status_code == 200
    return text(response).split("form-summary", 1)[1].split("</div>", 1)[0]


def test_a_span_at_the_end_of_the_calendar_falls_back_to_the_running_year(desk):
    page = url("assign", "TC08") + f"?u={desk.soc_trang.pk}&first=9999-01-01&last=9999-12-31"
    assert 'value="31/12/2026"' in text(desk.desk.get(page))


def test_the_province_hands_down_by_table_with_its_legal_basis(desk):
    give(desk.ha, "TC08", desk.soc_trang, 9600)
    page = url("assign", "TC08") + f"?u={desk.soc_trang.pk}"
    assert "9.600 lượt" in text(desk.desk.get(page))
    sent = SPAN | {
        f"place-{desk.ke_sach.pk}": "6.000",
        f"place-{desk.tran_de.pk}": "",
        "basis-kind": "plan",
        "basis-number": "15/KH-UBND",
        "basis-issued_on": "05/01/2026",
        "basis-issuer": "UBND tỉnh Sóc Trăng",
    }
    response = desk.desk.post(page, sent)
    assert response.url == url("targets")
    found = Target.objects.get(place=desk.ke_sach)
    assert (found.value, found.answerable) == (6000, desk.phuc.person)
    assert found.document.number == "15/KH-UBND"
    listed = text(desk.desk.get(url("targets")))
    assert "còn 3.600 lượt" in listed
    assert "Võ Hồng Phúc" in listed
    assert not Target.objects.filter(place=desk.tran_de).exists()


def test_wrong_numbers_stand_at_their_row_and_nothing_is_written(desk):
    page = url("assign", "KT03") + f"?u={desk.soc_trang.pk}"
    ke_sach, tran_de = f"place-{desk.ke_sach.pk}", f"place-{desk.tran_de.pk}"
    found = errors(desk.desk.post(page, SPAN | {ke_sach: "101", tran_de: "nhiều"}))
    assert "Huyện Kế Sách" in found
    assert "Huyện Trần Đề" in found
    assert "ít nhất một số" in errors(desk.desk.post(page, SPAN))
    late = SPAN | {"last_day": "31/12/2025", ke_sach: "50"}
    assert "Ngày cuối" in errors(desk.desk.post(page, late))
    assert not Target.objects.exists()


def test_an_overlapping_span_is_refused_on_the_page(desk):
    give(desk.ha, "TC08", desk.ke_sach, 5)
    page = url("assign", "TC08") + f"?u={desk.soc_trang.pk}"
    sent = {"since_on": "01/06/2026", "last_day": "31/12/2026", f"place-{desk.ke_sach.pk}": "9"}
    assert "đã có mức giao TC08" in errors(desk.desk.post(page, sent))
    assert Target.objects.get().value == 5


def test_a_basis_with_half_its_fields_is_refused_and_no_target_is_left(desk):
    page = url("assign", "TC08") + f"?u={desk.soc_trang.pk}"
    sent = SPAN | {f"place-{desk.ke_sach.pk}": "9", "basis-number": "15/KH-UBND"}
    assert desk.desk.post(page, sent).status_code == 200
    assert not Target.objects.exists()
    assert not Document.objects.filter(number="15/KH-UBND").exists()


def test_a_commune_officer_assigns_to_the_teams_of_the_commune_only(desk, page_client):
    lan = page_client.as_(desk.lan)
    page = url("assign", "TC08") + f"?u={desk.nhon_my.pk}"
    shown = text(lan.get(page))
    assert "Tổ CNCĐ ấp Mỹ Phước" in shown
    assert "Đầu Giồng" not in shown
    lan.post(page, SPAN | {f"team-{desk.team.pk}": "80", "per_month": "on"})
    assert Target.objects.get(team=desk.team).whole == 960
    assert lan.get(url("assign_place", desk.nhon_my.pk)).status_code == 404
    assert lan.get(url("assign_team", desk.team_dau_giong.pk)).status_code == 404
    assert lan.get(url("choose_target")).status_code == 200


def test_one_unit_gets_all_its_indicators_in_one_table(desk, page_client):
    minh = page_client.as_(desk.minh)
    page = url("assign_place", desk.nhon_my.pk)
    assert minh.get(page).status_code == 200
    of = {i.code: i.pk for i in Indicator.objects.all()}
    sent = SPAN | {f"indicator-{of['KT03']}": "100", f"indicator-{of['TC19']}": "12,5"}
    minh.post(page, sent)
    found = {t.indicator.code: t.value for t in Target.objects.filter(place=desk.nhon_my)}
    assert found == {"KT03": 100, "TC19": 12_500_000}


def test_the_card_of_a_target_shows_basis_head_children_and_history(desk, page_client):
    province = give(desk.ha, "TC08", desk.soc_trang, 9600)
    district = give(desk.ha, "TC08", desk.ke_sach, 6000)
    give(desk.ha, "TC08", desk.ke_sach, 6500)
    page = text(desk.desk.get(url("target", province.pk)))
    assert "Huyện Kế Sách" in page
    assert "3.100 lượt" in page
    page = text(page_client.as_(desk.minh).get(url("target", district.pk)))
    assert "sửa từ 6.000 lượt thành 6.500 lượt" in page
    assert "Võ Hồng Phúc" in page
    assert page_client.as_(desk.lan).get(url("target", district.pk)).status_code == 404


def test_a_target_is_ended_by_who_gave_it(desk, page_client):
    found = give(desk.minh, "TC08", desk.nhon_my, 5)
    minh = page_client.as_(desk.minh)
    page = url("end_target", found.pk)
    assert minh.get(page).status_code == 200
    minh.post(page, {"last_day": "30/11/2026", "reason": "Điều chỉnh"})
    found.refresh_from_db()
    assert found.until_on == dt.date(2026, 12, 1)
    assert page_client.as_(desk.dung).get(page).status_code == 404


def test_the_list_of_targets_is_an_excel_file_with_numbers(desk):
    give(desk.ha, "TC19", desk.ke_sach, 12_500_000)
    response = desk.desk.get(url("targets"), {"export": "xlsx"})
    values = [
        cell.value
        for row in load_workbook(io.BytesIO(response.content)).active.iter_rows()
        for cell in row
    ]
    assert 12.5 in values
    assert "Huyện Kế Sách" in values


def excel(*rows):
    book = Workbook()
    for row in (["Mã đơn vị", "Tên", "Mã chỉ tiêu", "Mức giao"], *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("muc-giao.xlsx", file.getvalue())


def upload(client, *rows, **more):
    response = client.post(url("import_targets"), SPAN | {"file": excel(*rows)} | more)
    return response if response.status_code == 200 else client.get(response.url), response


def test_targets_come_from_excel_after_a_look_at_them(desk, page_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    minh = page_client.as_(desk.minh)
    give(desk.minh, "TC08", desk.nhon_my, 3000)
    preview, sent = upload(
        minh,
        ["31552", "Nhơn Mỹ", "TC08", 3200],
        ["31540", "Xuân Hòa", "tc08", 2500],
        ["31540", "", "KT03", 100],
        ["31540", "", "KT01", None],
    )
    shown = text(preview)
    assert "3.000 → 3200" in shown
    assert Target.objects.count() == 1
    digest = shown.split('name="digest" value="')[1].split('"')[0]
    minh.post(sent.url, {"digest": digest, "confirm": "1"})
    found = {(t.place_id, t.indicator.code): t.value for t in Target.objects.all()}
    assert found == {
        (desk.nhon_my.pk, "TC08"): 3200,
        (desk.xuan_hoa.pk, "TC08"): 2500,
        (desk.xuan_hoa.pk, "KT03"): 100,
    }


def test_wrong_rows_of_an_excel_file_are_named_and_nothing_is_written(
    desk, page_client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    minh = page_client.as_(desk.minh)
    preview, sent = upload(
        minh,
        ["31673", "Trần Đề", "TC08", 10],  # another district
        ["31552", "Nhơn Mỹ", "XX01", 10],
        ["31552", "Nhơn Mỹ", "KT03", 120],
        ["31552", "Nhơn Mỹ", "TC07", 1.5],
        ["31552", "Nhơn Mỹ", "TC07", 7],
    )
    shown = text(preview)
    for words in (
        "không được giao chỉ tiêu",
        "Không có chỉ tiêu",
        "nhiều nhất là 100",
        "số nguyên",
    ):
        assert words in shown, words
    minh.post(sent.url, {"digest": "x", "confirm": "1"})
    assert not Target.objects.exists()


def test_the_excel_template_holds_the_units_below_and_what_is_to_be_handed_down(desk):
    give(desk.ha, "TC08", desk.soc_trang, 9600)
    response = desk.desk.get(url("import_targets"), {"template": "1"})
    rows = list(load_workbook(io.BytesIO(response.content)).worksheets[0].values)
    assert [row[:3] for row in rows[3:] if row[0]] == [
        ("943", "Huyện Kế Sách", "TC08"),
        ("951", "Huyện Trần Đề", "TC08"),
    ]


def test_a_document_tells_which_targets_rest_on_it(desk):
    decision = Document.objects.create(
        number="15/KH-UBND", issued_on=dt.date(2026, 1, 5), issuer="UBND tỉnh", place=desk.soc_trang
    )
    give(desk.ha, "KT03", desk.ke_sach, 100, document=decision)
    uses = queries.uses_of_document(decision, desk.ha)
    assert [use.text for use in uses] == ["Mức giao KT03 của Huyện Kế Sách: 100%"]
    assert not queries.uses_of_document(decision, desk.son)


def test_the_district_sees_its_target_but_not_the_one_of_the_province(desk, page_client):
    province = give(desk.ha, "TC08", desk.soc_trang, 9600)
    district = give(desk.ha, "TC08", desk.ke_sach, 6000)
    page = text(page_client.as_(desk.minh).get(url("target", district.pk)))
    assert "Giao xuống" in page
    assert "Kết thúc" not in page
    assert url("target", province.pk) + '"' not in page


def test_members_of_a_team_read_their_targets(desk, page_client):
    found = give(desk.lan, "TC08", desk.team, 80, per_month=True)
    assert "Tổ CNCĐ ấp Mỹ Phước" in text(page_client.as_(desk.tu).get(url("targets")))
    assert page_client.as_(desk.tu).get(url("target", found.pk)).status_code == 200
    assert page_client.as_(desk.liem).get(url("target", found.pk)).status_code == 404
