"""A frozen November, and the first household lists."""

import datetime as dt

import pytest
import time_machine

from cncd.work.households.actions import CountLine, number_households, state_counts
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def my_phuoc(cast):
    """Ấp Mỹ Phước with the codes 001 to 012."""
    number_households(place=cast.my_phuoc, first="001", last="012", by=cast.lan)
    return cast.my_phuoc


def stated(cast, place, year=TODAY.year, *, by=None, source="ban nhân dân ấp", **figures):
    """The counts of one hamlet and year."""
    line = CountLine(place, **figures)
    return state_counts(year=year, lines=[line], source=source, by=by or cast.lan)
