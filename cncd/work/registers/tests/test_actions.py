import datetime as dt
import random
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cncd.foundation.journal.models import Entry, PersonalValue
from cncd.foundation.places.actions import set_setting
from cncd.work.registers import actions
from cncd.work.registers.actions import (
    ChangedMeanwhile,
    NotStanding,
    RecordRefused,
    StillUsed,
)
from cncd.work.registers.models import Listing, Origin, Owner, Product, RecordVersion, Shop

from .conftest import TODAY, listed, recognised

BEFORE = TODAY - dt.timedelta(days=40)
TOMORROW = TODAY + dt.timedelta(days=1)


def refused_at(field):
    """The action refuses, at that field."""
    return pytest.raises(RecordRefused, match=f"'{field}'")


def last_entry(event: str) -> Entry:
    return Entry.objects.filter(event=event).latest("pk")


def versions(record) -> list[int]:
    return list(RecordVersion.objects.filter(record=record.pk).values_list("number", flat=True))


# -- who may write where ----------------------------------------------------------------------


def test_members_enter_for_the_hamlets_of_their_own_team_only(c):
    with pytest.raises(PermissionDenied):
        actions.add_owner(kind="household", name="Hộ Năm", place=c.my_hoa, by=c.tu)
    with pytest.raises(PermissionDenied):
        actions.add_product(kind="farm", name="Khoai", owner=c.owner, by=c.liem)
    assert actions.add_owner(kind="household", name="Hộ Năm", place=c.my_hoa, by=c.liem)


@pytest.mark.parametrize(
    ("login", "may_enter", "may_verify"),
    [
        ("cuong", True, False),
        ("lan", True, True),
        ("dung", False, False),
        ("minh", True, True),
        ("ha", False, True),
        ("thuong", True, True),
        ("nong", True, True),
        ("doan", False, False),
        ("viettel", False, False),
        ("xem", False, False),
        ("hung", False, False),
        ("outsider", False, False),
    ],
)
def test_each_role_enters_and_checks_as_the_page_of_permissions_says(
    c, login, may_enter, may_verify
):
    user, found = getattr(c, login), listed(c)

    def allowed(run, **told):
        try:
            run(by=user, **told)
        except PermissionDenied:
            return False
        return True

    assert allowed(actions.change_product, product=c.product, note="ngon") == may_enter
    assert allowed(actions.verify_listing, listing=found) == may_verify
    assert allowed(actions.report_broken, listing=found) == (may_enter or may_verify)


# -- owners and contacts ----------------------------------------------------------------------


def test_an_owner_begins_with_a_version_an_origin_and_an_entry(c):
    assert versions(c.owner) == [1]
    assert Origin.objects.get(record=c.owner.pk).way == Origin.Way.PAGE
    entry = last_entry("owner.added")
    assert (entry.place_id, entry.after["kind"]) == (c.my_phuoc.pk, "cooperative")


def test_numbers_of_accounts_are_refused_in_every_free_text(c):
    number = "VCB 0071 0012 34567"
    with refused_at("name"):
        actions.add_owner(kind="household", name=f"Hộ Năm {number}", place=c.my_phuoc, by=c.tu)
    with refused_at("note"):
        actions.change_product(product=c.product, note=number, by=c.tu)
    with refused_at("name"):
        actions.open_shop(
            owner=c.owner, floor=c.voso, opened_on=BEFORE, name=number, address="", by=c.tu
        )
    with refused_at("note"):
        actions.sign_commitment(owner=c.owner, signed_on=BEFORE, note=number, by=c.tu)
    with refused_at("note"):
        actions.take_off(listing=listed(c), note=number, by=c.tu)


