import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from cncd.foundation.journal.models import Entry
from cncd.work.registers import actions
from cncd.work.registers.models import Commitment, Listing, Owner, Product, Shop

from .conftest import TODAY, listed, recognised

BEFORE = dt.date(2026, 5, 1)


def url(name, *args):
    return reverse(f"registers:{name}", args=args)


@pytest.fixture
def filled(c):
    """The register of `c` with a listing, a storefront, an account and a commitment."""
    recognised(c)
    c.listing = listed(c)
    c.shop = actions.open_shop(
        owner=c.owner, floor=c.voso, opened_on=BEFORE, name="Cốm Ba Tý", by=c.tu
    )
    c.account = actions.record_payment(
        owner=c.owner, kind="wallet", provider=c.momo, since_on=BEFORE, by=c.tu
    )
    c.commitment = actions.sign_commitment(owner=c.owner, signed_on=BEFORE, by=c.tu)
    return c


def names(page) -> str:
    return page.content.decode()


# -- every page, for those who may and those who may not ---------------------------------------

PAGES = [
    ("products", ()), ("owners", ()), ("shops", ()), ("listings", ()),
    ("product", ("product",)), ("owner", ("owner",)), ("shop", ("shop",)),
    ("listing", ("listing",)),
]  # fmt: skip
FORMS = [
    ("product_new", ()), ("owner_new", ()), ("import", ()),
    ("product_edit", ("product",)), ("recognise", ("product",)), ("product_end", ("product",)),
    ("list_product", ("product",)), ("list_product_on", ("product", "voso")),
    ("plan_listing", ("product",)), ("owner_edit", ("owner",)), ("consent", ("owner",)),
    ("forget_contact", ("owner",)), ("payment_new", ("owner",)), ("commitment_new", ("owner",)),
    ("end_payment", ("owner", "account")), ("end_commitment", ("owner", "commitment")),
    ("shop_new", ("owner",)), ("shop_edit", ("shop",)), ("shop_close", ("shop",)),
    ("broken", ("listing",)), ("take_off", ("listing",)),
]  # fmt: skip


def addresses(c, pages):
    return [url(name, *(getattr(c, each).pk for each in args)) for name, args in pages]


def test_a_commune_officer_opens_every_page(filled, page_client):
    lan = page_client.as_(filled.lan)
    pages = [*addresses(filled, PAGES), *addresses(filled, FORMS)]
    pages += [url("verify", filled.listing.pk), url("withdraw", "product", filled.product.pk)]
    for address in pages:
        assert lan.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("login", "seen", "form"),
    [
        ("tu", 200, 200),
        ("thuong", 200, 200),
        ("nong", 200, 200),
        ("ha", 200, 403),
        ("xem", 200, 403),
        ("doan", 200, 403),
        ("dung", 404, 404),
        ("liem", 404, 404),
        ("outsider", 404, 403),
        ("viettel", 403, 403),
    ],
)
def test_each_role_sees_and_changes_what_is_within_its_reach(filled, client, login, seen, form):
    client.force_login(getattr(filled, login))
    assert client.get(url("product", filled.product.pk)).status_code == seen
    assert client.get(url("owner", filled.owner.pk)).status_code == seen
    assert client.get(url("listing", filled.listing.pk)).status_code == seen
    assert client.get(url("product_edit", filled.product.pk)).status_code == form
    listing = client.get(url("products"))
    assert listing.status_code == (403 if seen == 403 else 200)
    assert ("Cốm dẹp" in names(listing)) == (seen == 200)


def test_only_those_who_verify_find_the_button_and_the_page(filled, page_client):
    for login, may in (("thuong", True), ("ha", True), ("tu", False), ("xem", False)):
        user = getattr(filled, login)
        page = page_client.as_(user).get(url("listing", filled.listing.pk))
        assert (url("verify", filled.listing.pk) in names(page)) == may
        asked = page_client.as_(user).get(url("verify", filled.listing.pk))
        assert asked.status_code == (200 if may else 403)


