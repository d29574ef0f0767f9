"""A November with a programme, and pens to write on paper with."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme.actions import ensure_period, use_scheme
from cncd.team.programme.models import PeriodScheme
from cncd.team.programme.queries import period_coded
from cncd.work.logsheets.sheets import LogSheet


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def months(programme):
    """October and November 2026, open."""
    scheme = PeriodScheme.objects.order_by("first_day").first()
    use_scheme(scheme=scheme)
    for month in (10, 11):
        ensure_period(scheme=scheme, day=dt.date(2026, month, 2))


@pytest.fixture
def paper(cast, months):
    """The sheet of ấp Mỹ Phước's team for November."""
    return LogSheet(cast.team, period_coded("2026-11"))


def line(number: int, day="20", content="VNeID", people="5", **more) -> dict[str, str]:
    """The boxes of one line as the page sends them."""
    said = {"day": day, "content": content, "people": people} | more
    return {f"l{number}-{key}": text for key, text in said.items()}
