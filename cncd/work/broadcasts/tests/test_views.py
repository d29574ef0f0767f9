"""Pages of the broadcast log: recording quickly, the list, Excel, what is above."""

import io

import pytest
from django.urls import reverse
from openpyxl import Workbook

from cncd.work.broadcasts.models import Broadcast

pytestmark = pytest.mark.django_db
LIST, NEW = "/broadcasts/", "/broadcasts/new/"


def fields(c, **said):
    return {
        "title": "Cách nhận biết lừa đảo", "medium": c.radio.pk, "since_on": "02/11/2026",
        "last_on": "06/11/2026", "times": "2", **said,
    }  # fmt: skip


def test_an_officer_records_and_goes_on_with_the_next(c, page_client):
    lan = page_client.as_(c.lan)
    assert lan.get(NEW).status_code == 200
    answer = lan.post(NEW, fields(c, weekdays=["1", "3"], again="1"))
    assert answer.url == f"{NEW}?medium={c.radio.pk}"
    found = Broadcast.objects.get()
    assert (found.place, found.total, found.weekdays) == (c.nhon_my, 4, "13")
    page = lan.get(LIST).content.decode()
    assert "Cách nhận biết lừa đảo" in page
    assert lan.get(found.get_absolute_url()).status_code == 200
    assert lan.get(LIST, {"export": "xlsx"}).status_code == 200


def test_errors_stand_at_their_fields(c, page_client):
    lan = page_client.as_(c.lan)
    page = lan.post(NEW, fields(c, since_on="07/11/2026"))
    assert set(page.context["form"].errors) == {"last_on"}
    page = lan.post(NEW, fields(c, title="", times="0"))
    assert set(page.context["form"].errors) == {"title", "times"}
    assert not Broadcast.objects.exists()


def test_what_the_district_broadcast_may_be_repeated(c, air, page_client):
    origin = air("Của huyện", place=c.ke_sach, by=c.minh)
    lan = page_client.as_(c.lan)
    assert lan.get(f"{NEW}?origin={origin.pk}").context["form"].initial["title"] == "Của huyện"
    lan.post(NEW, fields(c, origin=origin.pk))
    repeated = Broadcast.objects.get(place=c.nhon_my)
    assert repeated.origin == origin
    page = page_client.as_(c.minh).get(origin.get_absolute_url()).content.decode()
    assert "Xã Nhơn Mỹ" in page


def test_the_district_sees_its_own_and_those_below_apart(c, air, page_client):
    air("Của xã")
    air("Của huyện", place=c.ke_sach, by=c.minh)
    minh = page_client.as_(c.minh)
    own = minh.get(LIST).content.decode()
    assert "Của huyện" in own
    assert "Của xã" not in own
    below = minh.get(LIST, {"level": "below"}).content.decode()
    assert "Của xã" in below
    assert "Của huyện" not in below


def test_outside_reach_there_is_nothing(c, air, page_client):
    one = air()
    assert page_client.as_(c.dung).get(one.get_absolute_url()).status_code == 404
    assert page_client.as_(c.tu).get(LIST).status_code == 403
    edit = reverse("broadcasts:edit", args=[one.pk])
    assert page_client.as_(c.dung).get(edit).status_code == 404


def test_a_mistake_is_taken_out_and_brought_back(c, air, page_client):
    one = air()
    lan = page_client.as_(c.lan)
    out = reverse("broadcasts:withdraw", args=[one.pk])
    lan.post(out, {"reason": "Ghi nhầm ngày", "version": one.version})
    assert "Chống lừa đảo" not in " ".join(row.title for row in Broadcast.objects.standing())
    lan.post(reverse("broadcasts:restore", args=[one.pk]))
    assert Broadcast.objects.standing().count() == 1
    edit = reverse("broadcasts:edit", args=[one.pk])
    one.refresh_from_db()
    sent = fields(c, title="Sửa lại", version=one.version)
    assert lan.post(edit, sent).url == one.get_absolute_url()
    assert Broadcast.objects.get().title == "Sửa lại"


def test_a_list_comes_from_excel_and_a_second_time_adds_nothing(c, page_client):
    book = Workbook()
    book.active.append(["Tên tin, bài", "Phát ở đâu", "Ngày", "Đến ngày", "Số lần mỗi ngày"])
    book.active.append(["Mở gian hàng", "Mạng xã hội", "03/11/2026", "", ""])
    book.active.append(["Bảo vệ mật khẩu", "", "03/11/2026", "05/11/2026", 2])
    file = io.BytesIO()
    book.save(file)
    lan = page_client.as_(c.lan)
    for expected in (2, 2):
        file.seek(0)
        file.name = "phat-thanh.xlsx"
        address = lan.post("/broadcasts/import/", {"file": file}).url
        page = lan.get(address).content.decode()
        digest = page.split('name="digest" value="')[1].split('"')[0]
        lan.post(address, {"digest": digest, "confirm": "1"})
        assert Broadcast.objects.count() == expected
    assert sorted(Broadcast.objects.values_list("total", flat=True)) == [1, 6]