# -- lists ------------------------------------------------------------------------------------


def more(c):
    """An expired product, one that ends soon, a farm product of another hamlet."""
    told = {"kind": "ocop", "owner": c.owner, "by": c.lan}
    recognised(c, actions.add_product(name="Trà sen", **told), decided_on=dt.date(2022, 1, 1))
    recognised(c, actions.add_product(name="Bánh pía", **told), decided_on=dt.date(2024, 1, 15))
    actions.add_product(name="Mật ong", **told)
    other = actions.add_owner(kind="household", name="Hộ Sáu", place=c.my_hoa, by=c.lan)
    actions.add_product(kind="farm", name="Hành tím", owner=other, by=c.lan)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=com dep", "Cốm"),
        ("q=ho sau", "Hành"),
        ("standing=valid", "Bánh Cốm"),
        ("standing=ending", "Bánh"),
        ("standing=expired", "Trà"),
        ("standing=never", "Mật"),
        ("offered=on", "Cốm"),
        ("offered=off", "Bánh Hành Mật Trà"),
        ("kind=farm", "Hành"),
        ("rank=4", "Bánh Cốm Trà"),
        ("rank=potential", ""),
        ("unit={my_hoa}", "Hành"),
        ("floor={voso}", "Cốm"),
        ("group={food}", "Cốm"),
    ],
)
def test_the_list_of_products_searches_and_filters(filled, page_client, query, found):
    c = filled
    more(c)
    query = query.format(my_hoa=c.my_hoa.pk, voso=c.voso.pk, food=c.food.pk)
    page = page_client.as_(c.lan).get(f"{url('products')}?{query}")
    rows = [name for name in "Bánh Cốm Hành Mật Trà".split() if f">{name} " in names(page)]
    assert rows == found.split()


def test_the_lists_go_to_excel_with_what_their_cells_show(filled, client):
    client.force_login(filled.lan)
    answer = client.get(url("products"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Cốm dẹp Ba Tý" in cells
    assert "Vỏ Sò (voso.vn): Đã đăng, chưa kiểm tra" in cells
    assert "Ấp Mỹ Phước" in cells
    for name in ("owners", "shops", "listings"):
        answer = client.get(url(name), {"export": "xlsx"})
        assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def queries_of(client, address, capture) -> int:
    client.get(address)
    with capture as captured:
        client.get(address)
    return len(captured)


def test_pages_ask_the_same_number_of_questions_however_many_rows(
    filled, client, django_assert_max_num_queries
):
    c = filled
    client.force_login(c.lan)
    for number in range(12):
        product = actions.add_product(kind="farm", name=f"Khoai {number}", owner=c.owner, by=c.tu)
        listed(c, product, address=f"https://voso.vn/khoai-p{number + 100}")
    for address, most in (
        (url("products"), 30),
        (url("owners"), 26),
        (url("shops"), 27),
        (url("listings"), 27),
        (url("product", c.product.pk), 36),
        (url("owner", c.owner.pk), 36),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


# -- entering ---------------------------------------------------------------------------------


def product_said(c, **told):
    said = {
        "kind": "ocop",
        "name": "Bánh pía sầu riêng",
        "place": c.my_phuoc.pk,
        "owner_name": "HTX mỹ phước",
        "rank": "4",
        "number": "12/QĐ-UBND",
        "decided_on": "01/03/2026",
        "floor": c.voso.pk,
        "address": "voso.vn/banh-pia-p9",
        "envelope": "7a1f4d0e-52a5-4f1e-8a3c-0d4d6c1f9b11",
    }
    return said | told


def test_a_product_comes_from_paper_onto_a_floor_in_one_page(c, page_client):
    lan = page_client.as_(c.lan)
    for _twice in range(2):
        page = lan.post(url("product_new"), product_said(c), follow=True)
        assert page.status_code == 200
    product = Product.objects.get(name="Bánh pía sầu riêng")
    assert (product.owner, product.star) == (c.owner, 4)
    listing = Listing.objects.get(product=product)
    assert (listing.state, listing.address) == ("listed", "https://voso.vn/banh-pia-p9")
    assert lan.post(url("verify", listing.pk), {"on": "22/11/2026"}).status_code == 302
    assert Listing.objects.get().state == "verified"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"owner_name": "HTX Chưa Có"}, "chưa có trong sổ"),
        ({"number": ""}, "Sản phẩm OCOP phải có thông tin này"),
        ({"kind": "farm"}, "Chỉ sản phẩm OCOP mới có hạng sao"),
        ({"floor": ""}, "Ghi đủ cả sàn và địa chỉ"),
        ({"name": "Bánh STK 0701000012345"}, "số tài khoản"),
        ({"decided_on": "01/03/2030"}, "chưa đến"),
    ],
)
def test_a_wrong_field_is_told_at_the_field_and_nothing_is_written(c, page_client, told, words):
    page = page_client.as_(c.lan).post(url("product_new"), product_said(c, **told))
    assert words in names(page)
    assert Product.objects.count() == 1
    assert Owner.objects.count() == 1


