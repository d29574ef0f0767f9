"""The phone with a real programme: its catalogues, sheets and periods."""

import datetime as dt

import pytest
import time_machine

from cncd.team.programme.actions import ensure_period, seed_programme, use_scheme
from cncd.team.programme.models import PeriodScheme
from cncd.work.activities.actions import log_activity
from cncd.work.activities.rules import Done
from tests.cast import TODAY
from tests.replay import replayed


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def programme(cast, november):
    """What `make demo` would seed, with September to November open."""
    replayed("programme", seed_programme)
    scheme = PeriodScheme.objects.order_by("first_day").first()
    use_scheme(scheme=scheme)
    for month in (9, 10, 11):
        ensure_period(scheme=scheme, day=dt.date(2026, month, 2))


@pytest.fixture
def tu(page_client, cast, programme):
    """The phone of the leader of ấp Mỹ Phước."""
    return page_client.as_(cast.tu)


@pytest.fixture
def log(cast, programme):
    def write(day=TODAY, *, team=None, by=None, **said):
        usual = {"kind": "huong-dan", "people": 5, "contents": {"vneid": 5}}
        return log_activity(
            team=team or cast.team, done=Done(happened_on=day, **usual | said), by=by or cast.tu
        )

    return write
