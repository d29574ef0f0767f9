"""Two records become one and two again: what each keeps, what moves, who may."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.registers import actions
from cncd.work.registers.actions import NotStanding, OriginLine, RecordRefused
from cncd.work.registers.models import (
    Distinct,
    Listing,
    ListingSpan,
    Merge,
    Origin,
    Owner,
    PaymentAccount,
    Product,
    Recognition,
    RecordVersion,
    Shop,
)

from .conftest import NOW, listed, recognised

TABLES = (Owner, Product, Shop, Listing, PaymentAccount, Recognition, ListingSpan)
APART = {"version"}  # what rightly differs after a merge was undone


def day(month, number=1):
    return dt.date(2026, month, number)


def twin(c, name="Com dep Ba Ty", owner=None, **more):
    return actions.add_product(
        kind="ocop", name=name, owner=owner or c.owner, by=c.tu, origin=OriginLine("phone"), **more
    )


def everything():
    """What all tables say, but versions."""
    return {
        (table.__name__, row["id"]): {k: v for k, v in row.items() if k not in APART}
        for table in TABLES
        for row in table.objects.values()
    }


def merged(c, other, **more):
    return actions.merge_products(kept=c.product, merged=other, by=c.lan, **more)


def test_listings_and_recognitions_of_both_stand_under_the_kept_product(c):
    other = twin(c)
    recognised(c, other)
    listing = listed(c, other)
    kept = merged(c, other)
    listing.refresh_from_db()
    other.refresh_from_db()
    assert listing.product == kept
    assert (kept.star, kept.recognised_until) == (4, day(3).replace(year=2029))
    assert (kept.offered, other.offered) == (Product.Offered.LISTED, Product.Offered.NOWHERE)
    assert other.withdrawn_at
    assert other.merged_into == kept
    assert set(Product.objects.existing_on(day(11))) == {kept}


def test_versions_and_origins_of_both_are_kept(c):
    other = twin(c)
    kept = merged(c, other, reason="nhập hai lần")
    numbers = RecordVersion.objects.filter(record=kept.pk).values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert RecordVersion.objects.filter(record=other.pk).count() == 2
    origins = Origin.objects.filter(record=kept.pk).values_list("way", "merged_from")
    assert set(origins) == {("page", None), ("phone", other.pk)}


def test_one_entry_names_both_and_both_places(c):
    owner = actions.add_owner(kind="household", name="HTX My Phuoc", place=c.my_hoa, by=c.lan)
    other = actions.add_product(kind="local", name="Cốm dẹp", owner=owner, by=c.lan)
    Entry.objects.all().delete()
    merged(c, other)
    entry = Entry.objects.get()
    assert entry.event == "product.merged"
    assert entry.rows == [{"place": c.my_phuoc.pk}, {"place": c.my_hoa.pk}]


def test_what_was_chosen_from_the_other_one_is_taken(c):
    other = twin(c, name="Cốm dẹp Ba Tỷ", note="hộp 300g")
    kept = merged(c, other, take=["name"])
    assert (kept.name, kept.note) == ("Cốm dẹp Ba Tỷ", "hộp 300g")
    assert kept.search_key.startswith("com dep ba ty")
    with pytest.raises(TypeError):
        merged(c, twin(c), take=["withdrawn_at"])


@pytest.mark.parametrize(
    ("mine", "its", "stays"),
    [
        ("listed", "verified", "other"),
        ("verified", "listed", "kept"),
        ("planned", "listed", "other"),
        ("broken", "listed", "other"),
        ("listed", "listed", "kept"),
    ],
)
def test_on_one_floor_the_listing_that_came_further_stays(c, mine, its, stays):
    other = twin(c)
    rows = {"kept": _brought_to(c, c.product, mine, 5), "other": _brought_to(c, other, its, 6)}
    kept = merged(c, other)
    (left,) = Listing.objects.standing()
    assert left == rows[stays]
    assert left.product == kept
    assert Listing.objects.count() == 2


def _brought_to(c, product, state, number):
    if state == "planned":
        return actions.plan_listing(product=product, floor=c.voso, by=c.tu, on=day(5))
    address = f"https://voso.vn/com-dep-{number}"
    listing = listed(c, product, address=address, on=day(number))
    if state == "verified":
        return actions.verify_listing(listing=listing, by=c.lan, on=day(8))
    if state == "broken":
        return actions.report_broken(listing=listing, by=c.lan, on=day(8))
    return listing


def test_no_month_loses_what_it_counted_when_one_of_two_listings_goes(c):
    other = twin(c)
    _brought_to(c, c.product, "listed", 5)
    _brought_to(c, other, "verified", 6)
    merged(c, other)
    assert Listing.objects.in_state_on(["listed"], day(5, 20)).count() == 1
    (left,) = Listing.objects.standing()
    assert left.first_listed_on == day(5)
    spans = list(left.spans.values_list("state", "since_on", "until_on"))
    assert spans == [
        ("listed", day(5), day(6)),
        ("listed", day(6), day(8)),
        ("verified", day(8), None),
    ]


def test_certificates_of_both_follow_each_other_and_one_of_a_day_is_one(c):
    other = twin(c)
    recognised(c, star=3, decided_on=day(1))
    recognised(c, other, star=3, decided_on=day(1))
    recognised(c, other, star=4, decided_on=day(6))
    kept = merged(c, other)
    spans = kept.recognitions.order_by("since_on").values_list("star", "since_on", "until_on")
    assert list(spans) == [(3, day(1), day(6)), (4, day(6), day(6).replace(year=2029))]
    assert kept.star == 4


def rich(c, name="Hợp tác xã Mỹ Phước"):
    """Another owner with something of everything."""
    owner = actions.add_owner(kind="cooperative", name=name, place=c.my_hoa, by=c.lan)
    product = actions.add_product(kind="ocop", name="Bánh pía", owner=owner, by=c.lan)
    shop = actions.open_shop(
        owner=owner, floor=c.voso, opened_on=day(2), by=c.lan, address="https://voso.vn/shop/mp"
    )
    listed(c, product, shop=shop, address="https://voso.vn/banh-pia-1", by=c.lan)
    actions.record_payment(owner=owner, kind="wallet", provider=c.momo, since_on=day(2), by=c.lan)
    actions.sign_commitment(owner=owner, signed_on=day(3), by=c.lan)
    return owner


def consented(c, owner, name="Ba Tý"):
    return actions.record_consent(
        owner=owner, contact_name=name, contact_phone="0912345678", consented_on=day(3),
        how="ký giấy", by=c.lan,
    )  # fmt: skip


def test_all_that_hangs_on_an_owner_moves(c):
    other = rich(c)
    kept = actions.merge_owners(kept=c.owner, merged=other, by=c.lan)
    assert kept.products.count() == 2
    assert kept.products.get(name="Bánh pía").search_key == "banh pia htx my phuoc"
    assert [kept.shops.count(), kept.accounts.count(), kept.commitments.count()] == [1, 1, 1]
    other.refresh_from_db()
    assert other.merged_into == kept


def test_twin_storefronts_and_accounts_become_one(c):
    actions.open_shop(owner=c.owner, floor=c.voso, opened_on=day(5), by=c.lan)
    actions.record_payment(owner=c.owner, kind="wallet", provider=c.momo, since_on=day(5), by=c.lan)
    kept = actions.merge_owners(kept=c.owner, merged=rich(c), by=c.lan)
    (shop,) = kept.shops.standing()
    assert (shop.opened_on, shop.address) == (day(2), "https://voso.vn/shop/mp")
    assert shop.listings.count() == 1
    (account,) = kept.accounts.standing()
    assert account.since_on == day(2)


def test_storefronts_at_two_addresses_stay_two(c):
    actions.open_shop(
        owner=c.owner, floor=c.voso, opened_on=day(5), by=c.lan, address="https://voso.vn/shop/xx"
    )
    kept = actions.merge_owners(kept=c.owner, merged=rich(c), by=c.lan)
    assert kept.shops.standing().count() == 2


def test_the_only_contact_passes_on_and_back(c):
    other = consented(c, rich(c))
    kept = actions.merge_owners(kept=c.owner, merged=other, by=c.lan)
    other.refresh_from_db()
    assert (kept.contact_name, other.contact_name) == ("Ba Tý", "")
    assert "Ba Tý" not in str(Merge.objects.values())
    back = actions.split_again(merged=other, by=c.lan)
    kept.refresh_from_db()
    assert (kept.contact_name, back.contact_name) == ("", "Ba Tý")


def test_of_two_contacts_the_kept_owners_stays_and_the_other_is_erased(c):
    other = consented(c, rich(c), "Bảy Lúa")
    kept = actions.merge_owners(kept=consented(c, c.owner), merged=other, by=c.lan)
    other.refresh_from_db()
    assert (kept.contact_name, other.contact_name, other.consented_on) == ("Ba Tý", "", None)


def test_splitting_again_restores_what_the_merge_moved(c):
    """Products on one floor, shops, accounts, certificates: all as before, but for versions."""
    other = rich(c)
    actions.open_shop(owner=c.owner, floor=c.voso, opened_on=day(5), by=c.lan)
    actions.record_payment(owner=c.owner, kind="wallet", provider=c.momo, since_on=day(5), by=c.lan)
    product = twin(c)
    recognised(c, product)
    _brought_to(c, c.product, "listed", 5)
    _brought_to(c, product, "verified", 6)
    before, origins = everything(), Origin.objects.count()
    merged(c, product, take=["name"])
    actions.merge_owners(kept=c.owner, merged=other, by=c.lan, take=["name"])
    actions.split_again(merged=other, by=c.lan)
    actions.split_again(merged=product, by=c.lan)
    assert everything() == before
    assert Origin.objects.count() == origins
    assert RecordVersion.objects.filter(record=c.product.pk).count() > 2


def test_what_changed_since_the_merge_stays_when_it_is_undone(c):
    other = twin(c)
    listing = listed(c, other)
    kept = merged(c, other, take=["name"])
    actions.change_product(product=kept, by=c.lan, name="Cốm dẹp thượng hạng")
    actions.split_again(merged=other, by=c.lan)
    kept.refresh_from_db()
    listing.refresh_from_db()
    assert kept.name == "Cốm dẹp thượng hạng"
    assert listing.product == other


def test_merges_are_undone_in_their_order(c):
    one, two = twin(c), twin(c)
    merged(c, one)
    merged(c, two, now=NOW + dt.timedelta(hours=1))
    with pytest.raises(RecordRefused, match=r"later|trước"):
        actions.split_again(merged=one, by=c.lan)
    actions.split_again(merged=two, by=c.lan)
    actions.split_again(merged=one, by=c.lan)
    with pytest.raises(RecordRefused):
        actions.split_again(merged=one, by=c.lan)


def test_across_communes_an_officer_above_both_is_needed(c):
    owner = actions.add_owner(kind="cooperative", name="HTX Mỹ Phước", place=c.hoa_loc, by=c.dung)
    for who in (c.lan, c.dung, c.tu, c.hung):
        with pytest.raises(PermissionDenied):
            actions.merge_owners(kept=c.owner, merged=owner, by=who)
    assert actions.merge_owners(kept=c.owner, merged=owner, by=c.minh) == c.owner


def test_one_and_the_same_or_one_that_is_out_cannot_be_merged(c):
    with pytest.raises(RecordRefused):
        merged(c, c.product)
    other = actions.withdraw_record(record=twin(c), reason="nhầm", by=c.lan)
    with pytest.raises(NotStanding):
        merged(c, other)


def test_storefronts_of_two_owners_or_floors_are_two(c):
    shop = actions.open_shop(owner=c.owner, floor=c.voso, opened_on=day(5), by=c.lan)
    for other in (
        actions.open_shop(owner=c.owner, floor=c.postmart, opened_on=day(5), by=c.lan),
        rich(c).shops.get(),
    ):
        with pytest.raises(RecordRefused):
            actions.merge_shops(kept=shop, merged=other, by=c.lan)


def test_two_may_be_told_apart_and_doubted_again(c):
    other = twin(c)
    for _twice in range(2):
        actions.tell_apart(first=c.product, second=other, by=c.tu)
    assert Distinct.objects.count() == 1
    assert Entry.objects.filter(event="pair.distinct").count() == 1
    with pytest.raises(PermissionDenied):
        actions.doubt_again(first=other, second=c.product, by=c.sa)
    actions.doubt_again(first=other, second=c.product, by=c.tu)
    assert not Distinct.objects.exists()
