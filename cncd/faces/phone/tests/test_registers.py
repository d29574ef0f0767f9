"""The register on the phone: what stands, what is missing, and writing down as a plain web page."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cncd.team.programme.models import Platform
from cncd.work.registers import actions
from cncd.work.registers.models import Listing, Owner, Product, Shop
from tests.cast import TODAY

DAY = dt.timedelta(days=1)
SHELF = reverse("phone:products")


def main(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode()).split("<main")[1].split("</main")[0]


def write(what: str) -> str:
    return reverse("phone:register", args=[what])


def sent(**said) -> dict:
    return {"envelope": str(uuid.uuid4())} | said


@pytest.fixture
def make(cast, programme):
    """Products of Mỹ Phước: `make("Cốm dẹp", kind="ocop", star=4, floor="voso")`."""
    owner = actions.add_owner(
        kind="cooperative", name="HTX Mỹ Phước", place=cast.my_phuoc, by=cast.tu
    )

    def make(name, kind="ocop", star=None, floor=None, checked=None):
        product = actions.add_product(kind=kind, name=name, owner=owner, by=cast.tu)
        if star:
            about = {"number": "9/QĐ", "decided_on": dt.date(2026, 3, 1), "by": cast.lan}
            actions.recognise(product=product, star=star, **about)
        if floor:
            floor = Platform.objects.get(code=floor)
            address = f"https://{floor.address.split('//')[1]}/san-pham/{product.pk}"
            told = {"product": product, "floor": floor, "address": address}
            listing = actions.list_product(on=TODAY - 20 * DAY, by=cast.tu, **told)
            if checked:
                actions.verify_listing(listing=listing, on=checked, by=cast.lan)
        return product

    return make


# -- what stands --------------------------------------------------------------------------------


def test_ocop_products_without_a_floor_come_first_and_say_what_is_missing(tu, make):
    make("Bánh pía", star=3, floor="voso", checked=dt.date(2026, 11, 12))
    make("Cốm dẹp", star=4)
    make("Hành tím", kind="farm", floor="postmart")
    page = main(tu.get(SHELF))
    assert page.index("Cốm dẹp") < page.index("Bánh pía") < page.index("Hành tím")
    assert "Đã lên sàn Vỏ Sò, cán bộ đã kiểm tra 12/11" in page
    assert "Đã lên sàn Postmart, chờ kiểm tra" in page
    first = page.split("</details>")[0]
    assert "OCOP 4 sao" in first
    assert "Chưa lên sàn" in first
    assert "đưa lên sàn" in first
    assert "ký cam kết chất lượng" in first
    assert "1 sản phẩm OCOP chưa lên sàn" in page


def test_home_leads_to_what_is_on_no_floor_after_the_reports(tu, make):
    assert "chưa lên sàn" not in main(tu.get(reverse("phone:home")))
    make("Cốm dẹp", star=4)
    make("Bánh pía", star=3, floor="voso")
    make("Chưa công nhận")
    page = main(tu.get(reverse("phone:home")))
    assert "1 sản phẩm OCOP chưa lên sàn" in page
    assert page.index("Gửi báo cáo tháng 11/2026") < page.index("chưa lên sàn")
    assert SHELF in page
    assert SHELF in main(tu.get(reverse("phone:book")))


def test_an_empty_register_tells_the_first_step(tu):
    page = main(tu.get(SHELF))
    assert "Hãy bắt đầu với sản phẩm OCOP" in page
    assert write("product") in page


def test_no_contact_of_an_owner_is_on_a_page_that_the_phone_keeps(tu, cast, make):
    owner = make("Cốm dẹp").owner
    about = {"contact_name": "Ba Tý", "contact_phone": "0912345678", "how": "nói", "by": cast.tu}
    actions.record_consent(owner=owner, consented_on=TODAY, **about)
    for address in (SHELF, write("any"), write("close"), write("consent")):
        page = tu.get(address).content.decode()
        assert "0912345678" not in page
        assert "Ba Tý" not in page
    assert "Đồng ý cho liên hệ ngày 22/11/2026" in main(tu.get(SHELF))


def test_a_team_sees_its_own_hamlets_only(page_client, cast, make):
    make("Cốm dẹp", star=4)
    page = main(page_client.as_(cast.liem).get(SHELF))
    assert "Cốm dẹp" not in page
    assert page_client.as_(cast.ha).get(SHELF).status_code in (403, 404)


def test_the_pages_ask_the_same_however_much_stands(tu, make):
    def questions(address):
        with CaptureQueriesContext(connection) as asked:
            tu.get(address)
        return len(asked)

    make("Cốm dẹp 0", star=3, floor="voso")
    pages = [SHELF, write("any"), reverse("phone:home")]
    for address in pages:
        tu.get(address)
    before = [questions(address) for address in pages]
    for number in range(1, 9):
        make(f"Cốm dẹp {number}", star=3, floor="voso")
    assert [questions(address) for address in pages] == before
    assert before[0] <= 22  # the officer here has no number, so it is asked who else guides
    assert before[1] <= 25


# -- writing down, without JavaScript --------------------------------------------------------------


def test_every_form_opens_and_is_named_for_the_outbox(tu, make, cast):
    make("Cốm dẹp", star=4, floor="voso")
    for what in "product listing shop payment commitment consent close broken".split():
        page = main(tu.get(write(what)))
        assert f'data-outbox="register.{what}"' in page
        assert 'type="submit" form="log"' in tu.get(write(what)).content.decode()
    assert main(tu.get(write("any"))).count("data-outbox=") == 8
    assert tu.get(write("steal")).status_code == 404


def test_a_product_is_written_once_however_often_it_is_sent(tu, make):
    said = sent(name="Mật ong", kind="local", owner="new", owner_name="Hộ Ba Tý")
    said["owner_kind"] = "household"
    first = tu.post(write("product"), said)
    assert first.status_code == 302
    assert tu.post(write("product"), said).url == first.url
    found = Product.objects.get()
    assert str(found.pk) in first.url
    page = main(tu.get(first.url))
    assert "Đã ghi vào sổ" in page
    assert re.search(rf'id="r-{found.pk}" open', page)


def test_what_looks_alike_is_asked_on_the_page_too(tu, make):
    stands = make("Cốm dẹp Ba Tý")
    said = {"name": "Cốm dẹp Ba Tý", "kind": "ocop", "owner": str(stands.owner_id)}
    page = main(tu.post(write("product"), sent(**said)))
    assert "Có phải là sản phẩm này?" in page
    assert f'name="same" value="{stands.pk}"' in page
    tu.post(write("product"), sent(**said, same=str(stands.pk)))
    assert Product.objects.count() == 1
    tu.post(write("product"), sent(**said, same="other"))
    assert Product.objects.count() == 2


def test_a_listing_takes_the_owners_storefront_of_that_floor(tu, make):
    product = make("Cốm dẹp")
    shop = sent(owner=str(product.owner_id), floor="voso", name="HTX", on="01/11/2026")
    assert tu.post(write("shop"), shop).status_code == 302
    page = main(tu.get(f"{write('listing')}?product={product.pk}"))
    assert re.search(rf'value="{product.pk}" selected', page)
    said = sent(product=str(product.pk), floor="voso", address="https://voso.vn/com-dep-p1")
    assert tu.post(write("listing"), said).status_code == 302
    found = Listing.objects.get()
    assert found.shop == Shop.objects.get()
    other = sent(product=str(product.pk), floor="voso", address="https://voso.vn/com-dep-p2")
    page = main(tu.post(write("listing"), other))
    assert "https://voso.vn/com-dep-p1" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    tu.post(write("listing"), sent(**other | {"version": version}))
    found.refresh_from_db()
    assert found.address.endswith("p2")


def test_a_wrong_address_is_told_at_the_address(tu, make):
    product = make("Cốm dẹp")
    said = sent(product=str(product.pk), floor="voso", address="https://shopee.vn/x")
    page = main(tu.post(write("listing"), said))
    assert "Chưa lưu được" in page
    assert "voso.vn" in page
    assert not Listing.objects.exists()


def test_a_contact_needs_consent_said_and_replaces_none_silently(tu, make):
    owner = make("Cốm dẹp").owner
    said = {"owner": str(owner.pk), "contact_phone": "0912345678"}
    assert "Chưa lưu được" in main(tu.post(write("consent"), sent(**said)))
    assert tu.post(write("consent"), sent(**said, how="said")).status_code == 302
    other = {"owner": str(owner.pk), "contact_phone": "0987654321", "how": "said"}
    page = tu.post(write("consent"), sent(**other)).content.decode()
    assert "Ghi thay bằng thông tin này?" in page
    assert 'name="confirmed" value="on"' in page
    tu.post(write("consent"), sent(**other, confirmed="on"))
    assert Owner.objects.get().contact_phone == "0987654321"


def test_a_figure_of_the_registers_opens_what_it_is_counted_from(tu, make):
    product = make("Cốm dẹp", star=4)
    page = main(tu.get(reverse("phone:figure", args=["KT01"])))
    assert "Cốm dẹp" in page
    assert f"#r-{product.pk}" in page
