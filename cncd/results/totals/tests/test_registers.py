"""What registers say in the totals: known without a report, never provisional, by date."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from cncd.foundation.kit.counting import NONE
from cncd.foundation.people.actions import end_posting
from cncd.results.reports.actions import submit_report
from cncd.results.reports.actions.drafting import Content
from cncd.results.totals.actions import rebuild
from cncd.results.totals.jobs import recount_noted
from cncd.results.totals.models import PlaceTotal, Recount, TeamTotal
from cncd.results.totals.queries import Reader, sum_of
from cncd.team.programme.models import Indicator, Platform
from cncd.team.programme.rules import show_percent
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from cncd.work.channels.actions import register_channel, tick_presence
from cncd.work.channels.models import Channel, RequiredMember
from cncd.work.channels.queries import checklist
from cncd.work.households.actions import CountLine, add_household, state_counts
from cncd.work.registers import actions

pytestmark = pytest.mark.django_db

together = import_string(settings.ENVELOPES_TOGETHER)
NOVEMBER_5 = dt.date(2026, 11, 5)


@pytest.fixture
def c(country):
    country.voso = Platform.objects.get(code="voso")
    return country


def product(c, place=None, *, kind="ocop", name="Cốm dẹp", stars=True, **more):
    owner = actions.add_owner(
        kind="household", name=f"Hộ {name}", place=place or c.my_phuoc, by=None
    )
    made = actions.add_product(kind=kind, name=name, owner=owner, by=None)
    if stars and kind == "ocop":
        decided = more.pop("decided_on", dt.date(2026, 10, 3))
        actions.recognise(product=made, number="1", decided_on=decided, star=3, by=None, **more)
    return made


def on_floor(c, made, on=NOVEMBER_5, *, checked=True):
    address = f"https://voso.vn/{made.name.replace(' ', '-')}-{made.pk.hex[:6]}"
    listing = actions.list_product(product=made, floor=c.voso, address=address, on=on, by=None)
    if checked:
        actions.verify_listing(listing=listing, by=None, on=on)
    return listing


def reading(c, code, place=None, period=None):
    """The indicator of a unit, as desks read it while the month runs."""
    row = PlaceTotal.objects.get(place=place or c.soc_trang, period=period or c.november)
    return Reader(running=True).read(row, Indicator.objects.get(code=code))


def figure(c, code, place=None, period=None):
    row = PlaceTotal.objects.get(place=place or c.soc_trang, period=period or c.november)
    return sum_of(row, code)


def nothing():
    return Content(entries={}, nothing_happened=True)


# -- the three values, worked out ---------------------------------------------------------------


def test_a_register_nobody_keeps_says_nothing_at_all(c):
    assert figure(c, "KT01").value() is None  # chưa báo cáo, not 0
    assert reading(c, "KT03").value is None


def test_a_product_is_counted_at_every_level_at_once_and_is_not_provisional(c):
    product(c)
    for place in (c.nhon_my, c.ke_sach, c.soc_trang):
        assert figure(c, "KT01", place)[:4] == (1, 0, 0, 1)
    assert show_percent(reading(c, "KT03").value) == "0%"  # nobody put it on a floor: that is said


def test_listing_and_checking_move_the_share(c):
    on_floor(c, product(c))
    on_floor(c, product(c, name="Mật ong"), checked=False)
    found = reading(c, "KT03")
    assert (found.numerator, found.denominator, show_percent(found.value)) == (1, 2, "50%")


def test_where_all_have_expired_nothing_arose_which_is_neither_0_nor_100_percent(c):
    product(c, until_on=dt.date(2026, 11, 30))
    assert figure(c, "KT01", period=c.october).value() == 1
    assert figure(c, "KT01").value() == 0
    assert reading(c, "KT03").value == NONE


def test_a_team_with_farm_products_only_has_no_share_of_ocop(c):
    product(c, kind="farm", name="Gạo")
    assert figure(c, "KT04").value() == 1
    assert reading(c, "KT03").value == NONE


def test_two_teams_one_silent_add_up_to_what_is_known_and_the_silence_shows(c):
    on_floor(c, product(c))
    found = reading(c, "KT01")
    assert (found.value, found.stated, found.expected) == (1, 1, 3)


def test_a_sent_report_says_0_for_an_empty_register_and_freezes_what_it_counted(c):
    submit_report(team=c.team, period=c.november, content=nothing(), by=c.tu)
    assert figure(c, "KT01", c.nhon_my)[:4] == (0, 0, 0, 1)  # a statement, with nothing to count
    assert figure(c, "KT06", c.nhon_my).value() == NONE  # what only arises, did not
    product(c)
    assert figure(c, "KT01", c.nhon_my).value() == 0  # frozen; it shows as drift
    assert figure(c, "KT01", c.nhon_my, c.october).value() == 1  # October was never sent


# -- by date, and step by step ------------------------------------------------------------------


def test_what_holds_from_a_day_on_leaves_the_months_before_alone(c):
    listing = on_floor(c, product(c), on=dt.date(2026, 10, 20))
    assert [figure(c, "KT02", period=p).value() for p in c.periods] == [None, 1, 1]
    actions.report_broken(listing=listing, on=NOVEMBER_5, by=None)
    assert [figure(c, "KT02", period=p).value() for p in c.periods] == [None, 1, 0]


def test_a_product_that_moves_leaves_one_team_and_reaches_the_other(c):
    made = product(c)
    actions.change_product(product=made, by=None, place=c.dau_giong)
    values = [figure(c, "KT01", place).value() for place in (c.nhon_my, c.tran_de, c.soc_trang)]
    assert values == [None, 1, 1]


def test_many_entries_that_come_together_are_noted_and_counted_once(c):
    with together():
        made = product(c)
        on_floor(c, made)
        assert Recount.objects.filter(room="registers").exists()
        assert figure(c, "KT01").value() is None
    assert not Recount.objects.exists()
    assert figure(c, "KT02").value() == 1


def test_what_was_noted_by_a_process_that_ended_is_counted_by_the_job(c, monkeypatch):
    monkeypatch.setattr("cncd.config.reactions.AFTER", ())
    with together():
        product(c)
    recount_noted.func()
    assert figure(c, "KT01").value() == 1


def test_household_counts_are_summed_and_declined_where_one_hamlet_lacks_them(c):
    lines = [CountLine(c.my_phuoc, households=120, businesses=11, adults=300)]
    state_counts(year=2026, lines=lines, source="Trưởng ấp", by=None)
    assert figure(c, "DC01", c.nhon_my).value() == 120
    assert TeamTotal.objects.get(team=c.team_my_hoa, period=c.november).registry.get("DC01") is None
    assert figure(c, "DC03", c.nhon_my).value() is None  # Mỹ Hòa has not said
    lines = [CountLine(c.my_hoa, households=80, adults=200)]
    state_counts(year=2026, lines=lines, source="Trưởng ấp", by=None)
    assert figure(c, "DC01", c.nhon_my).value() == 200
    assert figure(c, "DC03", c.nhon_my).value() == 500


def test_a_visit_counts_in_every_later_month_of_its_year_that_is_not_sent(c):
    add_household(place=c.my_phuoc, code="H1", by=None, since_on=dt.date(2026, 1, 1))
    done = Done(kind="huong-dan", happened_on=dt.date(2026, 9, 9), people=2, visited=("H1",),
                place=c.my_phuoc.pk)  # fmt: skip
    log_activity(team=c.team, done=done, by=c.tu, confirmed=True)
    values = [figure(c, "TC10.num", c.nhon_my, p).provisional for p in c.periods]
    assert values == [1, 1, 1]
    rows = TeamTotal.objects.order_by("period", "team").values_list("figures", flat=True)
    before = list(rows)
    rebuild()
    assert list(rows.all()) == before


def group(c, **more):
    zalo = Platform.objects.get(code="zalo")
    return register_channel(platform=zalo, opened_on=dt.date(2026, 3, 1), by=None, **more)


def test_a_group_named_right_counts_for_its_team(c):
    assert figure(c, "TC13.num").value() is None
    group(c, place=c.my_phuoc, team=c.team, name="Tổ CNCĐ_Mỹ Phước_Nhơn Mỹ_Kế Sách")
    assert figure(c, "TC13.num").value() == 1
    group(c, place=c.my_hoa, team=c.team_my_hoa, name="Nhóm ấp Mỹ Hòa")
    assert (figure(c, "TC13.num").value(), figure(c, "TC13.num").stated) == (1, 2)


def test_a_common_group_is_complete_no_more_once_somebody_has_left_office(c):
    made = group(c, place=c.nhon_my, name="CNCĐ_Nhơn Mỹ_Kế Sách")
    assert Channel.objects.get(pk=made.pk).is_common
    RequiredMember.objects.exclude(pk=_leader_kind(made).pk).delete()
    for needed in checklist(made, dt.date(2026, 11, 22)).needed:
        posting = needed.holders[0].posting
        tick_presence(channel=made, required=needed.required, posting=posting, by=None,
                      on=dt.date(2026, 11, 2))  # fmt: skip
    assert figure(c, "TC14.num", c.ke_sach).value() == 1
    end_posting(posting=posting, until_on=dt.date(2026, 11, 20), by=None)
    assert figure(c, "TC14.num", c.ke_sach).value() == 0


def _leader_kind(channel) -> RequiredMember:
    """A kind of member that somebody of the cast is."""
    needed = checklist(channel, dt.date(2026, 11, 22)).needed
    return next(each.required for each in needed if each.holders)


def test_who_sells_counts_at_home_at_once_wherever_the_goods_are_made(c):
    made = product(c, c.my_phuoc)
    actions.change_product(product=made, place=c.dau_giong, by=None)
    listing = on_floor(c, made)
    assert figure(c, "KT08.num", c.nhon_my).value() == 1
    actions.withdraw_record(record=listing, reason="nhầm", by=None)
    assert figure(c, "KT08.num", c.nhon_my).value() is None  # nothing of the commune is kept
