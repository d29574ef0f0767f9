import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from cncd.foundation.journal.models import Entry
from cncd.foundation.kit.bulk import LinesRefused
from cncd.foundation.kit.sheets import workbook
from cncd.work.registers import actions
from cncd.work.registers.actions import import_products
from cncd.work.registers.lines import ListingLine, ProductLine
from cncd.work.registers.models import Listing, Origin, Owner, Product, RecordVersion

from .conftest import recognised

URL = reverse("registers:import")
HEAD = [
    "Tên sản phẩm", "Ấp", "Chủ thể", "Loại chủ thể", "Nhóm sản phẩm", "Sao", "Số QĐ", "Ngày QĐ",
    "Địa chỉ trên Vỏ Sò (voso.vn)", "Ghi chú",
]  # fmt: skip
PIA = [
    "Bánh pía sầu riêng", "Mỹ Phước", "Cơ sở Tân Huê", "Hộ sản xuất, kinh doanh", "Thực phẩm",
    "4 sao", "12/QĐ-UBND", "01/03/2026", "voso.vn/banh-pia-p9", "",
]  # fmt: skip
COM = ["CỐM DẸP  ba tý", "31552.001", "htx mỹ phước", "", "", "", "", "", "", "bán theo mùa"]


def upload(client, rows, name="sp.xlsx"):
    file = SimpleUploadedFile(name, workbook(HEAD, rows))
    return client.post(URL, {"file": file}, follow=True)


def confirm(client, page):
    digest = page.context["digest"]
    address = page.redirect_chain[-1][0]
    return client.post(address, {"confirm": "1", "digest": digest}, follow=True), address


def names(page) -> str:
    return page.content.decode()


# -- the whole way: file, preview, confirm -----------------------------------------------------


def test_a_file_is_looked_at_row_by_row_before_anything_is_written(c, page_client):
    lan = page_client.as_(c.lan)
    page = upload(lan, [PIA, COM])
    assert page.context["count"] == {"new": 1, "updated": 1, "unchanged": 0, "wrong": 0}
    assert Product.objects.count() == 1
    done, _address = confirm(lan, page)
    assert "Đã thêm 1 sản phẩm" in names(done)
    pia = Product.objects.get(name="Bánh pía sầu riêng")
    assert (pia.owner.name, pia.group.code, pia.star) == ("Cơ sở Tân Huê", "food", 4)
    assert Listing.objects.get(product=pia).address == "https://voso.vn/banh-pia-p9"
    assert Product.objects.get(pk=c.product.pk).note == "bán theo mùa"
    assert Product.objects.get(pk=c.product.pk).name == "Cốm dẹp Ba Tý"


def test_the_row_as_it_was_read_stays_beside_the_product(c, page_client):
    lan = page_client.as_(c.lan)
    confirm(lan, upload(lan, [PIA]))
    pia = Product.objects.get(name="Bánh pía sầu riêng")
    origin = Origin.objects.get(record=pia.pk)
    assert (origin.file_name, origin.way) == ("sp.xlsx", "excel")
    assert origin.raw["Hạng OCOP"] == "4 sao"
    page = lan.get(reverse("registers:product", args=[pia.pk]))
    assert f"Tệp sp.xlsx, dòng {origin.row_number}" in names(page)


def test_the_same_file_again_changes_nothing(c, page_client):
    lan = page_client.as_(c.lan)
    confirm(lan, upload(lan, [PIA, COM]))
    page = upload(lan, [PIA, COM])
    assert page.context["count"] == {"new": 0, "updated": 0, "unchanged": 2, "wrong": 0}
    assert Product.objects.count() == 2


@pytest.mark.parametrize(
    ("place", "told", "words"),
    [
        (1, "Ấp Không Có", "Không có khóm, ấp “Ấp Không Có”"),
        (1, "Hòa Lộc", "Không có khóm, ấp “Hòa Lộc”"),
        (5, "9 sao", "Hạng OCOP"),
        (6, "", "Ghi số quyết định"),
        (7, "32/13/2026", "Ngày quyết định"),
        (7, "01/03/2030", "Ngày này chưa đến"),
        (8, "voso.vn", "trang chủ"),
        (9, "STK 0701 0000 12345", "số tài khoản"),
    ],
)
def test_a_wrong_row_is_told_in_words_and_nothing_is_written(c, page_client, place, told, words):
    lan, wrong = page_client.as_(c.lan), [*PIA]
    wrong[place] = told
    page = upload(lan, [COM, wrong])
    assert page.context["count"]["wrong"] == 1
    assert words in names(page)
    done, _address = confirm(lan, page)
    assert "Có một dòng sai" in names(done) or "dòng" in names(done)
    assert Product.objects.count() == 1
    assert Product.objects.get().note == ""


def test_a_row_written_twice_and_an_address_of_another_product_are_told(c, page_client):
    lan = page_client.as_(c.lan)
    page = upload(lan, [PIA, PIA])
    assert page.context["count"]["wrong"] == 1
    other = ["Bánh in", "Mỹ Hòa", "Hộ Sáu", "", "", "", "", "", "voso.vn/banh-pia-p9", ""]
    page = upload(lan, [PIA, other])
    assert "Địa chỉ này là của sản phẩm khác" in names(page)