def test_a_contact_is_kept_only_with_consent_and_erased_when_it_is_taken_back(c):
    told = {"contact_name": "Lâm Thị Sáu", "contact_phone": "0912345678", "by": c.tu}
    with refused_at("consent_how"):
        actions.record_consent(owner=c.owner, consented_on=BEFORE, how=" ", **told)
    with refused_at("consented_on"):
        actions.record_consent(owner=c.owner, consented_on=None, how="giấy", **told)
    owner = actions.record_consent(owner=c.owner, consented_on=BEFORE, how="ký giấy", **told)
    assert owner.contact_phone == "0912345678"
    entry = last_entry("owner.consented")
    assert "0912345678" not in str(entry.after)
    assert PersonalValue.objects.filter(entry=entry, after="0912345678").exists()
    content = RecordVersion.objects.get(record=owner.pk, number=2).content
    assert "Sáu" not in str(content)
    owner = actions.withdraw_consent(owner=owner, by=c.lan)
    assert (owner.contact_name, owner.contact_phone, owner.consented_on) == ("", "", None)
    assert not PersonalValue.objects.filter(after__in=["0912345678", "Lâm Thị Sáu"]).exists()


def test_looking_at_a_contact_is_noted_and_only_for_those_it_was_given_to(c):
    with pytest.raises(PermissionDenied):
        actions.show_contact(owner=c.owner, by=c.cuong)
    actions.show_contact(owner=c.owner, by=c.thuong)
    assert last_entry("contact.shown").actor_id == c.thuong.pk


def test_a_new_name_of_the_owner_finds_its_products_and_storefronts(c):
    shop = actions.open_shop(owner=c.owner, floor=c.voso, opened_on=BEFORE, by=c.tu)
    actions.change_owner(owner=c.owner, name="HTX Nhơn Mỹ", by=c.tu)
    assert Product.objects.get(pk=c.product.pk).search_key == "com dep ba ty htx nhon my"
    assert Shop.objects.get(pk=shop.pk).search_key == "htx nhon my"


def test_a_moved_owner_tells_both_places_and_needs_the_right_at_both(c):
    with pytest.raises(PermissionDenied):
        actions.change_owner(owner=c.owner, place=c.my_hoa, by=c.tu)
    actions.change_owner(owner=c.owner, place=c.my_hoa, by=c.lan)
    entry = last_entry("owner.changed")
    assert entry.rows == [{"place": c.my_phuoc.pk}, {"place": c.my_hoa.pk}]


def test_an_owner_with_products_is_not_taken_out(c):
    with pytest.raises(StillUsed):
        actions.withdraw_record(record=c.owner, reason="nhầm", by=c.lan)


# -- products and recognitions ----------------------------------------------------------------


def test_a_page_that_shows_an_older_version_is_told(c):
    actions.change_product(product=c.product, note="mới", version=1, by=c.tu)
    with pytest.raises(ChangedMeanwhile) as clash:
        actions.change_product(product=c.product, note="khác", version=1, by=c.lan)
    assert clash.value.record.note == "mới"
    assert versions(c.product) == [1, 2]


def test_saying_the_same_again_makes_no_version(c):
    actions.change_product(product=c.product, name="  Cốm dẹp  Ba Tý ", by=c.tu)
    assert versions(c.product) == [1]


def test_days_to_come_are_refused(c):
    with refused_at("ended_on"):
        actions.end_product(product=c.product, on=TOMORROW, by=c.tu)
    with refused_at("decided_on"):
        recognised(c, decided_on=TOMORROW)
    with refused_at("opened_on"):
        actions.open_shop(owner=c.owner, floor=c.voso, opened_on=TOMORROW, by=c.tu)


def test_a_recognition_holds_as_long_as_the_setting_of_its_day_says(c):
    set_setting(
        key="ocop.valid_months", value=24, place=None, since_on=dt.date(2026, 2, 1), by=None
    )
    assert recognised(c, decided_on=dt.date(2026, 1, 15)).until_on == dt.date(2029, 1, 15)
    assert recognised(c, decided_on=dt.date(2026, 3, 1)).until_on == dt.date(2028, 3, 1)


