"""The pages on duplicates and on checking again, opened as officers and members do."""

import datetime as dt

import pytest

from cncd.work.registers import actions
from cncd.work.registers.models import Distinct, Listing, Product
from tests.forms import fields

from .conftest import listed


@pytest.fixture
def twins(c):
    """Two owners and three products that look like one another, in two hamlets of a commune."""
    c.other_owner = actions.add_owner(
        kind="cooperative", name="Hợp tác xã Mỹ Phước", place=c.my_hoa, by=c.lan
    )
    c.twin = actions.add_product(kind="ocop", name="Com dep Ba Ty", owner=c.owner, by=c.tu)
    c.far_twin = actions.add_product(
        kind="ocop", name="Cốm dẹp Ba Tý", owner=c.other_owner, by=c.lan
    )
    return c


def pair_path(kind, first, second, more=""):
    return f"/registers/duplicates/{kind}/{first.pk}/{second.pk}/{more}"


def test_the_list_shows_owners_and_products_alike(page_client, twins):
    page_client = page_client.as_(twins.lan)
    page = page_client.get("/registers/duplicates/").content.decode()
    assert "Hợp tác xã Mỹ Phước" in page
    assert page.count("Com dep Ba Ty") >= 2
    assert "Ấp Mỹ Hòa, Xã Nhơn Mỹ" in page
    only = page_client.get("/registers/duplicates/?kind=owner").content.decode()
    assert "Com dep Ba Ty" not in only
    found = page_client.get("/registers/duplicates/?q=hop+tac").content.decode()
    assert "Hợp tác xã Mỹ Phước" in found
    assert page_client.get("/registers/duplicates/?export=xlsx").status_code == 200


@pytest.mark.parametrize("many", [2, 12])
def test_the_list_costs_as_many_queries_however_long(
    client, c, many, django_assert_max_num_queries
):
    for number in range(many):
        maker = actions.add_owner(
            kind="cooperative", name=f"HTX Lúa Thơm Cồn Xanh Ấp {number}", place=c.my_hoa, by=c.lan
        )
        for name in ("Gạo ST25", "gao ST 25"):
            actions.add_product(kind="local", name=name, owner=maker, by=c.lan)
    client.force_login(c.lan)
    client.get("/registers/duplicates/")
    with django_assert_max_num_queries(40):
        assert client.get("/registers/duplicates/").status_code == 200


def test_a_unit_without_doubles_says_so(page_client, c):
    page = page_client.as_(c.son).get("/registers/duplicates/").content.decode()
    assert "ghi hai lần" in page


def test_two_become_one_field_by_field_and_two_again(page_client, twins):
    c = twins
    listed(c, c.twin)
    path = pair_path("product", c.product, c.twin)
    page_client = page_client.as_(c.lan)
    page = page_client.get(path)
    form = fields(page, "merge")
    assert form["kept"] == ["second"]  # the one with a listing
    sent = {name: values[0] for name, values in form.items()} | {"kept": "first", "name": "second"}
    answer = page_client.post(path, sent)
    assert answer["Location"] == f"/registers/products/{c.product.pk}/"
    kept = Product.objects.get(pk=c.product.pk)
    assert kept.name == "Com dep Ba Ty"
    assert Listing.objects.get().product == kept
    assert page_client.get(path).status_code == 302
    led = page_client.get(f"/registers/products/{c.twin.pk}/", follow=True)
    assert led.redirect_chain[-1][0] == f"/registers/products/{kept.pk}/"
    page_client.get(f"/registers/merged/product/{c.twin.pk}/?stay=1")
    page_client.post(f"/registers/merged/product/{c.twin.pk}/split/")
    kept.refresh_from_db()
    assert kept.name == "Cốm dẹp Ba Tý"
    assert Product.objects.standing().count() == 3


def test_a_change_since_the_page_was_opened_is_not_run_over(page_client, twins):
    path = pair_path("product", twins.product, twins.twin)
    page_client = page_client.as_(twins.lan)
    form = fields(page_client.get(path), "merge")
    actions.change_product(product=twins.twin, by=twins.lan, note="mới")
    page = page_client.post(path, {name: values[0] for name, values in form.items()})
    assert page.status_code == 200
    assert Product.objects.standing().count() == 3


def test_two_are_told_apart_and_leave_the_list(page_client, twins):
    client = page_client.as_(twins.lan)
    path = pair_path("product", twins.product, twins.twin)
    client.post(f"{path}two/")
    assert "Com dep Ba Ty" not in client.get("/registers/duplicates/?q=tu").content.decode()
    apart = client.get("/registers/duplicates/?state=apart").content.decode()
    assert "Com dep Ba Ty" in apart
    assert "hai" in client.get(path).content.decode()
    client.post(f"{path}doubt/")
    assert not Distinct.objects.exists()


def test_across_communes_one_looks_and_the_district_merges(page_client, c):
    other = actions.add_owner(kind="cooperative", name="HTX My Phuoc", place=c.hoa_loc, by=c.dung)
    path = pair_path("owner", c.owner, other)
    actions.record_consent(
        owner=other, contact_name="Người Bí Mật", contact_phone="0912345678",
        consented_on=dt.date(2026, 11, 1), how="giấy", by=c.dung,
    )  # fmt: skip
    client = page_client.as_(c.lan)
    page = client.get(path).content.decode()
    assert "HTX My Phuoc" in page
    assert "Người Bí Mật" not in page
    assert 'name="kept"' not in page
    form = {"kept": "first", "versions": "1-2", "name": "first", "place_id": "first"}
    client.post(path, form)
    other.refresh_from_db()
    assert other.merged_into_id is None
    assert page_client.as_(c.minh).post(path, form).status_code == 302
    page = page_client.as_(c.dung).get(f"/registers/owners/{other.pk}/", follow=True)
    text = page.content.decode()
    assert "HTX Mỹ Phước" in text  # what it passed into, told to those of the other commune
    assert f"/registers/owners/{c.owner.pk}/" not in text
    assert page_client.as_(c.son).get(path).status_code == 404


