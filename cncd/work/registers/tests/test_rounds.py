"""Looking again: what is drawn, what the answers do, what they say of all."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from cncd.foundation.journal.models import Entry
from cncd.work.registers import actions, sampling
from cncd.work.registers.actions import RecordRefused
from cncd.work.registers.models import Listing, Round, RoundItem
from cncd.work.registers.sampling import Candidate

from .conftest import listed

# -- the draw ---------------------------------------------------------------------------------

days = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2026, 11, 22))
registers = st.lists(days, max_size=40).map(
    lambda found: [Candidate(f"{number:03}", day) for number, day in enumerate(found)]
)


@given(registers, st.integers(1, 50), st.integers(0, 99), st.randoms())
def test_a_seed_draws_the_same_whatever_the_order(register, size, seed, chance):
    shuffled = list(register)
    chance.shuffle(shuffled)
    found = sampling.drawn(register, size, seed)
    assert sampling.drawn(shuffled, size, seed) == found
    assert len(found) == len(set(found)) == min(size, len(register))


@given(registers, st.integers(1, 30), st.integers(0, 99))
def test_never_checked_and_longest_unchecked_come_first(register, size, seed):
    by_id = {each.id: each.checked_on or dt.date.min for each in register}
    found = sampling.drawn(register, size, seed)
    sure = found[: -(-size * 6 // 10)]
    left_out = [by_id[each] for each in by_id if each not in sure]
    assert all(by_id[each] <= day for each in sure for day in left_out)


def test_other_seeds_draw_others():
    register = [Candidate(f"{number:03}", None) for number in range(100)]
    draws = {tuple(sampling.drawn(register, 10, seed)) for seed in range(20)}
    assert len(draws) == 20


@pytest.mark.parametrize(
    ("right", "checked", "low", "high"),
    [(18, 20, 0.699, 0.972), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (1, 1, 0.207, 1.0)],
)
def test_the_range_is_wilsons(right, checked, low, high):
    found = sampling.share(right, checked)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.001)


def test_nothing_checked_says_nothing():
    assert sampling.share(0, 0) is None


# -- rounds -----------------------------------------------------------------------------------


@pytest.fixture
def ten(c):
    """Ten listings, the first three of them checked."""
    for number in range(10):
        product = actions.add_product(
            kind="local", name=f"Khô cá {'abcdefghij'[number]}", owner=c.owner, by=c.tu
        )
        listing = listed(c, product, address=f"https://voso.vn/kho-{number}")
        if number < 3:
            actions.verify_listing(listing=listing, by=c.lan, on=dt.date(2026, 11, 1 + number))
    c.drawn = actions.draw_round(place=c.nhon_my, size=5, by=c.lan, seed=7)
    return c


def test_a_round_can_be_drawn_again_from_its_seed(ten):
    ids = list(ten.drawn.items.values_list("listing", flat=True))
    again = actions.draw_round(place=ten.nhon_my, size=5, by=ten.lan, seed=7)
    assert list(again.items.values_list("listing", flat=True)) == ids
    assert Entry.objects.filter(event="round.drawn").count() == 2


def test_what_is_not_for_sale_is_not_drawn(ten):
    gone, broken, out = Listing.objects.order_by("address")[:3]
    actions.take_off(listing=gone, by=ten.tu)
    actions.report_broken(listing=broken, by=ten.tu)
    actions.withdraw_record(record=out.product, reason="nhầm", by=ten.lan)
    drawn = actions.draw_round(place=ten.nhon_my, size=50, by=ten.lan)
    assert drawn.items.count() == 7


def test_an_answer_changes_the_listing_at_once(ten):
    one, two, three = ten.drawn.items.all()[:3]
    actions.check_item(item=one, outcome="right", by=ten.lan)
    actions.check_item(item=two, outcome="broken", by=ten.lan)
    actions.check_item(item=three, outcome="other", note="Trang bán nước mắm", by=ten.lan)
    states = [Listing.objects.get(pk=i.listing_id).state for i in (one, two, three)]
    assert states == ["verified", "broken", "broken"]
    span = three.listing.spans.get(state="broken")
    assert span.note == "Trang bán nước mắm"
    assert Entry.objects.filter(event="round.checked").count() == 3


def test_an_answer_can_be_put_right(ten):
    item = ten.drawn.items.first()
    actions.check_item(item=item, outcome="broken", by=ten.lan)
    item = actions.check_item(item=item, outcome="right", by=ten.lan)
    assert item.outcome == "right"
    assert Listing.objects.get(pk=item.listing_id).state == "verified"


def test_another_product_needs_a_word_about_it(ten):
    with pytest.raises(RecordRefused):
        actions.check_item(item=ten.drawn.items.first(), outcome="other", by=ten.lan)
    with pytest.raises(RecordRefused):
        actions.check_item(item=ten.drawn.items.first(), outcome="", by=ten.lan)
    assert not RoundItem.objects.exclude(outcome="").exists()


def test_only_those_who_verify_there_draw_and_check(ten):
    for who in (ten.tu, ten.hung, ten.dung, ten.xem):
        with pytest.raises(PermissionDenied):
            actions.draw_round(place=ten.nhon_my, size=5, by=who)
        with pytest.raises(PermissionDenied):
            actions.check_item(item=ten.drawn.items.first(), outcome="right", by=who)
    assert actions.draw_round(place=ten.soc_trang, size=5, by=ten.thuong).items.count() == 5


@pytest.mark.parametrize("size", [0, 201])
def test_a_round_has_a_sensible_size(ten, size):
    with pytest.raises(RecordRefused):
        actions.draw_round(place=ten.nhon_my, size=size, by=ten.lan)


def test_there_must_be_something_to_check(ten):
    with pytest.raises(RecordRefused):
        actions.draw_round(place=ten.tt_tran_de, size=5, by=ten.son)


def test_a_round_nobody_began_can_be_taken_back(ten):
    actions.check_item(item=ten.drawn.items.first(), outcome="right", by=ten.lan)
    with pytest.raises(RecordRefused):
        actions.drop_round(drawn=ten.drawn, by=ten.lan)
    other = actions.draw_round(place=ten.nhon_my, size=2, by=ten.lan)
    actions.drop_round(drawn=other, by=ten.lan)
    assert list(Round.objects.all()) == [ten.drawn]