def test_a_new_recognition_ends_the_one_before_and_an_older_one_ends_before_the_next(c):
    recognised(c, star=4, decided_on=dt.date(2026, 3, 1))
    recognised(c, star=None, is_potential=True, decided_on=dt.date(2026, 10, 1))
    recognised(c, star=3, decided_on=dt.date(2023, 5, 1))
    spans = c.product.recognitions.order_by("since_on").values_list("star", "since_on", "until_on")
    assert list(spans) == [
        (3, dt.date(2023, 5, 1), dt.date(2026, 3, 1)),
        (4, dt.date(2026, 3, 1), dt.date(2026, 10, 1)),
        (None, dt.date(2026, 10, 1), dt.date(2029, 10, 1)),
    ]
    product = Product.objects.get(pk=c.product.pk)
    assert (product.star, product.is_potential) == (None, True)
    assert product.recognised_until == dt.date(2029, 10, 1)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("rank", {"star": 2}),
        ("rank", {"star": None}),
        ("number", {"number": " "}),
        ("until_on", {"until_on": dt.date(2026, 2, 1)}),
    ],
)
def test_an_incomplete_recognition_is_refused_at_its_field(c, field, told):
    with refused_at(field):
        recognised(c, **told)


def test_one_decision_a_day_and_a_mistaken_one_is_dropped_with_a_reason(c):
    recognised(c, star=3, decided_on=dt.date(2025, 1, 1))
    wrong = recognised(c, star=5)
    with refused_at("decided_on"):
        recognised(c, star=4)
    with refused_at("reason"):
        actions.drop_recognition(recognition=wrong, reason="", by=c.lan)
    product = actions.drop_recognition(recognition=wrong, reason="sai số sao", by=c.lan)
    assert (product.star, product.recognised_until) == (3, dt.date(2028, 1, 1))
    assert RecordVersion.objects.filter(record=product.pk, reason="sai số sao").exists()


def test_a_farm_product_that_is_recognised_becomes_an_ocop_product(c):
    farm = actions.add_product(kind="farm", name="Hành tím", owner=c.owner, by=c.tu)
    recognised(c, farm, number="9/QĐ")
    assert Product.objects.get(pk=farm.pk).kind == "ocop"


def test_a_product_ends_and_is_made_again(c):
    actions.end_product(product=c.product, on=BEFORE, by=c.tu)
    assert not Product.objects.existing_on(TODAY).exists()
    assert Product.objects.existing_on(BEFORE - dt.timedelta(days=1)).exists()
    actions.change_product(product=c.product, ended_on=None, by=c.tu)
    assert Product.objects.existing_on(TODAY).exists()
    assert last_entry("product.changed").after["on"] == BEFORE.isoformat()


def test_a_product_taken_out_takes_its_listings_along_and_brings_them_back(c):
    listed(c)
    with refused_at("reason"):
        actions.withdraw_record(record=c.product, reason=" ", by=c.lan)
    actions.withdraw_record(record=c.product, reason="ghi hai lần", by=c.lan)
    assert not Listing.objects.standing().exists()
    with pytest.raises(NotStanding):
        actions.change_product(product=c.product, note="x", by=c.lan)
    actions.restore_record(record=c.product, by=c.lan)
    assert Listing.objects.standing().exists()
    assert last_entry("record.restored").after["what"] == "product"


# -- listings ---------------------------------------------------------------------------------