def test_members_and_readers_have_no_such_pages(client, twins):
    for who in (twins.tu, twins.cuong, twins.xem, twins.hung):
        client.force_login(who)
        for path in ("duplicates/", "rounds/", "rounds/draw/"):
            assert client.get(f"/registers/{path}").status_code == 403
        assert client.get(pair_path("product", twins.product, twins.twin)).status_code == 403


# -- asked at entry ---------------------------------------------------------------------------

NEW = "/registers/products/new/"


def typed(page_client, c, **more):
    form = {name: values[0] for name, values in fields(page_client.get(NEW)).items()}
    told = {"kind": "ocop", "name": "com dep ba ty", "place": c.my_phuoc.pk}
    return form | told | {"owner_name": "HTX Mỹ Phước", "owner_kind": ""} | more


def test_a_likely_double_is_asked_about_before_anything_is_saved(page_client, c):
    client = page_client.as_(c.lan)
    page = client.post(NEW, typed(client, c))
    text = page.content.decode()
    assert "Có phải là một trong các sản phẩm này?" in text
    assert f'href="/registers/products/{c.product.pk}/"' in text
    assert "com dep ba ty" in text
    assert Product.objects.count() == 1


def test_another_product_is_saved_and_remembered_as_another(page_client, c):
    client = page_client.as_(c.lan)
    form = typed(client, c)
    client.post(NEW, form)
    answer = client.post(NEW, form | {"is_new": "1"})
    assert answer.status_code == 302
    assert Product.objects.count() == 2
    assert Distinct.objects.count() == 1
    assert "com dep" not in client.get("/registers/duplicates/?kind=product").content.decode()


def test_what_is_out_of_reach_is_told_without_a_link(page_client, c):
    maker = actions.add_owner(
        kind="cooperative", name="HTX Lúa Thơm Cồn Xanh", place=c.my_phuoc, by=c.lan
    )
    rice = actions.add_product(kind="ocop", name="Gạo ST25", owner=maker, by=c.lan)
    client = page_client.as_(c.dung)
    told = {"name": "gao st 25", "place": c.hoa_loc.pk, "owner_kind": "cooperative"}
    page = client.post(NEW, typed(client, c, owner_name="HTX Lua Thom Con Xanh", **told))
    text = page.content.decode()
    assert "Xã Nhơn Mỹ" in text
    assert str(rice.pk) not in text
    assert Product.objects.count() == 2


# -- rounds -----------------------------------------------------------------------------------


def test_an_officer_draws_checks_and_reads_the_result(page_client, c):
    for number in range(3):
        product = actions.add_product(
            kind="local", name=f"Mắm {'linh sặc lóc'.split()[number]}", owner=c.owner, by=c.tu
        )
        listed(c, product, address=f"https://voso.vn/mam-{number}")
    client = page_client.as_(c.lan)
    client.get("/registers/rounds/")
    client.get("/registers/rounds/draw/")
    answer = client.post("/registers/rounds/draw/", {"size": "3", "due_on": "30/11/2026"})
    path = answer["Location"]
    page = client.get(path).content.decode()
    assert 'target="_blank" rel="noopener noreferrer"' in page
    assert "https://voso.vn/mam-0" in page
    first, second = (each.checks.get() for each in Listing.objects.order_by("address")[:2])
    client.post(f"{path}check/", {"answer": f"right-{first.pk}"})
    client.post(f"{path}check/", {"answer": f"other-{second.pk}", f"note-{second.pk}": ""})
    client.post(
        f"{path}check/?outcome=waiting",
        {"answer": f"broken-{second.pk}", f"note-{second.pk}": "Báo lỗi 404"},
    )
    text = client.get(path).content.decode()
    assert "1/2" in text
    assert "2/3" in text
    assert "9% đến 91%" in text
    assert client.get(f"{path}?export=xlsx").status_code == 200
    assert client.get(f"{path}?outcome=waiting").status_code == 200
    assert client.get("/registers/rounds/?state=open").status_code == 200
    client = client.as_(c.dung)
    assert client.get(path).status_code == 404
    assert client.post(f"{path}check/", {"answer": f"right-{first.pk}"}).status_code == 404


def test_a_round_drawn_by_mistake_is_taken_back(page_client, c):
    listed(c)
    client = page_client.as_(c.thuong)
    path = client.post("/registers/rounds/draw/", {"size": "5"})["Location"]
    assert "Rút nhầm" in client.get(path).content.decode()
    assert client.post(f"{path}drop/")["Location"] == "/registers/rounds/"


def test_a_unit_too_large_to_wait_for_says_so(page_client, twins, monkeypatch):
    monkeypatch.setattr("cncd.work.registers.pairs.LARGEST", 1)
    page = page_client.as_(twins.lan).get("/registers/duplicates/").content.decode()
    assert "Hãy chọn một huyện hoặc một xã" in page
