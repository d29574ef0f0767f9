"""Owners taken over with their whole story: the rules of the single verbs, one entry."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from cncd.foundation.journal.models import Entry
from cncd.work.registers.actions import RecordRefused, take_over_owners
from cncd.work.registers.histories import (
    ListingStory,
    OwnerStory,
    ProductStory,
    RecognitionStory,
    ShopStory,
    Step,
)
from cncd.work.registers.models import Listing, Origin, Owner, Product, RecordVersion

AT = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2026, month, number)


def story(c, *, address="https://voso.vn/com-dep-p9", steps=None, **said) -> OwnerStory:
    """A household with one recognised product that was listed, checked, broken and mended."""
    steps = steps or (
        Step("listed", day(4)),
        Step("verified", day(5)),
        Step("broken", day(7), "Trang báo lỗi"),
        Step("verified", day(8)),
    )
    product = ProductStory(
        "Cốm dẹp nếp non",
        recognitions=(
            RecognitionStory("9/QĐ", dt.date(2023, 2, 1), day(2), star=3),
            RecognitionStory("7/QĐ", dt.date(2026, 1, 5), dt.date(2029, 1, 5), star=4),
        ),
        listings=(ListingStory(c.voso, steps, address),),
    )
    shops = (ShopStory(c.voso, day(3), "https://voso.vn/gian-hang/ba-sau"),)
    usual = {"name": "Hộ Ba Sáu", "place": c.my_hoa, "at": AT, "products": (product,)}
    return OwnerStory(**usual | {"shops": shops, "commitments": ((day(6), None),)} | said)


def test_the_whole_story_stands_with_versions_origins_and_one_entry(c):
    Entry.objects.all().delete()
    [owner] = take_over_owners(stories=[story(c)], by=c.lan, under=c.nhon_my)
    [entry] = Entry.objects.all()
    assert (entry.event, entry.after["count"], entry.after["products"]) == (
        "registers.taken_over", 1, 1,
    )  # fmt: skip
    assert entry.after["on"] == "2023-02-01"
    assert entry.rows == [{"place": c.my_hoa.pk}]
    product = Product.objects.get(owner=owner)
    assert (product.star, product.recognised_until) == (4, dt.date(2029, 1, 5))
    ends = product.recognitions.order_by("since_on").values_list("until_on", flat=True)
    assert list(ends) == [dt.date(2026, 1, 5), dt.date(2029, 1, 5)]  # the next one ends the first
    listing = product.listings.get()
    spans = listing.spans.order_by("since_on").values_list("state", "since_on", "until_on")
    assert list(spans) == [
        ("listed", day(4), day(5)), ("verified", day(5), day(7)),
        ("broken", day(7), day(8)), ("verified", day(8), None),
    ]  # fmt: skip
    assert (listing.state, listing.last_verified_on, listing.shop.owner) == (
        "verified", day(8), owner,
    )  # fmt: skip
    for model in (RecordVersion, Origin):
        kept = model.objects.filter(record__in=[owner.pk, product.pk, listing.pk])
        assert set(kept.values_list("kind", flat=True)) == {"owner", "product", "listing"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "Hộ Ba 0912345678"}, "name"),
        ({"address": "https://example.vn/com-dep"}, "address"),
        ({"steps": (Step("verified", day(5)),)}, "__all__"),
        ({"steps": (Step("listed", day(12, 30)),)}, "on"),
        ({"kind": "company"}, "kind"),
    ],
)
def test_what_a_single_verb_would_refuse_is_refused_and_nothing_is_written(c, said, field):
    before = Owner.objects.count()
    with pytest.raises(RecordRefused) as refusal:
        take_over_owners(stories=[story(c, **said)], by=c.lan, under=c.nhon_my)
    assert field in refusal.value.error_dict
    assert Owner.objects.count() == before
    assert not Listing.objects.exists()


def test_one_address_leads_to_one_product_in_the_batch_and_in_the_register(c):
    twice = [story(c), story(c, name="Hộ Bảy")]
    with pytest.raises(RecordRefused):
        take_over_owners(stories=twice, by=c.lan, under=c.nhon_my)
    take_over_owners(stories=twice[:1], by=c.lan, under=c.nhon_my)
    with pytest.raises(RecordRefused):
        take_over_owners(stories=[story(c, name="Hộ Bảy", shops=())], by=c.lan, under=c.nhon_my)


def test_hamlets_out_of_reach_are_refused(c):
    with pytest.raises(PermissionDenied):
        take_over_owners(stories=[story(c)], by=c.dung, under=c.nhon_my)