def test_a_listing_lives_from_planned_to_checked_to_broken_and_back(c):
    plan = actions.plan_listing(product=c.product, floor=c.voso, on=dt.date(2026, 9, 1), by=c.tu)
    found = listed(c)
    assert found.pk == plan.pk
    actions.verify_listing(listing=found, on=dt.date(2026, 10, 20), by=c.thuong)
    actions.report_broken(listing=found, on=dt.date(2026, 11, 2), by=c.cuong, note="lỗi 404")
    found = listed(c, address="https://voso.vn/com-dep-moi-p2", on=dt.date(2026, 11, 5))
    told = found.spans.values_list("state", "since_on", "until_on", "by__login", "note")
    assert list(told) == [
        ("planned", dt.date(2026, 9, 1), dt.date(2026, 10, 1), "tu", ""),
        ("listed", dt.date(2026, 10, 1), dt.date(2026, 10, 20), "tu", ""),
        ("verified", dt.date(2026, 10, 20), dt.date(2026, 11, 2), "thuong", ""),
        ("broken", dt.date(2026, 11, 2), dt.date(2026, 11, 5), "cuong", "lỗi 404"),
        ("listed", dt.date(2026, 11, 5), None, "tu", ""),
    ]
    assert (found.first_listed_on, found.last_verified_on) == (
        dt.date(2026, 10, 1), dt.date(2026, 10, 20),
    )  # fmt: skip
    assert versions(found) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ([], Product.Offered.NOWHERE),
        (["plan"], Product.Offered.PLANNED),
        (["list"], Product.Offered.LISTED),
        (["list", "verify"], Product.Offered.VERIFIED),
        (["list", "broken"], Product.Offered.BROKEN),
        (["list", "off"], Product.Offered.NOWHERE),
        (["list", "out"], Product.Offered.NOWHERE),
    ],
)
def test_a_product_carries_how_far_it_has_come_on_the_floors(c, steps, offered):
    found = None
    for step in steps:
        found = {
            "plan": lambda _f: actions.plan_listing(product=c.product, floor=c.voso, by=c.tu),
            "list": lambda _f: listed(c),
            "verify": lambda f: actions.verify_listing(listing=f, by=c.lan),
            "broken": lambda f: actions.report_broken(listing=f, by=c.lan),
            "off": lambda f: actions.take_off(listing=f, by=c.lan),
            "out": lambda f: actions.withdraw_record(record=f, reason="nhầm", by=c.lan),
        }[step](found)
    assert Product.objects.get(pk=c.product.pk).offered == offered


def test_a_listing_is_refused_at_its_field(c):
    with refused_at("address"):
        listed(c, address="")
    with refused_at("address"):
        listed(c, address="https://voso.vn/")
    with refused_at("address"):
        listed(c, address="https://postmart.vn/com-dep-p1")
    listed(c)
    with refused_at("address"):
        listed(c)
    other = actions.add_product(kind="farm", name="Hành tím", owner=c.owner, by=c.tu)
    with refused_at("address"):
        listed(c, other)
    with refused_at("on"):
        actions.take_off(listing=Listing.objects.get(), on=dt.date(2026, 9, 1), by=c.tu)


def test_a_storefront_of_another_owner_or_floor_is_refused(c):
    shop = actions.open_shop(owner=c.owner, floor=c.postmart, opened_on=BEFORE, by=c.tu)
    with refused_at("shop"):
        listed(c, shop=shop)


def test_a_listing_taken_out_does_not_come_back_over_a_new_one(c):
    first = listed(c)
    actions.withdraw_record(record=first, reason="nhầm", by=c.tu)
    listed(c)
    with refused_at("__all__"):
        actions.restore_record(record=first, by=c.tu)


def test_checking_again_moves_the_day_and_keeps_the_span(c):
    found = actions.verify_listing(listing=listed(c), on=dt.date(2026, 11, 1), by=c.lan)
    found = actions.verify_listing(listing=found, by=c.thuong)
    assert (found.last_verified_on, found.verified_by) == (TODAY, c.thuong)
    assert found.spans.count() == 2


# -- storefronts, accounts, commitments -------------------------------------------------------


def test_a_second_storefront_on_a_floor_needs_an_address_of_its_own(c):
    told = {"owner": c.owner, "floor": c.voso, "opened_on": BEFORE, "by": c.tu}
    actions.open_shop(**told)
    with refused_at("floor"):
        actions.open_shop(**told)
    assert actions.open_shop(address="https://voso.vn/shop/htx-2", **told)


def test_a_storefront_closes_and_opens_again(c):
    shop = actions.open_shop(owner=c.owner, floor=c.voso, opened_on=BEFORE, by=c.tu)
    with refused_at("closed_on"):
        actions.close_shop(shop=shop, on=BEFORE - dt.timedelta(days=1), by=c.tu)
    actions.close_shop(shop=shop, on=TODAY, by=c.tu)
    assert not Shop.objects.open_on(TODAY).exists()
    actions.change_shop(shop=shop, closed_on=None, by=c.tu)
    assert Shop.objects.open_on(TODAY).exists()


