"""The country with its catalogue on a November day, and a shorthand for what was broadcast."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme.actions import ensure_period
from cncd.team.programme.models import PeriodScheme
from cncd.work.broadcasts.actions import Aired, record_broadcast
from cncd.work.broadcasts.models import Medium


@pytest.fixture
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def c(programme, cast, november):
    scheme = PeriodScheme.objects.get(in_use=True)
    for month in (9, 10, 11):
        ensure_period(scheme=scheme, day=dt.date(2026, month, 1), by=None)
    cast.radio = Medium.objects.get(code="truyen-thanh")
    cast.web = Medium.objects.get(code="trang-thong-tin")
    return cast


@pytest.fixture
def air(c):
    """air("title", on, …): Nhơn Mỹ broadcast it on the radio, unless said otherwise."""

    def aired(title="Chống lừa đảo", since_on=dt.date(2026, 11, 3), **said):
        place, by = said.pop("place", c.nhon_my), said.pop("by", c.lan)
        line = Aired(medium=said.pop("medium", c.radio), title=title, since_on=since_on, **said)
        return record_broadcast(place=place, aired=line, by=by)

    return aired
