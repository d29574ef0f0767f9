"""What the registers count: worked examples, and days past."""

import datetime as dt
from types import SimpleNamespace

import pytest

from cncd.foundation.places.actions import succeed_places
from cncd.team.programme.packaged import CounterWords
from cncd.work.registers import actions
from cncd.work.registers.queries import counted, explain
from cncd.work.registers.tests.conftest import TODAY, listed, recognised

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
WORDS = {
    "KT01": "registers:recognised",
    "KT01.s4": "registers:recognised:rank=4",
    "KT01.tn5": "registers:recognised:rank=potential",
    "KT02": "registers:recognised:on_floor=verified",
    "KT04": "registers:products:kind=farm,local",
    "KT05": "registers:products:kind=farm,local;on_floor=listed,verified",
    "KT06": "registers:shops_opened",
    "KT07": "registers:shops_open",
    "KT08.num": "registers:selling:kind=household",
    "KT12.num": "registers:payable:kind=household",
    "KT14": "registers:committed",
}
COUNTERS = [
    SimpleNamespace(pk=code, **CounterWords.read(text)._asdict()) for code, text in WORDS.items()
]


def figures(team, last_day=LAST, first_day=None):
    """{code: value} of the month that ends that day."""
    found = counted([team], first_day or last_day.replace(day=1), last_day, COUNTERS)[team.pk]
    return {code: figure.value for code, figure in found.items()}


def test_a_product_counts_from_its_recognition_to_its_last_day(c):
    assert figures(c.team)["KT01"] == 0
    recognised(c, until_on=dt.date(2026, 10, 31))
    by_month = [
        figures(c.team, day)["KT01"]
        for day in (dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 10, 30),
                    dt.date(2026, 10, 31))
    ]  # fmt: skip
    assert by_month == [0, 1, 1, 0]


def test_stars_and_potential_stars_are_apart(c):
    recognised(c)
    other = actions.add_product(kind="ocop", name="Mật ong", owner=c.owner, by=c.tu)
    recognised(c, other, star=None, is_potential=True)
    found = figures(c.team)
    assert (found["KT01"], found["KT01.s4"], found["KT01.tn5"]) == (2, 1, 1)


def test_a_listing_counts_once_checked_and_no_longer_when_it_breaks(c):
    recognised(c)
    listing = listed(c)
    assert figures(c.team)["KT02"] == 0  # put there, and nobody has looked
    actions.verify_listing(listing=listing, by=c.lan, on=dt.date(2026, 11, 5))
    assert figures(c.team)["KT02"] == 1
    assert figures(c.team, dt.date(2026, 11, 4))["KT02"] == 0
    actions.report_broken(listing=listing, on=dt.date(2026, 11, 20), by=c.lan)
    assert figures(c.team)["KT02"] == 0
    assert figures(c.team, dt.date(2026, 11, 19))["KT02"] == 1  # then it was


def test_two_floors_are_one_product_and_an_expired_one_is_none(c):
    recognised(c, until_on=dt.date(2026, 11, 30))
    for floor, address in ((c.voso, "https://voso.vn/a-1"), (c.postmart, "https://postmart.vn/a")):
        listing = listed(c, floor=floor, address=address)
        actions.verify_listing(listing=listing, by=c.lan, on=dt.date(2026, 11, 2))
    assert figures(c.team, dt.date(2026, 11, 29))["KT02"] == 1
    assert figures(c.team)["KT02"] == 0  # on a floor, but no longer recognised


def test_farm_products_need_no_check_to_be_on_a_floor(c):
    rice = actions.add_product(kind="farm", name="Gạo ST25", owner=c.owner, by=c.tu)
    assert (figures(c.team)["KT04"], figures(c.team)["KT05"]) == (1, 0)
    listing = listed(c, rice, address="https://voso.vn/gao-st25-p2")
    assert figures(c.team)["KT05"] == 1
    actions.take_off(listing=listing, on=TODAY, by=c.tu)
    assert figures(c.team)["KT05"] == 0
    actions.end_product(product=rice, on=TODAY, by=c.tu)
    assert figures(c.team)["KT04"] == 0


def test_storefronts_are_new_in_their_month_and_open_until_they_close(c):
    shop = actions.open_shop(
        owner=c.owner, floor=c.voso, opened_on=dt.date(2026, 10, 9), by=c.tu, name="HTX"
    )
    october, november = figures(c.team, dt.date(2026, 10, 31)), figures(c.team)
    assert (october["KT06"], october["KT07"]) == (1, 1)
    assert (november["KT06"], november["KT07"]) == (0, 1)
    actions.close_shop(shop=shop, on=dt.date(2026, 11, 12), by=c.tu)
    assert figures(c.team)["KT07"] == 0


