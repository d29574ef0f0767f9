"""The commune officer gets a product from paper onto a floor, checked, and into the figures."""

import datetime as dt
import re

from django.urls import reverse

from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.models import Platform
from cncd.work.registers.models import Listing, Product
from tests.forms import fields
from tests.pages import Page

IMPORT = "/registers/products/import/"


PAPER = {
    "Sản phẩm": "Bưởi da xanh Mỹ Phước",
    "Ấp": "Mỹ Phước",
    "Chủ thể": "HTX Trái cây Mỹ Phước",
    "Loại hình chủ thể": "Hợp tác xã",
    "Hạng sao": "4 sao",
    "Số QĐ": "35/QĐ-UBND",
    "Ngày QĐ": "02/11/2026",
}


def words(response) -> str:
    return " ".join(Page(response.content.decode()).all("main")[0].text.split())


def figures(c, counted) -> dict:
    """What stands in the commune's total of the running month."""
    row = PlaceTotal.objects.get(place=c.nhon_my, period=counted)
    return {code: sum(row.figures.get(code, [0])[:2]) for code in ("KT01", "KT01.s4", "KT02")}


def line_of(desk) -> str:
    """How many of how many, on the 100% line."""
    found = re.search(r"(\d+) ?/ ?(\d+) sản phẩm OCOP", words(desk.get("/registers/")))
    return f"{found[1]}/{found[2]}"


def test_from_an_excel_row_to_a_checked_listing_that_counts(counted, cast, page_client):
    desk = page_client.as_(cast.lan)
    assert figures(cast, counted) == {"KT01": 0, "KT01.s4": 0, "KT02": 0}

    # The paper says: name, hamlet, owner, stars, decision. Its row is pasted, looked at, confirmed.
    pasted = "\t".join(PAPER) + "\n" + "\t".join(PAPER.values())
    preview = desk.post(IMPORT, {"pasted": pasted})["Location"]
    page = desk.get(preview)
    assert "Thêm mới: 1" in words(page)
    desk.post(preview, fields(page, IMPORT) | {"confirm": "1"})
    product = Product.objects.get()
    assert (product.star, product.recognised_until) == (4, dt.date(2029, 11, 2))
    assert line_of(desk) == "0/1"
    assert figures(cast, counted) == {"KT01": 1, "KT01.s4": 1, "KT02": 0}

    # It is put on a floor: recorded, but it counts as "on a floor" only once somebody looked.
    address = reverse("registers:list_product", args=[product.pk])
    form = fields(desk.get(address), address)
    postmart = Platform.objects.get(code="postmart")
    sent = form | {"floor": postmart.pk, "address": "https://postmart.vn/buoi-da-xanh-p77"}
    desk.post(address, sent)
    listing = Listing.objects.get()
    assert listing.state == "listed"
    assert figures(cast, counted)["KT02"] == 0
    assert "Bưởi da xanh Mỹ Phước" in words(desk.get("/registers/?state=listed"))

    # The officer opens the address and says it is right.
    address = reverse("registers:verify", args=[listing.pk])
    desk.post(address, fields(desk.get(address), address))
    listing.refresh_from_db()
    assert (listing.state, listing.verified_by) == ("verified", cast.lan)
    assert figures(cast, counted) == {"KT01": 1, "KT01.s4": 1, "KT02": 1}
    assert line_of(desk) == "1/1"
    assert "100%" in words(desk.get("/registers/"))

    # KT03 on the desk of the commune says the same.
    assert "100%" in words(desk.get("/desk/indicators/KT03/"))