def test_payment_is_a_kind_and_a_provider_of_that_use(c):
    told = {"owner": c.owner, "since_on": BEFORE, "by": c.tu}
    with refused_at("provider"):
        actions.record_payment(kind="wallet", **told)
    with refused_at("provider"):
        actions.record_payment(kind="mobile_money", provider=c.momo, **told)
    account = actions.record_payment(kind="wallet", provider=c.momo, **told)
    with refused_at("provider"):
        actions.record_payment(kind="wallet", provider=c.momo, **told)
    assert actions.record_payment(kind="bank", **told)
    with refused_at("on"):
        actions.end_payment(account=account, on=BEFORE, by=c.tu)
    assert actions.end_payment(account=account, on=TODAY, by=c.tu).until_on == TODAY


def test_a_commitment_is_signed_and_ends(c):
    with refused_at("until_on"):
        actions.sign_commitment(owner=c.owner, signed_on=BEFORE, until_on=BEFORE, by=c.tu)
    signed = actions.sign_commitment(owner=c.owner, signed_on=BEFORE, by=c.tu)
    assert actions.end_commitment(commitment=signed, on=TODAY, by=c.lan).until_on == TODAY
    assert last_entry("commitment.ended").after["on"] == TODAY.isoformat()


# -- from the phone, later --------------------------------------------------------------------


def test_what_was_entered_before_leaving_the_team_may_still_come(c):
    made_at = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)
    c.team.memberships.filter(person=c.cuong.person).update(until_on=dt.date(2026, 11, 21))
    told = {"kind": "household", "name": "Hộ Năm", "place": c.my_phuoc, "by": c.cuong}
    with pytest.raises(PermissionDenied):
        actions.add_owner(**told)
    assert actions.add_owner(made_at=made_at, **told).made_at == made_at


def test_every_refusal_leaves_nothing_behind(c):
    before = (Entry.objects.count(), RecordVersion.objects.count(), Owner.objects.count())
    for run in (
        lambda: actions.add_owner(kind="?", name="Hộ", place=c.my_phuoc, by=c.tu),
        lambda: actions.add_product(kind="?", name="Hộ", owner=c.owner, by=c.tu),
        lambda: actions.add_product(kind="farm", name=" ", owner=c.owner, by=c.tu),
        lambda: recognised(c, number=""),
    ):
        with pytest.raises(ValidationError):
            run()
    assert (Entry.objects.count(), RecordVersion.objects.count(), Owner.objects.count()) == before


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_to_a_listing_its_spans_stay_a_life(c, seed):
    dice, day = random.Random(seed), dt.date(2026, 8, 1)
    found = listed(c, on=day)
    for number in range(14):
        day = min(day + dt.timedelta(days=dice.randrange(-2, 8)), TODAY)
        step = dice.choice(["list", "list", "verify", "broken", "off", "plan"])
        told = {"on": day, "by": c.lan}
        try:
            found = {
                "list": lambda t=told, n=number: actions.list_product(
                    product=c.product, floor=c.voso, address=f"https://voso.vn/com-p{n}", **t
                ),
                "plan": lambda t=told: actions.plan_listing(product=c.product, floor=c.voso, **t),
                "verify": lambda t=told, f=found: actions.verify_listing(listing=f, **t),
                "broken": lambda t=told, f=found: actions.report_broken(listing=f, **t),
                "off": lambda t=told, f=found: actions.take_off(listing=f, **t),
            }[step]()
        except RecordRefused:
            found = Listing.objects.get()
        spans = list(found.spans.order_by("since_on"))
        assert (spans[-1].state, spans[-1].until_on) == (found.state, None)
        for span, following in pairwise(spans):
            assert span.since_on < span.until_on == following.since_on
        assert versions(found) == list(range(1, found.version + 1))
