"""What teams did in time of what was asked: made over, it is what the small steps left (TC18)."""

import datetime as dt

import pytest
import time_machine

from cncd.results.totals.actions import rebuild
from cncd.results.totals.models import PlaceTotal, TeamTotal
from cncd.team.programme.actions import ensure_period, use_scheme
from cncd.team.programme.models import Period, PeriodScheme
from cncd.work.directives.tests.life import Life, by_hand, months


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.mark.parametrize("seed", range(3))
def test_totals_made_over_are_what_the_small_steps_left(cast, programme, clock, seed):
    scheme = PeriodScheme.objects.order_by("first_day").first()
    use_scheme(scheme=scheme)
    for first, _last in months(9, 10, 11):
        ensure_period(scheme=scheme, day=first)
    Life(cast, clock, seed).run(60)

    def state():  # of TC18 alone: TC15 follows the clock
        teams = TeamTotal.objects.order_by("period", "team")
        places = PlaceTotal.objects.order_by("period", "place")
        return [only(row.registry) for row in teams], [only(row.figures) for row in places]

    def only(figures: dict) -> dict:
        return {code: value for code, value in figures.items() if code.startswith("TC18")}

    small = state()
    rebuild()
    assert state() == small
    october = Period.objects.get(first_day=dt.date(2026, 10, 1))
    row = TeamTotal.objects.get(team=cast.team, period=october)
    due, in_time = by_hand(cast.team, october.first_day, october.last_day)
    said = (due, in_time) if due else (None, None)  # nothing was asked: nothing is said
    assert (row.registry.get("TC18.den"), row.registry.get("TC18.num")) == said