def test_a_household_that_sells_counts_once_however_it_sells(c):
    hut = actions.add_owner(kind="household", name="Hộ ông Ba", place=c.my_phuoc, by=c.tu)
    jam = actions.add_product(kind="local", name="Mứt", owner=hut, by=c.tu)
    assert figures(c.team)["KT08.num"] == 0
    actions.open_shop(owner=hut, floor=c.postmart, opened_on=TODAY, by=c.tu)
    listed(c, jam, address="https://voso.vn/mut-p3")
    assert figures(c.team)["KT08.num"] == 1  # the cooperative is no household


def test_owners_who_may_be_paid_and_owners_who_signed(c):
    hut = actions.add_owner(kind="household", name="Hộ bà Tư", place=c.my_phuoc, by=c.tu)
    for kind, provider in (("bank", None), ("wallet", c.momo)):
        actions.record_payment(
            owner=hut, kind=kind, provider=provider, since_on=dt.date(2026, 11, 1), by=c.tu
        )
    actions.sign_commitment(owner=c.owner, signed_on=dt.date(2026, 11, 3), by=c.tu)
    found = figures(c.team)
    assert (found["KT12.num"], found["KT14"]) == (1, 1)


def test_a_mistake_that_was_taken_out_counts_nowhere_and_comes_back(c):
    recognised(c)
    actions.withdraw_record(record=c.product, reason="nhập trùng", by=c.tu)
    assert figures(c.team)["KT01"] == 0
    actions.restore_record(record=c.product, by=c.tu)
    assert figures(c.team)["KT01"] == 1


def test_a_register_nobody_has_begun_says_so_and_its_zero_is_no_statement(c):
    def said(team, last_day=LAST):
        return counted([team], FIRST, last_day, COUNTERS)[team.pk]["KT01"][::2]

    assert said(c.team) == (0, False)  # an OCOP product that nobody recognised yet
    recognised(c, until_on=dt.date(2026, 11, 10))
    assert said(c.team, dt.date(2026, 2, 28)) == (0, False)
    assert said(c.team, dt.date(2026, 11, 9)) == (1, True)
    assert said(c.team) == (0, True)  # it expired: now the 0 says something
    assert said(c.team_my_hoa) == (0, False)


def test_a_word_the_room_does_not_know_is_refused(c):
    for text in ("registers:sold", "registers:recognised:colour=red"):
        counter = SimpleNamespace(pk=1, **CounterWords.read(text)._asdict())
        with pytest.raises(KeyError):
            counted([c.team], FIRST, LAST, [counter])


def test_a_frozen_figure_opens_what_it_counted_whatever_became_of_it(c):
    recognised(c)
    listing = listed(c)
    actions.verify_listing(listing=listing, by=c.lan, on=dt.date(2026, 11, 5))
    records = counted([c.team], FIRST, LAST, COUNTERS)[c.team.pk]["KT02"].records
    assert sorted(kind for kind, _pk, _version in records) == ["listings", "products"]
    [before] = explain(records, LAST)
    assert before.title == "Cốm dẹp Ba Tý"
    assert "4 sao" in before.detail
    assert "Vỏ Sò (voso.vn): đã kiểm tra" in before.detail
    assert not before.has_changed
    actions.change_product(product=c.product, by=c.tu, name="Cốm dẹp Tư Tý")
    actions.report_broken(listing=listing, on=TODAY, by=c.lan)
    [after] = explain(records, LAST)
    assert (after.title, after.detail) == (before.title, before.detail)
    assert after.has_changed


def test_every_kind_of_figure_tells_its_records(c):
    recognised(c)
    actions.open_shop(owner=c.owner, floor=c.voso, opened_on=TODAY, by=c.tu, name="Gian HTX")
    actions.sign_commitment(owner=c.owner, signed_on=TODAY, by=c.tu)
    found = counted([c.team], FIRST, LAST, COUNTERS)[c.team.pk]
    told = {code: explain(found[code].records, LAST) for code in ("KT01", "KT07", "KT14")}
    assert [told[code][0].kind for code in told] == ["product", "shop", "owner"]
    assert "HTX Mỹ Phước" in told["KT07"][0].detail
    assert "ký ngày 22/11/2026" in told["KT14"][0].detail


def test_what_has_ended_counts_for_the_team_of_what_it_passed_into(c):
    recognised(c)
    day = dt.date(2026, 11, 10)
    succeed_places(kind="merge", shares=[(c.my_phuoc, c.my_hoa, 1)], on=day, by=c.ha, document=None)
    found = counted([c.team, c.team_my_hoa], FIRST, LAST, COUNTERS)
    assert (found[c.team.pk]["KT01"].value, found[c.team_my_hoa.pk]["KT01"].value) == (0, 1)
    assert figures(c.team, dt.date(2026, 11, 9))["KT01"] == 1
