"""Figures that registers can count: switched from a period on, some or all; the past stays."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cncd.foundation.journal.models import Entry
from cncd.team.programme import actions, queries
from cncd.team.programme.models import Indicator, Measure, Period, Source
from cncd.team.programme.packaged import table
from tests.standing import ask_by_hand

NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)
PAGE = "programme:packaged_sources"


@pytest.fixture
def standing(programme):
    """An installation that asks by hand what the packaged catalogue counts by now."""
    ask_by_hand()
    Measure.objects.filter(code="KT02").update(hint="Lời cũ")
    Indicator.objects.filter(code="KT03").update(definition="Lời cũ")
    return programme


def codes(rows) -> set[str]:
    return {row.measure.code for row in rows}


def switch(programme, *wanted, since_on=DECEMBER, by=None, **more):
    measures = list(Measure.objects.filter(code__in=wanted))
    by = by or programme.ha
    return actions.switch_to_packaged(measures=measures, since_on=since_on, by=by, **more)


def source(code, day) -> str:
    found = Measure.objects.get(code=code).sources.on(day).get()
    return found.counter.room if found.counter else ""


def test_a_new_installation_counts_from_its_beginning(programme):
    assert queries.countable() == []
    counted = {row["code"] for row in table("measures") if row["source"]}
    assert {"KT01", "KT02", "KT08.num", "KT14", "TC09", "TC10.num", "TC13.num"} <= counted
    assert {"DC01", "DC02", "DC03", "TC14.num"} <= counted
    assert not {"KT12.num"} & counted
    assert source("KT10", dt.date(2022, 1, 1)) == source("KT11", DECEMBER) == "activities"


def test_nothing_switches_by_itself_where_figures_are_asked(standing):
    before = set(Source.objects.values_list("measure", "counter", "since_on"))
    assert actions.seed_programme() == {}
    assert set(Source.objects.values_list("measure", "counter", "since_on")) == before
    found = queries.countable()
    assert {"KT01", "KT02", "TC13.num", "DC01"} <= codes(found)
    whole = next(row for row in found if row.measure.code == "KT01")
    assert {part.code for part in whole.splits} == {"KT01.s3", "KT01.s4", "KT01.s5", "KT01.tn5"}
    assert "KT01.s3" not in codes(found)  # a part goes with its whole


def test_chosen_figures_switch_together_from_a_period_on(standing):
    switched = switch(standing, "KT01", "KT01.s3", "KT02")
    assert [measure.code for measure in switched] == ["KT01", "KT01.s3", "KT02"]
    assert source("KT01", DECEMBER) == "registers"
    assert source("KT01", dt.date(2026, 11, 30)) == ""
    november = Period.objects.get(pk=standing.periods[2].pk)
    rows = {row.measure.code: row for row in queries.sheet_for("hamlet", november)}
    assert rows["KT01"].counter is None  # November is asked as it was
    assert "KT01" not in codes(queries.countable())
    assert source("KT04", DECEMBER) == ""
    entry = Entry.objects.get(event="sources.switched")
    assert entry.after == {"measures": 3, "since_on": "2026-12-01"}
    assert entry.rows[0]["before"] == "Nhập tay"
    assert "Sổ sản phẩm, gian hàng" in entry.rows[0]["after"]


def test_the_words_come_along_unless_the_province_keeps_its_own(standing):
    switch(standing, "KT02", with_words=False)
    assert Measure.objects.get(code="KT02").hint == "Lời cũ"
    switch(standing, "KT01")
    assert "đã được kiểm tra" in Indicator.objects.get(code="KT03").definition
    rows = Entry.objects.filter(event="sources.switched").latest("pk").rows
    assert {"Lời cũ"} == {row["before"] for row in rows if row["name"] == "KT03"}


def test_a_period_that_has_begun_a_day_mid_month_and_no_choice_are_refused(standing):
    for day in (NOVEMBER, dt.date(2026, 9, 1), dt.date(2026, 12, 15)):
        with pytest.raises(actions.Refused):
            switch(standing, "KT01", since_on=day)
    with pytest.raises(actions.Refused):
        switch(standing)
    with pytest.raises(PermissionDenied):
        switch(standing, "KT01", by=standing.lan)
    assert source("KT01", DECEMBER) == ""


# -- pages --------------------------------------------------------------------------------------


@pytest.fixture
def desk(standing, page_client):
    return page_client.as_(standing.ha)


def test_the_list_of_sources_leads_to_what_can_be_counted(desk, programme, page_client):
    page = desk.get(reverse("programme:measures")).content.decode()
    assert reverse(PAGE) in page
    assert "số liệu nay đếm được từ sổ" in page
    reader = page_client.as_(programme.lan)
    assert reverse(PAGE) not in reader.get(reverse("programme:measures")).content.decode()
    assert reader.get(reverse(PAGE)).status_code == 403


def test_some_are_ticked_and_switched_by_form(desk):
    page = desk.get(reverse(PAGE)).content.decode()
    assert "Sổ sản phẩm, gian hàng: số sản phẩm OCOP còn hiệu lực công nhận" in page
    assert 'value="2026-11-01"' not in page  # the running period is not offered
    ids = dict(Measure.objects.values_list("code", "pk"))
    sent = {"since_on": "2026-12-01", "chosen": [ids["KT01"], ids["DC01"]], "with_words": "on"}
    assert desk.post(reverse(PAGE), sent).status_code == 302
    assert source("KT01.s5", DECEMBER) == "registers"
    assert source("DC01", DECEMBER) == "households"
    assert source("KT02", DECEMBER) == ""
    assert desk.post(reverse(PAGE), {"since_on": "2026-12-01"}).status_code == 200  # none ticked


def test_when_all_is_counted_the_page_says_so(programme, page_client):
    page = page_client.as_(programme.ha).get(reverse(PAGE)).content.decode()
    assert "đã được đếm rồi" in page


def test_one_figure_may_be_counted_from_a_register_by_its_own_form(desk):
    address = reverse("programme:switch_source", args=["KT12.num"])
    offered = desk.get(address).content.decode()
    assert "số chủ thể có tài khoản thanh toán điện tử, loại: hộ" in offered
    assert "số người trưởng thành" not in offered  # that one arises at the commune
    sent = {"source": "register", "since_on": "2026-12-01"}
    assert "Hãy chọn cách đếm" in desk.post(address, sent).content.decode()
    desk.post(address, sent | {"register": "registers:payable:kind=household"})
    assert source("KT12.num", DECEMBER) == "registers"