def test_a_likely_duplicate_is_decided_row_by_row(c, page_client):
    lan = page_client.as_(c.lan)
    like = ["Cốm dẹp Ba Ty", "Mỹ Phước", "HTX Mỹ Phước", "", "", "", "", "", "", "mới"]
    page = upload(lan, [like])
    address = page.redirect_chain[-1][0]
    assert page.context["count"]["wrong"] == 1
    row = page.context["importing"].asking[0][0]
    page = lan.post(address, {"decide": "1", f"row-{row}": str(c.product.pk)}, follow=True)
    assert page.context["count"]["updated"] == 1
    page = lan.post(address, {"decide": "1", f"row-{row}": "new"}, follow=True)
    assert page.context["count"]["new"] == 1
    lan.post(address, {"confirm": "1", "digest": page.context["digest"]}, follow=True)
    assert Product.objects.count() == 2


def test_a_decision_for_a_product_out_of_reach_is_not_taken(c, page_client):
    other = actions.add_owner(kind="household", name="Hộ Lộc", place=c.hoa_loc, by=c.dung)
    far = actions.add_product(kind="farm", name="Hành tím", owner=other, by=c.dung)
    lan = page_client.as_(c.lan)
    address = upload(lan, [PIA]).redirect_chain[-1][0]
    page = lan.post(address, {"decide": "1", "row-2": str(far.pk)}, follow=True)
    assert page.context["count"]["new"] == 1


def test_the_template_names_every_floor_and_group(c, client):
    client.force_login(c.lan)
    answer = client.get(URL, {"template": "1"})
    book = load_workbook(io.BytesIO(b"".join(answer)))
    heads = [cell.value for cell in book.worksheets[0][3]]
    assert "Sản phẩm *" in heads
    assert "Địa chỉ trên Postmart (postmart.vn)" in heads


def test_those_who_may_not_enter_may_not_import(c, client):
    for user, status in ((c.ha, 403), (c.xem, 403), (c.viettel, 403), (c.tu, 200)):
        client.force_login(user)
        assert client.get(URL).status_code == status


# -- the action -------------------------------------------------------------------------------


def line(c, **told):
    said = {"kind": "ocop", "name": "Bánh pía", "owner_name": "Hộ Sáu", "place": c.my_phuoc}
    return ProductLine(**said | told)


def test_one_entry_tells_of_the_whole_batch(c):
    lines = [line(c), line(c, name="Hành tím", kind="farm", place=c.my_hoa)]
    import_products(lines=lines, by=c.lan, file_name="a.xlsx")
    entry = Entry.objects.get(event="registers.imported")
    assert (entry.place_id, entry.after["added"]) == (c.nhon_my.pk, 2)
    assert {row["place"] for row in entry.rows if "place" in row} == {c.my_phuoc.pk, c.my_hoa.pk}


def test_one_line_out_of_reach_refuses_all(c):
    with pytest.raises(PermissionDenied):
        import_products(lines=[line(c), line(c, place=c.hoa_loc)], by=c.lan)
    with pytest.raises(PermissionDenied):
        import_products(lines=[line(c, place=c.my_hoa)], by=c.tu)
    assert Owner.objects.count() == 1


def test_wrong_lines_are_all_told_and_nothing_is_written(c):
    lines = [line(c), line(c, name=""), line(c, name="X", star=4)]
    with pytest.raises(LinesRefused) as refused:
        import_products(lines=lines, by=c.lan)
    assert {(index, field) for index, field, _message in refused.value.lines} == {
        (1, "name"), (2, "number"), (2, "decided_on"),
    }  # fmt: skip
    assert Product.objects.count() == 1


def test_a_later_file_adds_a_recognition_and_moves_an_address(c):
    recognised(c, star=3, decided_on=dt.date(2024, 5, 1))
    told = {"name": "Cốm dẹp Ba Tý", "owner_name": "HTX Mỹ Phước", "number": "9/QĐ", "star": 4}
    for address in ("https://voso.vn/com-p1", "https://voso.vn/com-p2"):
        found = import_products(
            lines=[
                line(
                    c,
                    decided_on=dt.date(2026, 5, 1),
                    listings=(ListingLine(c.voso, address),),
                    **told,
                )
            ],
            by=c.lan,
        )
    assert (found.added, found.updated, found.listings) == (0, 1, 1)
    product = Product.objects.get(pk=c.product.pk)
    assert (product.star, product.offered) == (4, Product.Offered.LISTED)
    assert [r.until_on for r in product.recognitions.order_by("since_on")] == [
        dt.date(2026, 5, 1), dt.date(2029, 5, 1),
    ]  # fmt: skip
    assert Listing.objects.get().address.endswith("p2")
    last = RecordVersion.objects.filter(record=product.pk).latest("number")
    assert len(last.content["recognitions"]) == 2


def test_hundreds_of_lines_take_a_fixed_number_of_questions(c, django_assert_max_num_queries):
    def lines(start, count):
        return [line(c, name=f"Bánh {number}") for number in range(start, start + count)]

    import_products(lines=lines(0, 3), by=c.lan)
    with django_assert_max_num_queries(90):
        import_products(lines=lines(3, 300), by=c.lan)
    assert Product.objects.count() == 304
