"""An enterprise writes a guide; the Sở returns it, later approves it, and a team reads it."""

import re

import pytest
from django.urls import reverse

from cncd.foundation.people.actions import create_agency
from cncd.foundation.people.models import Branch, Posting
from cncd.team.programme.models import Content
from cncd.work.library.models import Item
from tests.cast import BEGINNING
from tests.pages import Page

NEW, SHELF = "/library/new/", "/library/"


def words(response) -> str:
    return " ".join(Page(response.content.decode()).all("main")[0].text.split())


@pytest.fixture
def firm(counted, cast):
    firm = create_agency(
        name="Doanh nghiệp Sóng Xanh", branch=Branch.objects.get(code="telecom"),
        place=cast.soc_trang, since_on=BEGINNING, by=None, is_enterprise=True,
    )  # fmt: skip
    Posting.objects.filter(person=cast.viettel.person).update(agency=firm)
    return firm


def test_from_the_enterprise_past_the_so_to_the_phone(firm, cast, page_client):
    as_ = page_client.as_
    content = Content.objects.get(code="thanh-toan")
    sent = {
        "title": "Trả tiền điện trên ứng dụng", "body": "1. Mở ứng dụng, chọn **Điện**.",
        "kind": "guide", "language": "vi", "audiences": ["teams", "citizens"],
        "contents": [content.pk], "agency": firm.pk, "send": "send",
    }  # fmt: skip
    assert "sau khi Sở duyệt" in words(as_(cast.viettel).get(NEW))
    assert as_(cast.viettel).post(NEW, sent).status_code == 302
    item = Item.objects.get()

    assert "Trả tiền điện" not in words(as_(cast.tu).get("/m/library/"))
    assert as_(cast.lan).get(item.get_absolute_url()).status_code == 404

    decide = reverse("library:decide", args=[item.pk])
    assert "Trả tiền điện" in words(as_(cast.ha).get(f"{SHELF}?state=submitted"))
    note = {"version": item.version, "note": "Nói rõ mã khách hàng ở đâu.", "decision": "return"}
    as_(cast.ha).post(decide, note)

    page = words(as_(cast.viettel).get(item.get_absolute_url()))
    assert "Nói rõ mã khách hàng ở đâu." in page
    item.refresh_from_db()
    better = sent | {"body": "1. Xem **mã khách hàng** trên hóa đơn.", "version": item.version}
    as_(cast.viettel).post(reverse("library:edit", args=[item.pk]), better)

    item.refresh_from_db()
    as_(cast.ha).post(decide, {"version": item.version, "note": "", "decision": "approve"})
    shelf = as_(cast.tu).get("/m/library/").content.decode()
    assert "Trả tiền điện" in shelf
    # What the phone's worker fetches to keep is the very page, with its whole text.
    address = f"/m/library/{item.pk}/?e=1"
    assert address in re.search(r'data-keep="([^"]*)"', shelf)[1].split()
    assert "mã khách hàng" in words(as_(cast.tu).get(address))
    assert "Trả tiền điện" in words(as_(cast.tu).get("/m/log/c-thanh-toan/guide/"))
    assert "Trả tiền điện" in words(as_(cast.lan).get(f"{SHELF}?q=tra tien dien"))
    assert "Trả tiền điện" in words(as_(cast.tu).get("/m/library/?q=tien dien"))
