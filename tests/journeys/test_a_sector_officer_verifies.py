"""Sở Công Thương goes through the listings of the whole province, and draws some to look again."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from cncd.team.programme.models import Platform
from cncd.work.registers import actions as registers
from cncd.work.registers.models import Listing, Round
from tests.forms import fields
from tests.pages import Page


def words(response) -> str:
    return " ".join(Page(response.content.decode()).all("main")[0].text.split())


@pytest.fixture
def listed(counted, cast) -> dict[str, Listing]:
    """A product on a floor in each of three communes of two districts, not checked yet."""
    floor = Platform.objects.get(code="voso")
    found = {}
    for number, (name, hamlet) in enumerate(
        [("Bánh pía", cast.my_phuoc), ("Cốm dẹp", cast.hoa_loc), ("Tôm khô", cast.dau_giong)]
    ):
        owner = registers.add_owner(kind="household", name=f"Hộ {name}", place=hamlet, by=None)
        product = registers.add_product(kind="ocop", name=name, owner=owner, by=None)
        day = dt.date(2026, 3, 2)
        registers.recognise(product=product, number="1/QĐ", decided_on=day, star=3, by=None)
        found[name] = registers.list_product(
            product=product, floor=floor, on=dt.date(2026, 11, 3), by=None,
            address=f"https://voso.vn/hang-{number}-p{number}",
        )  # fmt: skip
    return found


def test_listings_of_the_whole_province_are_checked_one_after_the_other(listed, cast, page_client):
    desk = page_client.as_(cast.thuong)
    waiting = words(desk.get("/registers/listings/?state=listed"))
    assert all(name in waiting for name in listed)
    for name in ("Bánh pía", "Cốm dẹp"):
        address = reverse("registers:verify", args=[listed[name].pk])
        page = desk.get(reverse("registers:listing", args=[listed[name].pk]))
        assert address in page.content.decode()
        assert "https://voso.vn/hang-" in page.content.decode()
        desk.post(address, fields(desk.get(address), address))
    address = reverse("registers:broken", args=[listed["Tôm khô"].pk])
    desk.post(address, fields(desk.get(address), address) | {"note": "Trang báo không tìm thấy"})

    assert dict(Listing.objects.values_list("product__name", "state")) == {
        "Bánh pía": "verified", "Cốm dẹp": "verified", "Tôm khô": "broken",
    }  # fmt: skip
    assert set(Listing.objects.filter(state="verified").values_list("verified_by", flat=True)) == {
        cast.thuong.pk
    }
    assert re.search(r"2 ?/ ?3 sản phẩm OCOP", words(desk.get("/registers/")))
    # The commune sees who looked, and what was found.
    told = words(page_client.as_(cast.son).get(address.replace("broken/", "")))
    assert "Trang báo không tìm thấy" in told


def test_some_are_drawn_to_be_looked_at_again(listed, cast, page_client):
    desk = page_client.as_(cast.thuong)
    for listing in listed.values():
        registers.verify_listing(listing=listing, by=None)
    sent = fields(desk.get("/registers/rounds/draw/"), "/registers/rounds/draw/") | {"size": "3"}
    page = desk.post("/registers/rounds/draw/", sent)["Location"]
    drawn = Round.objects.get()
    assert {item.listing_id for item in drawn.items.all()} == {x.pk for x in listed.values()}
    gone = drawn.items.get(listing=listed["Cốm dẹp"])
    check = reverse("registers:check", args=[drawn.pk])
    for item in drawn.items.all():
        outcome = "broken" if item == gone else "right"
        desk.post(check, {"answer": f"{outcome}-{item.pk}", f"note-{item.pk}": ""})
    assert "2" in words(desk.get(page))
    states = Listing.objects.values_list("product__name", "state")
    assert dict(states)["Cốm dẹp"] == "broken"
    assert re.search(r"2 ?/ ?3 sản phẩm OCOP", words(desk.get("/registers/")))


def test_who_may_not_check_does_not(listed, cast, page_client):
    address = reverse("registers:verify", args=[listed["Bánh pía"].pk])
    answers = {
        who: page_client.as_(getattr(cast, who)).post(address, {}).status_code
        for who in ("viettel", "xem", "tu", "doan")
    }
    assert set(answers.values()) == {403}
    for who in ("son", "outsider"):  # officers of elsewhere do not even see it
        assert page_client.as_(getattr(cast, who)).get(address).status_code == 404
    assert not Listing.objects.filter(state="verified").exists()