def test_a_new_owner_comes_with_its_product(c, page_client):
    said = product_said(c, owner_name="Hộ Thạch Sơn", owner_kind="household")
    page_client.as_(c.lan).post(url("product_new"), said)
    assert Product.objects.get(name="Bánh pía sầu riêng").owner.name == "Hộ Thạch Sơn"


def test_what_looks_like_a_product_we_have_is_asked_about_first(c, page_client):
    lan = page_client.as_(c.lan)
    page = lan.post(url("product_new"), product_said(c, name="Cốm dẹp Ba Ty"))
    assert 'name="is_new" value="1"' in names(page)
    assert Product.objects.count() == 1
    lan.post(url("product_new"), product_said(c, name="Cốm dẹp Ba Ty", is_new="1"))
    assert Product.objects.count() == 2


def test_somebody_elses_change_meanwhile_is_shown_and_then_overwritten_knowingly(c, page_client):
    lan, address = page_client.as_(c.lan), url("product_edit", c.product.pk)
    said = {
        "kind": "ocop", "name": "Cốm dẹp Ba Tý", "place": c.my_phuoc.pk, "note": "của tôi",
        "owner_name": "HTX Mỹ Phước", "version": 1,
    }  # fmt: skip
    actions.change_product(product=c.product, note="của Tư", by=c.tu)
    page = lan.post(address, said)
    assert "Vừa có người sửa" in names(page)
    assert "của Tư" in names(page)
    assert lan.post(address, said | {"version": 2}).status_code == 302
    assert Product.objects.get(pk=c.product.pk).note == "của tôi"


def test_a_commitment_keeps_its_scan_for_those_who_see_the_owner(c, page_client):
    scan = SimpleUploadedFile("cam-ket.pdf", b"%PDF-1.4\n%\xe2\xe3\n1 0 obj<<>>endobj\n%%EOF")
    said = {"signed_on": "01/05/2026", "last_day": "30/04/2027", "file": scan}
    page = page_client.as_(c.lan).post(url("commitment_new", c.owner.pk), said)
    assert page.status_code == 302
    signed = Commitment.objects.get()
    assert signed.until_on == dt.date(2027, 5, 1)
    opened = reverse("files:open", args=[signed.file_id])
    answer = page_client.as_(c.thuong).get(opened)
    assert b"".join(answer).startswith(b"%PDF")
    assert page_client.as_(c.dung).get(opened).status_code == 404


