"""CQ03 in the totals: every level its own, once; grown is made over, and what one counts."""

import datetime as dt
import random

import pytest

from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal
from cncd.team.programme.models import Counter, Period
from cncd.work.broadcasts import actions
from cncd.work.broadcasts.actions import Aired
from cncd.work.broadcasts.models import Broadcast
from cncd.work.broadcasts.queries import counted_places
from cncd.work.broadcasts.tests.conftest import air, c, november  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def day(number, month=11):
    return dt.date(2026, month, number)


def counted(*places):
    counter = Counter.objects.get(room="broadcasts")
    found = counted_places(places, FIRST, LAST, [counter])
    return [found[place.pk][counter.pk].value for place in places]


def by_hand(place, first, last) -> int:
    """Every day of every broadcast looked at, one by one."""
    total = 0
    for each in Broadcast.objects.filter(place=place, withdrawn_at=None):
        one = each.since_on
        while one <= each.last_on:
            fits = not each.weekdays or str(one.isoweekday()) in each.weekdays
            total += each.times if fits and first <= one <= last else 0
            one += dt.timedelta(days=1)
    return total


def figures(c):  # noqa: F811
    """CQ03 of November as the totals have it: {place: value}."""
    period = Period.objects.get(code="2026-11")
    rows = PlaceTotal.objects.filter(period=period)
    return {row.place_id: (row.own.get("CQ03"), row.figures.get("CQ03")) for row in rows}


def test_each_level_counts_its_own_and_a_repeat_counts_where_it_was_repeated(c, air):  # noqa: F811
    origin = air("Của huyện", day(2), last_on=day(4), place=c.ke_sach, by=c.minh)
    air("Của huyện", day(6), times=2, origin=origin)
    air("Của huyện", day(7), place=c.xuan_hoa, by=c.dung, origin=origin)
    assert counted(c.ke_sach, c.nhon_my, c.xuan_hoa, c.soc_trang) == [3, 2, 1, 0]
    found = figures(c)
    assert found[c.ke_sach.pk][1][0] == 6  # its own 3, and 2 and 1 of the communes, each once
    assert found[c.soc_trang.pk][1][0] == 6


def test_totals_rebuilt_are_those_that_grew(c, air):  # noqa: F811
    dice = random.Random(7)
    units = [(c.nhon_my, c.lan), (c.xuan_hoa, c.dung), (c.ke_sach, c.minh), (c.tran_de, c.son)]
    made = []
    for _step in range(40):
        place, by = dice.choice(units)
        since = day(dice.randint(1, 28), dice.choice((9, 10)))
        line = Aired(
            medium=dice.choice((c.radio, c.web)), title=f"Tin {dice.randint(1, 99)}",
            since_on=since, last_on=min(since + dt.timedelta(days=dice.randint(0, 40)), day(22)),
            times=dice.randint(1, 3), weekdays=dice.choice(("", "1234567", "17")),
        )  # fmt: skip
        kind = dice.choice(("new", "new", "change", "withdraw", "restore"))
        one = dice.choice(made) if made and kind != "new" else None
        if one is None:
            made.append((actions.record_broadcast(place=place, aired=line, by=by), by))
            continue
        found, by = Broadcast.objects.get(pk=one[0].pk), one[1]
        if kind == "restore" or found.withdrawn_at:
            actions.restore_broadcast(broadcast=found, by=by)
        elif kind == "change":
            actions.change_broadcast(broadcast=found, version=found.version, aired=line, by=by)
        else:
            about = {"version": found.version, "reason": "nhầm", "by": by}
            actions.withdraw_broadcast(broadcast=found, **about)
    for place, _by in units:
        assert counted(place) == [by_hand(place, FIRST, LAST)]
    before = figures(c)
    rebuild()
    assert figures(c) == before
    total = sum(by_hand(place, FIRST, LAST) for place, _by in units)
    assert before[c.soc_trang.pk][1][0] == total > 0
