"""An enterprise sees the commune it promised to help, what to do there, and nothing else."""

import datetime as dt

import pytest
from django.urls import reverse

from cncd.foundation.people.actions import create_agency
from cncd.foundation.people.models import Branch, Posting
from cncd.team.programme.models import Platform
from cncd.work.registers import actions as registers
from tests.cast import BEGINNING
from tests.forms import fields
from tests.pages import Page


def words(response) -> str:
    return " ".join(Page(response.content.decode()).all("main")[0].text.split())


@pytest.fixture
def market(counted, cast):
    """A recognised product without a floor in two communes, each with a contact who agreed."""
    firm = create_agency(
        name="Doanh nghiệp Sóng Xanh", branch=Branch.objects.get(code="telecom"),
        place=cast.soc_trang, since_on=BEGINNING, by=None, is_enterprise=True,
    )  # fmt: skip
    Posting.objects.filter(person=cast.viettel.person).update(agency=firm)
    cast.firm, cast.products = firm, {}
    for name, hamlet, phone in (
        ("Bánh pía", cast.my_phuoc, "0570000001"), ("Cốm dẹp", cast.hoa_loc, "0570000002")
    ):  # fmt: skip
        owner = registers.add_owner(kind="household", name=f"Hộ {name}", place=hamlet, by=None)
        registers.record_consent(
            owner=owner, contact_name=f"Chủ {name}", contact_phone=phone, by=None,
            consented_on=dt.date(2026, 11, 2), how="Phiếu đồng ý",
        )  # fmt: skip
        product = registers.add_product(kind="ocop", name=name, owner=owner, by=None)
        day = dt.date(2026, 3, 2)
        registers.recognise(product=product, number="1/QĐ", decided_on=day, star=3, by=None)
        cast.products[name] = product
    return cast


def promise(c, page_client):
    """The commune officer records what the enterprise promised to Nhơn Mỹ."""
    desk = page_client.as_(c.lan)
    form = fields(desk.get("/partners/new/"), "/partners/new/")
    desk.post("/partners/new/", form | {
        "agency": c.firm.pk, "place": c.nhon_my.pk, "kind": "listings", "amount": "2",
        "since_on": "01/11/2026", "until_on": "31/12/2026",
    })  # fmt: skip


def test_before_the_promise_it_sees_no_product_at_all(market, page_client):
    firm = page_client.as_(market.viettel)
    assert "Bánh pía" not in words(firm.get("/partners/mine/"))
    assert firm.get("/registers/").status_code == 403
    assert firm.get(reverse("registers:product", args=[market.products["Bánh pía"].pk])) \
        .status_code == 403  # fmt: skip


def test_after_it_exactly_the_commune_it_promised_to_help(market, page_client):
    promise(market, page_client)
    firm = page_client.as_(market.viettel)
    start = firm.get("/", follow=True)
    assert start.redirect_chain[-1][0] == "/partners/mine/"
    page = words(start)
    for there in ("Xã Nhơn Mỹ", "Bánh pía", "Chủ Bánh pía", "0/2, còn 2", "hạn 31/12/2026"):
        assert there in page, there
    assert "Cốm dẹp" not in page
    for address, statuses in (
        (reverse("registers:product", args=[market.products["Bánh pía"].pk]), 200),
        (reverse("registers:product", args=[market.products["Cốm dẹp"].pk]), 404),
    ):
        assert firm.get(address).status_code == statuses
    for address in ("/registers/products/", "/registers/owners/", "/registers/", "/registers/?u="):
        body = words(firm.get(f"{address}"))
        assert "Cốm dẹp" not in body, address
    # It helps by finding things; entering and checking stay with the commune.
    one = market.products["Bánh pía"].pk
    for name in ("list_product", "product_edit", "recognise"):
        assert firm.get(reverse(f"registers:{name}", args=[one])).status_code == 403
    assert firm.get("/partners/new/").status_code == 403


def test_what_it_helped_with_counts_for_the_promise_and_the_line(market, page_client):
    promise(market, page_client)
    desk, firm = page_client.as_(market.lan), page_client.as_(market.viettel)
    # On the 100% line the commune reads who could help.
    assert "Doanh nghiệp Sóng Xanh" in words(desk.get("/registers/"))
    address = reverse("registers:list_product", args=[market.products["Bánh pía"].pk])
    form = fields(desk.get(address), address)
    desk.post(address, form | {
        "floor": Platform.objects.get(code="voso").pk, "helped_by": market.firm.pk,
        "address": "https://voso.vn/banh-pia-p1", "on": "20/11/2026",
    })  # fmt: skip
    page = words(firm.get("/partners/mine/"))
    assert "1/2, còn 1" in page
    assert "Đã giúp lên sàn" in page
    assert "còn 1 trên 2" in words(firm.get("/desk/inbox/"))
    assert "1/2" in words(desk.get("/partners/")) or "1" in words(desk.get("/partners/"))
