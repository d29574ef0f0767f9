"""A running November with what the hard days need: months open, phone numbers known."""

import datetime as dt

import pytest
import time_machine

from cncd.results.conftest import Season
from cncd.team.programme.actions import ensure_period
from cncd.team.programme.queries import scheme_in_use

LAST_DAY = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)  # 15:00 in Vietnam


@pytest.fixture
def november(cast, programme):
    """The cast on the last day of November 2026, 15:00; `.clock` moves on."""
    for user, number in ((cast.tu, "0912345678"), (cast.lan, "0987654321")):
        user.person.contact_phone = number
        user.person.save()
    with time_machine.travel(LAST_DAY, tick=False) as clock:
        season = Season(cast)
        season.clock = clock
        for month in (9, 10):
            season.log(20, month=month, people=8)
            season.send({"KT01": 3}, month=month)
        yield season


@pytest.fixture
def counted(cast, programme):
    """November 2026 as the programme is packaged, what the registers hold counted from them."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC), tick=False):
        yield ensure_period(scheme=scheme_in_use(), day=dt.date(2026, 11, 1))
