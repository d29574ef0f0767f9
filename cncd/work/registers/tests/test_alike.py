"""What is asked before a record is saved: found within the commune and across the province."""

import pytest

from cncd.work.registers import actions, alike, names
from cncd.work.registers.models import Distinct, OwnerKey

from .conftest import listed


def owner(c, name, place, kind="cooperative"):
    return actions.add_owner(kind=kind, name=name, place=place, by=None)


def product(c, name, of, place=None):
    return actions.add_product(kind="local", name=name, owner=of, place=place, by=None)


def asked(c, name, owner_name, place=None, **more):
    found = alike.likely_products(
        name=name, owner_name=owner_name, place=place or c.my_phuoc, **more
    )
    return [likely.record.name for likely in found]


def test_the_same_product_typed_without_dau_is_found_in_its_hamlet(c):
    (found,) = alike.likely_products(
        name="com dep ba ty", owner_name="hop tac xa my phuoc", place=c.my_phuoc
    )
    assert found.record == c.product
    assert not found.is_far
    assert (found.place_name, found.commune_name) == ("Ấp Mỹ Phước", "Xã Nhơn Mỹ")


def test_it_is_found_from_the_next_hamlet_and_from_another_district(c):
    maker = owner(c, "HTX Nông nghiệp Lúa Thơm Cồn Xanh", c.my_hoa)
    product(c, "Gạo ST25", maker)
    assert asked(c, "Gạo ST 25", "HTX NN Lúa Thơm Cồn Xanh") == ["Gạo ST25"]
    (far,) = alike.likely_products(
        name="gao st25", owner_name="HTX lua thom con xanh", place=c.dau_giong
    )
    assert far.is_far
    assert far.commune_name == "Xã Nhơn Mỹ"


def test_another_variety_or_another_maker_is_not_asked_about(c):
    maker = owner(c, "HTX Lúa Thơm Cồn Xanh", c.my_phuoc)
    product(c, "Gạo ST25", maker)
    assert asked(c, "Gạo ST24", "HTX Lúa Thơm Cồn Xanh") == []
    assert asked(c, "Gạo ST25", "Cơ sở Bảy Lúa") == []


def test_a_namesake_far_away_is_not_asked_about(c):
    product(c, "Tôm khô", owner(c, "Cơ sở Thanh Tâm", c.dau_giong, "household"))
    assert asked(c, "Tôm khô", "Cơ sở Thanh Tâm") == []
    assert asked(c, "Tôm khô", "Cơ sở Thanh Tâm", c.dau_giong) == ["Tôm khô"]


def test_what_was_taken_out_or_decided_apart_is_not_asked_about_again(c):
    other = product(c, "Cốm dẹp", c.owner)
    assert asked(c, "Cốm dẹp", "HTX Mỹ Phước", exclude=c.product) == ["Cốm dẹp"]
    first, second = sorted([c.product.pk, other.pk])
    pair = Distinct.objects.create(kind="product", first=first, second=second, at="2026-11-22T00Z")
    assert asked(c, "Cốm dẹp", "HTX Mỹ Phước", exclude=c.product) == []
    pair.delete()
    actions.withdraw_record(record=other, reason="nhầm", by=None)
    assert asked(c, "Cốm dẹp", "HTX Mỹ Phước", exclude=c.product) == []


def test_owners_alike_are_found_near_and_far(c):
    owner(c, "Công ty TNHH MTV Hạt Ngọc Trăng", c.dau_giong, "enterprise")
    for place in (c.dau_giong, c.my_phuoc):
        (found,) = alike.likely_owners(name="cty tnhh hat ngoc trang", place=place)
        assert found.record.name == "Công ty TNHH MTV Hạt Ngọc Trăng"


def test_an_address_in_use_is_found_however_it_is_written(c):
    listing = listed(c)
    found = alike.likely_listings(address="http://www.voso.vn/com-dep-ba-ty-p1/?utm_source=zalo")
    assert [likely.record for likely in found] == [listing]
    assert alike.likely_listings(address=listing.address, exclude=listing) == []
    assert alike.likely_listings(address="") == []


def test_the_keys_follow_the_name_and_can_be_made_over(c):
    changed = actions.change_owner(owner=c.owner, name="HTX Cồn Xanh Tươi", by=None)
    kept = set(OwnerKey.objects.values_list("owner", "key"))
    assert {key for pk, key in kept if pk == changed.pk} == names.keys_of("HTX Cồn Xanh Tươi")
    OwnerKey.objects.all().delete()
    assert names.rebuild_keys() == 1
    assert set(OwnerKey.objects.values_list("owner", "key")) == kept


@pytest.mark.parametrize("many", [1, 30])
def test_asking_costs_as_many_queries_however_many_there_are(
    c, many, django_assert_max_num_queries
):
    maker = owner(c, "HTX Lúa Thơm Cồn Xanh", c.my_hoa)
    for number in range(many):
        product(c, f"Gạo thơm {number}", maker)
    with django_assert_max_num_queries(11):
        assert asked(c, "Gạo thơm 0", "HTX Lúa Thơm Cồn Xanh") == ["Gạo thơm 0"]