def test_a_contact_is_masked_until_somebody_who_may_asks(c, page_client):
    actions.record_consent(
        owner=c.owner, contact_name="Lâm Thị Sáu", contact_phone="0912345678",
        consented_on=BEFORE, how="ký giấy", by=c.tu,
    )  # fmt: skip
    lan = page_client.as_(c.lan)
    assert "0912 345 678" not in names(lan.get(url("owner", c.owner.pk)))
    assert "0912 345 678" in names(lan.post(url("contact", c.owner.pk)))
    assert Entry.objects.filter(event="contact.shown", actor_id=c.lan.pk).count() == 1
    assert "Sáu" not in names(page_client.as_(c.cuong).get(url("owner", c.owner.pk)))
    assert page_client.as_(c.cuong).post(url("contact", c.owner.pk)).status_code == 403


@pytest.mark.parametrize("kind", ["product", "listing", "shop", "account", "commitment"])
def test_a_mistake_is_taken_out_and_brought_back(filled, page_client, kind):
    lan, record = page_client.as_(filled.lan), getattr(filled, kind)
    record.refresh_from_db()
    address = url("withdraw", kind, record.pk)
    assert lan.get(address).status_code == 200
    lan.post(address, {"reason": "ghi hai lần", "version": record.version})
    record.refresh_from_db()
    assert record.withdrawn_reason == "ghi hai lần"
    lan.post(url("restore", kind, record.pk))
    record.refresh_from_db()
    assert record.withdrawn_at is None


def test_steps_of_a_listing_are_taken_from_its_page(filled, page_client):
    lan, found = page_client.as_(filled.lan), filled.listing
    lan.post(url("broken", found.pk), {"on": "20/11/2026", "note": "lỗi 404"})
    lan.post(
        url("list_product_on", filled.product.pk, filled.voso.pk),
        {"address": "voso.vn/com-dep-p8", "on": "21/11/2026"},
    )
    lan.post(url("take_off", found.pk), {"on": "22/11/2026"})
    assert list(found.spans.values_list("state", flat=True)) == [
        "listed", "broken", "listed", "withdrawn",
    ]  # fmt: skip
    assert "lỗi 404" in names(lan.get(url("product", filled.product.pk)))


def test_ends_are_undone_from_the_message(filled, page_client):
    lan = page_client.as_(filled.lan)
    lan.post(url("product_end", filled.product.pk), {"on": "20/11/2026"})
    assert Product.objects.get(pk=filled.product.pk).ended_on == dt.date(2026, 11, 20)
    lan.post(url("product_again", filled.product.pk))
    assert Product.objects.get(pk=filled.product.pk).ended_on is None
    lan.post(url("shop_close", filled.shop.pk), {"on": "20/11/2026"})
    lan.post(url("shop_again", filled.shop.pk))
    assert Shop.objects.open_on(TODAY).exists()


def test_names_of_owners_are_offered_while_one_is_typed(c, client):
    client.force_login(c.lan)
    assert "HTX Mỹ Phước" in names(client.get(url("choose_owner"), {"owner_name": "my ph"}))
    client.force_login(c.dung)
    assert "HTX" not in names(client.get(url("choose_owner"), {"owner_name": "my ph"}))


def test_floors_come_from_the_catalogue_as_it_stands_today(c, page_client):
    lan, officer = page_client.as_(c.lan), page_client.as_(c.ha)
    said = {"name": "Sàn Cần Thơ", "group": "Thương mại điện tử", "use": "floor"}
    said |= {"address": "https://sancantho.vn", "since_on": "01/11/2026"}
    officer.post(reverse("programme:add_row", args=["platforms"]), said)
    end = reverse("programme:end_row", args=["platforms", c.postmart.pk])
    officer.post(end, {"last_day": "31/10/2026"})
    page = names(lan.get(url("list_product", c.product.pk)))
    assert "Sàn Cần Thơ" in page
    assert "Postmart" not in page
    assert "MoMo" not in page
    assert "MoMo" in names(lan.get(url("payment_new", c.owner.pk)))
