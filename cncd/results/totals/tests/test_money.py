"""TC19 in the totals: every level its own, once; grown is made over, and what one counts."""

import datetime as dt
import random

import pytest

from cncd.results.reports.queries.lines import place_lines
from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.models import Counter, Period
from cncd.work.money import actions
from cncd.work.money.models import Spending
from cncd.work.money.queries import counted_places
from cncd.work.money.tests.conftest import c, november, put, said  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def by_hand(place) -> int:
    """Every line of the book looked at, one by one."""
    rows = Spending.objects.filter(place=place, withdrawn_at=None)
    return sum(row.amount for row in rows if FIRST <= row.spent_on <= LAST)


def counted(*places):
    counter = Counter.objects.get(room="money")
    found = counted_places(places, FIRST, LAST, [counter])
    return [found[place.pk][counter.pk].value for place in places]


def figures():
    """TC19 of November as the totals have it: {place: (own, with units below)}."""
    period = Period.objects.get(code="2026-11")
    rows = PlaceTotal.objects.filter(period=period)
    return {row.place_id: (row.own.get("TC19"), row.figures.get("TC19")) for row in rows}


def test_each_level_counts_its_own_and_those_above_add_them_once(c, put):  # noqa: F811
    put(amount=3_000_000)
    put(amount=1_000_000, on=dt.date(2026, 10, 31))
    put(amount=2_000_000, place=c.ke_sach, by=c.minh)
    assert counted(c.nhon_my, c.ke_sach, c.soc_trang) == [3_000_000, 2_000_000, 0]
    found = figures()
    assert found[c.ke_sach.pk][1][0] == found[c.soc_trang.pk][1][0] == 5_000_000


def test_a_unit_without_a_line_has_said_nothing_and_one_with_earlier_lines_says_none(
    c,  # noqa: F811
    put,  # noqa: F811
):
    period = Period.objects.get(code="2026-11")

    def line(place):
        lines = place_lines([place], place.level.code, period)[place.pk]
        return next(each for each in lines if each.code == "TC19")

    assert not line(c.nhon_my).counted.kept
    put(on=dt.date(2026, 10, 5))
    known = line(c.nhon_my)
    assert known.counted.kept
    assert (known.counted.value, known.zero_is_none) == (0, True)
    assert not line(c.xuan_hoa).counted.kept


def test_totals_rebuilt_are_those_that_grew(c, said):  # noqa: F811
    dice = random.Random(19)
    units = [(c.nhon_my, c.lan), (c.xuan_hoa, c.dung), (c.ke_sach, c.minh), (c.tran_de, c.son)]
    made = []
    for _step in range(40):
        place, by = dice.choice(units)
        line = said(dt.date(2026, dice.choice((10, 11)), dice.randint(1, 22)),
                    dice.randint(1, 99) * 100_000)  # fmt: skip
        kind = dice.choice(("new", "new", "change", "withdraw", "restore"))
        one = dice.choice(made) if made and kind != "new" else None
        if one is None:
            made.append((actions.record_entry(place=place, said=line, by=by), by))
            continue
        found, by = Spending.objects.get(pk=one[0].pk), one[1]
        about = {"entry": found, "version": found.version, "reason": "nhầm", "by": by}
        if kind == "restore" or found.withdrawn_at:
            actions.restore_entry(entry=found, by=by)
        elif kind == "change":
            actions.change_entry(**about, said=line)
        else:
            actions.withdraw_entry(**about)
    for place, _by in units:
        assert counted(place) == [by_hand(place)]
    before = figures()
    rebuild()
    assert figures() == before
    assert before[c.soc_trang.pk][1][0] == sum(by_hand(place) for place, _by in units) > 0
